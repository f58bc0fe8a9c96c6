"""Ending what waits to be said where nobody can be reached any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, exists, select, update

from bot.delivery.model import KINDS, Card, DeliveryState, in_state
from bot.directory.model import Conversation, Identity, Person, Workspace
from bot.ports import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


REMOVED = "AccessRevoked"


def end_what_waits(session: Session, platform: str, workspaces: Sequence[str], now: datetime) -> None:
    """End every message that waits to be said in workspaces that have removed us.

    What is for somebody who is elsewhere too stays: it is tried once more, and goes there.
    """
    elsewhere = exists().where(Person.id == Conversation.person_id, Person.linked)
    places = (
        select(Conversation.id)
        .join(Workspace, Workspace.id == Conversation.workspace_id)
        .where(Workspace.platform == platform, Workspace.address.in_(workspaces), ~elsewhere)
    )
    for kind in KINDS:
        waiting = in_state(kind, DeliveryState.PENDING) & kind.conversation_id.in_(places)
        due = case((kind.outcome_to.is_not(None), now), else_=None)
        ended = {"state": DeliveryState.DEAD, "ended_at": now, "lease_until": None, "error": REMOVED}
        session.execute(update(kind).where(waiting).values(outcome_due_at=due, **ended))


def is_removed_from_all(session: Session, subject: Subject, since: datetime) -> bool:
    """Say whether every card asked for since then was refused as we are not there, and nobody has acted here since."""
    asked = (Card.subject == subject, Card.asked_at >= since, Card.outcome_to.is_not(None))
    rows = session.execute(select(Card.error, Card.ended_at, Card.organisation_id).where(*asked)).all()
    if not rows or any(reason != REMOVED for reason, _at, _organisation in rows):
        return False
    last = max(at for _reason, at, _organisation in rows if at is not None)
    here = (Identity.person_id == Person.id, Person.organisation_id == rows[0].organisation_id)
    return not session.scalar(select(exists().where(*here, Identity.last_acted_at >= last)))
