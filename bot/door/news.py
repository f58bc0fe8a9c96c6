"""What was taken lately: platforms tell some things twice."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 10_000


class News:
    """Remembers keys, the latest of them."""

    def __init__(self) -> None:
        self._taken: OrderedDict[str, None] = OrderedDict()

    def is_news(self, key: str) -> bool:
        """Say whether a key comes for the first time."""
        if key in self._taken:
            return False
        self._taken[key] = None
        if len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)
        return True
