"""The doctor's look at Slack: what an admin can get wrong, and how to mend it."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.slack.errors import code_of
from adapters.slack.guard import sign
from adapters.slack.manifest import EVENTS_PATH, SCOPES
from adapters.slack.model import SlackInstallation
from adapters.slack.places import PLATFORM
from adapters.slack.settings import read_slack_settings
from bot.directory.model import Conversation, ConversationKind, Workspace
from bot.errors import SettingsError
from bot.run.findings import Finding, finding_of, why_away

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from aiohttp import WSMessage
    from sqlalchemy import Engine

    from adapters.slack.settings import SlackSettings

PATIENCE = 10.0  # seconds of one question
SKEW = 60  # seconds by which clocks may differ; Slack's requests hold for 300
MOST = 20  # workspaces and channels that are asked about
HTTP_OK, HTTP_UNAUTHORIZED = 200, 401
MANIFEST = "paste the manifest anew (zanshin manifest slack), and install the app again"
NOT_HAD = (SlackClientError, ClientError, TimeoutError)
ODD = (ValueError, AttributeError, TypeError)  # what comes of reading an answer that has not the shape of Slack's


@dataclass(frozen=True)
class Home:
    """A workspace, its token, and the channels we speak in."""

    name: str
    address: str
    token: str
    scopes: str
    channels: tuple[tuple[str, str], ...]  # address and name


_finding = partial(finding_of, "slack")


def examine_slack(engine: Engine | None, url: str | None = None) -> list[Finding]:
    """Look at everything about Slack; `engine` is None while there is no database, `url` where Slack calls us."""
    try:
        settings = read_slack_settings()
    except SettingsError as wrong:
        found = str(wrong).replace("\n ", "")
        return [_finding("settings", found, mend="set them as docs/slack.md says", missing=True)]
    if not settings.configured and not settings.bot_token:
        found = "off: no SLACK_SIGNING_SECRET and no SLACK_APP_TOKEN; docs/slack.md has the steps"
        return [Finding(about="slack", fine=True, found=found)]
    homes = _without_database(settings)
    if engine is not None:
        with Session(engine) as session:
            homes = _homes(session, settings) or homes

    async def look() -> list[Finding]:
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
            client = AsyncWebClient(base_url=settings.api_url, session=http, retry_handlers=[])
            return [finding async for finding in _look(settings, homes, client, http, url)]

    return asyncio.run(look())


def _homes(session: Session, settings: SlackSettings) -> list[Home]:
    rows = session.scalars(select(Workspace).where(Workspace.platform == PLATFORM).order_by(Workspace.id)).all()
    held = {row.id: row for row in session.scalars(select(SlackInstallation))}
    by_team = {row.team: row.part_of_id or row.id for row in held.values() if row.team}
    homes = []
    for row in rows[:MOST]:
        installation = held.get(by_team.get(row.address, 0))
        token = settings.bot_token or (installation.token if installation is not None else None)
        channels = session.execute(
            select(Conversation.address, Conversation.name).where(
                Conversation.workspace_id == row.id,
                Conversation.kind == ConversationKind.CHANNEL,
                Conversation.is_support | Conversation.name.contains("incident"),
            )
        ).all()
        scopes = installation.scopes if installation is not None else ""
        homes.append(Home(row.name, row.address, token or "", scopes, tuple((at, name) for at, name in channels)))
    return homes


def _without_database(settings: SlackSettings) -> list[Home]:
    return [Home("the workspace", "", settings.bot_token, "", ())] if settings.bot_token is not None else []


async def _look(
    settings: SlackSettings, homes: Sequence[Home], client: AsyncWebClient, http: ClientSession, url: str | None
) -> AsyncIterator[Finding]:
    yield _secret(settings)
    if settings.many and not homes:
        yield _finding("installations", "none yet: the first comes from /slack/install in a browser", fine=True)
    for home in homes:
        async for finding in _home(home, client):
            yield finding
    if settings.app_token is not None:
        yield await _socket(settings.app_token, client, http)
    if settings.signing_secret is not None and url is not None:
        async for finding in _address(url.rstrip("/"), settings.signing_secret, http):
            yield finding


def _secret(settings: SlackSettings) -> Finding:
    secret = settings.signing_secret
    if secret is None:
        return _finding("signing secret", "none, and none is needed: everything comes down the socket", fine=True)
    usual = len(secret) == 32 and all(letter in "0123456789abcdef" for letter in secret)  # noqa: PLR2004  as Slack's are
    found = "has the shape of Slack's" if usual else "is set, but does not look like Slack's 32 hexadecimal letters"
    return _finding(
        "signing secret", found, mend="" if usual else "copy it from Basic Information of your app", fine=usual
    )


async def _home(home: Home, client: AsyncWebClient) -> AsyncIterator[Finding]:
    about = f"token of {home.name}"
    if not home.token:
        yield _finding(about, "is gone: Zanshin was removed there; /slack/install brings it back", fine=True)
        return
    try:
        answer = await client.auth_test(token=home.token)
        who, where = answer.get("user"), answer.get("team")
    except SlackApiError as refused:
        yield _finding(about, f"Slack refuses it ({code_of(refused)})", mend="copy it again, or install the app again")
        return
    except (*NOT_HAD, *ODD) as failed:
        yield _finding(about, _why("Slack cannot be reached", failed), mend="see that this machine may call it")
        return
    yield _finding(about, f"works: {who} in {where}" if who and where else "works", fine=True)
    yield _scopes(home, str(answer.headers.get("x-oauth-scopes", "")))
    yield _clocks(str(answer.headers.get("Date", "")))
    for address, name in home.channels[:MOST]:
        yield await _channel(home, client, address, name)


def _scopes(home: Home, granted: str) -> Finding:
    known = granted or home.scopes
    if not known:
        return _finding(f"permissions in {home.name}", "Slack did not say which are granted", fine=True)
    have = {name.strip() for name in known.split(",")}
    missing = [f"{name} (to {why})" for name, why in SCOPES.items() if name not in have]
    about = f"permissions in {home.name}"
    if not missing:
        return _finding(about, f"all {len(SCOPES)} are granted", fine=True)
    return _finding(about, "missing: " + "; ".join(missing), mend=MANIFEST)


def _clocks(date: str) -> Finding:
    try:
        apart = abs(time.time() - parsedate_to_datetime(date).timestamp())
    except (ValueError, TypeError):
        return _finding("clock", "Slack did not say what time it is", fine=True)
    if apart <= SKEW:
        return _finding("clock", f"Slack's and ours are {apart:.0f} s apart", fine=True)
    found = f"Slack's and ours are {apart:.0f} s apart; beyond 300 s no request is taken"
    return _finding("clock", found, mend="set this machine's clock by NTP")


async def _channel(home: Home, client: AsyncWebClient, address: str, name: str) -> Finding:
    about = f"channel #{name}"
    try:
        answer = await client.api_call(
            "conversations.info", http_verb="GET", params={"channel": address, "token": home.token}
        )
        channel: dict[str, Any] = answer.get("channel") or {}
        is_archived, is_member = channel.get("is_archived"), channel.get("is_member")
    except SlackApiError as refused:
        return _finding(about, f"cannot be seen ({code_of(refused)})", mend=f"type /invite @Zanshin in #{name}")
    except (*NOT_HAD, *ODD) as failed:
        return _finding(about, _why("Slack did not say", failed), mend="run the doctor again")
    if is_archived:
        return _finding(about, "is archived", mend="unarchive it, or make another one the support channel")
    if not is_member:
        return _finding(about, "Zanshin is not in it", mend=f"type /invite @Zanshin in #{name}")
    return _finding(about, "Zanshin is in it", fine=True)


async def _socket(token: str, client: AsyncWebClient, http: ClientSession) -> Finding:
    """Open a socket, read Slack's greeting, which counts them all, and close it again."""
    about = "socket"
    try:
        answer = await client.apps_connections_open(app_token=token)
        async with http.ws_connect(str(answer["url"])) as socket:
            others = _others(await socket.receive(PATIENCE))
    except SlackApiError as refused:
        mend = "make an app-level token with connections:write, and turn Socket Mode on"
        return _finding(about, f"Slack refuses SLACK_APP_TOKEN ({code_of(refused)})", mend=mend)
    except (*NOT_HAD, *ODD) as failed:
        return _finding(about, _why("cannot be opened", failed), mend="see that wss:// may leave this machine")
    if others > 1:
        found = f"{others} processes share it: each command reaches only one of them, maybe a forgotten one"
        return _finding(about, found, mend="stop those that should not run; a test needs an app of its own")
    return _finding(about, "opens; " + ("one process listens" if others else "nobody listens just now"), fine=True)


