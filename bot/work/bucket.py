"""How much one person and one workspace may ask for: a bucket each, which fills again with time. Nobody waits here."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.safety.hearing import danger_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.directory.actors import Origin
    from bot.typing.command import Command

    Whose = Literal["person", "workspace"]
    Key = tuple[str, ...]

REMEMBERED_MOST = 10_000
MINUTE = 60.0  # seconds


@dataclass(frozen=True)
class Bucket:
    """What is left of so many a minute; a new one is full."""

    a_minute: int
    left: float
    at: float

    def after(self, now: float) -> Bucket:
        """Give it as it has filled since."""
        filled = self.left + max(now - self.at, 0.0) * self.a_minute / MINUTE
        return Bucket(self.a_minute, min(filled, float(self.a_minute)), now)

    @property
    def wait(self) -> float:
        """Say in how many seconds there is one to take: 0 where there is one already."""
        return max(1.0 - self.left, 0.0) * MINUTE / self.a_minute

    def without_one(self) -> Bucket:
        """Take one out."""
        return Bucket(self.a_minute, self.left - 1, self.at)


@dataclass(frozen=True)
class Excess:
    """Somebody asked for more than there was."""

    whose: Whose
    a_minute: int
    wait: float  # seconds


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """How much may be asked for in a minute; 0 is any number."""

    person: int = 0
    workspace: int = 0


class Buckets:
    """The buckets of everybody who asked lately. They are this process's own: two replicas allow twice as much."""

    def __init__(
        self,
        allowance: Allowance | None = None,
        urgent: Collection[type[Command]] = (),  # never refused; neither are words of danger
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowance = allowance or Allowance()
        self._urgent = frozenset(urgent)
        self._now = now
        self._buckets: dict[Key, Bucket] = {}

    def take(self, command: Command, who: Origin) -> Excess | None:
        """Take one out for a command, or say that it has to wait."""
        excess = self._take(who)
        return None if excess is None or self.cannot_wait(command) else excess

    def cannot_wait(self, command: Command) -> bool:
        """Say whether it gets through whatever else there is: somebody wants out, or is in danger."""
        words = (given for given in command.model_dump().values() if isinstance(given, str))
        return type(command) in self._urgent or any(danger_in(given) for given in words)

    def _take(self, who: Origin) -> Excess | None:
        """Take one out of both, or say whose is empty; then nothing is taken."""
        now = self._now()
        taken: dict[Key, Bucket] = {}
        person, workspace = who.identity, (who.platform, who.workspace)
        limits: tuple[tuple[Whose, Key, int], ...] = (
            ("person", person, self._allowance.person),
            ("workspace", workspace, self._allowance.workspace),
        )
        for whose, key, a_minute in limits:
            if a_minute:
                bucket = self._buckets.get(key, Bucket(a_minute, a_minute, now)).after(now)
                if bucket.wait:
                    return Excess(whose, a_minute, bucket.wait)
                taken[key] = bucket.without_one()
        if len(self._buckets) >= REMEMBERED_MOST:
            self._buckets.clear()  # whoever asked too often begins anew; nobody is refused for it
        self._buckets |= taken
        return None
