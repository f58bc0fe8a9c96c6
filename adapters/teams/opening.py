"""Teams, when it is configured: the SDK takes a second to load, which nobody without Teams should wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.teams.settings import read_teams_settings
from bot.store.database import Database
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from adapters.teams.serve import TeamsPlatform


def teams_platform(database: Database) -> TeamsPlatform | None:
    """Build Teams out of its settings; None when it is not configured."""
    settings = read_teams_settings()
    if not settings.configured:
        return None
    from adapters.teams.serve import TeamsPlatform  # noqa: PLC0415  see above

    return TeamsPlatform(settings, database, SystemClock())
