"""What is said again in the same language is written once."""

from __future__ import annotations

import weakref
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.say.language import reader
from bot.say.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT = 1024  # of each way of writing

Given = ParamSpec("Given")
Written = TypeVar("Written")


def written_once(write: Callable[Given, Written]) -> Callable[Given, Written]:
    """Have what is written kept for the next time: for pure functions of hashable values, never of people's words."""

    def write_in(_language: str, *given: Given.args, **named: Given.kwargs) -> Written:
        return write(*given, **named)

    in_language: Callable[..., Written] = lru_cache(KEPT)(write_in)

    @wraps(write)
    def once(*given: Given.args, **named: Given.kwargs) -> Written:
        return in_language(reader(), *given, **named)

    return once


def drawn_once(draw: Callable[[Message], Written]) -> Callable[[Message], Written]:
    """Have what is drawn of a message kept for as long as the message itself: what was written once is drawn once."""
    kept: dict[int, tuple[weakref.ref[Message], str, Written]] = {}

    @wraps(draw)
    def once(message: Message) -> Written:
        key, language = id(message), reader()
        _message, drawn_in, drawn = kept.get(key, (None, "", None))
        if drawn is None or drawn_in != language:
            drawn = draw(message)
            kept[key] = weakref.ref(message, lambda _gone: kept.pop(key, None)), language, drawn
        return drawn

    return once
