"""What an organisation has set, of every kind, with one statement."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, select

from bot.directory.model import Organisation, Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def settings_of(session: Session, organisation_id: int) -> dict[type[Settings], Settings | None]:
    """Load the rows of every kind of settings; none of a kind means that it is as shipped."""
    kinds = tuple(Settings.__subclasses__())
    rows = session.execute(_all(kinds), {"organisation": organisation_id}).one()
    return dict(zip(kinds, rows, strict=True))


@cache
def _all(kinds: tuple[type[Settings], ...]) -> Select[*tuple[Any, ...]]:
    words: Select[*tuple[Any, ...]] = (
        select(*kinds).select_from(Organisation).where(Organisation.id == bindparam("organisation"))
    )
    for kind in kinds:
        words = words.outerjoin(kind, kind.organisation_id == Organisation.id)
    return words
