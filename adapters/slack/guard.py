"""The guard: lets in only what Slack has signed, lately, and in a shape we know. Nothing is read before that.

Slack's libraries read the body first and trip over what they find; here every refusal is a plain 4xx.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from bot.door import guard
from bot.door.bodies import read_json
from bot.door.guard import Answered

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from aiohttp import web

LARGEST = 1024 * 1024  # bytes of one request
OLDEST = 300  # seconds a signature holds, into the past and into the future
MOST_FIELDS = 100  # of a form; Slack sends about fifteen
_SECONDS = re.compile(r"[0-9]{1,12}")
_SSL_CHECK = b"ssl_check=1"


@dataclass(frozen=True)
class Verified:
    """A request that Slack has signed."""

    payload: dict[str, Any]
    digest: str  # of the signed body: the same digest is the same act


OVERSIZED = Answered(413, {"error": "At most 1 MB is taken. Slack sends far less."})
UNSIGNED = Answered(401, {"error": "This is not signed by Slack. Compare SLACK_SIGNING_SECRET with your app's page."})
TOO_OLD = Answered(401, {"error": "This was signed too long ago, or in the future. Set this machine's clock by NTP."})
UNREADABLE = Answered(400, {"error": "This is no payload of Slack that I can read."})
FINE = Answered(200)


def examine(raw: bytes, headers: Mapping[str, str], *, secret: str, now: float) -> Verified | Answered:
    """Decide about one request by its raw bytes and headers (names in small letters)."""
    if unread := refuse_unread(headers, len(raw)):
        return unread
    if _SSL_CHECK in raw.split(b"&", MOST_FIELDS):
        return FINE  # Slack looks at our certificate, unsigned; there is nothing to do
    refused = _signature_problem(raw, headers, secret=secret, now=now)
    if refused is not None:
        return refused
    try:
        payload = _read(raw, headers)
    except ValueError:
        return UNREADABLE
    if payload.get("type") == "url_verification":
        challenge = payload.get("challenge")
        return Answered(200, {"challenge": challenge}) if isinstance(challenge, str) else UNREADABLE
    return Verified(payload, hashlib.sha256(raw).hexdigest())


def refuse_unread(headers: Mapping[str, str], length: int) -> Answered | None:
    """Refuse what is too long, or packed: unpacked it could be of any length, and Slack packs nothing."""
    if length > LARGEST:
        return OVERSIZED
    return None if headers.get("content-encoding", "identity").lower() == "identity" else UNREADABLE


def sign(raw: bytes, seconds: str, secret: str) -> str:
    """Sign a body as Slack does."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + seconds.encode() + b":" + raw, hashlib.sha256).hexdigest()


def _signature_problem(raw: bytes, headers: Mapping[str, str], *, secret: str, now: float) -> Answered | None:
    seconds, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not _SECONDS.fullmatch(seconds):
        return UNSIGNED
    # As bytes: comparing texts that are not ASCII is an error.
    if not hmac.compare_digest(sign(raw, seconds, secret).encode(), signature.encode(errors="surrogateescape")):
        return UNSIGNED
    return TOO_OLD if abs(now - int(seconds)) > OLDEST else None


def _read(raw: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """Read the body; raise ValueError for what is none."""
    kind, _sep, parameters = headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "') or "utf-8"
    if charset != "utf-8":
        raise ValueError("charset")
    match kind.strip():
        case "application/json":
            return read_json(raw)
        case "application/x-www-form-urlencoded":
            return _read_form(raw)
        case _:
            raise ValueError("content type")


def _read_form(raw: bytes) -> dict[str, Any]:
    pairs = raw.decode().split("&")
    if len(pairs) > MOST_FIELDS:
        raise ValueError("too many fields")
    fields = dict(_read_pair(pair) for pair in pairs if pair)
    if len(fields) < sum(map(bool, pairs)):
        raise ValueError("twins")  # which of them is meant?
    if "payload" in fields:
        return read_json(fields["payload"])
    if "command" not in fields:
        raise ValueError("neither a command nor a payload")
    return fields | {"type": "slash_command"}


def _read_pair(pair: str) -> tuple[str, str]:
    """Read a name and its value; most are plain, and urllib looks longer at each than it takes to see that."""
    name, _is, value = pair.partition("=")
    if "%" in pair or "+" in pair:
        return unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
    return name, value


def guarded(
    secret: str, now: Callable[[], float], let_in: Callable[[Verified], Awaitable[Answered]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Build the handler that lets in the requests that hold."""

    async def take(raw: bytes, headers: Mapping[str, str]) -> Answered:
        found = examine(raw, headers, secret=secret, now=now())
        return found if isinstance(found, Answered) else await let_in(found)

    return guard.guarded(take, largest=LARGEST, oversized=OVERSIZED, unreadable=UNREADABLE)
