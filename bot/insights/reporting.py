"""Telling what changed in a period: for supervisors in chat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.insights import cards
from bot.insights.building import build_report
from bot.insights.linking import page_of
from bot.insights.period import Period, read_period, unreadable

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from bot.insights.building import Sources
    from bot.insights.commands import ShowReport
    from bot.insights.values import Report
    from bot.say.messages import Message
    from bot.say.replies import Reply
    from bot.work.work import Work

_AROUND = re.compile(r"^(?:(?:for|of|in|by|the|team|für|fuer|des|der|das|von|vom) )+", re.IGNORECASE)


def show_report(command: ShowReport, work: Work, *, sources: Sources) -> Reply:
    """Tell what changed in a period, and what to do about it."""
    zone = work.organisation.zone
    period, team = read_asked(command.words, work.now.astimezone(zone).date(), zone)
    return work.answer(_card(work, build_report(work, period, team, sources), sources.address))


def _card(work: Work, report: Report, address: str) -> Message:
    today = work.now.astimezone(work.organisation.zone).date()
    return cards.report.report_card(report, today, page_of(work, report, address))


def read_asked(words: str, today: date, zone: ZoneInfo) -> tuple[Period, str | None]:
    """Read a period, and behind it a team; without a period the last whole week is meant."""
    said = words.split()
    for cut in range(len(said), -1, -1):  # as many words for the period as can be
        head = " ".join(said[:cut])
        found = read_period(head, today, zone)
        if isinstance(found, Period):
            return found, _AROUND.sub("", " ".join(said[cut:])).strip(" ,.") or None
        if found != unreadable(head, today):
            raise Refusal(found.what, found.why, found.hint)
    raise AssertionError  # no words are the last week
