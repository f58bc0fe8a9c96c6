"""Asking for cards and notices: gathered during a transaction, written in bulk at its end, sent after its commit."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, Table, and_, bindparam, case, cast, func, insert, select, type_coerce, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.delivery.model import KINDS, Card, DeliveryState, IfUnknown, Notice
from bot.directory.actors import Chats
from bot.directory.model import Conversation, Person
from bot.ports import Subject
from bot.say.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Executable
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A card or notice asked for: in a conversation, or in somebody's direct chat."""

    organisation_id: int
    subject: Subject
    conversation_id: int | None
    person: Person | None = None  # in whose direct chat; looked up when everything is asked for
    message: Message
    asked_at: datetime
    not_after: datetime | None = None
    if_unknown: IfUnknown = IfUnknown.AGAIN
    outcome_to: str | None = None
    under: Subject | None = None  # the subject of the card in whose thread it stands
    aloud: bool = False  # heard outside of that thread too
    afresh: bool = False  # in a new message, in place of the one there was

    def row(self, place: int, now: datetime, bodies: dict[int, str]) -> dict[str, Any]:
        """Write it as a row; a message that many read is written out once."""
        key = id(self.message)
        if key not in bodies:
            bodies[key] = self.message.model_dump_json()
        return {
            "organisation_id": self.organisation_id,
            "subject": self.subject,
            "conversation_id": place,
            "asked_at": self.asked_at,
            "body": bodies[key],
            "try_at": now,
            "not_after": self.not_after,
            "if_unknown": self.if_unknown,
            "outcome_to": self.outcome_to,
        }

    def standing(self) -> dict[str, Any]:
        """Say how a card stands where it is shown."""
        return {"under": self.under, "aloud": self.aloud, "afresh": self.afresh}


class Kind(enum.Enum):
    """What is done with something asked for."""

    SHOW = "show"  # in the card of its subject and conversation from now on; only the latest is ever sent
    CORRECT = "correct"  # in place of what people have seen; what nobody has seen yet is taken back
    TELL = "tell"  # once


