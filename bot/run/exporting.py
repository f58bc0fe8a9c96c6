"""What whoever runs the server takes out of it: a month's list of gestures."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Organisation
from bot.errors import WrongUse
from bot.gestures.listing import lines_of
from bot.gestures.months import Month, MonthNotUnderstood, as_csv, read_month
from bot.store.database import Database
from bot.store.schema import check_schema
from bot.store.seal import Seal
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.run.settings import Settings


def export_gestures(settings: Settings, month: str) -> str:
    """Write what every organisation of a server granted in a month as CSV."""
    try:
        read = read_month(month, SystemClock().now().astimezone(UTC).date())
    except MonthNotUnderstood:
        raise WrongUse(f"{month} is no month. Write it like this: --month 2026-11") from None
    database = Database(settings.database_url, Seal(settings.secret_key))
    try:
        check_schema(database.engine)
        return database.write_now(partial(_exported, month=read))
    finally:
        database.close()


def _exported(session: Session, *, month: Month) -> str:
    organisations = session.scalars(select(Organisation).order_by(Organisation.id)).all()
    return as_csv(line for one in organisations for line in lines_of(session, one, month))
