"""The inbox: a command that comes twice is carried out once, and answered the same both times."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Delete, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.delivery.model import InboxEntry
from bot.directory.actors import Actor, Origin
from bot.say.replies import REPLY, Done, Reply

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

KEPT = timedelta(minutes=10)
# Built once, and of the bare table: every command needs them.
_INBOX: Table = InboxEntry.__table__  # type: ignore[assignment]  # a declared class always has a table
_ENTER = {
    name: (
        dialect.insert(_INBOX)
        .values(key=bindparam("key"), at=bindparam("at"))
        .on_conflict_do_nothing()
        .returning(_INBOX.c.key)
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_CLOSE = (
    update(_INBOX)
    .where(_INBOX.c.key == bindparam("entry"))
    .values(
        reply=bindparam("given"),
        trail_due_at=bindparam("now"),
        organisation_id=bindparam("organisation"),
        who_id=bindparam("who"),
        command=bindparam("what"),
        whence=bindparam("from_where"),
    )
)


def open_entry(session: Session, key: str, now: datetime) -> Reply | None:
    """Enter a key; if it is there already, give back the reply of the first time."""
    # The insert itself is the question: on PostgreSQL it waits for a twin that is under way.
    connection = session.connection()  # no object hangs on these rows, and past them it takes half as long
    entered = connection.execute(_ENTER[connection.dialect.name], {"key": key, "at": now}).scalar()
    if entered is not None:
        return None
    stored = session.scalar(select(InboxEntry.reply).where(InboxEntry.key == key))
    return REPLY.validate_json(stored) if stored else Done()


def close_entry(session: Session, origin: Origin, reply: Reply, *, actor: Actor, command: str, now: datetime) -> None:
    """Keep the reply for a repeat, and for the trail who had what carried out."""
    way = "pressed" if origin.pressed else "typed"
    noted = {
        "now": now,
        "organisation": actor.organisation_id,
        "who": actor.person_id,
        "what": command,
        "from_where": f"{origin.platform} {actor.account} in {origin.conversation}, {way}",
    }
    session.connection().execute(_CLOSE, {"entry": origin.key, "given": REPLY.dump_json(reply).decode(), **noted})


def old_entries(now: datetime) -> Delete:
    """Choose for letting go what nobody will repeat any more."""
    return delete(InboxEntry).where(InboxEntry.at < now - KEPT, InboxEntry.trail_due_at.is_(None))
