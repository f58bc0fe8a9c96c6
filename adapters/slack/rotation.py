"""Asking Slack for the next token: it gives one for every refresh token, once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.errors import code_of
from bot.errors import AccessRevoked, PlatformDown

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

PATIENCE = 10.0  # seconds
GONE = ("invalid_refresh_token", "invalid_grant", "token_revoked", "account_inactive")

log = structlog.get_logger()


BROKEN = (
    SlackClientError,
    ClientError,
    TimeoutError,
    AttributeError,  # slack_sdk trips over an answer that is no JSON object
    KeyError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Renewed:
    """What Slack gave."""

    token: str
    refresh_token: str
    lasts: timedelta


async def exchange(client: AsyncWebClient, client_id: str, client_secret: str, **given: str) -> dict[str, Any]:
    """Give Slack a code or a refresh token, for a token."""
    # Not the method of the library: it puts our secret into a header in a way aiohttp is about to give up.
    secrets = {"client_id": client_id, "client_secret": client_secret}
    answer = await client.api_call("oauth.v2.access", data=secrets | given)
    # A dictionary that misses what is missing: the library's answer would give None for a token.
    return dict(answer.data)  # type: ignore[arg-type]  # bytes are only answered to downloads


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
            return Renewed(
                token=str(answer["access_token"]),
                refresh_token=str(answer["refresh_token"]),
                lasts=timedelta(seconds=int(answer["expires_in"])),
            )
        except SlackApiError as refused:
            code = code_of(refused)
            log.error("Slack did not renew our token.", action="not_renewed", cause=code)  # noqa: TRY400  no bug of ours
            raise (AccessRevoked if code in GONE else PlatformDown) from refused
        except BROKEN as failed:
            log.warning("Slack did not renew our token.", action="not_renewed", cause=type(failed).__name__)
            raise PlatformDown from failed
