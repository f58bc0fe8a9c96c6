"""A report as data: every sentence, every number and every definition, for programs and for tables. Pure."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.gestures.months import harmless
from bot.insights.figures.definitions import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bot.insights.period import Period
    from bot.insights.values import Picture, Report

HEAD = ("organisation", "team", "from", "to", "section", "row", "column", "value")


def as_json(report: Report) -> str:
    """Write a report for programs."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """See a report as plain data."""
    return {
        "organisation": report.organisation,
        "team": report.team,
        "period": _period(report.period),
        "before": _period(report.period.before),
        "sentences": list(report.sentences),
        "picture": _picture(report.picture),
        "sections": [
            {
                "key": one.key,
                "title": one.title,
                "sentences": list(one.sentences),
                "picture": _picture(one.picture),
                "table": None if one.table is None else asdict(one.table),
            }
            for one in report.sections
        ],
        "definitions": {one.title: one.means for one in FIGURES.values()},
    }


def _period(period: Period) -> dict[str, str]:
    return {
        "name": period.name,
        "begins": period.begins.isoformat(),
        "ends": period.ends.isoformat(),
        "zone": str(period.zone),
    }


def _picture(picture: Picture | None) -> dict[str, Any] | None:
    return None if picture is None else {"kind": type(picture).__name__.lower(), **asdict(picture)}


def as_csv(report: Report) -> str:
    """Write the numbers of a report as a table, one a line, which no program takes for formulas."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(HEAD)
    whose = (report.organisation, report.team or "", str(report.period.first), str(report.period.last))
    for line in _lines(report):
        table.writerow([harmless(cell) for cell in (*whose, *line)])
    return written.getvalue()


def _lines(report: Report) -> Iterator[tuple[str, str, str, str]]:
    for number, sentence in enumerate(report.sentences, 1):
        yield "", str(number), "", sentence
    for section in report.sections:
        if section.table is not None:
            for name, *cells in section.table.rows:
                for column, cell in zip(section.table.head[1:], cells, strict=True):
                    yield section.title, name, column, cell
