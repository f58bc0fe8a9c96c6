"""What the team learns: figures and pictures of the work, never of one person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.insights.building import build_report
from bot.insights.commands import ShowReport
from bot.insights.due import AGAIN_AFTER, REPORT_OUTCOME, hear_of_reports, send_reports
from bot.insights.linking import page_of
from bot.insights.model import ReportPlan
from bot.insights.planned.planning import PLAN_PHRASE
from bot.insights.reporting import show_report
from bot.insights.typed import PHRASES
from bot.work.collecting import use_cases_of
from bot.work.domain import ClockTask, Domain

if TYPE_CHECKING:
    from bot.insights.building import Sources


def domain(sources: Sources) -> Domain:
    """Bring the insights to the program."""
    return Domain(
        use_cases=use_cases_of(__name__, {ShowReport: partial(show_report, sources=sources)}),
        phrases=(*PHRASES, PLAN_PHRASE),
        outcomes={REPORT_OUTCOME: hear_of_reports},
        clock=(
            ClockTask(
                name="reports",
                model=ReportPlan,
                act=partial(
                    send_reports,
                    report=partial(build_report, sources=sources),
                    linked=partial(page_of, address=sources.address),
                ),
                again_after=AGAIN_AFTER,
            ),
        ),
    )
