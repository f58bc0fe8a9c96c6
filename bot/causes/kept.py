"""What is kept about somebody around causes: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.causes.model import Cause, ReachOut, Review
from bot.say.language import _
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""

    def count(column: object, *where: object) -> int:
        return work.session.scalars(select(func.count(column)).where(*where)).one()  # type: ignore[arg-type]  # columns

    found = []
    if written := count(Cause.id, (Cause.changed_by_id == person.id) | (Cause.person_id == person.id)):
        found.append(
            Kept(
                what=_("Causes you changed last, or are asked about ({count})").format(count=written),
                readers=_("supervisors"),
                until=_("stays, also retired"),
            )
        )
    theirs = (Review.opened_by_id, Review.person_id, Review.answered_by_id)
    if reviews := count(Review.id, (theirs[0] == person.id) | (theirs[1] == person.id) | (theirs[2] == person.id)):
        found.append(
            Kept(
                what=_("Reviews of a cause you opened, were asked in or answered ({count})").format(count=reviews),
                readers=_("supervisors, and the department that was asked"),
                until=_("the words go {days} after the end; that there was a review stays").format(
                    days=in_days(retention.incidents)
                ),
            )
        )
    if listed := count(ReachOut.id, ReachOut.person_id == person.id):
        found.append(
            Kept(
                what=_("Customers on your list to reach out to ({count})").format(count=listed),
                readers=_("you alone"),
                until=_("{done} after you ticked them off, {days} at the latest").format(
                    done=in_days(retention.reasons), days=in_days(retention.gestures)
                ),
            )
        )
    return found
