"""A place that refuses what is said there: whoever can do something about it is told, once a day, whatever it was."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import DeliveryState
from bot.delivery.reached import told_of_place, was_said
from bot.directory.model import Conversation, ConversationKind, Person
from bot.directory.roster import team
from bot.people.cards import setup as cards
from bot.ports import Subject
from bot.say.language import in_public
from bot.work.named import supervisors_on_duty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Outcome
    from bot.work.work import Work

TOLD_AGAIN_AFTER = timedelta(days=1)


def hear_of_refusals(outcomes: Sequence[Outcome], work: Work) -> None:
    """Tell of every channel and of everybody on the team whom something was meant for and did not reach."""
    lost = {one.conversation_id for one in outcomes if one.state == DeliveryState.DEAD}
    places = select(Conversation).where(
        Conversation.id.in_(lost), Conversation.organisation_id == work.actor.organisation_id
    )
    for place in work.session.scalars(places.order_by(Conversation.id)).all():
        if place.kind == ConversationKind.CHANNEL:
            _tell_of_channel(place, work)
        elif place.kind == ConversationKind.DIRECT:
            _tell_of_person(work.session.get(Person, place.person_id), work)


def _tell_of_person(lost: Person | None, work: Work) -> None:
    """Tell supervisors or else admins whom I can tell nothing, or the channel if it is the only one of them.

    What it was stays with whom it was for.
    """
    if lost is None or not lost.on_team:
        return
    about = Subject.of("lost", lost.id)
    if was_said(work.session, lost.organisation_id, about, work.now - TOLD_AGAIN_AFTER):
        return
    others = [one for one in team(work.session, lost.organisation_id) if one.is_admin and one.id != lost.id]
    people = supervisors_on_duty(work, but=lost) or others
    for person in people:
        work.tell(about, person, partial(cards.person_refuses, lost.name), lasts=TOLD_AGAIN_AFTER)
    if not people and (lost.is_supervisor or lost.is_admin):  # whoever looks after the team alone
        with in_public():
            message = cards.nobody_else_decides(lost.name)
        for channel in work.support_channels:
            work.announce(about, channel, message, lasts=TOLD_AGAIN_AFTER)


def _tell_of_channel(channel: Conversation, work: Work) -> None:
    since = work.now - TOLD_AGAIN_AFTER
    about = [Subject.of(kind, channel.id) for kind in ("refusing", "silent")]  # of an incident there it is said fuller
    if not channel.shown or any(was_said(work.session, channel.organisation_id, one, since) for one in about):
        return
    everybody = team(work.session, channel.organisation_id)
    people = [one for one in everybody if one.is_admin] or [one for one in everybody if one.is_supervisor]
    heard = told_of_place(work.session, channel, since)  # the platform's own trouble says it better
    for person in people:
        if person.id not in heard:
            work.tell(about[0], person, partial(cards.channel_refuses, channel.shown), lasts=TOLD_AGAIN_AFTER)
