"""Whoever decides is told of something; where none of them can be reached, others are, and whoever asked hears it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import DeliveryState, Notice
from bot.directory.model import Conversation, Person
from bot.directory.roster import team
from bot.people.cards import leads as cards
from bot.ports import Subject
from bot.say.language import in_public
from bot.say.messages import Message
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Outcome
    from bot.work.work import TextWriter

LEADS_OUTCOME = "told-leads"
AT_ONCE = timedelta(minutes=5)  # what was told within them counts as one call
DANGER = "danger"
ERASE = "erase"  # what admins alone decide
READ_WITHIN = timedelta(hours=1)  # a call in a channel


def tell_leads(work: Work, people: Sequence[Person], write: TextWriter, subject: Subject) -> None:
    """Tell people who decide; if none can be reached others are told, and whoever the subject names hears it."""
    for person in people:
        work.tell(subject, person, write, outcome_to=LEADS_OUTCOME)


def hear_of_leads(outcomes: Sequence[Outcome], work: Work) -> None:
    """Learn which calls reached nobody, and go further with each of them."""
    for subject in sorted({one.subject for one in outcomes if one.state != DeliveryState.SENT}):
        _go_further(subject, work)


def _go_further(subject: Subject, work: Work) -> None:
    """Tell whoever else decides, in danger at last the channel; whoever asked hears whom it did not reach."""
    by = subject.number
    calls = _calls(subject, work)
    if any(one.state in (DeliveryState.SENT, DeliveryState.PENDING) for one, _person in calls):
        return
    asker = work.session.get(Person, by)
    missed = list({person.id: person for _one, person in calls}.values())
    tried = {person.id for person in missed} | {by}
    others = [one for one in _deciders(subject, work) if one.id not in tried]
    body = calls[0][0].body if calls else None
    if asker is None or body is None:
        return
    for person in others:
        work.tell(subject, person, partial(Message.model_validate_json, body), outcome_to=LEADS_OUTCOME)
    in_channel = subject.kind == DANGER and not others and bool(work.support_channels)
    if in_channel:
        with in_public():
            message = cards.channel_is_called(asker.name)
        for channel in work.support_channels:
            work.announce(Subject.of(DANGER, by, "channel"), channel, message, lasts=READ_WITHIN)
    named = [person.name for person in missed], [person.name for person in others]
    told = partial(cards.not_reached, subject.kind, *named, in_channel=in_channel)
    work.tell(Subject.of("unreached", by), asker, told)


def _deciders(subject: Subject, work: Work) -> list[Person]:
    leads = subject.kind != ERASE
    everybody = team(work.session, work.actor.organisation_id)
    return [one for one in everybody if one.is_admin or (leads and one.is_supervisor)]


def _calls(subject: Subject, work: Work) -> list[tuple[Notice, Person]]:
    """List whom the last call went to, the latest first."""
    rows = work.session.execute(
        select(Notice, Person)
        .join(Conversation, Conversation.id == Notice.conversation_id)
        .join(Person, Person.id == Conversation.person_id)
        .where(
            Notice.organisation_id == work.actor.organisation_id,
            Notice.subject == subject,
            Notice.outcome_to == LEADS_OUTCOME,
        )
        .order_by(Notice.asked_at.desc())
    ).all()
    return [(one, person) for one, person in rows if rows[0][0].asked_at - one.asked_at < AT_ONCE]
