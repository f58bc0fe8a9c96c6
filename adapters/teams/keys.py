"""The public keys that Teams signs with: fetched without holding up anything, kept while they cannot be had anew."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from jwt import PyJWK, PyJWTError

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = 24 * 3600.0  # seconds: then they are fetched anew
ASK_AGAIN = 60.0  # seconds between two questions, however many unknown keys are shown to us
PATIENCE = 3.0  # seconds of one question
LARGEST = 1024 * 1024  # bytes of an answer

log = structlog.get_logger()


@dataclass(frozen=True)
class Key:
    """A key, and for which channels it may speak."""

    key: Any  # as PyJWT takes it
    endorsements: frozenset[str]


class Keys:
    """Knows the keys by their ids."""

    def __init__(self, url: str, ticks: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._ticks = ticks
        self._known: dict[str, Key] = {}
        self._fetched_at: float | None = None
        self._asked_at: float | None = None
        self._asking: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> Key | None:
        """Find a key; an unknown one may be new, so it is asked for, at most once a minute."""
        now = self._ticks()
        if kid in self._known:
            if self._fetched_at is None or now - self._fetched_at > OLD:
                self._ask(now)  # nobody waits for it
            return self._known[kid]
        asking = self._ask(now)
        if asking is not None:
            await asyncio.shield(asking)
        return self._known.get(kid)

    def _ask(self, now: float) -> asyncio.Task[None] | None:
        """Ask for the keys, unless that was done a moment ago; give the asking that is under way."""
        if self._asking is None or self._asking.done():
            if self._asked_at is not None and now - self._asked_at < ASK_AGAIN:
                return None
            self._asked_at = now
            self._asking = asyncio.create_task(self._fetch(now))
        return self._asking

    async def _fetch(self, now: float) -> None:
        try:
            async with asyncio.timeout(PATIENCE), ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
                about = await _json(http, self._url)
                listed = await _json(http, str(about["jwks_uri"]))
                found = read_keys(listed)
        except (ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError, AttributeError) as failed:
            log.warning("The keys of Teams cannot be had just now.", action="no_keys", cause=type(failed).__name__)
            return
        if found:
            self._known, self._fetched_at = found, now


def read_keys(listed: Any) -> dict[str, Key]:
    """Read a set of keys by their ids; those of another kind are left out."""
    found = {}
    for one in listed["keys"]:
        try:
            if one.get("kty") == "RSA" and one.get("kid"):
                key = PyJWK.from_dict(one, algorithm="RS256").key
                found[str(one["kid"])] = Key(key, frozenset(map(str, one.get("endorsements") or ())))
        except (PyJWTError, ValueError, KeyError, TypeError):
            continue
    return found


async def _json(http: ClientSession, url: str) -> Any:
    async with http.get(url) as response:
        response.raise_for_status()
        raw = await response.content.read(LARGEST)
        return json.loads(raw)
