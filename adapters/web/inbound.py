"""What a browser sends, translated: pure, and strict about its shape."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.web.errors import BadRequest
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind
from bot.say.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping

PLATFORM = "web"
WORKSPACE = "playground"
LARGEST = 2**63 - 1  # no database counts further


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    account: str = Field(alias="as", max_length=40)


class Said(_Payload):
    """Words typed into the command box."""

    conversation: str = Field(alias="in", max_length=80)
    words: str = Field(max_length=100_000)
    key: str = Field(min_length=8, max_length=80)


class Pressed(_Payload):
    """A button or a form; `post` is the message it stands on, if it stands on one."""

    conversation: str = Field(alias="in", max_length=80)
    post: int | None = Field(default=None, ge=-LARGEST, le=LARGEST)
    command: str = Field(max_length=80)
    fields: dict[str, str] = Field(default={}, max_length=50)
    key: str = Field(min_length=8, max_length=80)


class Push(_Payload):
    """A push of the playground's clock."""

    push: Literal["1m", "15m", "1h", "next"]
    key: str = Field(default="", max_length=80)


class Seen(_Payload):
    """How far somebody has read."""

    conversation: str = Field(alias="in", max_length=80)
    last: int = Field(ge=0, le=LARGEST)


Payload = TypeVar("Payload", bound=_Payload)


def read_payload(kind: type[Payload], sent: Any) -> Payload:
    """Read what was sent, or raise BadRequest naming the field."""
    try:
        return kind.model_validate(sent)
    except ValidationError as wrong:
        field = ".".join(str(step) for step in wrong.errors()[0]["loc"])
        raise BadRequest(
            _("{field} isn't what I expected here. Reload the page and try again.").format(
                field=field or _("The whole request")
            )
        ) from wrong


def origin(payload: Said | Pressed, *, name: str, channels: Mapping[str, str], locale: str = "") -> Origin:
    """Say who and where, in the core's words."""
    direct = payload.conversation not in channels
    return Origin(
        key=_digest("web", payload.account, payload.key),
        platform=PLATFORM,
        workspace=WORKSPACE,
        account=payload.account,
        name=name,
        locale=locale,
        conversation=f"@{payload.account}" if direct else payload.conversation,
        kind=ConversationKind.DIRECT if direct else ConversationKind.CHANNEL,
        conversation_name=channels.get(payload.conversation, ""),
    )


def asked_for(header: str) -> str:
    """Read which language a browser asks for first."""
    return header.partition(",")[0].partition(";")[0].strip()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
