"""Builds a report: counts, compares, and puts the sections in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.gestures.facts import locale_of
from bot.insights.counting import Compared, compare
from bot.insights.figures.population import population_of
from bot.insights.sections.gestures import gestures_section
from bot.insights.sections.handoffs import handoffs_section, hours_section
from bot.insights.sections.playbooks import playbooks_section, situations_picture, situations_section
from bot.insights.sections.promises import promises_section
from bot.insights.telling import three_sentences, told
from bot.insights.values import Complaint, Report
from bot.work.retention import CAUTIOUS, Retention
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.insights.period import Period
    from bot.insights.values import Picture, Section

    Further = Callable[[Work, Period, str | None], Section | None]


@dataclass(frozen=True)
class Sources:
    """What a report needs beside rows: how playbooks are called, and how long runs are kept."""

    titles: Callable[[Work], Mapping[str, str]] = lambda _work: {}
    retention: Retention = CAUTIOUS
    address: str = ""  # by which people reach this server, for the page; empty: they do not
    further: tuple[Further, ...] = ()  # sections of domains that know us


def build_report(work: Work, period: Period, team: str | None, sources: Sources | None = None) -> Report:
    """Tell what one team, or everybody, did in a period, in the language that is spoken just now."""
    population = population_of(work, team)
    if isinstance(population, Complaint):
        raise Refusal(population.what, population.why, population.hint)
    sources = sources or Sources()
    told_too = (tell(work, period, team or None) for tell in sources.further)
    further = [section for section in told_too if section is not None]
    compared = compare(population, period, work.now, sources.retention, sources.titles(work))
    return Report(
        organisation=work.organisation.name,
        team=team or None,
        period=period,
        sentences=three_sentences(compared, further),
        picture=_first_picture(compared),
        sections=tuple(section for section in (*_sections(compared, work), *further) if section is not None),
        begun=compared.begun,
        told=told(compared, further),
    )


def _sections(compared: Compared, work: Work) -> Iterator[Section | None]:
    """Put the sections in their order: whoever adds one adds it here."""
    if not compared.now.is_empty:
        yield situations_section(compared)
        yield handoffs_section(compared)
        yield hours_section(compared)
        yield promises_section(compared)
    yield gestures_section(compared, locale_of(work))
    yield playbooks_section(compared)


def _first_picture(compared: Compared) -> Picture:
    """Choose what is seen first: when nobody was left, if that ever was; else what people met most."""
    hours = hours_section(compared)
    if hours is not None and hours.picture is not None and hours.table is not None:
        return hours.picture
    return situations_picture(compared)
