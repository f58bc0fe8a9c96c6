"""What reads may rely on for a while, by organisation: forgotten as soon as anything of it changes here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

KEPT = 5.0  # seconds: what another process changes is seen after that
MOST = 10_000  # things remembered of one organisation, and organisations

T = TypeVar("T")


class Recollection:
    """What is remembered of one organisation until something of it changes."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._kept: dict[Hashable, tuple[float, object]] = {}

    def recall(self, key: Hashable, look: Callable[[], T], seconds: float = KEPT) -> T:
        """Give what is remembered; otherwise look, and remember it."""
        until, kept = self._kept.get(key, (0.0, None))
        if until > self._now():
            return kept  # type: ignore[return-value]  # a key means the same kind of thing each time
        found = look()
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = self._now() + seconds, found
        return found


class Thoughts:
    """What was thought about words within one command: a read that begins again goes on with it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}

    def of(self, words: str, think: Callable[[str], T]) -> T:
        """Give what was thought already; otherwise think."""
        if (think, words) not in self._kept:
            self._kept[think, words] = think(words)
        return self._kept[think, words]  # type: ignore[return-value]  # the same way of thinking each time


class Memory:
    """Recollections of every organisation.

    Whoever looks holds a recollection from before the look: what is found while something changes is kept in one
    that nobody asks any more.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: dict[int, Recollection] = {}

    def of(self, organisation_id: int) -> Recollection:
        """Give what is remembered of an organisation."""
        known = self._known.get(organisation_id)
        if known is None:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[organisation_id] = Recollection(self._now)
        return known

    def holds(self, organisation_id: int, recollection: Recollection) -> bool:
        """Say whether nothing has changed since this recollection began."""
        return self._known.get(organisation_id) is recollection

    def forget(self, organisations: set[int]) -> None:
        """Forget what has changed."""
        for organisation_id in organisations:
            self._known.pop(organisation_id, None)
