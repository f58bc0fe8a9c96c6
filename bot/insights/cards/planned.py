"""A report that comes by itself, as a channel reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.insights.commands import ShowReport, StopReport
from bot.pictures.carried import image_of
from bot.pictures.values import Bars
from bot.say.language import _
from bot.say.messages import Button, Choice, Link, Listing, Message, Part, Section, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.insights.values import Report

LINES = 5


def whole_report(report: Report, link: str) -> Message:
    """Tell the three sentences, show the picture, and say where the rest is."""
    said = (Section(text=(sentence,)) for sentence in report.sentences if sentence)
    return Message.of(_heading(report), *said, *page(link), *pictured(report))


def five_lines(report: Report, link: str) -> Message:
    """Tell leaders what to know on a Monday, in five lines."""
    others = [section for section in report.sections if section.key not in report.told]
    further = (line for rank in (0, 1) for section in others for line in section.sentences[rank : rank + 1])
    lines = [*dict.fromkeys(line for line in (*report.sentences, *further) if line)][:LINES]
    return Message.of(_heading(report), Listing(lines=tuple((line,) for line in lines)), *page(link))


def unreached(plan: int, channel: str, asked: str) -> Message:
    """Tell whoever leads that a report reached nobody, and what to do about it."""
    said = _("I couldn't post in #{channel}, so the report that comes there by itself reached nobody.")
    way = _("Invite me there again, or stop it and have it come elsewhere: `/zanshin report every week in #channel`.")
    buttons: tuple[Button, ...] = (
        ShowReport(words=asked).button(_("Read it here"), "primary"),
        StopReport(plan=plan).button(_("Stop this one")),
    )
    parts = (Section(text=(said.format(channel=channel),), tone="warning"), Section(text=text(way)))
    return Message.of(_("A report reached nobody"), *parts, Choice(buttons=buttons))


def pictured(report: Report) -> Iterator[Part]:
    """Show the picture of a report, unless there is nothing on it."""
    if not (isinstance(report.picture, Bars) and not report.picture.bars):
        yield image_of(report.picture)


def page(link: str) -> Iterator[Part]:
    """Lead to the page of a report, where there is one."""
    if link:
        said = _("Open the whole report (for 24 hours)")
        yield Section(text=(Link(words=said, url=link),))
    else:
        yield Section(text=(_("Supervisors read the rest with /zanshin report."),), tone="quiet")


def _heading(report: Report) -> str:
    return _("{team}: {period}").format(
        team=(report.team or report.organisation).strip()[:80], period=report.period.name
    )
