"""Whether an update says what customers need: checked before they have it, with a better wording at hand. Pure."""

from __future__ import annotations

from bot.say.language import _
from bot.typing.times.mentioned import times_in
from bot.understanding.drafts import Check, OwnWords, check
from bot.understanding.rewording import Gaps, Rewording

NOTHING_OWN = OwnWords()


def check_draft(draft: str, own: OwnWords = NOTHING_OWN) -> Check:
    """Say what a draft says, its times read as we read any."""
    return check(draft, times_in, own)


def better_draft(draft: str, found: Check, *, issue: str = "", time: str = "", own: OwnWords = NOTHING_OWN) -> str:
    """Say it better; what is not known of the case is left to be filled in."""
    gaps = Gaps(
        issue=issue or _("[What customers notice]."),
        action=_("[What is being done, or what they can do]."),
        time=_("Next update by {time}.").format(time=time or _("[time]")),
    )
    return Rewording(times_in, gaps, own).better(draft, found)
