"""What is kept about somebody of what comes after: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.afterwards.model import Retrospective
from bot.say.language import _
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    count = work.session.scalars(
        select(func.count(Retrospective.id)).where(Retrospective.posted_by_id == person.id)
    ).one()
    if not count:
        return []
    return [
        Kept(
            what=_("Retrospectives you posted ({count})").format(count=count),
            readers=_("the team, and the channels they're posted in"),
            until=_("the words go {days} after the incident's end; that you posted it stays").format(
                days=in_days(retention.incidents)
            ),
        )
    ]
