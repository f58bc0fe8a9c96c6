"""What was written for customers is prepared; they were told it when somebody says that they have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from bot.directory.model import Conversation, Person
from bot.incidents import cards
from bot.incidents.decisions.cadence import AWAKE
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import EventKind, IncidentEvent, Words
from bot.incidents.owning import hear_of_owner
from bot.incidents.promise.calling import tell_deciders
from bot.incidents.promise.promises import close_nag, promise, record, show, watch
from bot.ports import Subject
from bot.say.language import N_, in_public, listing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.work.work import Work


UPDATED = N_("Customers were told. Thank you.")


def prepare(facts: IncidentFacts, draft: IncidentEvent | None, words: Words, at: datetime, work: Work) -> IncidentEvent:
    """Write down an update with the promise it makes; nobody is told yet, so the clock stays."""
    if draft is None and facts.prepared is not None:
        overtake_drafts(facts, work, newer=True)
    event = draft or record(facts, EventKind.DRAFTED, work)
    event.words_text, event.promise_at, event.at = words.model_dump_json(), at, work.now
    work.session.flush()
    facts.prepare(event)
    return event


def show_prepared(facts: IncidentFacts, event: IncidentEvent, work: Work) -> None:
    """Show what waits for somebody to say that customers have it, in the channel of the incident."""
    _show_update(facts, event, work)
    show(facts, work)


def overtake_drafts(facts: IncidentFacts, work: Work, *, newer: bool = False) -> None:
    """Let what was prepared before say that the end, or a newer update, has overtaken it; nobody presses there now."""
    drafts = select(IncidentEvent).where(
        IncidentEvent.incident_id == facts.incident.id, IncidentEvent.kind == EventKind.DRAFTED
    )
    for draft in work.session.scalars(drafts).all():
        _overtake(facts, draft, "newer" if newer else "end", work)


def overtake_last_words(facts: IncidentFacts, end: IncidentEvent, work: Work) -> None:
    """Let the last word of what is open again say so: nobody tells it to customers any more."""
    if end.told_at is None and end.words.whole:
        _overtake(facts, end, "again", work)


def _overtake(facts: IncidentFacts, event: IncidentEvent, by: Literal["end", "newer", "again"], work: Work) -> None:
    with in_public():
        card = cards.channel.overtaken(facts, event, by)
    work.correct(Subject.of("update", event.id), facts.channel, card)


def tell(facts: IncidentFacts, event: IncidentEvent, work: Work) -> None:
    """Have customers told an update: from now on what it promises is watched."""
    say_told(facts, event, work)
    incident, at = facts.incident, event.promise_at
    event.kind = EventKind.UPDATED
    facts.tell(event)
    if not facts.is_live or at is None:
        return
    event.kept_at = incident.promise_at
    far = incident.severity in AWAKE and at > work.now + 2 * facts.cadence
    close_nag(facts, work, UPDATED)
    hear_of_owner(facts, work)
    promise(incident, at, work)
    incident.first_update_at = incident.first_update_at or work.now
    show(facts, work)
    watch(facts, work)
    if far:
        tell_deciders("far", facts, lambda: cards.supervisor.far_promise(facts, work.actor.name), work)


def say_told(facts: IncidentFacts, event: IncidentEvent, work: Work) -> None:
    """Note who says that customers have it, and where; post it where they read along."""
    places = _places(facts, work) if facts.is_posted(event) else []
    words = event.words
    where = listing([one for one in (words.where, *(place.shown for place in places)) if one])
    event.words_text = words.model_copy(update={"where": where}).model_dump_json()
    event.told_at, event.told_by_id = work.now, work.actor.person_id
    if not words.whole:
        return  # customers were told of the end in words that we have not seen
    _show_update(facts, event, work)
    with in_public():
        message = cards.customer.for_customers(words, event.promise_at)
    for place in places:
        if place.id != facts.channel.id:
            work.announce(Subject.of("update", event.id), place, message, lasts=facts.cadence)


def _places(facts: IncidentFacts, work: Work) -> list[Conversation]:
    found = (work.session.get(Conversation, one) for one in facts.rules.places)
    return [place for place in found if place is not None]


def _show_update(facts: IncidentFacts, event: IncidentEvent, work: Work) -> None:
    author = work.actor.name
    if event.person_id is not None and event.person_id != work.actor.person_id:
        author = work.session.get_one(Person, event.person_id).name
    with in_public():
        card = cards.channel.update_card(facts, event, author, work.actor.name)
    work.show(Subject.of("update", event.id), facts.channel, card, under=facts.subject)


def end_of(facts: IncidentFacts, work: Work) -> IncidentEvent:
    """Find the event that ended it."""
    return work.session.scalars(
        select(IncidentEvent)
        .where(IncidentEvent.incident_id == facts.incident.id, IncidentEvent.kind == EventKind.RESOLVED)
        .order_by(IncidentEvent.id.desc())
        .limit(1)
    ).one()


def is_overtaken(facts: IncidentFacts, event: IncidentEvent, work: Work) -> bool:
    """Say whether it is the last word of an end that was none: it was opened again since."""
    if event.kind != EventKind.RESOLVED:
        return False
    return facts.is_live or end_of(facts, work).id != event.id
