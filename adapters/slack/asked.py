"""What Slack calls somebody whom whoever runs the server names before they have typed anything."""

from __future__ import annotations

import asyncio

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.settings import read_slack_settings
from adapters.slack.standing import read_profile
from bot.errors import SettingsError

PATIENCE = 10.0  # seconds


def name_in_slack(account: str) -> str:
    """Ask Slack what somebody is called; nothing where there is no token, or it does not say."""
    try:
        settings = read_slack_settings()
    except SettingsError:
        return ""
    if settings.bot_token is None:
        return ""
    try:
        return asyncio.run(_ask(settings.api_url, settings.bot_token, account))
    except (SlackClientError, ClientError, TimeoutError, ValueError):
        return ""


async def _ask(api: str, token: str, account: str) -> str:
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
        client = AsyncWebClient(base_url=api, session=http, retry_handlers=[])
        found = await client.users_info(token=token, user=account)
        return read_profile(found.get("user"), str(found.get("team_id") or "")).name
