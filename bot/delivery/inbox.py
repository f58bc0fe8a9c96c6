"""The inbox: a command that comes twice is carried out once, and answered the same both times."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.delivery.model import InboxEntry
from bot.replies import REPLY, Done, Reply

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

KEPT = timedelta(minutes=10)


def open_entry(session: Session, key: str, now: datetime) -> Reply | None:
    """Enter a key; if it is there already, give back the reply of the first time."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    # The insert itself is the question: on PostgreSQL it waits for a twin that is under way.
    entered = session.execute(
        dialect.insert(InboxEntry).values(key=key, at=now).on_conflict_do_nothing().returning(InboxEntry.key)
    ).scalar()
    if entered is not None:
        return None
    stored = session.scalar(select(InboxEntry.reply).where(InboxEntry.key == key))
    return REPLY.validate_json(stored) if stored else Done()


def close_entry(session: Session, key: str, reply: Reply) -> None:
    """Keep the reply for a repeat."""
    session.execute(update(InboxEntry).where(InboxEntry.key == key).values(reply=REPLY.dump_json(reply).decode()))


def forget_old(session: Session, now: datetime) -> None:
    """Let go of what nobody will repeat any more."""
    session.execute(delete(InboxEntry).where(InboxEntry.at < now - KEPT))
