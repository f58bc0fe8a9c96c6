"""Nobody: the row that stands for people who are no longer named, so that what happened can stay without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAME = "somebody"


def nobody_of(session: Session, organisation_id: int) -> Person:
    """Find or add the one of an organisation: it has no account, no role and no hours."""
    ours = (Person.organisation_id == organisation_id, Person.is_nobody)
    found = session.scalars(select(Person).where(*ours).order_by(Person.id)).first()
    if found is None:
        found = Person(organisation_id=organisation_id, name=NAME, named_by_hand=True, is_nobody=True)
        session.add(found)
        session.flush()
    return found
