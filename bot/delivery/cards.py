"""Asking for cards and notices: rows the sender will carry out after the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.delivery.model import KINDS, Card, DeliveryState, IfUnknown, Notice

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.messages import Message


def want_card(
    session: Session,
    *,
    organisation_id: int,
    subject: str,
    conversation_id: int,
    message: Message,
    asked_at: datetime,
    now: datetime,
) -> None:
    """Say what the card of this subject should show there from now on; only the latest is ever sent."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    body = message.model_dump_json()
    asked = dialect.insert(Card).values(
        organisation_id=organisation_id,
        subject=subject,
        conversation_id=conversation_id,
        asked_at=asked_at,
        body=body,
        try_at=now,
        state=DeliveryState.PENDING,
        wanted=1,
        shown=0,
        attempts=0,
        sent_again=False,
        if_unknown=IfUnknown.AGAIN,
    )
    session.execute(
        asked.on_conflict_do_update(
            index_elements=["subject", "conversation_id"],
            set_={
                "wanted": Card.wanted + 1,
                "body": body,
                "asked_at": asked_at,
                "state": DeliveryState.PENDING,
                # A row that waits for its retry goes on waiting: a new version does not hurry the platform.
                "try_at": case((Card.state == DeliveryState.PENDING, Card.try_at), else_=now),
                "ended_at": None,
            },
        )
    )


def want_notice(
    session: Session,
    *,
    organisation_id: int,
    subject: str,
    conversation_id: int,
    message: Message,
    asked_at: datetime,
    now: datetime,
    not_after: datetime | None,
    if_unknown: IfUnknown,
    outcome_to: str | None,
) -> None:
    """Say something once."""
    session.execute(
        insert(Notice).values(
            organisation_id=organisation_id,
            subject=subject,
            conversation_id=conversation_id,
            asked_at=asked_at,
            body=message.model_dump_json(),
            try_at=now,
            not_after=not_after,
            if_unknown=if_unknown,
            outcome_to=outcome_to,
        )
    )


def withdraw_notices(session: Session, subject: str, now: datetime) -> None:
    """Take back what was not said yet about a subject: it no longer holds."""
    session.execute(
        update(Notice)
        .where(Notice.subject == subject, Notice.state == DeliveryState.PENDING, Notice.lease_until.is_(None))
        .values(state=DeliveryState.EXPIRED, ended_at=now)
    )


def last_asked_at(session: Session) -> datetime | None:
    """Find when something was last asked for: what is asked for now comes after it, whatever the clock says."""
    return max(filter(None, (session.scalar(select(func.max(kind.asked_at))) for kind in KINDS)), default=None)
