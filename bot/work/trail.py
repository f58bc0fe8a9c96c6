"""The trail: who decided what, when and from where, each entry chained to the one before it; never what was written.

A decision is noted in the inbox row that its command writes anyway, in the same transaction, and chained by the clock
within a second or so. Links are keyed: whoever can write to the database alone cannot forge one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update

from bot.delivery.model import InboxEntry
from bot.directory.model import Organisation, Person
from bot.store.database import digest, is_alone
from bot.store.seal import UNREADABLE
from bot.work.records import Anchor, Decision
from bot.work.retention import let_go

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.work.retention import Retention

AT_ONCE = 500
BEGINNING = ""  # the link before the first
_WAITING = (
    select(
        InboxEntry.key,
        InboxEntry.trail_due_at,
        InboxEntry.organisation_id,
        InboxEntry.command,
        InboxEntry.who_id,
        InboxEntry.whence,
    )
    .where(InboxEntry.trail_due_at.is_not(None))
    .order_by(InboxEntry.trail_due_at, InboxEntry.key)
    .limit(AT_ONCE)
)
_APPEND = insert(Decision)


class Entry(NamedTuple):
    """A decision before it is written down: no object hangs on it."""

    organisation_id: int
    chain: int
    number: int
    at: datetime
    command: str
    who_id: int | None
    whence: str | None
    salt: str
    mark: str
    link: str = ""


class Trail:
    """What this process knows of decisions that are not chained yet: without any, the clock need not look."""

    def __init__(self, discreet: Collection[str] = ()) -> None:
        self.waits = True  # what another process left behind
        self._discreet = sorted(discreet)  # commands that tell who stepped out of a case, or what helped them

    def chain(self, session: Session, _now: datetime) -> bool:
        """Chain what was decided, in the order it was."""
        self.waits = False  # what comes while this looks is told again
        if not is_alone(session, "trail"):
            self.waits = True
            return False
        rows = session.execute(_WAITING).all()
        if not rows:
            return False
        self.waits = self.waits or len(rows) == AT_ONCE
        tips: dict[int, tuple[int, str]] = {}
        entries: list[dict[str, object]] = []
        owners = set(session.scalars(select(Organisation.id)))  # one may have become part of another just now
        for row in rows:
            chain = row.organisation_id
            if chain in owners and row.command is not None and row.trail_due_at is not None:
                entry = _entry(session, row, tips.get(chain) or tip_of(session, chain))
                tips[chain] = (entry.number, entry.link)
                entries.append(entry._asdict())
        if entries:
            session.connection().execute(_APPEND, entries)
        chained = update(InboxEntry).where(InboxEntry.key.in_([row.key for row in rows]))
        session.execute(
            chained.values(trail_due_at=None, who_id=None, whence=None),
            execution_options={"synchronize_session": False},
        )
        return False  # the next tick goes on

    def forget(self, session: Session, now: datetime, *, retention: Retention) -> bool:
        """Let go of who did what is private, and later of the oldest entries; what is left can still be verified."""
        private = (Decision.command.in_(self._discreet), Decision.at < now - retention.reasons)
        told = update(Decision).where(*private, Decision.whence.is_not(None))
        more = let_go(session, told.values(who_id=None, whence=None, salt=None))
        span = (func.min(Decision.number) + AT_ONCE - 1, func.max(Decision.number))
        old = select(Decision.chain, *span).where(Decision.at < now - retention.trail)
        for chain, some, last in session.execute(old.group_by(Decision.chain)).all():
            _prune(session, chain, min(some, last))
            more |= some < last
        return more


def tip_of(session: Session, chain: int) -> tuple[int, str]:
    """Give the number and the link of the latest entry, or of the last that was let go of."""
    latest = select(Decision.number, Decision.link).where(Decision.chain == chain)
    found = session.execute(latest.order_by(Decision.number.desc()).limit(1)).first()
    if found is not None:
        return found.number, found.link
    anchor = session.get(Anchor, chain)
    return (anchor.number, anchor.link) if anchor is not None else (0, BEGINNING)


def _entry(session: Session, row: Any, tip: tuple[int, str]) -> Entry:
    chain, salt = row.organisation_id, secrets.token_hex(16)
    mark = mark_of(session, salt, row.whence)
    entry = Entry(chain, chain, tip[0] + 1, row.trail_due_at, row.command, row.who_id, row.whence, salt, mark)
    return entry._replace(link=link_of(session, entry, tip[1]))


def mark_of(session: Session, salt: str | None, whence: str | None) -> str:
    """Commit to who it was and from where, so that both can be erased and the chain still holds."""
    return digest(session, f"{salt}\0{whence}", "trail whence")


def link_of(session: Session, entry: Entry | Decision, before: str) -> str:
    """Bind an entry to the one before it."""
    said = (before, entry.chain, entry.number, entry.at.isoformat(), entry.command, entry.mark)
    return digest(session, "\0".join(map(str, said)), "trail link")


def _prune(session: Session, chain: int, number: int) -> None:
    last = session.scalars(select(Decision).where(Decision.chain == chain, Decision.number == number)).one()
    anchor = session.get(Anchor, chain)
    if anchor is None:
        session.add(Anchor(chain=chain, organisation_id=last.organisation_id, number=number, link=last.link))
    else:
        anchor.number, anchor.link = number, last.link
    session.execute(delete(Decision).where(Decision.chain == chain, Decision.number <= number))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What verifying one chain found."""

    chain: int
    entries: int
    erased: int  # of whom it is no longer known who it was
    last: int
    link: str
    wrong: str = ""  # the first thing that does not fit
    unreadable: int = 0  # of which no key opens from where they came


