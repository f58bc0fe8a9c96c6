"""What nobody knows the end of: whoever asks for the same again within a minute asks under its first key."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.directory.actors import Origin
from bot.typing.command import Command

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED = 60.0  # seconds
MOST = 1000

Asked = tuple[tuple[str, str, str], str, str, str]  # who, where, what, and with which words


class Unsure:
    """Remembers what may have been carried out, so that it is not carried out twice."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._keys: dict[Asked, tuple[str, float]] = {}

    def note(self, command: Command, origin: Origin) -> None:
        """Remember the key of something that may have been carried out."""
        if len(self._keys) >= MOST:
            self._keys.clear()
        self._keys[_asked(command, origin)] = origin.key, self._now() + REMEMBERED

    def recognise(self, command: Command, origin: Origin) -> Origin:
        """Give the same under its first key, if it was asked for a moment ago by the same person, in the same place."""
        if not self._keys:
            return origin
        key, until = self._keys.get(_asked(command, origin), (origin.key, 0.0))
        return replace(origin, key=key) if until > self._now() else origin

    def settle(self, command: Command, origin: Origin) -> None:
        """Forget what is known to be carried out: whoever asks for it once more means it."""
        self._keys.pop(_asked(command, origin), None)


def _asked(command: Command, origin: Origin) -> Asked:
    return origin.identity, origin.conversation, command.called(), command.model_dump_json()
