"""Zones named behind a time: UTC, an offset, a place, or an abbreviation that means one place only."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from bot.typing.times.places import zone_of_place

_UTC = ("utc", "gmt", "z")
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d\d))?")
_FARTHEST = timedelta(hours=14)  # from UTC, on any wall

# Abbreviations that mean other places to others (IST, BST, CST, EST, PST) are missing: those are asked about.
_PLACES = {
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "eet": "Europe/Athens",
    "eest": "Europe/Athens",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "msk": "Europe/Moscow",
    "sast": "Africa/Johannesburg",
    "wat": "Africa/Lagos",
    "pkt": "Asia/Karachi",
    "edt": "America/New_York",
    "pdt": "America/Los_Angeles",
    "jst": "Asia/Tokyo",
    "hkt": "Asia/Hong_Kong",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
}
_BOTH_SEASONS = {"et": "new york", "ct": "chicago", "mt": "denver", "pt": "los angeles"}


def sure_zone(named: str) -> tuple[tzinfo, str] | None:
    """Read a zone that can be no other: UTC, an offset from it, or a place; and how it is written."""
    if named in _BOTH_SEASONS:
        found = zone_of_place(_BOTH_SEASONS[named])
        return (found[0], named.upper()) if found else None
    return fixed_zone(named) or zone_of_place(named)


def fixed_zone(named: str) -> tuple[tzinfo, str] | None:
    """Read UTC or an offset from it, and how it is written."""
    if named in _UTC:
        return UTC, "UTC"
    found = _OFFSET.fullmatch(named)
    if not found:
        return None
    away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    name = f"UTC{found[1]}{int(found[2])}{f':{found[3]}' if int(found[3] or 0) else ''}"
    return (timezone(away if found[1] == "+" else -away), name) if away <= _FARTHEST else None


def place_of(named: str) -> tuple[tzinfo, str] | None:
    """Find the place whose time an abbreviation names."""
    return (ZoneInfo(_PLACES[named]), named.upper()) if named in _PLACES else None


def is_called(zone: tzinfo, named: str, at: datetime) -> bool:
    """Say whether a zone goes by an abbreviation at a moment: CET in Paris in winter, and not in summer."""
    return (at.astimezone(zone).tzname() or "").lower() == named.lower()
