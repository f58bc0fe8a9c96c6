"""Where else somebody can be reached who cannot be where a message was to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import Card, Deliverable, DeliveryState
from bot.directory.actors import direct_chat_of
from bot.directory.model import Conversation, Identity, Person, Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def move_elsewhere(session: Session, row: Deliverable, now: datetime) -> bool:
    """Have a message sent to the person's chat on another platform, once; False: there is none."""
    place = session.get_one(Conversation, row.conversation_id)
    person = session.get(Person, place.person_id) if place.person_id is not None else None
    if row.moved or person is None or not person.linked:
        return False
    found = session.execute(
        select(Identity, Workspace)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .where(Identity.person_id == person.id, Identity.workspace_id != place.workspace_id)
        .order_by(Identity.last_acted_at.desc(), Identity.id)
        .limit(1)
    ).first()
    if found is None:
        return False
    there = direct_chat_of(session, found[0], found[1]).id
    if isinstance(row, Card):
        twin = select(Card.id).where(Card.subject == row.subject, Card.conversation_id == there)
        if session.scalar(twin) is not None:
            return False
        row.reference, row.shown = None, 0
    row.conversation_id, row.moved = there, True
    row.state, row.lease_until, row.attempts, row.try_at = DeliveryState.PENDING, None, 0, now
    return True
