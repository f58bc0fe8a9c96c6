"""What the clock does with reports: those that are due are written and sent to their channels, once each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Conversation
from bot.insights.cards.planned import five_lines, whole_report
from bot.insights.model import ReportPlan
from bot.insights.rhythm import Rhythm, next_time, period_told
from bot.ports import Subject
from bot.say.language import in_public
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.insights.period import Period
    from bot.insights.values import Report

    Reporter = Callable[[Work, Period, str | None], Report]
    Linked = Callable[[Work, Report], str]  # the address of its page, or none

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
        work.announce(Subject.of("report", plan.id), channels[plan.conversation_id], message, lasts=LASTS)


def _channels(plans: Sequence[ReportPlan], work: Work) -> dict[int, Conversation]:
    wanted = select(Conversation).where(Conversation.id.in_([plan.conversation_id for plan in plans]))
    return {one.id: one for one in work.session.scalars(wanted)}
