"""How fast a thread of Teams may be spoken to: pure arithmetic over a clock that is passed in. Nobody waits here."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Within so many seconds, at most so many, in one thread.
WINDOWS = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
REMEMBERED_MOST = 10_000  # threads


class Pacing:
    """Lets things through as fast as they may go, and tells whoever comes too early when their turn is."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()
        self._held: dict[str, float] = {}

    def take(self, thread: str) -> float:
        """Take a turn: 0, or in how many seconds to come again; then nothing is taken."""
        now = self._now()
        if (held := self._held.get(thread, 0.0)) > now:
            return held - now
        self._held.pop(thread, None)
        taken = self._taken.setdefault(thread, deque(maxlen=WINDOWS[-1][1]))
        self._taken.move_to_end(thread)
        if len(self._taken) > REMEMBERED_MOST:
            self._taken.popitem(last=False)
        wait = max(_wait(taken, now, length, most) for length, most in WINDOWS)
        if wait <= 0:
            taken.append(now)
        return max(wait, 0.0)

    def hold(self, thread: str, seconds: float) -> None:
        """Let nothing through for a while: Teams asked for it."""
        if len(self._held) >= REMEMBERED_MOST:
            self._held.clear()
        self._held[thread] = self._now() + seconds


def _wait(taken: deque[float], now: float, length: float, most: int) -> float:
    return taken[-most] + length - now if len(taken) >= most else 0.0
