"""The doctor's look at Teams: what an admin can get wrong, and how to mend it."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adapters.teams.keys import read_keys
from adapters.teams.manifest import PLAIN_SCHEMA, SLASH_SCHEMA, VERSION
from adapters.teams.model import TeamsReference
from adapters.teams.settings import read_teams_settings
from bot.errors import SettingsError
from bot.run.findings import Finding, finding_of, in_a_line, why_away

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlalchemy import Engine

    from adapters.teams.credentials import Token
    from adapters.teams.settings import TeamsSettings

PATIENCE = 10.0  # seconds of one question
STALE = timedelta(days=60)  # nobody has done anything there for so long
ROUTE = "/api/messages"
HTTP_ERRORS, HTTP_UNAUTHORIZED, HTTP_NOT_FOUND = 400, 401, 404
MAY_CALL = "see that this machine may call it"


_finding = partial(finding_of, "teams")


def examine_teams(engine: Engine | None, url: str | None = None, token: Token | None = None) -> list[Finding]:
    """Look at everything about Teams; `engine` is None while there is no database, `url` where Teams calls us."""
    try:
        settings = read_teams_settings()
    except SettingsError as wrong:
        said = str(wrong).replace("\n ", "")
        return [_finding("settings", said, mend="set them as docs/teams.md says", missing=True)]
    if not settings.configured:
        return [Finding(about="teams", fine=True, found="off: no MicrosoftAppId; docs/teams.md has the steps")]
    found = list(_settings(settings))
    if engine is not None:
        with Session(engine) as session:
            found += _references(session)

    async def look() -> list[Finding]:
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
            return [finding async for finding in _look(settings, http, url, token)]

    return [*found, *asyncio.run(look())]


def _settings(settings: TeamsSettings) -> Iterator[Finding]:
    if settings.anonymous:
        yield _finding(
            "security", "ANYBODY on this machine can speak as anybody", mend="unset ZANSHIN_TEAMS_ANONYMOUS to go live"
        )
        return
    tenants = ", ".join(filter(None, (settings.app_tenant, *settings.tenants))) or "every tenant"
    yield _finding("app", f"{settings.app_type}, id {settings.app_id}, for {tenants}", fine=True)
    if settings.app_type == "MultiTenant" and not settings.tenants:
        yield _finding(
            "tenants", "people of every tenant are let in", mend="list those you serve in ZANSHIN_TEAMS_TENANTS"
        )
    secret = settings.app_password or ""
    if re.fullmatch(r"[0-9a-fA-F-]{36}", secret):
        yield _finding("secret", "looks like the id of a secret", mend="copy its Value, which the portal shows once")
    manifest = f"version {VERSION}, schema {SLASH_SCHEMA if settings.targeted else PLAIN_SCHEMA}"
    again = "zanshin manifest teams" + (" --slash" if settings.targeted else "")
    yield _finding("manifest", f"{manifest}; written by {again}, compare it with the one uploaded", fine=True)


def _references(session: Session) -> list[Finding]:
    old = datetime.now(UTC) - STALE
    count = select(func.count(TeamsReference.id))
    everything = session.scalars(count).one()
    stale = session.scalars(count.where(TeamsReference.seen_at < old)).one()
    gone = session.scalars(count.where(TeamsReference.gone_at.is_not(None))).one()
    if not everything:
        found = "none yet: the first comes when somebody adds the app in Teams and types help"
        return [_finding("conversations", found, fine=True)]
    found = f"{everything} known, {gone} where it was removed or blocked, {stale} silent for {STALE.days} days"
    fine = gone + stale < everything
    return [_finding("conversations", found, mend="" if fine else "see that people have the app installed", fine=fine)]


async def _look(
    settings: TeamsSettings, http: ClientSession, url: str | None, token: Token | None
) -> AsyncIterator[Finding]:
    if not settings.anonymous:  # where anybody is let in, neither is needed
        yield await _keys(settings, http)
        yield await _token(settings, token)
    if url is not None:
        yield await _address(url.rstrip("/") + ROUTE, http)


async def _keys(settings: TeamsSettings, http: ClientSession) -> Finding:
    try:
        async with http.get(settings.keys_url) as response:
            about: dict[str, Any] = await response.json(content_type=None)
        async with http.get(str(about["jwks_uri"])) as response:
            found = read_keys(await response.json(content_type=None))
    except (ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError) as failed:
        said = f"cannot be had from {settings.keys_url} ({why_away(failed)})"
        return _finding("keys of Teams", said, mend=MAY_CALL)
    return _finding("keys of Teams", f"{len(found)} are published", fine=True)


async def _token(settings: TeamsSettings, token: Token | None) -> Finding:
    from adapters.teams.credentials import credentials_of  # noqa: PLC0415  the SDK takes a second to load
    from adapters.teams.errors import NotAnswering  # noqa: PLC0415

    try:
        given = await (token or credentials_of(settings))()
    except NotAnswering as refused:
        return _no_token(refused.__cause__ or refused)
    claims = _claims(given)
    mine = str(claims.get("appid", settings.app_id)).lower() == str(settings.app_id).lower()
    if not mine:
        return _finding("token", "is for another app", mend="compare MicrosoftAppId with the portal")
    minutes = round((float(claims["exp"]) - time.time()) / 60) if "exp" in claims else None
    return _finding("token", "works" + (f", for {minutes} minutes" if minutes is not None else ""), fine=True)


def _no_token(failed: BaseException) -> Finding:
    """Tell who was not reached from who refused: the settings of somebody without a network may be right."""
    if isinstance(failed, OSError) and not isinstance(failed, PermissionError):  # that is how the SDK is refused
        return _finding("token", f"Microsoft cannot be reached ({why_away(failed)})", mend=MAY_CALL)
    said = in_a_line(str(failed).partition("Trace ID")[0])
    return _finding("token", f"Microsoft gives none: {said}", mend="compare id, secret and tenant with the portal")


def _claims(token: str) -> dict[str, Any]:
    try:
        middle = token.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (IndexError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


async def _address(url: str, http: ClientSession) -> Finding:
    """Knock without a token: whoever answers 401 is us."""
    try:
        async with http.post(url, json=_KNOCK) as response:
            status = response.status
    except (ClientError, TimeoutError, OSError, ValueError) as failed:
        said = f"{url} does not answer ({why_away(failed)})"
        return _finding("messaging endpoint", said, mend="see the proxy, its certificate, and that zanshin serve runs")
    if status == HTTP_UNAUTHORIZED:
        return _finding("messaging endpoint", f"{url} answers, and lets in only Teams", fine=True)
    mend = _LET_IN if status < HTTP_ERRORS else _OFF if status == HTTP_NOT_FOUND else _SOMETHING_ELSE
    return _finding("messaging endpoint", f"{url} answers {status} instead of 401", mend=mend)


_LET_IN = "ANYBODY is let in: unset ZANSHIN_TEAMS_ANONYMOUS where zanshin serve runs, or see what else answers there"
_OFF = "set MicrosoftAppId where zanshin serve runs, and see that this address leads to it"
_SOMETHING_ELSE = "see what else answers at this address, such as a proxy"
_KNOCK = {
    "type": "typing",  # where everybody is let in, nothing comes of it
    "id": "knock",
    "serviceUrl": "https://smba.trafficmanager.net/knock/",
    "channelId": "msteams",
    "from": {"id": "29:knock"},
    "conversation": {"id": "a:knock", "tenantId": "00000000-0000-0000-0000-000000000000"},
}
