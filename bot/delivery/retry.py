"""What to do after a platform did not take a message: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.errors import (
    AccessRevoked,
    CardGone,
    ConversationGone,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    RateLimited,
)

FIRST = timedelta(seconds=1)
LONGEST = timedelta(seconds=60)
MOST_ATTEMPTS = 12
MOST_UNSURE = 8  # attempts of what may have arrived each time: two minutes and more, whatever a call takes
LEFT_TO_OTHERS = timedelta(minutes=1)  # what this process cannot read, another one may
READ_AGAIN_AFTER = timedelta(seconds=3)
_FINAL = (ConversationGone, AccessRevoked, MessageTooLong)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Send again after a while, show a card in a new message, give up, or admit that nobody knows.

    What nobody knows of may be sent again after the pause, if saying it twice does no harm.
    """

    kind: Literal["again", "anew", "dead", "unknown"]
    after: timedelta = timedelta(0)


def after_unreadable(since: timedelta) -> Decision:
    """Decide about a message that this process cannot read for so long: one of a later version, or another key, may."""
    if since >= LEFT_TO_OTHERS:
        return Decision(kind="dead")
    return Decision(kind="again", after=READ_AGAIN_AFTER)


def after_failure(error: DeliveryError, attempts: int, jitter: float) -> Decision:
    """Decide about a message that was not taken at its n-th attempt; `jitter` is anything from 0 to 1."""
    if isinstance(error, OutcomeUnknown):
        return Decision(kind="unknown", after=_pause(attempts, jitter))
    if isinstance(error, CardGone):
        return Decision(kind="anew")
    if isinstance(error, _FINAL):
        return Decision(kind="dead")
    if isinstance(error, RateLimited):
        return Decision(kind="again", after=max(error.retry_after, timedelta(0)) * (1 + 0.1 * jitter))
    if attempts >= MOST_ATTEMPTS:
        return Decision(kind="dead")
    return Decision(kind="again", after=_pause(attempts, jitter))


def may_repeat(attempts: int, *, harmless: bool, wanted: bool) -> bool:
    """Decide whether what may have arrived is sent again: an edit does no harm, words said twice may."""
    return attempts < MOST_ATTEMPTS if harmless else wanted and attempts < MOST_UNSURE


def _pause(attempts: int, jitter: float) -> timedelta:
    pause = min(FIRST * float(2 ** max(attempts - 1, 0)), LONGEST)
    return min(pause * (0.5 + jitter), LONGEST)
