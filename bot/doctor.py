"""The doctor: looks at everything that can be wrong, and says how to mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.database import build_engine
from bot.delivery.model import KINDS, DeliveryState, Parked
from bot.errors import DatabaseMissing, SchemaError
from bot.playbooks.catalogue import load_catalogue
from bot.schema import check_schema
from bot.seal import Seal, WrongKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from bot.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at."""

    about: str
    fine: bool
    found: str
    mend: str = ""
    missing: bool = False  # there is nothing to look at

    def as_data(self) -> dict[str, object]:
        """Give it to machines."""
        return asdict(self)

    def __str__(self) -> str:
        """Give it to people."""
        mark = "ok  " if self.fine else "LOOK"
        return f"{mark} {self.about}: {self.found}" + (f" -> {self.mend}" if self.mend else "")


def examine(settings: Settings) -> list[Finding]:
    """Look at everything."""
    # A reader: looking takes no lock that the server needs.
    engine = build_engine(settings.database_url, Seal(settings.secret_key), reading=True)
    try:
        return [*_database(engine), *_playbooks(settings)]
    finally:
        engine.dispose()


def _database(engine: Engine) -> Iterator[Finding]:
    try:
        check_schema(engine)
    except SchemaError as wrong:
        missing = isinstance(wrong, DatabaseMissing)
        yield Finding(about="database", fine=False, found=str(wrong), mend="zanshin migrate", missing=missing)
        return
    except DBAPIError as away:
        yield Finding(
            about="database", fine=False, found=str(away.orig), mend="check ZANSHIN_DATABASE_URL", missing=True
        )
        return
    yield Finding(about="database", fine=True, found="reachable, schema up to date")
    with Session(engine) as session:
        yield _key(session)
        yield _delivery(session)
        yield _parked(session)


def _key(session: Session) -> Finding:
    try:
        for kind in KINDS:
            session.scalars(select(kind.body).where(kind.body.is_not(None)).limit(1)).first()
    except WrongKey as wrong:
        return Finding(about="key", fine=False, found=str(wrong), mend="set the ZANSHIN_SECRET_KEY used before")
    return Finding(about="key", fine=True, found="stored texts can be read")


def _delivery(session: Session) -> Finding:
    states = (DeliveryState.PENDING, DeliveryState.DEAD, DeliveryState.UNKNOWN)
    counts = {
        state: sum(
            session.scalar(select(func.count()).select_from(kind).where(kind.state == state)) or 0 for kind in KINDS
        )
        for state in states
    }
    found = ", ".join(f"{count} {state}" for state, count in counts.items())
    return Finding(about="delivery", fine=True, found=found)


def _parked(session: Session) -> Finding:
    parked = session.scalars(select(Parked).order_by(Parked.id.desc()).limit(20)).all()
    if not parked:
        return Finding(about="clock", fine=True, found="no parked rows")
    rows = ", ".join(f"{row.task} {row.row_id} ({row.error}, {row.reference})" for row in parked)
    return Finding(about="clock", fine=False, found=f"parked: {rows}", mend="look the references up in the log")


def _playbooks(settings: Settings) -> Iterator[Finding]:
    catalogue = load_catalogue(settings.playbooks_dir)
    for problem in catalogue.problems:
        yield Finding(about="playbooks", fine=False, found=str(problem), mend="zanshin playbooks check")
    if not catalogue.problems:
        yield Finding(about="playbooks", fine=True, found=f"{len(catalogue.playbooks)} can be read")
