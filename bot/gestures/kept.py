"""What is kept about somebody's gestures: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from bot.gestures.model import Gesture, Grant
from bot.say.language import _
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    theirs = or_(Grant.requester_id == person.id, Grant.decided_by_id == person.id)
    made = work.session.scalars(select(func.count(Grant.id)).where(theirs)).one()
    written = work.session.scalars(select(func.count(Gesture.id)).where(Gesture.changed_by_id == person.id)).one()
    found = []
    if made:
        found.append(
            Kept(
                what=_("Gestures to customers you made or decided about ({count})").format(count=made),
                readers=_("supervisors, and who reads the month's list"),
                until=_("case, customer and reasons go after {days}; that it was given stays").format(
                    days=in_days(retention.gestures)
                ),
            )
        )
    if written:
        found.append(
            Kept(
                what=_("Gestures of the catalogue that you changed last ({count})").format(count=written),
                readers=_("the team"),
                until=_("stays, also retired"),
            )
        )
    return found
