"""What to answer a customer who asks when: the last word of an open incident, and its promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.cards.customer import next_by, written_time
from bot.incidents.commands import AskForUpdate, ShowIncident
from bot.say.dates import dated
from bot.say.language import _
from bot.say.messages import Choice, Part, Say, Section, Text, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.incidents.facts import IncidentFacts
    from bot.incidents.model import IncidentEvent

OFFERED = 5


def last_word(facts: IncidentFacts) -> tuple[Part, ...]:
    """Give what customers heard last as the answer; where that was nothing, say who can change it."""
    number = facts.incident.number
    look = ShowIncident(number=number).button(_("Look at it"))
    if facts.last is None:
        nothing = _("They ask when. If it is about **{name}**: customers have heard nothing of it yet.")
        write = AskForUpdate(number=number).button(_("Write an update"), "primary")
        return Section(text=text(nothing, name=facts.incident.heading)), Choice(buttons=(write, look))
    said = _("They ask when. If it is about **{name}**, answer with what customers heard last, at {time}:")
    heard = dated(facts.last.reached_at, facts.now)
    return (
        Section(text=text(said, name=facts.incident.heading, time=heard)),
        *_answer(facts, facts.last),
        Choice(buttons=(look,)),
    )


def _answer(facts: IncidentFacts, last: IncidentEvent) -> tuple[Part, ...]:
    """Say it in the words customers have already; a promise that is broken is none to repeat."""
    whole: Text = (last.words.whole,)
    at = facts.incident.promise_at
    if facts.is_red:
        late = _("Their next news was promised by {time} and hasn't come. Ask {owner} before you name another time.")
        warning = text(late, time=dated(at, facts.now), owner=facts.owner.name)
        return Say(text=whole), Section(text=warning, tone="warning")
    if facts.is_promised and not last.words.names_time:
        time = written_time(at, facts.organisation.zone, facts.now)
        whole = (*whole, " ", *text(next_by(last.words), time=time))
    return (Say(text=whole),)


def which(found: Sequence[IncidentFacts]) -> tuple[Part, ...]:
    """Ask which incident it is about, where more than one may be meant."""
    buttons = tuple(
        ShowIncident(number=one.incident.number).button(one.incident.heading[:60]) for one in found[:OFFERED]
    )
    return Section(text=(_("They ask when. Is it about one of these?"),)), Choice(buttons=buttons)
