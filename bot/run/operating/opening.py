"""Opening the database for one look or one deed of whoever runs the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.orm import Session

from bot.run.keys import insist_on_the_key
from bot.store.engines import build_engine
from bot.store.schema import check_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.run.settings import Settings

T = TypeVar("T")


def look_into(settings: Settings, job: Callable[[Session], T]) -> T:
    """Look into the database, beside whatever serves."""
    return _do(settings, job, reading=True)


def change(settings: Settings, job: Callable[[Session], T], *, dry_run: bool) -> T:
    """Change something in one transaction, or only find out what would come of it."""
    return _do(settings, job, keep=not dry_run)


def _do(settings: Settings, job: Callable[[Session], T], *, reading: bool = False, keep: bool = False) -> T:
    engine = build_engine(settings.database_url, settings.seal, reading=reading)
    try:
        check_schema(engine)
        if not reading:
            insist_on_the_key(engine)
        with Session(engine) as session:
            found = job(session)
            session.flush()
            if keep:
                session.commit()
            else:
                session.rollback()
            return found
    finally:
        engine.dispose()
