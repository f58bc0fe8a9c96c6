"""Links to the page of a report: they name what is read, until when, and cannot be changed by whoever holds one."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Sign = Callable[[str], str]  # a keyed hash, that only we can make

LASTS = timedelta(hours=24)
LONGEST = 1000  # characters of a link's own part
PURPOSE = "report link"
PATH = "/report/"


class LinkBroken(Exception):
    """It was not made here, or not like this."""


class LinkExpired(Exception):
    """It was good once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a link opens: the report of one organisation, or one team of it, and nothing else."""

    organisation_id: int
    first: date
    last: date
    team: str | None
    locale: str
    until: datetime


def signed(letting_in: Pass, sign: Sign) -> str:
    """Write a pass as the last part of an address."""
    said = [
        letting_in.organisation_id,
        letting_in.first.isoformat(),
        letting_in.last.isoformat(),
        letting_in.team or "",
        letting_in.locale,
        int(letting_in.until.timestamp()),
    ]
    written = base64.urlsafe_b64encode(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    body = written.decode().rstrip("=")
    return f"{body}.{sign(body)}"


def read_pass(token: str, sign: Sign, now: datetime) -> Pass:
    """Read a pass; raise LinkBroken for one that is not ours, LinkExpired for one of yesterday."""
    body, _dot, seal = token.partition(".")
    if len(token) > LONGEST or not token.isascii() or not hmac.compare_digest(sign(body).encode(), seal.encode()):
        raise LinkBroken
    try:
        said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        letting_in = _read(said)
    except (ValueError, TypeError, OverflowError, binascii.Error) as wrong:  # signed by a version of another day
        raise LinkBroken from wrong
    if letting_in.until <= now:
        raise LinkExpired
    return letting_in


def _read(said: Any) -> Pass:
    organisation_id, first, last, team, locale, until = said
    return Pass(
        organisation_id=int(organisation_id),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        team=team or None,
        locale=str(locale),
        until=datetime.fromtimestamp(until, UTC),
    )
