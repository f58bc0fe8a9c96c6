"""What is said again in the same language is written once."""

from __future__ import annotations

import weakref
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from bot.say.language import reader
from bot.say.messages import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

KEPT = 1024  # of each way of writing

Given = ParamSpec("Given")
Written = TypeVar("Written")
Drawn = TypeVar("Drawn", bound=Value)


def written_once(write: Callable[Given, Written]) -> Callable[Given, Written]:
    """Have what is written kept for the next time: for pure functions of hashable values, never of people's words."""

    def write_in(_language: str, *given: Given.args, **named: Given.kwargs) -> Written:
        return write(*given, **named)

    in_language: Callable[..., Written] = lru_cache(KEPT)(write_in)

    @wraps(write)
    def once(*given: Given.args, **named: Given.kwargs) -> Written:
        return in_language(reader(), *given, **named)

    return once


def drawn_once(draw: Callable[Concatenate[Drawn, Given], Written]) -> Callable[Concatenate[Drawn, Given], Written]:
    """Have what is drawn of a message, or of a part, kept for as long as that itself is: written once, drawn once."""
    kept: dict[Hashable, tuple[weakref.ref[Drawn], Written]] = {}

    @wraps(draw)
    def once(drawn: Drawn, /, *given: Given.args, **named: Given.kwargs) -> Written:
        key = id(drawn), reader(), given
        known = kept.get(key)
        if known is not None:
            return known[1]
        written = draw(drawn, *given, **named)
        kept[key] = weakref.ref(drawn, lambda _gone: kept.pop(key, None)), written
        return written

    return once
