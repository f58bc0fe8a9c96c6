"""The team: who is on it, as what, and whether they can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState, Occupied
from bot.directory.model import Organisation, Person
from bot.directory.roster import named_clock
from bot.directory.shifts import in_words_of
from bot.people.commands import EditPerson
from bot.say.dates import as_of
from bot.say.language import _, listing, ngettext, reader
from bot.say.messages import Choice, Fact, Fields, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


def roles(person: Person) -> str:
    """Name somebody's roles."""
    named = [
        name
        for name, held in (
            (_("agent"), person.is_agent),
            (_("supervisor"), person.is_supervisor),
            (_("admin"), person.is_admin),
        )
        if held
    ]
    return listing(named) if named else _("no role")


def state(found: Availability, busy: Occupied | None = None) -> Text:
    """Say whether somebody is free, or why they are not asked, and until when that holds."""
    if busy is not None:
        return not_asked(busy)
    words = {
        AvailabilityState.AVAILABLE: (_("available"), _("available until {time}")),
        AvailabilityState.AWAY: (_("away"), _("away until {time}")),
        AvailabilityState.OFF_SHIFT: (_("off shift"), _("off shift until {time}")),
    }[found.state]
    return text(words[1], time=moment(found.until)) if found.until else text(words[0])


def not_asked(busy: Occupied) -> Text:
    """Say why somebody on shift is not asked just now, as the board does."""
    until = text(_(" until {time}"), time=moment(busy.until)) if busy.until else ()
    return (_(busy.why), *until)


def team_card(
    members: Sequence[tuple[Person, Availability]],
    occupied: Mapping[int, Occupied],
    organisation: Organisation,
    now: datetime,
    *,
    editable: bool,
) -> Message:
    """List the team."""
    if not members:
        return Message.of(
            _("Nobody is on the team yet"),
            Section(text=text(_("Type any command in the support channel to join, or `/zanshin team add @name`."))),
        )
    facts = tuple(
        Fact(
            name=person.name,
            text=(
                roles(person),
                " · ",
                *state(found, occupied.get(person.id)),
                *_details(person, named_clock(person, organisation, now)),
            ),
        )
        for person, found in members[:50]
    )
    parts: list[Part] = [Fields(facts=facts)]
    if len(members) > len(facts):
        parts.append(Section(text=text(_("and {count} more"), count=len(members) - len(facts)), tone="quiet"))
    parts.append(as_of(now))
    if editable:
        buttons = tuple(
            EditPerson(person=person.id).button(_("Edit {name}").format(name=person.name)) for person, _f in members
        )
        parts += [Choice(buttons=buttons[start : start + 5]) for start in range(0, min(len(buttons), 25), 5)]
    count = len(members)
    return Message.of(
        ngettext("{count} person on the team", "{count} people on the team", count).format(count=count), *parts
    )


def _details(person: Person, clock: str) -> Text:
    details: list[str] = []
    if person.shifts_text:
        hours = in_words_of(person.shifts_text, reader())
        details.append(f"{hours} ({clock})" if clock else hours)
    if person.skills:
        details.append(_("knows {skills}").format(skills=listing(person.skills)))
    return tuple(f" · {detail}" for detail in details)
