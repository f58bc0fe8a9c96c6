"""Rows of the playground: what a platform would keep on its own side."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment, Sealed


class WebPost(Base):
    """One post in a conversation of the playground."""

    __tablename__ = "web_posts"
    __table_args__ = (Index("ix_web_posts_place", "conversation", "id"), UniqueConstraint("key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(info={"erase": "row"})  # "support", or "@ana": the direct chat with ana
    author: Mapped[str] = mapped_column(info={"erase": "row"})  # an account; empty is the bot
    only_for: Mapped[str | None] = mapped_column(default=None, info={"erase": "row"})  # who alone sees it
    at: Mapped[datetime] = mapped_column(Moment)
    words: Mapped[str | None] = mapped_column(Sealed("web_posts.words"), default=None)  # of a person
    message: Mapped[str | None] = mapped_column(Sealed("web_posts.message"), default=None)  # of the bot
    notice: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)  # one more each time it shows something else
    key: Mapped[str | None] = mapped_column(default=None)  # the act it belongs to: the same act again adds nothing


class WebSeen(Base):
    """How far somebody has read a conversation."""

    __tablename__ = "web_seen"
    __table_args__ = (UniqueConstraint("account", "conversation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(info={"erase": "row"})
    conversation: Mapped[str]
    last: Mapped[int]  # id of a post


class WebClock(Base):
    """How far the playground's clock was pushed ahead."""

    __tablename__ = "web_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    ahead_us: Mapped[int] = mapped_column(BigInteger)  # microseconds
