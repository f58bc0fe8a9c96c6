"""What every command is: a small frozen value with a name, and what it asks of its actor."""

from __future__ import annotations

import enum
import re
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from bot.say.language import _
from bot.say.messages import Button
from bot.typing.mentions import named
from bot.typing.signs import is_seen, says_something

_HUMP = re.compile(r"(?<!^)(?=[A-Z])")
Number = Annotated[int, Field(ge=0, lt=2**31)]  # of a row, as databases store it
AS_WRITTEN = "as written"
Who = Annotated[str, AS_WRITTEN]  # names somebody, or some place, the way adapters write it


def _in_words(given: str) -> str:
    if given and not says_something(given):
        raise ValueError(_("Please say it in words."))
    return given


Wording = Annotated[str, AfterValidator(_in_words)]  # names something: "?" and "..." are asked back
TYPED_LIMIT = 4000  # characters: the longest words we read; nobody types more under attack


class Need(enum.Enum):
    """What a command asks of its actor."""

    NOTHING = "nothing"  # everybody in a workspace of ours
    TEAM = "team"  # anybody with a role
    SUPERVISOR = "supervisor"  # supervisors and admins
    ADMIN = "admin"  # admins


class Command(BaseModel):
    """What somebody wants done."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=TYPED_LIMIT, str_strip_whitespace=True)

    needs: ClassVar[Need]  # every command says so itself: what is forgotten is allowed to nobody
    reads: ClassVar[bool] = False  # changes nothing: takes no inbox row and no write transaction

    @field_validator("*", mode="before")
    @classmethod
    def _with_names(cls, given: Any, field: ValidationInfo) -> Any:
        """Have words hold the names of people, and never how a platform calls them; what nobody sees is no word."""
        if isinstance(given, str) and not is_seen(given):
            return ""
        if isinstance(given, str) and AS_WRITTEN not in cls.model_fields[field.field_name or ""].metadata:
            return named(given)
        return given

    @classmethod
    @cache
    def called(cls) -> str:
        """Name the command as buttons and forms do, for example accept-handoff."""
        return _HUMP.sub("-", cls.__name__).lower()

    def button(self, label: str, style: Literal["plain", "primary", "danger"] = "plain") -> Button:
        """Make a button that asks for this command; it carries only what is set, so that older versions read it."""
        said = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        fields = {name: str(value) for name, value in said.items()}
        return Button(label=label[:75], command=self.called(), fields=fields, style=style)


class Revision(Command):
    """A command of a form that shows how something is: it changes what was written there, and nothing else."""

    seen: str = Field(default="", max_length=600)  # the marks of its answers when it was opened
