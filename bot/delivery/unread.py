"""Messages that this process cannot read: left for a while to others, which may hold another key or a later version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.delivery.claiming import Counted, ended
from bot.delivery.model import Deliverable, DeliveryState
from bot.delivery.retry import LEFT_TO_OTHERS, Decision, after_unreadable
from bot.delivery.waiting import is_due
from bot.directory.model import Conversation, Workspace
from bot.store.database import lease_time

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_REMEMBERED = LEFT_TO_OTHERS * 2  # what another has sent meanwhile is not asked about again


class Unread:
    """Since when this process cannot read a message; kept here, as reading is no attempt at sending."""

    def __init__(self) -> None:
        self._since: dict[tuple[type[Deliverable], int], datetime] = {}

    def decide(self, kind: type[Deliverable], row_id: int, now: datetime) -> Decision:
        """Decide about a message that could not be read just now."""
        self._since = {key: since for key, since in self._since.items() if now - since < _REMEMBERED}
        return after_unreadable(now - self._since.setdefault((kind, row_id), now))


def note_unreadable(
    session: Session,
    kind: type[Deliverable],
    row_id: int,
    *,
    error: str,
    decision: Decision,
    now: datetime,
    real_now: datetime,
) -> list[Counted]:
    """Leave a message to others, or end it; one that another has leased or ended meanwhile stays as it is."""
    values = ended(kind, DeliveryState.DEAD, now) if decision.kind == "dead" else {"try_at": now + decision.after}
    still_ours = (kind.id == row_id, is_due(kind, now, lease_time(session, real_now)))
    changed = update(kind).where(*still_ours).values({"error": error, **values}).returning(kind.conversation_id)
    place = session.scalar(changed, execution_options={"synchronize_session": False})
    if place is None or decision.kind != "dead":
        return []
    platforms = session.scalars(select(Workspace.platform).join(Conversation).where(Conversation.id == place))
    return [(platform, DeliveryState.DEAD) for platform in platforms]