def verify(session: Session) -> Iterator[Verdict]:
    """Follow every chain from its anchor to its tip."""
    chains = select(Decision.chain).union(select(Anchor.chain))
    for chain in sorted(session.scalars(chains)):
        yield _verified(session, chain)


def _verified(session: Session, chain: int) -> Verdict:
    anchor = session.get(Anchor, chain)
    number, link = (anchor.number, anchor.link) if anchor is not None else (0, BEGINNING)
    entries = erased = unreadable = 0
    wrong = ""
    rows = select(Decision).where(Decision.chain == chain).order_by(Decision.number)
    for entry in session.scalars(rows.execution_options(yield_per=AT_ONCE)):
        wrong = wrong or _what_is_wrong(session, entry, number, link)
        number, link = entry.number, entry.link
        entries += 1
        erased += entry.whence is None
        unreadable += entry.whence == UNREADABLE
    verdict = Verdict(chain=chain, entries=entries, erased=erased, last=number, link=link, wrong=wrong)
    return replace(verdict, unreadable=unreadable)


def _what_is_wrong(session: Session, entry: Decision, number: int, link: str) -> str:
    if entry.number != number + 1:
        return f"after entry {number} comes {entry.number}: entries are missing"
    if link_of(session, entry, link) != entry.link:
        return f"entry {entry.number} was changed, or was chained with another key"
    if entry.whence not in (None, UNREADABLE) and mark_of(session, entry.salt, entry.whence) != entry.mark:
        return f"entry {entry.number} names somebody else than it did"
    return ""


def missing(session: Session, expected: Sequence[str]) -> list[str]:
    """Name the links that were noted earlier and are neither there nor let go of in time."""
    return [one for one in expected if not _is_there(session, *one.split(":"))]


def _is_there(session: Session, chain: str, number: str, link: str) -> bool:
    anchor = session.get(Anchor, int(chain))
    if anchor is not None and int(number) < anchor.number:
        return True  # older than what is kept
    if anchor is not None and int(number) == anchor.number:
        return anchor.link.startswith(link)
    entry = select(Decision.link).where(Decision.chain == int(chain), Decision.number == int(number))
    return (session.scalar(entry) or "").startswith(link) and bool(link)


def unchained(session: Session) -> list[tuple[str, datetime, str | None]]:
    """List what was decided and waits for a server to chain it, the oldest first: what, when and from where."""
    waiting = select(InboxEntry.command, InboxEntry.trail_due_at, InboxEntry.whence)
    waiting = waiting.where(InboxEntry.trail_due_at.is_not(None), InboxEntry.command.is_not(None))
    found = session.execute(waiting.order_by(InboxEntry.trail_due_at, InboxEntry.key)).all()
    return [(command, at, whence) for command, at, whence in found if command and at]


def listed(session: Session, last: int) -> list[dict[str, Any]]:
    """List the latest decisions of everybody, the newest last."""
    rows = session.execute(
        select(Decision, Person.name)
        .outerjoin(Person, Person.id == Decision.who_id)
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(last)
    ).all()
    return [
        {"number": one.number, "at": one.at.isoformat(), "command": one.command, "who": name, "whence": one.whence}
        for one, name in reversed(rows)
    ]
