"""A report of a period as a file: what whoever runs the server takes out of it."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.causes.showing import causes_section
from bot.directory.actors import Actor
from bot.directory.model import Organisation
from bot.errors import NothingFound, Refusal, WrongUse
from bot.insights.building import Sources, build_report
from bot.insights.files import as_csv, as_json
from bot.insights.reporting import read_asked
from bot.pictures.drawing import draw
from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.model import OwnPlaybook
from bot.playbooks.shelves.shelf import OWN
from bot.run.operating.opening import look_into
from bot.run.report_page.page import render_report
from bot.watch.clock import SystemClock
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.insights.values import Report
    from bot.run.settings import Settings


_DATE = re.compile(r"(?<![\w-])(?P<year>\d{4})-\d\d(?P<day>-\d\d)?(?![\w-])")
LAST_YEAR = str(MAXYEAR)
EXAMPLES = "Write it like this: zanshin report 2026-11, or: zanshin report 2026-11-01 to 2026-11-20"


def _page(report: Report) -> bytes:
    return render_report(report, SystemClock().now()).encode()


# How a report is written, by the ending of the file.
WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".html": _page,
    ".png": lambda report: draw(report.picture),
    ".svg": lambda report: draw(report.picture, form="svg"),
    ".json": lambda report: as_json(report).encode(),
    ".csv": lambda report: as_csv(report).encode("utf-8-sig"),  # or spreadsheets misread every accent
}


def write_report(settings: Settings, words: str, out: Path, organisation: str | None) -> str:
    """Write a report of one organisation; say where it is."""
    _insist_on_dates(words)
    write = WRITERS.get(out.suffix.lower())
    if write is None:
        raise WrongUse(f"I can't write {out.name}: end its name in one of {', '.join(WRITERS)}.")
    report = look_into(settings, partial(_report, settings=settings, words=words, name=organisation))
    try:
        out.write_bytes(write(report))
    except OSError as failed:
        raise WrongUse(f"Cannot write {out}: {failed.strerror}. Name another place with --out.") from failed
    return f"Wrote {out}: {report.period.name}. {' '.join(report.sentences)}"


def _insist_on_dates(words: str) -> None:
    """Refuse what is written as a month or a day and is none: behind a period, it would be taken for a team."""
    for said in _DATE.finditer(words):
        day = said["day"]
        try:
            date.fromisoformat(said[0] if day else f"{said[0]}-01")
        except ValueError:
            raise WrongUse(f"{said[0]} is no {'day' if day else 'month'}. {EXAMPLES}") from None
        if said["year"] == LAST_YEAR:  # nothing comes after it
            raise WrongUse(f"{said[0]} is too far away. {EXAMPLES}")


def _report(session: Session, *, settings: Settings, words: str, name: str | None) -> Report:
    organisation = _organisation(session, name)
    now = SystemClock().now()
    work = Work(session, now=now, actor=Actor(organisation_id=organisation.id, person_id=None))
    shipped = {one.id: one.title for one in load_catalogue(settings.playbooks_dir).playbooks.values()}
    sources = Sources(lambda work: shipped | _own_titles(work), settings.retention, further=(causes_section,))
    try:
        period, team = read_asked(words, now.astimezone(organisation.zone).date(), organisation.zone)
        return build_report(work, period, team, sources)
    except Refusal as refusal:
        raise WrongUse(f"{refusal.what} {refusal.why} {EXAMPLES}") from None


def _own_titles(work: Work) -> dict[str, str]:
    rows = select(OwnPlaybook.id, OwnPlaybook.title).where(OwnPlaybook.organisation_id == work.actor.organisation_id)
    return {f"{OWN}{number}": title for number, title in work.session.execute(rows)}


def _organisation(session: Session, name: str | None) -> Organisation:
    found = session.scalars(select(Organisation).order_by(Organisation.id)).all()
    named = [one for one in found if name is None or one.name.lower() == name.lower()]
    if len(named) == 1:
        return named[0]
    if not found:
        raise NothingFound("There is no organisation yet. Somebody has to type a command first.")
    names = ", ".join(one.name for one in found)
    if name is not None and not named:
        raise NothingFound(f"There is no organisation {name}. There is: {names}.")
    raise WrongUse(f"Say whose with --organisation. There is: {names}.")
