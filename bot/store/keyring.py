"""The keyring: the key of hashes, which stays when the key of texts is changed; and the change itself."""

from __future__ import annotations

import enum
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, delete, select, type_coerce, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.errors import BotError
from bot.store.database import Base, Sealed
from bot.store.seal import Seal, WrongKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Engine

GONE = "…"  # where a text was that no key opened, and something has to stand
AT_ONCE = 200  # texts that are sealed anew in one transaction: nobody waits for them


class OldKeyOpensNothing(BotError):
    """The last of ZANSHIN_OLD_SECRET_KEYS opens no text, so nothing was changed. Mend a typo, or leave it out."""


class Keyring(Base):
    """The key by which references are hashed, sealed by the key of texts."""

    __tablename__ = "keyrings"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_key: Mapped[str] = mapped_column(Sealed("keyrings.digest_key"))


def take_up(connection: Connection, seal: Seal) -> None:
    """Hash as this database always did, though its key was changed since; without the right key nothing compares."""
    sealed = connection.scalar(select(type_coerce(Keyring.digest_key, LargeBinary)).limit(1))
    if sealed is None:
        return
    seal.opens_keyring = False
    with suppress(WrongKey):  # the doctor says it; whoever writes is refused
        seal.digest_key = bytes.fromhex(seal.open(sealed, "keyrings.digest_key"))
        seal.opens_keyring = True


def fits(engine: Engine, seal: Seal) -> bool:
    """Say whether the keys are those of this database: they open its keyring, or else most of its texts."""
    if seal.opens_keyring is not None:
        return seal.opens_keyring
    with engine.connect() as connection:
        opened = [seal.key_of(sealed, _purpose(column)) is not None for column, sealed in _samples(connection)]
    return not opened or sum(opened) * 2 > len(opened)


class Lost(enum.Enum):
    """What becomes of texts that no key opens."""

    STAY = "stay"
    GO = "go"  # for good: emptied, or a mark where something has to stand


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one column has come."""

    column: str
    looked_at: int
    sealed_anew: int
    unreadable: int = 0  # with any key there is


def rotate(engine: Engine, seal: Seal, lost: Lost = Lost.STAY) -> Iterator[Progress]:
    """Seal every text with the newest key, a few at a time; broken off, it goes on where something is left to do."""
    make_keyring(engine, seal, lost)
    for column in _sealed_columns():
        yield from _gone_through(engine, column, partial(_seal_anew, seal=seal, lost=lost))


def look_through(engine: Engine, seal: Seal) -> Iterator[Progress]:
    """Say what `rotate` would seal anew and could not read; nothing is written."""
    for column in _sealed_columns():
        yield from _gone_through(engine, column, partial(_looked_at, seal=seal))


def drop_keyring(engine: Engine, seal: Seal) -> None:
    """Let go of a keyring that no key opens: what was hashed with it is no longer found."""
    with Session(engine) as session, session.begin():
        session.execute(delete(Keyring))
    seal.opens_keyring = None


def make_keyring(engine: Engine, seal: Seal, lost: Lost = Lost.STAY) -> tuple[int, ...]:
    """Keep the key of hashes, where none is kept yet; give the old keys that open nothing, counted from 1."""
    with Session(engine) as session, session.begin():
        # A keyring that no key opens is there all the same.
        if session.scalar(select(Keyring.id).limit(1)) is not None:
            return ()
        oldest = _oldest_of_use(session, seal, lost)
        seal.digest_key = seal.digest_keys[oldest]
        session.add(Keyring(id=1, digest_key=seal.digest_key.hex()))
    return tuple(range(oldest + 1, len(seal.digest_keys)))


def _oldest_of_use(session: Session, seal: Seal, lost: Lost) -> int:
    """Find the oldest key that opens something, since the key of hashes is made from it for good; refuse a guess."""
    oldest, opening = len(seal.digest_keys) - 1, set()
    for column in _sealed_columns():
        raw = select(type_coerce(column, LargeBinary)).where(column.is_not(None)).execution_options(yield_per=AT_ONCE)
        with session.scalars(raw) as texts:
            for sealed in texts:
                key = seal.key_of(sealed, _purpose(column))
                if key == oldest:
                    return oldest
                opening.add(key)
    if not opening:
        return oldest  # nothing was written yet
    known = [key for key in opening if key]  # the newest opens what was written since, whatever the oldest was
    if lost is Lost.STAY and (None in opening or not known):
        raise OldKeyOpensNothing
    return max(known, default=0)


def sample(session: Session) -> None:
    """Read the oldest and the newest text of every sealed column; raise WrongKey where there is one no key opens."""
    seal: Seal = session.get_bind().dialect.zanshin_seal  # type: ignore[attr-defined]  # put there by build_engine
    for column, sealed in _samples(session.connection()):
        seal.open(sealed, _purpose(column))


def _samples(connection: Connection) -> Iterator[tuple[Column[str], bytes]]:
    """Give the oldest and the newest text of every sealed column, as they are stored."""
    for column in _sealed_columns():
        [key] = column.table.primary_key.columns
        raw = select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1)
        for order in (key, key.desc()):
            yield from ((column, sealed) for sealed in connection.scalars(raw.order_by(order)))


def _sealed_columns() -> Iterator[Column[str]]:
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, Sealed))


def _purpose(column: Column[str]) -> str:
    purpose: str = column.type.purpose  # type: ignore[attr-defined]  # of a Sealed
    return purpose


class _Done(enum.Enum):
    """What a look at one text came to."""

    FINE = 0
    ANEW = 1
    UNREADABLE = 2


def _gone_through(
    engine: Engine, column: Column[str], deal: Callable[[Connection, Column[str], Any, bytes], _Done]
) -> Iterator[Progress]:
    """Deal with every text of a column, a few in a transaction."""
    [key] = column.table.primary_key.columns
    batch = select(key, type_coerce(column, LargeBinary)).where(column.is_not(None)).order_by(key).limit(AT_ONCE)
    done: Counter[_Done] = Counter()
    rows: Sequence[Any] = ()
    while True:
        with engine.begin() as connection:
            rows = connection.execute(batch.where(key > rows[-1][0]) if rows else batch).all()
            done.update(deal(connection, column, row[0], row[1]) for row in rows)
        if not rows:
            break
    if done:
        yield Progress(
            column=f"{column.table.name}.{column.name}",
            looked_at=done.total(),
            sealed_anew=done[_Done.ANEW],
            unreadable=done[_Done.UNREADABLE],
        )


def _looked_at(_connection: Connection, column: Column[str], _row_id: object, sealed: bytes, *, seal: Seal) -> _Done:
    place = seal.key_of(sealed, _purpose(column))
    return _Done.UNREADABLE if place is None else _Done.ANEW if place else _Done.FINE


def _seal_anew(
    connection: Connection, column: Column[str], row_id: object, sealed: bytes, *, seal: Seal, lost: Lost
) -> _Done:
    done = _looked_at(connection, column, row_id, sealed, seal=seal)
    if done is _Done.FINE or (done is _Done.UNREADABLE and lost is Lost.STAY):
        return done
    gone = None if column.nullable else GONE
    words = gone if done is _Done.UNREADABLE else seal.open(sealed, _purpose(column))
    [key] = column.table.primary_key.columns
    # Whoever has written it in between has sealed it with the newest key.
    same = (key == row_id, type_coerce(column, LargeBinary) == sealed)
    connection.execute(update(column.table).where(*same).values({column: words}))
    return done
