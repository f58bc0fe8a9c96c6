"""What caused the cases and incidents of the year that never was; one cause fell after a review: the same each time."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from bot.causes.model import Attribution, Cause, Review, ReviewState
from bot.causes.shipped import SHIPPED
from bot.directory.model import Person
from bot.handoffs.model import Handoff, HandoffState
from bot.incidents.model import Incident

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

SEED = 20_260_102
NAMED = 0.8  # of all
# How often each cause comes up; what was changed about the first one shows.
COMES_UP = {"bill": 7, "late": 5, "wait": 3, "outage": 3, "broken": 2, "unclear": 1}
CHANGED, SINCE = "bill", timedelta(days=56)
AFTER_CHANGE = COMES_UP | {CHANGED: 3}
ANSWER = "The export ran twice on Mondays."
CHANGE = "The export takes a lock, and a second run stops by itself."


def write_causes(session: Session, organisation: int, now: datetime) -> None:
    """Name causes for most of what happened, and have one of them reviewed."""
    if session.scalar(select(Cause.id).where(Cause.organisation_id == organisation).limit(1)) is None:
        session.execute(insert(Cause), [{"organisation_id": organisation, "key": key} for key in SHIPPED])
    rows = select(Cause.key, Cause.id).where(Cause.organisation_id == organisation, Cause.key.is_not(None))
    causes: dict[str, int] = {key: cause for key, cause in session.execute(rows) if key is not None}
    changed_at = (now - SINCE).replace(hour=0, minute=0, second=0, microsecond=0)
    dice = Random(SEED)  # noqa: S311  no secret, the same each time

    def cause(at: datetime) -> int:
        weights = AFTER_CHANGE if at >= changed_at else COMES_UP
        return causes[dice.choices(list(weights), list(weights.values()))[0]]

    cases = select(Handoff.id, Handoff.started_at).where(
        Handoff.organisation_id == organisation, Handoff.state == HandoffState.COMPLETED
    )
    incidents = select(Incident.id, Incident.opened_at).where(
        Incident.organisation_id == organisation, Incident.resolved_at.is_not(None)
    )
    for name, found in (("handoff_id", cases.order_by(Handoff.id)), ("incident_id", incidents.order_by(Incident.id))):
        taken = set(session.scalars(select(getattr(Attribution, name))))
        named = [
            {"organisation_id": organisation, "cause_id": cause(at), name: row_id}
            for row_id, at in session.execute(found)
            if dice.random() < NAMED and row_id not in taken
        ]
        session.execute(insert(Attribution), named)
    _write_review(session, organisation, causes[CHANGED], changed_at)


def _write_review(session: Session, organisation: int, cause: int, changed_at: datetime) -> None:
    leads = select(Person.id).where(Person.organisation_id == organisation, Person.is_supervisor).order_by(Person.id)
    lead = session.scalar(leads.limit(1))
    if lead is None:
        return
    session.add(
        Review(
            organisation_id=organisation,
            cause_id=cause,
            opened_by_id=lead,
            state=ReviewState.TESTING,
            opened_at=changed_at - timedelta(days=10),
            answer_by=changed_at - timedelta(days=3),
            said_at=changed_at + timedelta(days=28),
            answered_at=changed_at - timedelta(days=5),
            answered_by_id=lead,
            answer_text=ANSWER,
            change_text=CHANGE,
            changed_at=changed_at,
            next_due_at=None,
        )
    )
