"""Incidents that were over long ago: their words go, when what happened stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.incidents.model import Incident, IncidentEvent
from bot.work.retention import Retention

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

ERASED = ""  # the hash of no title; sealed words cannot be compared


def erase_old(session: Session, now: datetime, *, retention: Retention) -> None:
    """Erase the title and the words of the record."""
    over = (Incident.resolved_at < now - retention.incidents, Incident.title_hash != ERASED)
    words = update(IncidentEvent).where(IncidentEvent.incident_id.in_(select(Incident.id).where(*over)))
    session.execute(words.values(words_text=None))
    session.execute(update(Incident).where(*over).values(title="…", title_hash=ERASED))
