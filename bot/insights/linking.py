"""The address of the page of a report, for whoever was shown that report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.insights.links import LASTS, PATH, PURPOSE, Pass, signed
from bot.say.language import reader
from bot.store.database import digest

if TYPE_CHECKING:
    from bot.insights.values import Report
    from bot.work.work import Work


def page_of(work: Work, report: Report, address: str) -> str:
    """Sign a link for 24 hours; empty where nobody could follow it, for this server has no public address."""
    if not address:
        return ""
    letting_in = Pass(
        organisation_id=work.actor.organisation_id,
        first=report.period.first,
        last=report.period.last,
        team=report.team,
        locale=reader(),
        until=work.now + LASTS,
    )
    return address.rstrip("/") + PATH + signed(letting_in, partial(digest, work.session, purpose=PURPOSE))
