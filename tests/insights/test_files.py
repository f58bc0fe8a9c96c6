"""A report as a file: every number for programs, and for tables that take nothing for a formula."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.errors import NothingFound, Refusal, WrongUse
from bot.insights.files import HEAD
from bot.run.report_files import write_report
from bot.run.settings import Settings
from tests.databases import SECRET
from tests.insights.happened import Asked, Happened, Used, write

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.store.database import Database


AT = datetime(2026, 1, 7, 9, tzinfo=UTC)


@pytest.fixture
def settings(sqlite_alone: Database) -> Settings:
    def fill(session: Session) -> None:
        write(session, Happened([Asked(AT, 1000)], [], [Used(AT, "restrain"), Used(AT, '=HYPERLINK("x")')]))

    sqlite_alone.write_now(fill)
    return Settings(database_url=sqlite_alone.url, secret_key=SECRET)


def test_a_report_is_data(settings: Settings, tmp_path: Path) -> None:
    """Sentences, pictures, tables and what each figure means."""
    out = tmp_path / "report.json"
    said = write_report(settings, "2026-01", out, None)
    data = json.loads(out.read_text())

    assert said.startswith(f"Wrote {out}: January 2026. ")
    assert (data["organisation"], data["team"], data["before"]["name"]) == ("Quill & Sons", None, "December 2025")
    assert len(data["sentences"]) == 3
    assert data["picture"]["kind"] == "bars"
    assert [section["key"] for section in data["sections"]] == ["situations", "handoffs", "hours", "promises"]
    assert data["definitions"]["Handoffs"].startswith("How many handoffs were begun.")


def test_a_table_is_no_formula(settings: Settings, tmp_path: Path) -> None:
    """One number a line, and what begins like a formula is text."""
    out = tmp_path / "report.csv"
    write_report(settings, "2026-01-07", out, "quill & sons")
    head, *lines = csv.reader(out.read_text("utf-8-sig").splitlines())

    assert tuple(head) == HEAD
    assert ["Quill & Sons", "", "2026-01-07", "2026-01-07", "Handoffs", "Handoffs", "Now", "1"] in lines
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]
    assert any(line[5].startswith("'=hyperlink") for line in lines)


def test_a_report_is_a_page_and_a_picture(settings: Settings, tmp_path: Path) -> None:
    """What supervisors read in a browser, and what they show on a wall."""
    page, picture, drawing = (tmp_path / f"report.{kind}" for kind in ("html", "png", "svg"))
    for out in (page, picture, drawing):
        write_report(settings, "2026-01", out, None)

    assert "<h1>January 2026</h1>" in page.read_text()
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "</svg>" in drawing.read_text()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("month", "report.docx", None),
            "I can't write report.docx: end its name in one of .html, .png,",
        ),
        (("month", "report.csv", "Nobody"), "There is no organisation Nobody. There is: Quill & Sons."),
        (("2099-01", "report.csv", None), "31 Jan 2099 hasn't come yet."),
        (("month", "nowhere/report.csv", None), "Cannot write"),
    ],
)
def test_what_cannot_be_written_is_said(
    settings: Settings, tmp_path: Path, asked: tuple[str, str, str | None], said: str
) -> None:
    """An ending nobody knows, an organisation that is not here, the future, a folder that is none."""
    words, name, organisation = asked
    with pytest.raises((WrongUse, Refusal, NothingFound), match=said.replace(".", r"\.")):
        write_report(settings, words, tmp_path / name, organisation)
