"""A channel that refuses what is said there: whoever can mend it is told, once a day, whatever it was."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import DeliveryState
from bot.delivery.reached import told_of_place, was_said
from bot.directory.model import Conversation, ConversationKind
from bot.directory.roster import team
from bot.people.cards import setup as cards
from bot.ports import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Outcome
    from bot.work.work import Work

TOLD_AGAIN_AFTER = timedelta(days=1)


def hear_of_refusals(outcomes: Sequence[Outcome], work: Work) -> None:
    """Tell admins, or else supervisors, of every channel that refuses what nobody asks about themselves."""
    lost = {one.conversation_id for one in outcomes if one.state == DeliveryState.DEAD}
    channels = select(Conversation).where(
        Conversation.id.in_(lost),
        Conversation.organisation_id == work.actor.organisation_id,
        Conversation.kind == ConversationKind.CHANNEL,
    )
    for channel in work.session.scalars(channels.order_by(Conversation.id)).all():
        _tell(channel, work)


def _tell(channel: Conversation, work: Work) -> None:
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