def _others(greeting: WSMessage) -> int:
    """Count who listens beside us, as the greeting tells it."""
    said = json.loads(greeting.data) if greeting.type is WSMsgType.TEXT else {}
    return int(said.get("num_connections", 1)) - 1


def _why(what: str, failed: Exception) -> str:
    """Say that nobody answered, or that what answered is not Slack as we know it."""
    if isinstance(failed, NOT_HAD):
        return f"{what} ({why_away(failed)})"
    return "what answers there is no answer of Slack's, maybe that of something in between"


async def _address(url: str, secret: str, http: ClientSession) -> AsyncIterator[Finding]:
    """Knock as Slack would: a stranger must be refused, and a signed question answered."""
    raw = json.dumps({"type": "url_verification", "challenge": "doctor"}).encode()
    at = str(int(time.time()))
    signed = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": sign(raw, at, secret)}
    kind = {"Content-Type": "application/json"}
    where = url + EVENTS_PATH
    try:
        async with http.post(where, data=raw, headers=kind) as stranger:
            refused = stranger.status
        async with http.post(where, data=raw, headers=kind | signed) as known:
            status, answer = known.status, await known.read()
    except (ClientError, TimeoutError, ValueError) as failed:
        mend = "see that zanshin serve runs, and that this address leads to it"
        yield _finding("request URL", f"{where} cannot be reached ({why_away(failed)})", mend=mend)
        return
    if refused != HTTP_UNAUTHORIZED:
        found = f"{where} answers {refused} to a request nobody signed, and not {HTTP_UNAUTHORIZED}"
        yield _finding("request URL", found, mend="see what else answers at this address")
    elif status != HTTP_OK or answer.replace(b" ", b"") != b'{"challenge":"doctor"}':
        found = f"{where} refuses what is signed with this SLACK_SIGNING_SECRET ({status})"
        yield _finding(
            "request URL", found, mend="give zanshin serve the same SLACK_SIGNING_SECRET, and the right time"
        )
    else:
        yield _finding("request URL", f"{where} answers as Zanshin", fine=True)
