"""Which day is meant, and where."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.directory.model import Organisation
from bot.errors import WrongUse

if TYPE_CHECKING:
    from bot.store.database import Database

FARTHEST = timedelta(days=31)  # what is later, people will have changed


def zone_of(named: str | None, database: Database) -> ZoneInfo:
    """Find the zone of a day: the one named, or that of the one organisation there is."""
    if named is not None:
        try:
            return ZoneInfo(named)
        except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError is one
            raise WrongUse(f"{named} is no time zone. Write one like this: --zone Europe/Berlin") from None
    zones = database.write_now(lambda session: set(session.scalars(select(Organisation.time_zone))))
    return ZoneInfo(zones.pop()) if len(zones) == 1 else ZoneInfo("UTC")


def day_of(words: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Say when a day begins, or now where that is later, and when it ends."""
    today = now.astimezone(zone).date()
    try:
        day = {"today": today, "tomorrow": today + timedelta(days=1)}.get(words) or date.fromisoformat(words)
    except ValueError:
        raise WrongUse(f"{words} is no day. Write it like this: --day 2026-12-24") from None
    if day < today:
        raise WrongUse(f"{day} is over. Choose today or a later day.")
    if day - today > FARTHEST:
        raise WrongUse(f"{day} is too far away: choose a day within {FARTHEST.days} days.")
    begins, ends = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    return max(begins, now), ends
