"""The guard: lets in only what Teams has signed, for us, from a connector we may answer, and in a shape we know.

The SDK trips over tokens it does not expect; here every refusal is a plain 4xx.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt
from pydantic import ValidationError

from adapters.teams.payloads import Activity
from bot.door import guard
from bot.door.bodies import read_json
from bot.door.guard import Answered

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from aiohttp import web

    from adapters.teams.keys import Key, Keys
    from adapters.teams.settings import TeamsSettings

LARGEST = 256 * 1024  # bytes of one activity
SKEW = 300  # seconds by which clocks may differ
LONGEST_TOKEN = 16_000
PROVEN_MOST = 100  # tokens


UNREADABLE = Answered(400, {"error": "This is no activity of Teams that I can read."})
UNSIGNED = Answered(401, {"error": "This is not signed by Teams for this app. Compare MicrosoftAppId with your bot."})
NOT_OURS = Answered(403, {"error": "People of this tenant may not use this app. See ZANSHIN_TEAMS_TENANTS."})
ELSEWHERE = Answered(401, {"error": "This comes from a connector that is none of Microsoft's."})
OVERSIZED = Answered(413, {"error": "At most 256 kB are taken. Teams sends far less."})


@dataclass(frozen=True)
class _Proven:
    """What a token claims, and the key that has signed it."""

    kid: str
    key: Key
    claims: dict[str, Any]


class Guard:
    """Decides about requests."""

    def __init__(self, settings: TeamsSettings, keys: Keys, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._keys = keys
        self._now = now
        self._proven: dict[bytes, _Proven] = {}  # by digests of tokens, which are kept nowhere

    async def examine(self, raw: bytes, authorization: str) -> Activity | Answered:
        """Decide about one request by its raw bytes and its token."""
        try:
            activity = Activity.model_validate(read_json(raw))
        except ValidationError:
            return UNREADABLE
        except ValueError:
            return UNREADABLE
        if not self._settings.anonymous and not await self._is_signed(authorization, activity):
            return UNSIGNED
        if not self._settings.allows_service(activity.service_url):
            return ELSEWHERE
        return activity

    async def _is_signed(self, authorization: str, activity: Activity) -> bool:
        kind, _space, token = authorization.partition(" ")
        if kind.lower() != "bearer" or not token.isascii() or len(token) > LONGEST_TOKEN:
            return False
        try:
            proven = await self._proof_of(token)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            return False
        if proven is None or activity.channel_id not in proven.key.endorsements:
            return False
        named = proven.claims.get("serviceurl", proven.claims.get("serviceUrl"))
        return self._holds_now(proven.claims) and named == activity.service_url

    async def _proof_of(self, token: str) -> _Proven | None:
        """Read a token that a key has signed: Teams shows the same one for an hour, as long as its key is published."""
        seen = hashlib.sha256(token.encode()).digest()
        proven = self._proven.get(seen)
        if proven is not None and await self._keys.find(proven.kid) is proven.key:
            return proven
        proven = await self._prove(token)
        if proven is not None:  # nothing a stranger makes up is kept, or drives out what is
            if len(self._proven) >= PROVEN_MOST:
                self._proven.clear()
            self._proven[seen] = proven
        return proven

    async def _prove(self, token: str) -> _Proven | None:
        header = jwt.get_unverified_header(token)
        kid = str(header.get("kid", ""))
        key = await self._keys.find(kid) if header.get("alg") == "RS256" else None
        if key is None:
            return None
        claims = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            audience=self._settings.app_id,
            issuer=self._settings.issuer,
            options={"require": ["exp", "iss", "aud"], "verify_exp": False, "verify_nbf": False},
        )
        return _Proven(kid, key, claims)

    def _holds_now(self, claims: dict[str, Any]) -> bool:
        """Look at the times of a token by our own clock."""
        now = self._now().timestamp()
        until, since = claims["exp"], claims.get("nbf", 0)
        if not isinstance(until, int | float) or not isinstance(since, int | float):
            return False
        return since - SKEW <= now < until + SKEW


def guarded(
    keeper: Guard, let_in: Callable[[Activity], Awaitable[Answered]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Build the handler that lets in the requests that hold."""

    async def take(raw: bytes, headers: Mapping[str, str]) -> Answered:
        found = await keeper.examine(raw, headers.get("authorization", ""))
        return found if isinstance(found, Answered) else await let_in(found)

    return guard.guarded(take, largest=LARGEST, oversized=OVERSIZED, unreadable=UNREADABLE)
