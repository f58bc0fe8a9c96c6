"""When two organisations cannot become one: while incidents are open whose numbers would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.incidents.model import LIVE, Incident
from bot.language import ngettext
from bot.people.model import CodePurpose

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.people.model import Person


def hinders(session: Session, purpose: str, joins: Person, _stays: Person) -> str:
    """Say why they have to wait."""
    if purpose != CodePurpose.JOIN:
        return ""
    live = select(func.count(Incident.id)).where(
        Incident.organisation_id == joins.organisation_id, Incident.state.in_(LIVE)
    )
    count = session.scalars(live).one()
    if not count:
        return ""
    return ngettext(
        "{count} incident of those who join is open, and its number would change.",
        "{count} incidents of those who join are open, and their numbers would change.",
        count,
    ).format(count=count)
