"""What is said where those who decide cannot be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.language import N_, _, listing
from bot.say.messages import Message, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

# What whoever asked reads it is about, where they may have forgotten by now.
_ABOUT = {
    "callback": N_("The call you promised"),
    "closed": N_("Your case that I closed"),
    "left": N_("Your case, while you're away"),
    "paused": N_("The reminders you paused"),
    "far": N_("Your update that comes late"),
    "to-read": N_("The playbook you wrote"),
    "erase": N_("Your wish to be erased"),
}


def not_reached(kind: str, missed: Sequence[str], asked: Sequence[str], *, in_channel: bool) -> Message:
    """Tell whoever asked whom it did not reach, and who is told instead."""
    about = _(_ABOUT[kind]) if kind in _ABOUT else ""
    lost = _("I couldn't reach {names}.").format(names=listing(missed))
    if asked:
        instead = _("I'm telling {names} instead.").format(names=listing(asked))
    elif in_channel:
        instead = _("I'm asking in the support channel. If it can't wait, go to somebody near you.")
    elif about:
        instead = _("There's nobody else I could tell: please tell them yourself.")
    else:
        instead = _("There's nobody else I could tell: go to somebody near you.")
    return Message.of(about, Section(text=(lost, " ", instead), tone="danger"))


def channel_is_called(name: str) -> Message:
    """Ask everybody in the channel to look after somebody; why, and what it is about, stays private."""
    return Message.of(
        _("{name} calls for a supervisor").format(name=name)[:150],
        Section(text=(_("I couldn't reach any. Whoever reads this first: please write to them now."),), tone="danger"),
    )
