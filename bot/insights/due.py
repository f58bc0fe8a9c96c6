"""What the clock does with reports: those that are due are written and sent to their channels, once each."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import DeliveryState
from bot.directory.model import Conversation
from bot.incidents.promise.calling import Leads
from bot.insights.cards.planned import five_lines, unreached, whole_report
from bot.insights.model import ReportPlan
from bot.insights.planned.rhythm import Rhythm, next_time, period_told
from bot.ports import Outcome, Subject
from bot.say.language import in_public
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.insights.period import Period
    from bot.insights.values import Report

    Reporter = Callable[[Work, Period, str | None], Report]
    Linked = Callable[[Work, Report], str]  # the address of its page, or none

SUBJECT = "report"
REPORT_OUTCOME = "report"
LOST = (DeliveryState.DEAD, DeliveryState.EXPIRED)
LASTS = timedelta(hours=24)  # a report of yesterday morning is read on its page
AGAIN_AFTER = timedelta(minutes=10)


def send_reports(plans: Sequence[ReportPlan], work: Work, *, report: Reporter, linked: Linked) -> None:
    """Send every report that is due: one of the last period that is over, however long nobody was there to send it."""
    zone, channels = work.organisation.zone, _channels(plans, work)
    for plan in plans:
        rhythm = Rhythm(plan.rhythm)
        plan.next_due_at = next_time(rhythm, work.now, zone)
        with in_public():
            told = report(work, period_told(rhythm, work.now, zone), None)
            write = five_lines if rhythm is Rhythm.MONDAY else whole_report
            message = write(told, linked(work, told))
        channel = channels[plan.conversation_id]
        work.announce(Subject.of(SUBJECT, plan.id), channel, message, lasts=LASTS, outcome_to=REPORT_OUTCOME)


def hear_of_reports(outcomes: Sequence[Outcome], work: Work) -> None:
    """Tell whoever leads of a report that reached nobody, each time it should have come, until they stop or move it."""
    lost = {one.subject.number for one in outcomes if one.state in LOST}
    if not lost:
        return
    mine = select(ReportPlan).where(ReportPlan.organisation_id == work.actor.organisation_id, ReportPlan.id.in_(lost))
    plans = work.session.scalars(mine.order_by(ReportPlan.id)).all()
    channels, supervisors = _channels(plans, work), Leads(work).supervisors
    for plan in plans:
        asked = "month" if plan.rhythm == Rhythm.MONTH else "week"
        for person in supervisors:
            write = partial(unreached, plan.id, channels[plan.conversation_id].name, asked)
            work.tell(Subject.of(SUBJECT, plan.id), person, write)


def _channels(plans: Sequence[ReportPlan], work: Work) -> dict[int, Conversation]:
    wanted = select(Conversation).where(Conversation.id.in_([plan.conversation_id for plan in plans]))
    return {one.id: one for one in work.session.scalars(wanted)}
