"""Each platform alone, for what only it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.slack_stage import SlackStage
from tests.adapters.teams_stage import TeamsStage
from tests.stage import seated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.database import Database


@pytest.fixture
async def slack(sqlite_alone: Database) -> AsyncIterator[SlackStage]:
    """A workspace of Slack."""
    async with seated(SlackStage(sqlite_alone, SHIPPED_PLAYBOOKS)) as stage:
        yield stage


@pytest.fixture
async def teams(sqlite_alone: Database) -> AsyncIterator[TeamsStage]:
    """A tenant of Teams."""
    async with seated(TeamsStage(sqlite_alone, SHIPPED_PLAYBOOKS)) as stage:
        yield stage
