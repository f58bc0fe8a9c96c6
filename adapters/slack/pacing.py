"""How fast Slack may be spoken to: pure arithmetic over a clock that is passed in. Nobody waits here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Key = tuple[str, ...]  # what is done, the workspace, and where

REMEMBERED_MOST = 10_000
INSTANT = 0.001  # seconds: nobody is sent away for less


@dataclass(frozen=True)
class Pace:
    """One every so many seconds; after a pause, several at once."""

    every: float
    burst: int

    @property
    def slack(self) -> float:
        """How far ahead of the pace one may get."""
        return self.every * (self.burst - 1)


# A workspace has a share of every method for itself, and a channel takes about a message a second.
IN_CHANNEL = Pace(every=1, burst=10)
HOME_OF_ONE = Pace(every=10, burst=1)
METHODS = {
    "auth.test": Pace(every=0.6, burst=50),
    "chat.postMessage": Pace(every=0.2, burst=50),
    "chat.delete": Pace(every=1.2, burst=50),
    "chat.update": Pace(every=1.2, burst=50),
    "conversations.open": Pace(every=1.2, burst=50),
    "files.completeUploadExternal": Pace(every=0.6, burst=50),
    "files.getUploadURLExternal": Pace(every=0.6, burst=50),
    "views.publish": Pace(every=0.6, burst=50),
}


@dataclass
class _Meter:
    """How far one key is."""

    paid_until: float = 0.0  # what was done is paid for until then
    promised: float = 0.0  # the last moment somebody who came too early was given


class Pacing:
    """Lets things through at their pace, and tells whoever comes too early when their turn is."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._meters: dict[Key, _Meter] = {}

    def take(self, *wanted: tuple[Key, Pace]) -> float:
        """Take a turn under all of these at once: 0, or in how many seconds to come again; then nothing is taken."""
        now = self._now()
        self._forget(now)
        meters = [(self._meters.setdefault(key, _Meter()), pace) for key, pace in wanted]
        waits = [meter.paid_until - pace.slack - now for meter, pace in meters]
        if max(waits, default=0.0) < INSTANT:
            for meter, pace in meters:
                meter.paid_until = max(meter.paid_until, now) + pace.every
            return 0.0
        wait, (meter, pace) = max(zip(waits, meters, strict=True), key=lambda one: one[0])
        meter.promised = max(now + wait, meter.promised + pace.every)
        return meter.promised - now

    def hold(self, key: Key, pace: Pace, seconds: float) -> None:
        """Let nothing through for a while: Slack has asked for it."""
        meter = self._meters.setdefault(key, _Meter())
        meter.paid_until = max(meter.paid_until, self._now() + seconds + pace.slack)

    def _forget(self, now: float) -> None:
        if len(self._meters) >= REMEMBERED_MOST:
            self._meters = {
                key: meter for key, meter in self._meters.items() if max(meter.paid_until, meter.promised) > now
            }
