"""What is kept about somebody of what comes after: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from bot.afterwards.forgetting import HEAT_KEPT
from bot.afterwards.model import FollowUp, HeatedDay, Retrospective
from bot.say.language import _, ngettext
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    return list(_kinds(work, person, retention))


def _kinds(work: Work, person: Person, retention: Retention) -> Iterator[Kept]:
    days = in_days(retention.incidents)
    posted = select(func.count(Retrospective.id)).where(Retrospective.posted_by_id == person.id)
    if count := work.session.scalars(posted).one():
        yield Kept(
            what=_("Retrospectives you posted ({count})").format(count=count),
            readers=_("the team, and the channels they're posted in"),
            until=_("the words go {days} after the incident's end; that you posted it stays").format(days=days),
        )
    theirs = select(func.count(FollowUp.id)).where(
        or_(FollowUp.person_id == person.id, FollowUp.made_by_id == person.id)
    )
    if count := work.session.scalars(theirs).one():
        yield Kept(
            what=_("Follow-ups you do, or wrote down for others ({count})").format(count=count),
            readers=_("the team"),
            until=_("gone {days} after they're done or dropped").format(days=days),
        )
    heated = select(func.count(HeatedDay.id)).where(HeatedDay.person_id == person.id)
    if count := work.session.scalars(heated).one():
        yield Kept(
            what=ngettext(
                "How many heated cases you typed about, by day ({count} day); no words",
                "How many heated cases you typed about, by day ({count} days); no words",
                count,
            ).format(count=count),
            readers=_("you alone; supervisors, how a team of five or more is spread, without names"),
            until=_("gone after {days}").format(days=in_days(HEAT_KEPT)),
        )
    if person.spared_until is not None and person.spared_until > work.now:
        yield Kept(
            what=_("That you're skipped when cases need somebody, for the rest of your shift"),
            readers=_("the team, that you have enough to do; nobody, why"),
            until=_("until your shift is over"),
        )
