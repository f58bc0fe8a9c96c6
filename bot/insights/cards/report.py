"""A report, as supervisors read it in chat: three sentences first, then each subject with its numbers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bot.insights.cards.planned import page, pictured
from bot.insights.commands import ShowReport
from bot.insights.period import read_period
from bot.insights.wording import nothing_before
from bot.say.language import N_, _
from bot.say.messages import Button, Choice, Listing, Message, Part, Section, Strong, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.insights.values import Report, Table
    from bot.insights.values import Section as Subject

OTHERS = 2  # periods beside the one before
_PERIODS = (("week", N_("Last week")), ("month", N_("Last month")), ("quarter", N_("Last quarter")))
SHOWN = 6  # rows of a table that are read in chat; the rest stands in the files and on the page


def report_card(report: Report, today: date, link: str = "") -> Message:
    """Tell a report."""
    heading = _("{team}: {period}").format(
        team=(report.team or report.organisation).strip()[:80], period=report.period.name
    )
    return Message.of(
        heading,
        *(Section(text=(said,)) for said in report.sentences),
        *pictured(report),
        *(page(link) if link else ()),
        *(part for one in report.sections for part in _subject(one, with_numbers=not link)),
        Section(text=(_compared(report),), tone="quiet"),
        Choice(buttons=tuple(_elsewhere(report, today))),
    )


def _compared(report: Report) -> str:
    if report.begun is not None:
        return nothing_before(report.begun)
    return _("Before: {before}. The likely range is what chance leaves open; it is right 95 times in 100.").format(
        before=report.period.before.name
    )


def _elsewhere(report: Report, today: date) -> Iterator[Button]:
    """Lead to other periods; none of them is the one that is read, nor the one before twice."""
    before, team = report.period.before, report.team or ""
    yield ShowReport(words=f"{before.first} to {before.last} {team}").button(_("The period before"))
    read = {report.period, before}
    others = ((words, label) for words, label in _PERIODS if read_period(words, today, before.zone) not in read)
    for words, label in islice(others, OTHERS):
        yield ShowReport(words=f"{words} {team}").button(_(label))


def _subject(subject: Subject, *, with_numbers: bool) -> Iterator[Part]:
    """Tell of one subject; its numbers stand on the page, where there is one: chat is read in four minutes."""
    yield Section(text=(Strong(words=subject.title),))
    yield from (Section(text=(said,)) for said in subject.sentences)
    if with_numbers and subject.table is not None:
        yield Listing(lines=tuple(_lines(subject.table)))


def _lines(table: Table) -> Iterator[Text]:
    """Read each row of a table aloud: its name, then every number with its heading."""
    for name, *cells in table.rows[:SHOWN]:
        named = [f"{head} {cell}" for head, cell in zip(table.head[1:], cells, strict=True)]
        if table.head[1] == _("Now"):
            yield (f"{name}: {' · '.join((cells[0], *named[1:]))}",)
        else:
            yield (" · ".join((name, *named)),)
