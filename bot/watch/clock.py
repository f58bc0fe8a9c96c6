"""The clocks there are."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from bot.ports import Clock


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """Say what time it is."""
        return datetime.now(UTC)


class Pulse:
    """When something last made a round, by the clock that never jumps."""

    def __init__(self) -> None:
        self.at: float | None = None

    def beat(self) -> None:
        """Show a sign of life."""
        self.at = time.monotonic()


class PushedClock:
    """Another clock, pushed ahead for good: the playground's, and only the playground's."""

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._ahead = timedelta(0)

    @property
    def ahead(self) -> timedelta:
        """How far it was pushed."""
        return self._ahead

    def now(self) -> datetime:
        """Say what time it is here."""
        return self._real.now() + self._ahead

    def push_to(self, moment: datetime) -> None:
        """Push ahead to a moment; never backwards."""
        self._ahead = max(self._ahead, moment - self._real.now())
