"""Unsaying: what was said is taken back where it stands, as its words are from the database."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from sqlalchemy import select
from sqlalchemy.orm import defer

from bot.delivery.model import UNSAID, Card, DeliveryState, Notice
from bot.directory.model import Conversation, Person
from bot.ports import Subject
from bot.say.language import _, in_public, speaking
from bot.say.messages import Message, Section

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    About = Callable[[type[Card | Notice]], ColumnElement[bool]]


def unsay(session: Session, about: About, now: datetime) -> int:
    """Forget messages, and have those that people see say so instead; return how many these are.

    What nobody has seen is never sent. A message without a reference stays where it is: nothing can change it.
    """
    return sum(_unsay(session, kind, about, now) for kind in (Card, Notice))


def _unsay(session: Session, kind: type[Card | Notice], about: About, now: datetime) -> int:
    asked = session.execute(
        select(kind, Person.locale)
        .join(Conversation, Conversation.id == kind.conversation_id)
        .outerjoin(Person, Person.id == Conversation.person_id)
        .where(about(kind))
        .options(defer(kind.body))
        .order_by(kind.subject, kind.conversation_id)
        .with_for_update(of=kind)
    )
    found = cast("list[tuple[Card | Notice, str | None]]", asked.all())
    seen = 0
    for row, locale in found:
        if row.reference is not None:
            session.add(_instead(row, _words(locale), now))
            seen += 1
        session.delete(row)
    session.flush()
    return seen


def _instead(row: Card | Notice, body: str, now: datetime) -> Card:
    """Make the card that stands in place of a message from now on; it moves nowhere, and begins no new message."""
    return Card(
        organisation_id=row.organisation_id,
        conversation_id=row.conversation_id,
        subject=Subject.of(UNSAID, type(row).__name__.lower(), row.id),
        asked_at=now,
        body=body,
        state=DeliveryState.PENDING,
        try_at=now,
        reference=row.reference,
        under=row.under if isinstance(row, Card) else None,
        shown=1,
        wanted=2,
        moved=True,
    )


@cache
def _words(locale: str | None) -> str:
    with speaking(locale) if locale is not None else in_public():
        line = _("What stood here was erased.")
    return Message.of("", Section(text=(line,), tone="quiet")).model_dump_json()
