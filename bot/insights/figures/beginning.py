"""Since when there is anything to count: a period before that is compared with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.gestures.model import Grant
from bot.handoffs.model import Handoff
from bot.incidents.model import Incident
from bot.playbooks.model import Run

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from bot.insights.period import Period


def begun_within(session: Session, organisation_id: int, period: Period) -> date | None:
    """Say which day was the first of an organisation, where the period before has days ahead of it; else None."""
    moments = (
        select(func.min(Handoff.started_at)).where(Handoff.organisation_id == organisation_id),
        select(func.min(Run.started_at)).where(Run.organisation_id == organisation_id),
        select(func.min(Grant.granted_at)).where(Grant.organisation_id == organisation_id),
        select(Incident.opened_at).where(Incident.organisation_id == organisation_id, Incident.number == 1),
    )
    row = session.execute(select(*(one.scalar_subquery() for one in moments))).one()
    days = [at.astimezone(period.zone).date() for at in row if at is not None]
    first = min(days, default=None)
    return first if first is not None and first > period.before.first else None
