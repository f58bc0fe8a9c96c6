"""The sentences of the status board."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState, Occupied
from bot.directory.model import Person
from bot.people.commands import GoAway, Return
from bot.say.language import _, length
from bot.say.messages import Button, Choice, Fact, Fields, Message, Part, Section, Text, moment, text
from bot.say.staying import staying

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


def board_card(waiting: Sequence[Part], people: Sequence[Part], now: datetime, *, away: bool) -> Message:
    """Draw the status board: who waits first, then who is free."""
    return Message.of(
        _("Right now"),
        *map(staying, waiting or (Section(text=(_("Nobody is waiting. All quiet."),), tone="good"),)),
        *people,
        Section(
            text=text(
                _("As of {time}. This keeps itself up to date for {span}."),
                time=moment(now),
                span=length(timedelta(hours=8)),
            ),
            tone="quiet",
        ),
        staying(
            Choice(buttons=(_end_break() if away else GoAway(minutes=30, on_board=True).button(_("Away for 30 min")),))
        ),
    )


def _end_break() -> Button:
    return Return(on_board=True).button(_("End my break"))


def board_opened() -> Message:
    """Say where the board is."""
    return Message.of(
        _("Your board is open"),
        Section(text=(_("It's in our direct chat, and keeps itself up to date."),)),
    )


def availability_parts(members: Sequence[tuple[Person, Availability]], occupied: Mapping[int, Occupied]) -> list[Part]:
    """Show who is free, who is available and still not asked, who is away, who is off shift."""
    names = {
        AvailabilityState.AVAILABLE: _("Available"),
        AvailabilityState.AWAY: _("Away"),
        AvailabilityState.OFF_SHIFT: _("Off shift"),
    }
    groups: dict[str, list[Text]] = {names[AvailabilityState.AVAILABLE]: []}
    groups |= {_(found.why): [] for found in occupied.values()} | {name: [] for name in names.values()}
    for person, found in members:
        busy = occupied.get(person.id)
        end = busy.until if busy else found.until
        until = text(_(" until {time}"), time=moment(end)) if end else ()
        groups[_(busy.why) if busy else names[found.state]].append((person.name, *until))
    facts = []
    for name, spans in groups.items():
        shown = spans[:20]
        if shown:
            joined = [part for one in shown for part in (", ", *one)][1:]
            more = (", …",) if len(spans) > len(shown) else ()
            facts.append(Fact(name=f"{name} ({len(spans)})", text=(*joined, *more)))
    return [Fields(facts=tuple(facts))] if facts else []
