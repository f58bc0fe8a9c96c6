"""How long whoever asks now would wait: in a crowd they are asked at once to come again, in place of a late answer."""

from __future__ import annotations

import time
from contextlib import contextmanager
from itertools import count, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 1.0  # seconds; platforms show an error after three
FEW = 16  # commands: so many may hang, each for a reason of its own, and nobody else is held up


class TooMany(Exception):
    """So many wait that nobody else is let in."""


class Crowd:
    """The commands of this process that wait for the same: the database, or a thread."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._began: dict[int, float] = {}  # the one that has waited longest comes first
        self._numbers = count()

    @contextmanager
    def one_more(self, cannot_wait: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Count somebody among those who wait. Raises TooMany, unless it cannot wait; only a crowd asks that."""
        if self.waits_long and not cannot_wait():
            raise TooMany
        number = next(self._numbers)
        self._began[number] = self._now()
        try:
            yield
        finally:
            del self._began[number]

    @property
    def waits_long(self) -> bool:
        """Say whether more than a few have waited for long, so that whoever comes next would, too."""
        began = next(islice(self._began.values(), FEW - 1, None), None)
        return began is not None and self._now() - began > LONGEST
