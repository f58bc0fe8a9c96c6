"""The token of the one workspace that is configured by tokens."""

from __future__ import annotations

from typing import Protocol

from bot.errors import AccessRevoked


class Tokens(Protocol):
    """Knows with which token to speak in a workspace."""

    async def token_for(self, workspace: str) -> str:
        """Give the token, or raise AccessRevoked where we are not let in."""
        ...

    async def forget(self, workspace: str) -> None:
        """Give up a workspace that has removed us."""
        ...


class OneToken:
    """A token out of the settings; which workspace it opens, Slack says."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._workspace: str | None = None
        self._gone = False

    def opens(self, workspace: str) -> None:
        """Learn which workspace it is."""
        self._workspace = workspace

    async def token_for(self, workspace: str) -> str:
        """Give the token, or raise AccessRevoked where we are not let in."""
        if self._gone or self._workspace not in (None, workspace):
            raise AccessRevoked
        return self.token

    async def forget(self, workspace: str) -> None:
        """Give up a workspace that has removed us."""
        self._gone = self._gone or self._workspace in (None, workspace)
