"""Installing by OAuth: two pages, and between them Slack's own, where an admin agrees."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation

from adapters.slack.errors import code_of
from adapters.slack.installations import INSTALLER, save
from adapters.slack.manifest import SCOPES
from adapters.slack.pages import page
from adapters.slack.rotation import BROKEN, exchange
from adapters.slack.standing import read_profile
from bot.compose import Program
from bot.errors import DatabaseAway
from bot.work.inbox import open_entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient
    from sqlalchemy.orm import Session

    from adapters.slack.settings import SlackSettings

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
COOKIE = "zanshin-install"
LASTS = 600  # seconds from one page to the other
PATIENCE = 10.0  # seconds

log = structlog.get_logger()


class OAuth:
    """Sends admins to Slack, and takes them back."""

    def __init__(
        self,
        settings: SlackSettings,
        program: Program,
        client: AsyncWebClient,
        *,
        tokens_changed: Callable[[], None],
        now: Callable[[], float] = time.time,
    ) -> None:
        assert settings.client_id is not None and settings.client_secret is not None  # noqa: S101, PT018  how we got here
        self._id, self._secret = settings.client_id, settings.client_secret
        self._authorize = authorize_address(settings.api_url)
        self._program = program
        self._client = client
        self._tokens_changed = tokens_changed
        self._now = now

    async def install(self, _request: web.Request) -> web.StreamResponse:
        """Send somebody to Slack, with a state that only they can bring back."""
        browser = secrets.token_urlsafe(24)
        state = sign_state(self._secret, browser, int(self._now()))
        asked = {"client_id": self._id, "scope": ",".join(SCOPES), "state": state}
        response = web.Response(status=302, headers={"Location": f"{self._authorize}?{urlencode(asked)}"})
        response.set_cookie(COOKIE, browser, max_age=LASTS, secure=True, httponly=True, samesite="Lax", path="/slack")
        return response

    async def come_back(self, request: web.Request) -> web.Response:
        """Take somebody back from Slack: check that they left from here, exchange the code, keep the tokens."""
        state, browser = request.query.get("state", ""), request.cookies.get(COOKIE, "")
        if not is_ours(self._secret, state, browser, int(self._now())):
            return page("state", status=400)
        if request.query.get("error"):
            return page("denied", status=403)
        try:
            return await self._finish(state, request.query.get("code", ""))
        except DatabaseAway:
            return page("away", status=503)
        except _Refused as refused:
            log.warning("Slack did not give us a token.", action="not_installed", cause=str(refused))
            return page("refused", status=502)

    async def _finish(self, state: str, code: str) -> web.Response:
        spend = partial(_spend, state=state, now=self._program.clock.now())
        if not code or not await self._program.database.write(spend):
            return page("state", status=400)
        installation = await self._exchange(code)
        installation.custom_values[INSTALLER] = await self._name(installation)
        await self._program.database.write(partial(save, installation=installation))
        self._tokens_changed()
        log.info("Installed.", action="installed", workspace=installation.team_id, by=installation.user_id)
        return page("done", opens=_opens(installation))

    async def _exchange(self, code: str) -> Installation:
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await exchange(self._client, self._id, self._secret, code=code)
            return _read(answer, self._program.clock.now())
        except SlackApiError as refused:
            raise _Refused(code_of(refused)) from refused
        except BROKEN as failed:
            raise _Refused(type(failed).__name__) from failed

    async def _name(self, installation: Installation) -> str:
        """Ask what whoever installed us is called; without an answer they are called by their account."""
        try:
            async with asyncio.timeout(PATIENCE / 5):
                found = await self._client.users_info(token=installation.bot_token, user=installation.user_id)
            return read_profile(found["user"], installation.team_id or "").name
        except (SlackApiError, *BROKEN):
            return ""


class _Refused(Exception):
    """Slack gave no token, and why."""


def authorize_address(api_url: str) -> str:
    """Say where people agree: beside the API."""
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}/oauth/v2/authorize"


def sign_state(secret: str, browser: str, now: int) -> str:
    """Write a state: when, something that never comes twice, and a signature over both and the browser."""
    written = f"{now}.{secrets.token_urlsafe(12)}"
    return f"{written}.{_signature(secret, written, browser)}"


def is_ours(secret: str, state: str, browser: str, now: int) -> bool:
    """Say whether a state was written here, lately, for this browser."""
    written, _dot, signature = state.rpartition(".")
    at = written.partition(".")[0]
    if not browser or not (at.isascii() and at.isdigit() and len(at) <= 12):  # noqa: PLR2004  digits of a time
        return False
    right = _signature(secret, written, browser)
    return hmac.compare_digest(right.encode(), signature.encode()) and 0 <= now - int(at) <= LASTS


def _signature(secret: str, written: str, browser: str) -> str:
    return hmac.new(secret.encode(), f"install:{written}:{browser}".encode(), hashlib.sha256).hexdigest()


def _spend(session: Session, *, state: str, now: datetime) -> bool:
    """Use a state up; say whether it was still good."""
    key = hashlib.sha256(f"slack state {state}".encode()).hexdigest()
    return open_entry(session, key, now) is None


def _read(answer: dict[str, Any], now: datetime) -> Installation:
    team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
    whole = bool(answer.get("is_enterprise_install"))
    if not (enterprise.get("id") if whole else team.get("id")):
        raise ValueError("nowhere")
    lasts = answer.get("expires_in")
    return Installation(
        app_id=answer.get("app_id"),
        enterprise_id=enterprise.get("id"),
        enterprise_name=enterprise.get("name"),
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=str(answer["access_token"]),
        bot_id=str(answer.get("bot_id") or ""),
        bot_user_id=str(answer.get("bot_user_id") or ""),
        bot_scopes=str(answer.get("scope") or ""),
        bot_refresh_token=answer.get("refresh_token"),
        bot_token_expires_at=int(now.timestamp()) + int(lasts) if lasts else None,
        user_id=str(answer["authed_user"]["id"]),
        is_enterprise_install=whole,
        installed_at=now.timestamp(),
    )


def _opens(installation: Installation) -> str:
    where = {"app": installation.app_id or ""} | ({"team": installation.team_id} if installation.team_id else {})
    return f"https://slack.com/app_redirect?{urlencode(where)}"
