"""What was told of incidents goes together with their own words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from bot.afterwards.model import FollowUp, HeatedDay, Retrospective
from bot.directory.model import Person
from bot.incidents.model import Incident
from bot.work.retention import let_go

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.work.retention import Retention


HEAT_KEPT = timedelta(days=8)  # a week is shown, by whichever clock


def erase_old(session: Session, now: datetime, *, retention: Retention) -> bool:
    """Erase the words; that somebody looked back stays, and follow-ups go."""
    over = select(Incident.id).where(Incident.resolved_at < now - retention.incidents)
    told = (Retrospective.incident_id.in_(over), Retrospective.account_text.is_not(None))
    return let_go(
        session,
        update(Retrospective).where(*told).values(account_text=None),
        delete(HeatedDay).where(HeatedDay.began_at < now - HEAT_KEPT),
        update(Person).where(Person.spared_until < now).values(spared_until=None),
        delete(FollowUp).where(FollowUp.ended_at < now - retention.incidents),
    )