class Outbox:
    """What one transaction wants shown and said."""

    def __init__(self) -> None:
        self._asked: list[tuple[Kind, Wanted]] = []
        self._withdrawn: set[Subject] = set()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is asked for."""
        return not self._asked

    def ask(self, kind: Kind, wanted: Wanted) -> None:
        """Ask for a card or notice; whoever was erased reads none."""
        if wanted.person is None or not wanted.person.is_nobody:
            self._asked.append((kind, wanted))

    def withdraw(self, subject: Subject) -> None:
        """Take back what was not said yet about a subject: it no longer holds."""
        self._asked = [(kind, one) for kind, one in self._asked if kind is not Kind.TELL or one.subject != subject]
        self._withdrawn.add(subject)

    def address(self, session: Session, chats: Chats) -> Callable[[Kind, Wanted], int]:
        """Find where everything goes, all at once: people who have a card already keep it where it is."""
        people = {one.person.id: one.person for _kind, one in self._asked if one.person is not None}
        linked = [person for person in people.values() if person.linked]
        cards = card_places(session, {one.subject for _kind, one in self._asked}, linked) if linked else {}

        def known(kind: Kind, wanted: Wanted) -> int | None:
            if wanted.person is None:
                return wanted.conversation_id
            return cards.get((wanted.subject, wanted.person.id)) if kind is not Kind.TELL else None

        def place(kind: Kind, wanted: Wanted) -> int:
            found = known(kind, wanted)
            if found is not None:
                return found
            assert wanted.person is not None  # noqa: S101  it is for one or the other
            return chats.of(wanted.person.id)

        chats.open({one.person.id for kind, one in self._asked if one.person is not None and known(kind, one) is None})
        return place

    def write(self, session: Session, now: datetime, place: Callable[[Kind, Wanted], int]) -> None:
        """Write everything, always in the same order, so that two transactions never wait for each other."""
        bodies: dict[int, str] = {}
        cards: dict[tuple[Subject, int], tuple[Kind, dict[str, Any]]] = {}
        notices: list[dict[str, Any]] = []
        for kind, wanted in self._asked:
            row = wanted.row(place(kind, wanted), now, bodies)
            if kind is Kind.TELL:
                notices.append(row)
            else:
                key = (wanted.subject, row["conversation_id"])
                before = cards[key][1]["afresh"] if key in cards else False
                cards[key] = (kind, row | wanted.standing() | {"afresh": wanted.afresh or before})
        if self._withdrawn:
            _withdraw(session, sorted(self._withdrawn), now)
        if shown := [row for _key, (kind, row) in sorted(cards.items()) if kind is Kind.SHOW]:
            _show(session, shown)
        if corrected := [row for _key, (kind, row) in sorted(cards.items()) if kind is Kind.CORRECT]:
            _correct(session, corrected)
        if notices:
            session.execute(insert(_NOTICES), notices)


_CARDS: Table = Card.__table__  # type: ignore[assignment]  # a declared class always has a table
_NOTICES: Table = Notice.__table__  # type: ignore[assignment]  # as above


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
            "under": asked.excluded.under,
            "aloud": asked.excluded.aloud,
            # What was to be heard and was not sent yet is still to be heard.
            "afresh": asked.excluded.afresh | (_CARDS.c.afresh & (_CARDS.c.state == DeliveryState.PENDING)),
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
            afresh=False,
        )
    )


def _withdraw(session: Session, subjects: list[Subject], now: datetime) -> None:
    session.execute(
        update(Notice)
        .where(Notice.subject.in_(subjects), Notice.state == DeliveryState.PENDING, Notice.lease_until.is_(None))
        .values(state=DeliveryState.EXPIRED, ended_at=now),
        execution_options={"synchronize_session": False},
    )


def card_places(
    session: Session, subjects: Collection[Subject], people: Collection[Person]
) -> dict[tuple[Subject, int], int]:
    """Find the direct chats in which people have the cards of subjects, the latest where there are several."""
    rows = session.execute(
        select(Card.subject, Conversation.person_id, Card.conversation_id)
        .join(Conversation, Conversation.id == Card.conversation_id)
        .where(Card.subject.in_(subjects), Conversation.person_id.in_([person.id for person in people]))
        .order_by(Card.asked_at)
    )
    return {(subject, person_id): place for subject, person_id, place in rows if person_id is not None}


def readers_of(session: Session, subject: Subject) -> Sequence[Person]:
    """List who has the card of a subject in their direct chat, or is about to."""
    having = (
        select(Conversation.person_id)
        .join(Card, Card.conversation_id == Conversation.id)
        .where(Card.subject == subject, (Card.shown > 0) | (Card.state == DeliveryState.PENDING))
    )
    return session.scalars(select(Person).where(Person.id.in_(having)).order_by(Person.id)).all()


def let_go(session: Session, subject: Subject, person: Person, instead: Message, now: datetime) -> None:
    """Have the card of a subject that somebody has seen say something else for good: the next is a new message."""
    mine = select(Conversation.id).where(Conversation.person_id == person.id)
    session.execute(
        update(Card)
        .where(Card.subject == subject, Card.conversation_id.in_(mine), Card.shown > 0)
        .values(
            subject=type_coerce(Card.subject, String) + ":" + cast(Card.id, String),
            body=instead.model_dump_json(),
            wanted=Card.wanted + 1,
            state=DeliveryState.PENDING,
            try_at=now,
            ended_at=None,
        ),
        execution_options={"synchronize_session": False},
    )


_LAST_ASKED = select(*(select(func.max(kind.asked_at)).scalar_subquery() for kind in KINDS))


def last_asked_at(session: Session) -> datetime | None:
    """Find when something was last asked for: what is asked for now comes after it, whatever the clock says."""
    with session.no_autoflush:  # rows that change once more are written once
        return max(filter(None, session.execute(_LAST_ASKED).one()), default=None)
