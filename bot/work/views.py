"""Rows of pages that keep themselves up to date: whoever changes what they show has them drawn again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Integer, Table, UniqueConstraint, bindparam, case, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.database import Base, Moment


class Board(Base):
    """A status board somebody has open: it is drawn again when something on it changes."""

    __tablename__ = "boards"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "row"})
    asked_at: Mapped[datetime] = mapped_column(Moment)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)


class Home(Base):
    """The Home somebody has opened lately: it is drawn again when something on it changes."""

    __tablename__ = "homes"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "row"})
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    not_before: Mapped[datetime | None] = mapped_column(Moment, default=None)  # it is not drawn again sooner
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)


FOLLOWED = timedelta(hours=8)  # a board nobody asked for in a working day is let go
FEW, SOME = 5, 20  # boards that are open
SOON, LATER = timedelta(seconds=10), timedelta(minutes=1)

_BOARDS: Table = Board.__table__  # type: ignore[assignment]  # a declared class always has a table
_HOMES: Table = Home.__table__  # type: ignore[assignment]  # as above
_NOW, _SOON, _LATER, _SINCE = (bindparam(name, type_=Moment) for name in ("now", "soon", "later", "since"))
_ORGANISATION, _ACTOR = (bindparam(name, type_=Integer) for name in ("organisation", "actor"))
_OTHERS = _BOARDS.alias()
_OPEN = (
    select(func.count())
    .select_from(_OTHERS)
    .where(_OTHERS.c.organisation_id == _ORGANISATION, _OTHERS.c.asked_at > _SINCE)
    .scalar_subquery()
)
# A platform takes about one change a second from a whole workspace: where many look, only whoever acts sees it at once.
_IN_TURN = case((_BOARDS.c.person_id == _ACTOR, _NOW), (_OPEN <= FEW, _NOW), (_OPEN <= SOME, _SOON), else_=_LATER)
# Built once: most commands change what boards and Homes show.
_BOARDS_AGAIN = (
    update(_BOARDS)
    .where(_BOARDS.c.organisation_id == _ORGANISATION, _BOARDS.c.asked_at > _SINCE)
    .values(next_due_at=case((_BOARDS.c.next_due_at <= _IN_TURN, _BOARDS.c.next_due_at), else_=_IN_TURN))
)
_HOMES_AGAIN = (
    update(_HOMES)
    .where(_HOMES.c.organisation_id == _ORGANISATION)
    .values(next_due_at=case((_HOMES.c.not_before > _NOW, _HOMES.c.not_before), else_=_NOW))
)


def draw_again(session: Session, organisation_id: int, actor_id: int | None, now: datetime) -> None:
    """Have every page of an organisation drawn again, once for all changes until then."""
    times = {"now": now, "soon": now + SOON, "later": now + LATER, "since": now - FOLLOWED}
    session.execute(_BOARDS_AGAIN, {"organisation": organisation_id, "actor": actor_id, **times})
    session.execute(_HOMES_AGAIN, {"organisation": organisation_id, "now": now})
