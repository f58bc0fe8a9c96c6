"""Taking rows out and letting go of them, in one transaction that counts before and after."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.directory.actors import Actor
from bot.errors import NothingFound, WrongUse
from bot.handoffs.model import OPEN, Handoff
from bot.handoffs.takeover.taking import draw_anew
from bot.people.privacy import erasing
from bot.people.privacy.noted import counted, empty_notes, notes_naming
from bot.people.privacy.rows import Row, rows_about
from bot.people.setup import warn_if_erased
from bot.run.deeds import note_deed
from bot.run.found import as_line, everything, find_person, hindrances, unreadable_in
from bot.run.keys import insist_on_the_key
from bot.store.engines import PATIENCE, build_engine
from bot.store.schema import check_schema
from bot.watch.clock import SystemClock
from bot.work.work import Work
from migrations.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.run.settings import Settings
    from bot.store.seal import ForgivingSeal


def export_rows(settings: Settings, who: str | None, out: Path) -> tuple[int, list[str]]:
    """Write the rows, readable for nobody but whoever runs this; say how many, and which texts no key opens."""
    count, lost = 0, list[str]()
    with opened(settings, reading=True) as session:
        rows = everything(session) if who is None else rows_about(session, find_person(session, who))
        try:
            with _written_whole(out) as file:
                for row in rows:
                    file.write(as_line(row))
                    count += 1
                    lost += [f"{row['table']}.{name} {_name_of(row['row'])}" for name in unreadable_in(row)]
        except OSError as failed:
            raise WrongUse(f"Cannot write {out}: {failed.strerror}. Name another place with --out.") from failed
    return count, lost


def _name_of(row: Row) -> str:
    return str(row.get("id") or row.get("key") or row.get("chain") or "")


@contextmanager
def _written_whole(out: Path) -> Iterator[IO[str]]:
    """Put a file in its place when all of it is written, and none where that fails."""
    if out.exists() and not out.is_file():  # a pipe, which nothing takes the place of
        with out.open("w", encoding="utf-8") as pipe:
            yield pipe
        return
    place = out.resolve()
    # Nobody else can read a temporary file.
    with NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            Path(file.name).replace(place)
        finally:
            Path(file.name).unlink(missing_ok=True)  # gone already where it took its place


WAYS_ON = (
    "Let somebody else take that over first. A supervisor opens each case from the board (/zanshin status), and says "
    "that it is done or finds somebody; /incident owner 1 @name gives an incident to another."
)
TRIES = 5  # each waits for as long as anybody waits for a lock
PATIENT = timedelta(minutes=1)  # years of rows take longer than anybody waits who types in a chat


@dataclass(frozen=True)
class Erasure:
    """What is to be erased."""

    kind: str  # person, customer or case
    words: str


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was there, and what is left."""

    before: dict[str, int]  # rows, by table
    after: dict[str, int]
    still_written: dict[str, int]  # texts that people wrote and that hold these words
    taken_back: int  # messages that say something else from now on
    journal_left: bool = False  # what was erased may still be in the journal beside the file, for somebody was reading
    unreadable: int  # texts that no key opens: nobody knows what they say


def erased(settings: Settings, what: Erasure, *, dry_run: bool) -> Proof:
    """Erase in one transaction and count before and after; dry, take it back, so that it counts what would be left.

    What is left is counted before it is committed: broken off, nothing is gone, and no proof is lost.
    """
    with opened(settings) as session:
        if session.get_bind().dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA secure_delete=ON")  # what goes is overwritten in the file
        count, go, name = _person(session, what) if what.kind == "person" else _reference(session, what)
        before = count()
        taken_back = go()
        erasing.forget_replies(session)
        session.flush()
        after = before if dry_run else count()
        left, lost = _still_written(session, name)
        proof = Proof(before=before, after=after, still_written=left, taken_back=taken_back, unreadable=lost)
        if dry_run:
            session.rollback()
        else:
            note_deed(session, f"operator-erases-{what.kind}")
            session.commit()
            proof = replace(proof, journal_left=not _emptied_journal(session))
        return proof


def _emptied_journal(session: Session) -> bool:
    """Write over in the file of SQLite what was erased, and empty the journal beside it; say whether that was done."""
    engine: Any = session.get_bind()
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()  # past the transaction that any other begins with
    try:
        tried = (
            connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() for _ in range(TRIES)
        )
        return any(not busy for busy, *_pages in tried)
    finally:
        connection.close()


def _still_written(session: Session, name: str) -> tuple[dict[str, int], int]:
    """Count what still holds a name, and what nobody can read any more."""
    seal: ForgivingSeal = session.get_bind().dialect.zanshin_seal  # type: ignore[attr-defined]  # of `opened`
    seal.unreadable.clear()
    return erasing.still_written(session, name), seal.unreadable.total()


def _person(session: Session, what: Erasure) -> tuple[Callable[[], dict[str, int]], Callable[[], int], str]:
    person = find_person(session, what.words)
    if why := hindrances(session, person):
        raise NothingFound(f"{person.name} cannot be erased yet: {'; '.join(why)}. {WAYS_ON}")
    person_id, accounts = person.id, erasing.accounts_of(session, person)

    def go() -> int:
        leads, organisation_id = person.is_supervisor and person.on_team, person.organisation_id
        now = SystemClock().now()
        taken_back = erasing.erase_person(session, person, now)
        if leads:
            warn_if_erased(session, organisation_id, now)
        return taken_back

    return lambda: erasing.named_in(session, person_id, accounts), go, person.name


def _reference(session: Session, what: Erasure) -> tuple[Callable[[], dict[str, int]], Callable[[], int], str]:
    hashes = erasing.hashes_of(session, what.kind, what.words)

    def count() -> dict[str, int]:
        return erasing.told_of(session, what.kind, hashes) | counted(notes_naming(session, what.words))

    def go() -> int:
        now, about = SystemClock().now(), {"case": Handoff.case_hash, "customer": Handoff.customer_hash}[what.kind]
        cases = empty_notes(session, notes_naming(session, what.words))
        concerned = about.in_(hashes) | Handoff.id.in_(cases.get("handoffs", ()))
        running = session.scalars(select(Handoff).where(concerned, Handoff.state.in_(OPEN))).all()
        taken_back = erasing.erase_reference(session, what.kind, hashes, now)
        taken_back += sum(erasing.take_back(session, table, sorted(ids), now) for table, ids in cases.items())
        session.expire_all()
        for organisation_id, handoffs in groupby(sorted(running, key=_whose), _whose):
            with Work(session, now=now, actor=Actor(organisation_id=organisation_id, person_id=None)) as work:
                draw_anew(list(handoffs), work)
        return taken_back

    return count, go, what.words


def _whose(handoff: Handoff) -> int:
    return handoff.organisation_id


@contextmanager
def opened(settings: Settings, *, reading: bool = False) -> Iterator[Session]:
    """Open the database for as long as this takes; that somebody else is writing is said at once, as anywhere."""
    metadata()  # a table that nobody has imported would be left out
    seal = settings.forgiving_seal  # one text that is lost hides none of the others
    engine: Any = build_engine(settings.database_url, seal, reading=reading, patience=PATIENT, queue=PATIENCE)
    try:
        check_schema(engine)
        if not reading:
            insist_on_the_key(engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session
    finally:
        engine.dispose()
