"""Everything that can go wrong, on one page.

    BotError
      Refusal                 a rule says no; the actor reads what, why and what to do next
        NotUnderstood         the typed words are no command of ours; carries suggestions
        NotAllowed            the actor's role does not include this
        NotFound              nothing here has that number or name
        SetupMissing          somebody has to set something up first
      DatabaseAway            the database cannot be reached or written just now
        CommitUnclear         it broke off at the commit
      DeliveryError           a platform did not take a message
        RateLimited           try again after `retry_after`
        PlatformDown          try again later
        CardGone              show the card anew: the message that showed it is gone
        ConversationGone      give up: the place is gone
        AccessRevoked         give up: we are no longer let in
        MessageTooLong        give up: the platform will never take it
        OutcomeUnknown        it may or may not have arrived: the kind of message decides
      ContentError            a file in /playbooks is wrong
      WrongUse                the command line was given something it cannot work with
      NothingFound            the command line was asked about what is not there, or cannot be done yet
      SettingsError           settings are missing or malformed, all of them in one message
      SchemaError             the database has another schema than this program
        SchemaDiffers         it is of an older or newer version
        DatabaseMissing       there is no database where there should be one

Anything else is a bug: rolled back, logged under a short reference, and the actor is told the reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.say.messages import Button, Message

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path


class BotError(Exception):
    """The root of all errors of ours; its message defaults to the docstring of its class."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class Refusal(BotError):
    """A rule says no: what happened, why, and what to do next, each one sentence."""

    def __init__(self, what: str, why: str, hint: str, buttons: tuple[Button, ...] = ()) -> None:
        super().__init__(f"{what} {why} {hint}".strip())
        self.what = what
        self.why = why
        self.hint = hint
        self.buttons = buttons
        self.instead: Message | None = None  # what is more urgent to read than why it was refused


class NotUnderstood(Refusal):
    """The typed words are no command of ours."""


class NotAllowed(Refusal):
    """The actor's role does not include this."""


class NotFound(Refusal):
    """Nothing in the actor's organisation has that number or name."""


class SetupMissing(Refusal):
    """Somebody has to set something up first."""


class DatabaseAway(BotError):
    """The database cannot be reached or written just now; nothing was changed."""


class CommitUnclear(DatabaseAway):
    """The database broke off while it was to commit: nobody knows whether anything was changed."""


class DeliveryError(BotError):
    """A platform did not take a message."""


class RateLimited(DeliveryError):
    """The platform asks us to slow down."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"The platform asks for a pause of {retry_after.total_seconds():.0f} s.")
        self.retry_after = retry_after


class PlatformDown(DeliveryError):
    """The platform could not be reached, or answered that it is out of order."""


class CardGone(DeliveryError):
    """The message that showed a card is gone, or can no longer be changed."""


class ConversationGone(DeliveryError):
    """The conversation no longer exists, or we were removed from it."""


class AccessRevoked(DeliveryError):
    """The workspace took back our access."""


class MessageTooLong(DeliveryError):
    """The platform will never take a message of this size."""


class OutcomeUnknown(DeliveryError):
    """The connection broke after sending: the message may or may not have arrived."""


@dataclass(frozen=True)
class ContentProblem:
    """One thing wrong in one content file."""

    path: Path
    line: int  # counted from 1
    field: str  # dotted, for example steps.2.say.0
    expected: str  # what would be right, as a sentence

    def __str__(self) -> str:
        """Write it the way editors can jump to: path:line: field: what is expected."""
        return f"{self.path}:{self.line}: {self.field}: {self.expected}"


class ContentError(BotError):
    """A file in /playbooks is wrong: path, line, field and what is expected."""

    def __init__(self, problems: tuple[ContentProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class WrongUse(BotError):
    """The command line was given something it cannot work with."""


class NothingFound(BotError):
    """The command line was asked about what is not there, or about what cannot be done yet."""


class SettingsError(BotError):
    """Settings are missing or malformed; the message names every one of them."""


class SchemaError(BotError):
    """The database has another schema than this program."""


class SchemaDiffers(SchemaError):
    """The database is of another version than this program."""


class DatabaseMissing(SchemaError):
    """There is no database where there should be one."""
