"""What somebody who is back reads, if they are still not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.language import _, listing
from bot.say.messages import Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.handoffs.facts import CaseFacts


def you_cool_off(until: datetime) -> Text:
    """Say that they rest after stepping out of a case."""
    return text(_("You stepped out of a case, so I leave you alone until {time}."), time=moment(until))


def you_hand_over() -> Text:
    """Say that somebody is looked for on their behalf."""
    return (_("I'm still finding somebody for your case. I ask you again once it's taken."),)


def you_have_them_on_hold() -> Text:
    """Say that a customer waits for them."""
    return (_("Your customer is on hold. I ask you again once you're back with them."),)


def you_have(cases: Sequence[CaseFacts]) -> Text:
    """Say which cases they have, or that they have had enough for today."""
    if not cases:
        return (_("You've had enough for now."),)
    named = [one.handoff.case or _("the case from {name}").format(name=one.requester.name) for one in cases]
    if len(named) == 1:
        return text(_("You still have {case}. I ask you again once it's done."), case=named[0])
    return text(_("You still have {cases}. I ask you again once one of them is done."), cases=listing(named))
