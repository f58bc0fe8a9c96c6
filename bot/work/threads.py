"""What is typed in the thread of a card is about what that card shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import Card
from bot.directory.model import Conversation, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.directory.actors import Origin
    from bot.work.domain import Domain


def as_typed_there(session: Session, words: str, origin: Origin, domains: Sequence[Domain]) -> str:
    """Write words from the thread of a card of ours the way they are typed elsewhere."""
    subject = session.scalar(
        select(Card.subject)
        .join(Conversation, Conversation.id == Card.conversation_id)
        .join(Workspace, Workspace.id == Conversation.workspace_id)
        .where(
            Workspace.platform == origin.platform,
            Workspace.address == origin.workspace,
            Conversation.address == origin.conversation,
            Card.reference.in_(origin.under),
        )
        .limit(1)
    )
    if subject is None:
        return words
    read = next((domain.in_thread[subject.kind] for domain in domains if subject.kind in domain.in_thread), None)
    return read(session, subject, words) if read is not None else words
