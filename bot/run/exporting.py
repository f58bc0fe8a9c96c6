"""What whoever runs the server takes out of it: a month's list of gestures, the playbooks of teams."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Organisation, Person
from bot.errors import WrongUse
from bot.gestures.listing import lines_of
from bot.gestures.months import Month, MonthNotUnderstood, as_csv, read_month
from bot.playbooks.authoring.files import as_file
from bot.playbooks.model import OwnPlaybook
from bot.playbooks.shelves.shelf import read_row
from bot.run.operating.opening import look_into
from bot.run.terminal import spare
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.run.settings import Settings


def export_gestures(settings: Settings, month: str) -> str:
    """Write what every organisation of a server granted in a month as CSV."""
    try:
        read = read_month(month, SystemClock().now().astimezone(UTC).date())
    except MonthNotUnderstood:
        raise WrongUse(f"{month} is no month. Write it like this: --month 2026-11") from None
    return look_into(settings, partial(_exported, month=read))


def export_playbooks(settings: Settings, folder: Path, *, overwrite: bool = False) -> int:
    """Write every playbook that teams have written and published as a file; say how many."""
    files = look_into(settings, _own_files)
    for name in files:
        spare(folder / f"{name}.yaml", overwrite=overwrite)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in files.items():
            (folder / f"{name}.yaml").write_text(file, encoding="utf-8")
    except OSError as failed:
        raise WrongUse(f"Cannot write to {folder}: {failed.strerror}. Name another place with --out.") from failed
    return len(files)


def _own_files(session: Session) -> dict[str, str]:
    rows = session.execute(
        select(OwnPlaybook, Person.name)
        .join(Person, Person.id == OwnPlaybook.author_id)
        .where(OwnPlaybook.live)
        .order_by(OwnPlaybook.id)
    )
    read = [playbook for row, author in rows if (playbook := read_row(row, author)) is not None]
    return {one.id: as_file(one) for one in read}


def _exported(session: Session, *, month: Month) -> str:
    organisations = session.scalars(select(Organisation).order_by(Organisation.id)).all()
    return as_csv(line for one in organisations for line in lines_of(session, one, month))
