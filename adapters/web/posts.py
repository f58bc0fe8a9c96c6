"""The posts of the playground: stored, listed, counted. Only what a person may see is ever read for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.web.model import WebPost, WebSeen
from bot.say.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


SHOWN = 200  # posts of one conversation on the page
LONGEST_WORDS = 4000  # characters of one post of a person


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A post before it is stored."""

    conversation: str
    at: datetime
    author: str = ""  # an account; empty is the bot
    only_for: str | None = None
    words: str | None = None
    message: Message | None = None
    notice: bool = False
    key: str | None = None  # the act it belongs to

    def values(self) -> dict[str, Any]:
        """Write it as a row."""
        message = self.message.model_dump_json() if self.message is not None else None
        return vars(self) | {"message": message}


def visible(account: str) -> ColumnElement[bool]:
    """Say which posts a person may see: their own direct chat, and in channels what is not for others alone."""
    there = or_(WebPost.message.is_not(None), WebPost.words.is_not(None))  # else it was taken away
    mine = or_(WebPost.only_for.is_(None), WebPost.only_for == account)
    return there & mine & or_(~WebPost.conversation.startswith("@"), WebPost.conversation == f"@{account}")


def store(session: Session, draft: Draft) -> WebPost:
    """Store a post; the same act again adds none, and shows what came of it last."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    # The insert itself asks whether it is there: on PostgreSQL it waits for a twin that is under way.
    insert = dialect.insert(WebPost).values(draft.values()).on_conflict_do_nothing()
    added: WebPost | None = session.scalar(insert.returning(WebPost))
    if added is not None:
        return added
    found = session.scalars(select(WebPost).where(WebPost.key == draft.key)).one()
    if draft.message is not None:
        _show(session, found, draft.message)
    return found


def change(session: Session, post_id: int, message: Message, account: str | None = None) -> WebPost | None:
    """Change what a post of the bot shows, if this person may see it; None if there is no such post."""
    where = [WebPost.id == post_id, WebPost.author == "", WebPost.message.is_not(None)]
    if account is not None:
        where.append(visible(account))
    found = session.scalar(select(WebPost).where(*where))
    if found is not None:
        _show(session, found, message)
    return found


def remove(session: Session, post_id: int) -> WebPost | None:
    """Take a post of the bot away; its number stays its own, for pages know it by that, and show nothing there."""
    found = session.scalar(select(WebPost).where(WebPost.id == post_id, WebPost.author == ""))
    if found is not None:
        found.message, found.version = None, found.version + 1
        session.flush()
    return found


def _show(session: Session, post: WebPost, message: Message) -> None:
    wanted = message.model_dump_json()
    if post.message != wanted:
        post.message, post.version = wanted, post.version + 1
        session.flush()


def listed(session: Session, account: str, conversation: str) -> list[tuple[int, int]]:
    """List what a person sees in a conversation, oldest first, each by its id and version."""
    rows = session.execute(
        select(WebPost.id, WebPost.version)
        .where(visible(account), WebPost.conversation == conversation)
        .order_by(WebPost.id.desc())
        .limit(SHOWN)
    )
    return [(post_id, version) for post_id, version in rows][::-1]


def load(session: Session, ids: Sequence[int]) -> Sequence[WebPost]:
    """Load posts whole: what they say is opened only here."""
    return session.scalars(select(WebPost).where(WebPost.id.in_(ids))).all() if ids else ()


def unread(session: Session, account: str, conversations: Iterable[str]) -> dict[str, int]:
    """Count what a person has not read, by conversation."""
    places = tuple(conversations)
    read = and_(WebSeen.account == account, WebSeen.conversation == WebPost.conversation)
    counted = session.execute(
        select(WebPost.conversation, func.count())
        .outerjoin(WebSeen, read)
        .where(
            visible(account),
            WebPost.conversation.in_(places),
            WebPost.author != account,
            WebPost.id > func.coalesce(WebSeen.last, 0),
        )
        .group_by(WebPost.conversation)
    )
    found = dict.fromkeys(places, 0)
    for place, count in counted:
        found[place] = count
    return found


def seen(session: Session, account: str, conversation: str, last: int) -> None:
    """Remember how far a person has read."""
    newest = session.scalar(
        select(func.max(WebPost.id)).where(visible(account), WebPost.conversation == conversation, WebPost.id <= last)
    )
    if newest is None:
        return
    row = session.scalar(select(WebSeen).where(WebSeen.account == account, WebSeen.conversation == conversation))
    if row is None:
        session.add(WebSeen(account=account, conversation=conversation, last=newest))
    else:
        row.last = max(row.last, newest)
