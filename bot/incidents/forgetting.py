"""Incidents that were over long ago: their words go, when what happened stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.incidents.model import Incident, IncidentEvent
from bot.work.retention import Retention

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

AT_ONCE = 100  # incidents in one transaction, with the whole record of each
ERASED = ""  # the hash of no title; sealed words cannot be compared


def erase_old(session: Session, now: datetime, *, retention: Retention) -> bool:
    """Erase the title and the words of the record."""
    over = (Incident.resolved_at < now - retention.incidents, Incident.title_hash != ERASED)
    ids = session.scalars(select(Incident.id).where(*over).limit(AT_ONCE)).all()
    session.execute(update(IncidentEvent).where(IncidentEvent.incident_id.in_(ids)).values(words_text=None))
    session.execute(update(Incident).where(Incident.id.in_(ids)).values(title="…", title_hash=ERASED))
    return len(ids) == AT_ONCE
