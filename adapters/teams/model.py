"""Rows of Teams' own: how conversations are reached."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment


class TeamsReference(Base):
    """A conversation as Teams knows it: without it nothing can be said there unasked, also after a restart."""

    __tablename__ = "teams_references"
    __table_args__ = (UniqueConstraint("tenant", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tenant: Mapped[str]
    address: Mapped[str] = mapped_column(info={"erase": "row"})  # as the core calls the conversation
    conversation: Mapped[str] = mapped_column(default="")  # as Teams calls it; empty: it has to be created
    service_url: Mapped[str]  # the latest: Teams moves them
    bot: Mapped[str] = mapped_column(default="")  # our own account there
    team: Mapped[str] = mapped_column(default="")  # of a channel
    directory_id: Mapped[str] = mapped_column(default="")  # of the person in a direct chat, of the team of a channel
    gone_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # we were removed, or they blocked us
    seen_at: Mapped[datetime] = mapped_column(Moment)  # within a minute
