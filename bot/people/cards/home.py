"""The sentences of Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState, Occupied
from bot.people.cards.kept import kept_button
from bot.people.cards.team import not_asked
from bot.people.commands import GoAway, Help, Return
from bot.say.language import _
from bot.say.messages import Button, Choice, Fact, Fields, Message, Part, Section, moment, text
from bot.say.staying import staying

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def home_card(name: str, parts: Sequence[Part], now: datetime, *, away: bool) -> Message:
    """Draw a Home."""
    title = _("Enjoy your break, {name}") if away else _("Hello {name}")
    as_of = Section(text=text(_("As of {time}. This keeps itself up to date."), time=moment(now)), tone="quiet")
    kept = staying(Choice(buttons=(kept_button(),)), "home")
    return Message.of(title.format(name=name)[:150], *(staying(part, "home") for part in parts), as_of, kept)


def me_parts(state: Availability, now: datetime, occupied: Occupied | None = None) -> list[Part]:
    """Show whether one can be asked, and the switch."""
    until = text(_(" until {time}"), time=moment(state.until)) if state.until and state.until > now else ()
    match state.state:
        case AvailabilityState.AWAY:
            said, switch = (_("Away"), *until), [Return().button(_("I'm back"), "primary")]
        case AvailabilityState.OFF_SHIFT:
            said, switch = (_("Off shift"), *until), []
        case _:
            said = not_asked(occupied) if occupied else (_("Available"), *until)
            switch = [
                GoAway(minutes=15).button(_("Away for 15 min")),
                GoAway(minutes=60).button(_("Away for an hour")),
                GoAway().button(_("Away until I'm back")),
            ]
    return [Fields(facts=(Fact(name=_("You"), text=said),)), *_choice(switch)]


def newcomer_parts() -> list[Part]:
    """Welcome somebody who is on no team."""
    said = _("You're not on the support team yet. Type any command in the support channel to join.")
    return [Section(text=(said,)), *_choice([Help().button(_("What I can do"))])]


def team_parts(waiting: Sequence[Part], people: Sequence[Part]) -> list[Part]:
    """Show the team as the board does."""
    quiet = Section(text=(_("Nobody is waiting. All quiet."),), tone="good")
    return [Section(text=text(_("**Your team right now**"))), *(waiting or (quiet,)), *people]


def _choice(buttons: Sequence[Button]) -> list[Part]:
    return [Choice(buttons=tuple(buttons))] if buttons else []
