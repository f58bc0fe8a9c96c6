"""The doctor: looks at everything that can be wrong, and says how to mend it."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.compose import Bookcase, build_domains, clock_tasks, read_bookcase
from bot.delivery.model import KINDS, DeliveryState, Parked, in_state
from bot.delivery.reached import silent_places
from bot.delivery.waiting import look
from bot.directory.model import Conversation, Organisation, Person
from bot.errors import SchemaDiffers, SchemaError
from bot.handoffs.model import Handoff, HandoffState
from bot.incidents.model import LIVE, Incident
from bot.ports import Clock
from bot.run.findings import Finding
from bot.run.operating.reasons import DROPPED, in_words
from bot.run.settings import Settings
from bot.run.surroundings import clocks, disk, replicas, time_zones
from bot.say.language import length
from bot.store.database import file_of, in_short
from bot.store.engines import build_engine
from bot.store.keyring import sample
from bot.store.schema import check_schema
from bot.store.seal import WrongKey
from bot.understanding.meaning import meaning
from bot.watch.clock import SystemClock
from bot.work.auditing import audit
from bot.work.domain import ClockTask
from migrations.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from bot.run.names import Unread


STUCK = timedelta(seconds=30)  # whatever is due for longer, nobody acts on
A_DAY = timedelta(days=1)
SEE_OUTBOX = "see zanshin outbox list, and the lines of the platforms: who or what can no longer be reached"
SEE_SERVER = "see that zanshin serve runs, and what its /readyz and its log say"


def examine(
    settings: Settings,
    *,
    clock: Clock | None = None,
    free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    platforms: Sequence[Callable[[Engine | None], list[Finding]]] = (),
    url: str | None = None,
    unread: Sequence[Unread] = (),
) -> list[Finding]:
    """Look at everything; `platforms` look at what is theirs, without a database, too, and knock at the `url`."""
    # A reader: looking takes no lock that the server needs.
    engine = build_engine(settings.database_url, settings.seal, reading=True)
    bookcase = read_bookcase(settings.playbooks_dir)
    patient = Patient(engine=engine, bookcase=bookcase, clock=clock or SystemClock(), free=free)
    try:
        database = list(_database(patient))
        usable = engine if database[0].fine else None
        theirs = [finding for look in platforms for finding in look(usable)]
        return [*database, *_playbooks(bookcase), _understanding(), *theirs, *_unasked(url, theirs), *_unread(unread)]
    finally:
        engine.dispose()


def _unread(names: Sequence[Unread]) -> Iterator[Finding]:
    """Name variables that may be mistyped: whoever set them believes that they are read."""
    for one in names:
        yield Finding(about="settings", fine=False, found=str(one), mend="write it as the README does, or take it out")


def _unasked(url: str | None, theirs: Sequence[Finding]) -> Iterator[Finding]:
    """Say where nobody knocked at an address that was named."""
    if url is not None and not any(url in one.found for one in theirs):
        found = f"nobody knocked at {url}: no platform that calls it is configured here"
        yield Finding(about="url", fine=False, found=found, mend="set one up as docs/slack.md or docs/teams.md says")


@dataclass(frozen=True, kw_only=True)
class Patient:
    """What is looked at, and by which clock."""

    engine: Engine
    bookcase: Bookcase
    clock: Clock
    free: Callable[[Path], int]  # bytes on the disk of a folder


def _database(patient: Patient) -> Iterator[Finding]:
    try:
        check_schema(patient.engine)
    except SchemaError as wrong:
        yield _no_schema_of_ours(wrong)
        return
    except DBAPIError as away:
        yield Finding(
            about="database", fine=False, found=in_short(away), mend="check ZANSHIN_DATABASE_URL", missing=True
        )
        return
    yield Finding(about="database", fine=True, found="reachable, schema up to date")
    if file := file_of(patient.engine):
        yield disk(patient.free(file.parent))
    tasks = clock_tasks(build_domains(patient.bookcase))  # before: PostgreSQL ends who stands still in a transaction
    with Session(patient.engine) as session:
        if file is None:
            yield clocks(session, patient.clock)
            yield replicas(session)
        now = patient.clock.now()
        yield time_zones(session, now)
        yield key_of_texts(session)
        yield _delivery(session, now)
        yield _incidents(session)
        yield _handoffs(session)
        yield from _organisations(session)
        yield _overdue(session, now, tasks)
        yield _forgotten(session, now, tasks)
        yield _parked(session)


def _no_schema_of_ours(wrong: SchemaError) -> Finding:
    """Say what the database is instead of one we can look at."""
    found, elsewhere, _ = str(wrong).partition(" Check ZANSHIN_DATABASE_URL")
    found, newer, install = found.removesuffix(" Run: zanshin migrate").partition(" Install ")
    mend = "check ZANSHIN_DATABASE_URL" if elsewhere else f"install {install}" if newer else "zanshin migrate"
    differs = isinstance(wrong, SchemaDiffers)
    missing = not differs  # there is none, or nothing in it
    return Finding(about="database", fine=False, found=found, mend=mend, missing=missing, other_version=differs)


def key_of_texts(session: Session) -> Finding:
    """Say whether what is stored can be read."""
    try:
        metadata()  # a table that nobody has imported would be left out
        sample(session)
    except WrongKey:
        return Finding(
            about="key",
            fine=False,
            found="stored text cannot be read with this ZANSHIN_SECRET_KEY",
            mend="name the key used before in ZANSHIN_OLD_SECRET_KEYS; where it is lost: zanshin rotate-key --let-go",
            missing=True,
        )
    return Finding(about="key", fine=True, found="stored texts can be read")


def _delivery(session: Session, now: datetime) -> Finding:
    states = (DeliveryState.PENDING, DeliveryState.DEAD, DeliveryState.UNKNOWN)
    counts = {
        state: sum(
            session.scalar(select(func.count()).select_from(kind).where(in_state(kind, state))) or 0 for kind in KINDS
        )
        for state in states
    }
    late, refused = look(session, now).late, _refused_lately(session, now)
    found = ", ".join(f"{count} {state}" for state, count in counts.items())
    found += f"; the oldest is {length(late)} late" if late else ""
    if refused:
        found += f"; given up since yesterday: {', '.join(f'{refused[error]} {error}' for error in sorted(refused))}"
    mends = (
        [SEE_SERVER] * (late > STUCK) + [SEE_OUTBOX] * bool(refused) + [in_words(error) for error in sorted(refused)]
    )
    return Finding(about="delivery", fine=not mends, found=found, mend="; ".join(mends))


def _refused_lately(session: Session, now: datetime) -> Counter[str]:
    """Say why messages were given up within a day, and how many: nobody has read what they said."""
    reasons: Counter[str] = Counter()
    for kind in KINDS:
        lost = select(kind.error, func.count()).where(in_state(kind, DeliveryState.DEAD), kind.ended_at > now - A_DAY)
        reasons.update({error or "unknown": count for error, count in session.execute(lost.group_by(kind.error))})
    del reasons[DROPPED]  # somebody meant it
    return reasons


def _incidents(session: Session) -> Finding:
    """Name the channels of open incidents that refused what was last said there."""
    live = select(Incident.conversation_id).where(Incident.state.in_(LIVE))
    silent = silent_places(session, set(session.scalars(live)))
    if not silent:
        return Finding(about="incidents", fine=True, found="the channels of all open incidents can be reached")
    rows = session.execute(
        select(Incident.number, Conversation.name, Conversation.address)
        .join(Conversation, Conversation.id == Incident.conversation_id)
        .where(Incident.state.in_(LIVE), Conversation.id.in_(silent))
        .order_by(Incident.id)
    )
    found = ", ".join(f"#{number} in {name or address}" for number, name, address in rows)
    mend = "bring the channel back and invite the bot, or resolve it and open it again elsewhere"
    return Finding(about="incidents", fine=False, found=f"channels that take nothing: {found}", mend=mend)


def _handoffs(session: Session) -> Finding:
    count = session.scalar(select(func.count()).select_from(Handoff).where(Handoff.state == HandoffState.SEARCHING))
    found = (
        f"{count} handoff{'s search' if count != 1 else ' searches'} for somebody"
        if count
        else "nobody is searched for"
    )
    return Finding(about="handoffs", fine=True, found=found)


def _organisations(session: Session) -> Iterator[Finding]:
    if session.scalar(select(func.count()).select_from(Organisation)):
        yield from _team(session)
        yield _shifts(session)
        yield _emergency(session)
        return
    found = "there is none yet: a platform brings it when it meets zanshin serve"
    yield Finding(about="organisation", fine=True, found=found)


def _team(session: Session) -> Iterator[Finding]:
    """Name the organisations where a call for help would end with nobody."""
    lacking = {
        "admin": (select(Person.organisation_id).where(Person.is_admin), "zanshin team add ACCOUNT --admin"),
        "supervisor": (
            select(Person.organisation_id).where(Person.is_supervisor),
            "an admin types /zanshin team add @name supervisor, or here: zanshin team add ACCOUNT --supervisor",
        ),
        "support channel": (
            select(Conversation.organisation_id).where(Conversation.is_support),
            "an admin types /zanshin here in it",
        ),
    }
    for what, (having, mend) in lacking.items():
        names = session.scalars(select(Organisation.name).where(Organisation.id.not_in(having))).all()
        article = "an" if what == "admin" else "a"
        found = f"no {what} in {', '.join(names)}" if names else f"every organisation has {article} {what}"
        yield Finding(about=what, fine=not names, found=found, mend=mend if names else "")


def _shifts(session: Session) -> Finding:
    """Say where nobody has working hours; somebody may mean it, so that is no fault."""
    having = select(Person.organisation_id).where(Person.shifts_text != "")
    names = session.scalars(select(Organisation.name).where(Organisation.id.not_in(having))).all()
    around = f"nobody has any in {', '.join(names)}, so people are asked around the clock; /zanshin shift sets them"
    return Finding(about="shifts", fine=True, found=around if names else "every organisation has some")


def _emergency(session: Session) -> Finding:
    """Say where whoever tells of danger reads only the general numbers."""
    without = select(func.count()).select_from(Organisation).where(Organisation.emergency.is_(None))
    count = session.scalar(without) or 0
    if not count:
        return Finding(about="emergency", fine=True, found="every organisation has its own emergency text")
    found = f"{count} {'organisation has' if count == 1 else 'organisations have'} only the general numbers"
    return Finding(
        about="emergency", fine=False, found=found, mend="an admin fills in /zanshin settings, In an emergency"
    )


def _overdue(session: Session, now: datetime, tasks: tuple[ClockTask, ...]) -> Finding:
    """Find rows that are due for so long that nobody seems to act on them."""
    late = []
    for task in tasks:
        due = getattr(task.model, task.due)
        count, oldest = session.execute(select(func.count(), func.min(due)).where(due < now - STUCK)).one()
        if count:
            rows = "1 row" if count == 1 else f"{count} rows"
            late.append(f"{task.name}: {rows}, the oldest {length(now - oldest)} late")
    if not late:
        return Finding(about="overdue", fine=True, found="the clock keeps up")
    return Finding(about="overdue", fine=False, found="; ".join(late), mend=SEE_SERVER)


def _forgotten(session: Session, now: datetime, tasks: tuple[ClockTask, ...]) -> Finding:
    """Find rows that have a next step and no time for it."""
    found = audit(session, tasks, now, SystemClock().now()).forgotten
    if not found:
        return Finding(about="audit", fine=True, found="everything has its next step in time")
    rows = "; ".join(f"{task}: {', '.join(map(str, ids[:20]))}" for task, ids in found.items())
    mend = f"a running zanshin serve mends these within a minute: {SEE_SERVER}"
    return Finding(about="audit", fine=False, found=f"no time for the next step of {rows}", mend=mend)


def _parked(session: Session) -> Finding:
    parked = session.scalars(select(Parked).order_by(Parked.id.desc()).limit(20)).all()
    if not parked:
        return Finding(about="clock", fine=True, found="no parked rows")
    rows = ", ".join(f"{row.task} {row.row_id} ({row.error}, {row.reference})" for row in parked)
    return Finding(about="clock", fine=False, found=f"parked: {rows}", mend="look the references up in the log")


def _playbooks(bookcase: Bookcase) -> Iterator[Finding]:
    catalogue, wordings = bookcase.books.catalogue, bookcase.wordings
    for problem in bookcase.problems:
        yield Finding(about="playbooks", fine=False, found=str(problem), mend="zanshin playbooks check")
    if not bookcase.problems:
        found = f"{len(catalogue.playbooks)} playbooks and {len(wordings.kinds)} wordings can be read"
        yield Finding(about="playbooks", fine=True, found=found)


def _understanding() -> Finding:
    """Say whether both readers of what is typed are there."""
    if meaning() is not None:
        return Finding(about="understanding", fine=True, found="both readers of what is typed are there")
    found = "what is typed is read by its words alone; fewer unusual sentences are understood"
    return Finding(
        about="understanding", fine=False, found=found, mend="install Zanshin anew, with numpy and its weights"
    )
