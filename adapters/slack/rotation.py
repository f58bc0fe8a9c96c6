"""Asking Slack for the next token: it gives one for every refresh token, once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.errors import code_of
from bot.errors import AccessRevoked, PlatformDown

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

PATIENCE = 10.0  # seconds
GONE = ("invalid_refresh_token", "invalid_grant", "token_revoked", "account_inactive", "bad_client_secret")


@dataclass(frozen=True)
class Renewed:
    """What Slack gave."""

    token: str
    refresh_token: str
    lasts: timedelta


async def exchange(client: AsyncWebClient, client_id: str, client_secret: str, **given: str) -> AsyncSlackResponse:
    """Give Slack a code or a refresh token, for a token."""
    # Not the method of the library: it puts our secret into a header in a way aiohttp is about to give up.
    secrets = {"client_id": client_id, "client_secret": client_secret}
    return await client.api_call("oauth.v2.access", data=secrets | given)


class Rotation:
    """Renews tokens."""

    def __init__(self, client: AsyncWebClient, client_id: str, client_secret: str) -> None:
        self._client = client
        self._id = client_id
        self._secret = client_secret

    async def renew(self, refresh_token: str) -> Renewed:
        """Ask for the next token; raise AccessRevoked where there will be none, PlatformDown for now."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await exchange(
                    self._client, self._id, self._secret, grant_type="refresh_token", refresh_token=refresh_token
                )
        except SlackApiError as refused:
            raise (AccessRevoked if code_of(refused) in GONE else PlatformDown) from refused
        except (SlackClientError, ClientError, TimeoutError, ValueError) as failed:
            raise PlatformDown from failed
        return Renewed(
            token=str(answer["access_token"]),
            refresh_token=str(answer["refresh_token"]),
            lasts=timedelta(seconds=int(answer["expires_in"])),
        )
