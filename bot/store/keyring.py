"""The keyring: the key of hashes, which stays when the key of texts is changed; and the change itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, select, type_coerce, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.errors import BotError
from bot.store.database import Base, Sealed
from bot.store.seal import Seal, WrongKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Connection, Engine

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
    if sealed is not None:
        try:
            seal.digest_key = bytes.fromhex(seal.open(sealed, "keyrings.digest_key"))
        except WrongKey:
            return  # the doctor says it; what needs no key goes on


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one column has come."""

    column: str
    looked_at: int
    sealed_anew: int
    unreadable: int = 0  # with any key there is


def rotate(engine: Engine, seal: Seal) -> Iterator[Progress]:
    """Seal every text with the newest key, a few at a time; broken off, it goes on where something is left to do."""
    make_keyring(engine, seal)
    for column in _sealed_columns():
        yield from _rotate_column(engine, seal, column)


def make_keyring(engine: Engine, seal: Seal) -> tuple[int, ...]:
    """Keep the key of hashes, where none is kept yet; give the old keys that open nothing, counted from 1."""
    with Session(engine) as session, session.begin():
        # A keyring that no key opens is there all the same.
        if session.scalar(select(Keyring.id).limit(1)) is not None:
            return ()
        oldest = _oldest_of_use(session, seal)
        seal.digest_key = seal.digest_keys[oldest]
        session.add(Keyring(id=1, digest_key=seal.digest_key.hex()))
    return tuple(range(oldest + 1, len(seal.digest_keys)))


def _oldest_of_use(session: Session, seal: Seal) -> int:
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
    if None in opening or not known:
        raise OldKeyOpensNothing
    return max(known)


def sample(session: Session) -> None:
    """Read the oldest and the newest text of every sealed column; raise WrongKey where there is one no key opens."""
    for column in _sealed_columns():
        [key] = column.table.primary_key.columns
        for order in (key, key.desc()):
            session.scalars(select(column).where(column.is_not(None)).order_by(order).limit(1)).first()


def _sealed_columns() -> Iterator[Column[str]]:
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, Sealed))


def _purpose(column: Column[str]) -> str:
    purpose: str = column.type.purpose  # type: ignore[attr-defined]  # of a Sealed
    return purpose


def _rotate_column(engine: Engine, seal: Seal, column: Column[str]) -> Iterator[Progress]:
    [key] = column.table.primary_key.columns
    purpose, raw = _purpose(column), type_coerce(column, LargeBinary)
    after, looked_at, anew, unreadable = None, 0, 0, 0
    while True:
        batch = select(key, raw).where(column.is_not(None)).order_by(key).limit(AT_ONCE)
        with engine.begin() as connection:
            rows = connection.execute(batch if after is None else batch.where(key > after)).all()
            for row_id, sealed in rows:
                if seal.is_newest(sealed, purpose):
                    continue
                try:
                    words = seal.open(sealed, purpose)
                except WrongKey:
                    unreadable += 1
                    continue
                # Whoever has written it in between has sealed it with the newest key.
                connection.execute(update(column.table).where(key == row_id, raw == sealed).values({column: words}))
                anew += 1
        looked_at += len(rows)
        if not rows:
            break
        after = rows[-1][0]
    if looked_at:
        name = f"{column.table.name}.{column.name}"
        yield Progress(column=name, looked_at=looked_at, sealed_anew=anew, unreadable=unreadable)
