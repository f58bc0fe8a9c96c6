"""What the team learns: figures and pictures of the work, never of one person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.insights.commands import ShowReport
from bot.insights.reporting import show_report
from bot.insights.typed import PHRASES
from bot.work.collecting import use_cases_of
from bot.work.domain import Domain

if TYPE_CHECKING:
    from bot.insights.building import Sources


def domain(sources: Sources) -> Domain:
    """Bring the insights to the program."""
    return Domain(
        use_cases=use_cases_of(__name__, {ShowReport: partial(show_report, sources=sources)}),
        phrases=PHRASES,
    )
