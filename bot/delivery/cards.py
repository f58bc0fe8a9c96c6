"""Asking for cards and notices: gathered during a transaction, written in bulk at its end, sent after its commit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, and_, bindparam, case, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.delivery.model import KINDS, Card, DeliveryState, IfUnknown, Notice
from bot.directory.model import Conversation

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Executable
    from sqlalchemy.orm import Session

    from bot.say.messages import Message


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A card or notice asked for."""

    organisation_id: int
    subject: str
    conversation_id: int
    message: Message
    asked_at: datetime
    not_after: datetime | None = None
    if_unknown: IfUnknown = IfUnknown.AGAIN
    outcome_to: str | None = None

    def row(self, now: datetime, bodies: dict[int, str]) -> dict[str, Any]:
        """Write it as a row; a message that many read is written out once."""
        key = id(self.message)
        if key not in bodies:
            bodies[key] = self.message.model_dump_json()
        return {
            "organisation_id": self.organisation_id,
            "subject": self.subject,
            "conversation_id": self.conversation_id,
            "asked_at": self.asked_at,
            "body": bodies[key],
            "try_at": now,
            "not_after": self.not_after,
            "if_unknown": self.if_unknown,
            "outcome_to": self.outcome_to,
        }


class Outbox:
    """What one transaction wants shown and said."""

    def __init__(self) -> None:
        self._cards: dict[tuple[str, int], Wanted] = {}
        self._corrections: dict[tuple[str, int], Wanted] = {}
        self._notices: list[Wanted] = []
        self._withdrawn: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is asked for."""
        return not (self._cards or self._corrections or self._notices)

    def show(self, card: Wanted) -> None:
        """Show this in the card of its subject and conversation from now on; only the latest is ever sent."""
        self._corrections.pop((card.subject, card.conversation_id), None)
        self._cards[card.subject, card.conversation_id] = card

    def correct(self, card: Wanted) -> None:
        """Show this in place of what people have seen; what nobody has seen yet is taken back."""
        self._cards.pop((card.subject, card.conversation_id), None)
        self._corrections[card.subject, card.conversation_id] = card

    def tell(self, notice: Wanted) -> None:
        """Say this once."""
        self._notices.append(notice)

    def withdraw(self, subject: str) -> None:
        """Take back what was not said yet about a subject: it no longer holds."""
        self._notices = [notice for notice in self._notices if notice.subject != subject]
        self._withdrawn.add(subject)

    def write(self, session: Session, now: datetime) -> None:
        """Write everything, always in the same order, so that two transactions never wait for each other."""
        bodies: dict[int, str] = {}
        if self._withdrawn:
            _withdraw(session, sorted(self._withdrawn), now)
        if self._cards:
            _show(session, [card.row(now, bodies) for _key, card in sorted(self._cards.items())])
        if self._corrections:
            _correct(session, [card.row(now, bodies) for _key, card in sorted(self._corrections.items())])
        if self._notices:
            session.execute(insert(Notice), [notice.row(now, bodies) for notice in self._notices])


_CARDS: Table = Card.__table__  # type: ignore[assignment]  # a declared class always has a table


def _show(session: Session, cards: list[dict[str, Any]]) -> None:
    session.execute(_asking_for_cards(session.get_bind().dialect.name), cards)


@cache
def _asking_for_cards(dialect: str) -> Executable:
    asked = (sqlite if dialect == "sqlite" else postgresql).insert(_CARDS)
    showing: Executable = asked.on_conflict_do_update(
        index_elements=["subject", "conversation_id"],
        set_={
            "wanted": _CARDS.c.wanted + 1,
            "body": asked.excluded.body,
            "asked_at": asked.excluded.asked_at,
            "state": DeliveryState.PENDING,
            # A row that waits for its retry goes on waiting: a new version does not hurry the platform.
            "try_at": case((_CARDS.c.state == DeliveryState.PENDING, _CARDS.c.try_at), else_=asked.excluded.try_at),
            "ended_at": None,
            "not_after": asked.excluded.not_after,
            "if_unknown": asked.excluded.if_unknown,
            "outcome_to": asked.excluded.outcome_to,
            "outcome_due_at": None,  # of an earlier version: nobody needs it any more
        },
    )
    return showing


def _correct(session: Session, cards: list[dict[str, Any]]) -> None:
    rows = [
        {
            "its_subject": card["subject"],
            "its_conversation": card["conversation_id"],
            "its_body": card["body"],
            "its_moment": card["asked_at"],
            "its_now": card["try_at"],
        }
        for card in cards
    ]
    session.execute(_correcting_cards(), rows, execution_options={"synchronize_session": False})


@cache
def _correcting_cards() -> Executable:
    unseen = and_(_CARDS.c.shown == 0, _CARDS.c.state == DeliveryState.PENDING, _CARDS.c.lease_until.is_(None))
    waits = and_(_CARDS.c.state == DeliveryState.PENDING, ~unseen)
    return (
        update(_CARDS)
        .where(
            _CARDS.c.subject == bindparam("its_subject"),
            _CARDS.c.conversation_id == bindparam("its_conversation"),
            (_CARDS.c.shown > 0) | (_CARDS.c.state == DeliveryState.PENDING),
        )
        .values(
            wanted=_CARDS.c.wanted + 1,
            body=bindparam("its_body", type_=_CARDS.c.body.type),
            asked_at=bindparam("its_moment", type_=_CARDS.c.asked_at.type),
            state=case((unseen, DeliveryState.EXPIRED), else_=DeliveryState.PENDING),
            try_at=case((waits, _CARDS.c.try_at), else_=bindparam("its_now", type_=_CARDS.c.try_at.type)),
            ended_at=case((unseen, bindparam("its_now", type_=_CARDS.c.ended_at.type)), else_=None),
            not_after=None,
            outcome_to=None,
            outcome_due_at=None,
        )
    )


def _withdraw(session: Session, subjects: list[str], now: datetime) -> None:
    session.execute(
        update(Notice)
        .where(Notice.subject.in_(subjects), Notice.state == DeliveryState.PENDING, Notice.lease_until.is_(None))
        .values(state=DeliveryState.EXPIRED, ended_at=now),
        execution_options={"synchronize_session": False},
    )


def card_place(session: Session, subject: str, person_id: int) -> int | None:
    """Find the direct chat in which somebody has the card of a subject, the latest if there are several."""
    return session.scalar(
        select(Card.conversation_id)
        .join(Conversation, Conversation.id == Card.conversation_id)
        .where(Card.subject == subject, Conversation.person_id == person_id)
        .order_by(Card.asked_at.desc())
        .limit(1)
    )


def last_asked_at(session: Session) -> datetime | None:
    """Find when something was last asked for: what is asked for now comes after it, whatever the clock says."""
    return max(filter(None, (session.scalar(select(func.max(kind.asked_at))) for kind in KINDS)), default=None)
