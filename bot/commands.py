"""What every command is: a small frozen value with a name, what it asks of its actor, and how it is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.say.messages import Button
from bot.work.permissions import Need

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from bot.directory.availability import Occupied
    from bot.directory.model import Person
    from bot.ports import Outcome
    from bot.say.messages import Part
    from bot.say.replies import Reply
    from bot.work.work import Work

    Eraser = Callable[[Session, datetime], None]  # erases what was written long enough ago
    # Says why two organisations, or two people, cannot become one just now; "" where nothing stands in the way.
    Hindrance = Callable[[Session, str, Person, Person], str]
    BoardSection = Callable[[Work, Person], Sequence[Part]]  # for whom it is drawn

_HUMP = re.compile(r"(?<!^)(?=[A-Z])")
Number = Annotated[int, Field(ge=0, lt=2**31)]  # of a row, as databases store it
TYPED_LIMIT = 4000  # characters: the longest words we read; nobody types more under attack


class Command(BaseModel):
    """What somebody wants done."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=TYPED_LIMIT, str_strip_whitespace=True)

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = False  # changes nothing: takes no inbox row and no write transaction

    @classmethod
    def called(cls) -> str:
        """Name the command as buttons and forms do, for example accept-handoff."""
        return _HUMP.sub("-", cls.__name__).lower()

    def button(self, label: str, style: Literal["plain", "primary", "danger"] = "plain") -> Button:
        """Make a button that asks for this command."""
        fields = {name: str(value) for name, value in self.model_dump(mode="json", exclude_none=True).items()}
        return Button(label=label[:75], command=self.called(), fields=fields, style=style)


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One way of typing a command, with the help people read about it."""

    starts: str  # such as "/zanshin away"
    takes: str = ""  # such as "[30m] [why]"
    help: str  # marked with N_; said in the reader's language
    read: Callable[[str], Command]  # the words after `starts` -> the command; may raise NotUnderstood
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Domain:
    """What one domain brings to the program."""

    use_cases: dict[type[Command], Callable[[Any, Work], Reply]]
    phrases: tuple[Phrase, ...] = ()
    clock: tuple[ClockTask, ...] = ()
    outcomes: dict[str, Callable[[Sequence[Outcome], Work], None]] = field(default_factory=dict)
    board: tuple[BoardSection, ...] = ()
    home: tuple[BoardSection, ...] = ()
    occupied: Callable[[Work], Mapping[int, Occupied]] = lambda _work: {}  # who is available and still not asked
    team_changed: Callable[[Work], None] = lambda _work: None  # somebody came, left, or can do something else
    hinders: Hindrance = lambda _session, _purpose, _joins, _stays: ""
    erase_old: Eraser = lambda _session, _now: None


@dataclass(frozen=True, kw_only=True)
class ClockTask:
    """Something the clock does to the rows of one kind that are due, as a set."""

    name: str
    model: type[Any]  # has id and organisation_id
    act: Callable[[Sequence[Any], Work], None]  # due rows of one organisation; must move every one of them
    due: str = "next_due_at"  # the column that says when
    alone: bool = False  # one process at a time, and `act` locks what it needs; otherwise rows are locked for it
    again_after: timedelta | None = None  # when to look again at a row that failed; None: when somebody mends it
