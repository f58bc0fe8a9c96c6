"""What a refusal or failure of Teams means: a table, and what becomes of a message because of it."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.door.verdicts import Verdict, pause_of
from bot.errors import (
    BotError,
    CardGone,
    ConversationGone,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_PAUSE = timedelta(seconds=2)  # when Teams asks for a pause and does not say how long


class ConnectorRefused(BotError):
    """Teams answered, and not with what was asked for."""

    def __init__(self, status: int, code: str, headers: Mapping[str, str]) -> None:
        super().__init__(f"Teams answered {status} {code}.")
        self.status = status
        self.code = code
        self.pause = headers.get("Retry-After", "")


class NotAnswering(BotError):
    """We have no token to speak with."""


class NotInstalled(ConversationGone):
    """The person, or the channel, has not added Zanshin, or has removed it."""


class SwitchedOff(ConversationGone):
    """An admin does not let Zanshin speak there: to one person, to some, or to all of them."""


class Blocked(ConversationGone):
    """The person has blocked Zanshin."""


class NotKnown(ConversationGone):
    """Teams does not know the conversation, or does not know it any more."""


class NotTaken(ConversationGone):
    """Teams will not take this message, now or later."""


class CredentialsRefused(ConversationGone):
    """Teams does not know us by our id and secret: whoever runs Zanshin has to mend it."""


class Remedy(enum.Enum):
    """What else is to be done, beside what becomes of the message."""

    RETRY = "retry"  # nothing: it passes
    GIVE_UP = "give up"  # nothing: it stays so
    INSTALL = "install"  # they have to add us; say so where they read it
    FORGET = "forget"  # nothing is said there any more
    ALLOW = "allow"  # an admin has to let us speak there again; say so where they read it
    TELL_OPERATOR = "tell the operator"  # only whoever runs us can mend it


class Deed(enum.Enum):
    """What a call was to do."""

    SAY = "say"  # something that people see
    CHANGE = "change"  # what they saw before
    OPEN = "open"  # a conversation, in which nothing is said yet


# What is refused for good: by status, and the name Teams gives it; "" is any other name.
# None of it says anything about anybody else of the tenant.
_TABLE: dict[tuple[int, str], tuple[type[DeliveryError], Remedy]] = {
    (400, ""): (NotTaken, Remedy.GIVE_UP),
    (401, ""): (CredentialsRefused, Remedy.TELL_OPERATOR),
    (403, ""): (NotInstalled, Remedy.INSTALL),
    (403, "botdisabledbyadmin"): (SwitchedOff, Remedy.ALLOW),
    (403, "botnotinconversationroster"): (NotInstalled, Remedy.INSTALL),
    (403, "conversationblockedbyuser"): (Blocked, Remedy.FORGET),
    (403, "forbiddenoperationexception"): (NotInstalled, Remedy.INSTALL),
    (403, "messagewritesblocked"): (Blocked, Remedy.FORGET),
    (404, ""): (NotKnown, Remedy.GIVE_UP),
    (413, ""): (MessageTooLong, Remedy.GIVE_UP),
}
# That one message cannot be changed says nothing about its conversation.
_UNCHANGED: dict[int, tuple[type[DeliveryError], Remedy]] = {
    403: (NotTaken, Remedy.GIVE_UP),
    404: (CardGone, Remedy.GIVE_UP),
}
_AGAIN = (412, 502, 503, 504)  # with a pause that grows
_TOO_FAST = 429
_NOT_TAKEN = (ClientConnectorError, ConnectionTimeoutError, NotAnswering)  # nothing can have arrived


def judge(failure: Exception, deed: Deed) -> Verdict[Remedy]:
    """Say what a failed call means."""
    if not isinstance(failure, ConnectorRefused):
        certain = isinstance(failure, _NOT_TAKEN) or deed is not Deed.SAY
        broken = PlatformDown() if certain else OutcomeUnknown()
        return Verdict(error=broken, remedy=Remedy.RETRY, code=type(failure).__name__)
    code = failure.code or str(failure.status)
    if failure.status == _TOO_FAST:
        return Verdict(error=RateLimited(pause_of(failure.pause, DEFAULT_PAUSE)), remedy=Remedy.RETRY, code=code)
    if failure.status in _AGAIN:
        pause = failure.pause
        error = RateLimited(pause_of(pause, DEFAULT_PAUSE)) if pause else PlatformDown()
        return Verdict(error=error, remedy=Remedy.RETRY, code=code)
    error_type, remedy = _refused(failure, deed)
    return Verdict(error=error_type(), remedy=remedy, code=code)


def _refused(failure: ConnectorRefused, deed: Deed) -> tuple[type[DeliveryError], Remedy]:
    if deed is Deed.CHANGE and failure.status in _UNCHANGED:
        return _UNCHANGED[failure.status]
    named = (failure.status, failure.code.lower())
    return _TABLE.get(named) or _TABLE.get((failure.status, "")) or (NotTaken, Remedy.GIVE_UP)
