"""The posts of the playground: stored, listed, counted. Only what a person may see is ever read for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, or_, select

from adapters.web.model import WebPost, WebSeen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.messages import Message

SHOWN = 200  # posts of one conversation on the page
LONGEST_WORDS = 4000  # characters of one post of a person


def visible(account: str) -> ColumnElement[bool]:
    """Say which posts a person may see: their own direct chat, and in channels what is not for others alone."""
    mine = or_(WebPost.only_for.is_(None), WebPost.only_for == account)
    return mine & or_(~WebPost.conversation.startswith("@"), WebPost.conversation == f"@{account}")


def say(
    session: Session, *, conversation: str, author: str, words: str, only_for: str | None, now: datetime
) -> WebPost:
    """Store what a person typed."""
    return _add(
        session,
        WebPost(conversation=conversation, author=author, words=words[:LONGEST_WORDS], only_for=only_for, at=now),
    )


def post(
    session: Session, *, conversation: str, message: Message, only_for: str | None, notice: bool, now: datetime
) -> WebPost:
    """Store what the bot says."""
    return _add(
        session,
        WebPost(
            conversation=conversation,
            author="",
            message=message.model_dump_json(),
            only_for=only_for,
            notice=notice,
            at=now,
        ),
    )


def change(session: Session, post_id: int, message: Message, account: str | None = None) -> WebPost | None:
    """Change what a post of the bot shows, if this person may see it; None if there is no such post."""
    where = [WebPost.id == post_id, WebPost.author == ""]
    if account is not None:
        where.append(visible(account))
    found = session.scalar(select(WebPost).where(*where))
    if found is not None:
        found.message, found.edited = message.model_dump_json(), True
        session.flush()
    return found


def listed(session: Session, account: str, conversation: str, after: int = 0) -> list[WebPost]:
    """List what a person sees in a conversation, oldest first."""
    rows = session.scalars(
        select(WebPost)
        .where(visible(account), WebPost.conversation == conversation, WebPost.id > after)
        .order_by(WebPost.id.desc())
        .limit(SHOWN)
    )
    return list(rows)[::-1]


def unread(session: Session, account: str, conversations: Iterable[str]) -> dict[str, int]:
    """Count what a person has not read, by conversation."""
    counted = {}
    for conversation in conversations:
        last = session.scalar(
            select(WebSeen.last).where(WebSeen.account == account, WebSeen.conversation == conversation)
        )
        counted[conversation] = (
            session.scalar(
                select(func.count())
                .select_from(WebPost)
                .where(
                    visible(account),
                    WebPost.conversation == conversation,
                    WebPost.author != account,
                    WebPost.id > (last or 0),
                )
            )
            or 0
        )
    return counted


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


def _add(session: Session, added: WebPost) -> WebPost:
    session.add(added)
    session.flush()
    return added
