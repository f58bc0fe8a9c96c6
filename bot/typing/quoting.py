"""Messages of others, quoted as words: what every platform needs to read them. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DEEPEST = 12  # things in one another; nobody nests more
_HALF = re.compile(r"<[^<>]*$")


def distinct(lines: Iterable[str]) -> Iterator[str]:
    """Leave out lines that say what another one before has said: alerts repeat themselves for old programs."""
    said = ""
    for line in lines:
        tidy = " ".join(line.split())
        if tidy and tidy.casefold() not in said:
            said += f"\n{tidy.casefold()}"
            yield tidy


def one_by_one(given: Any) -> Iterator[dict[str, Any]]:
    """List the things in a list that have names; whatever else is sent is left out."""
    return (one for one in given if isinstance(one, dict)) if isinstance(given, list | tuple) else iter(())


def word(given: Any) -> str:
    """Read what should be words."""
    return given if isinstance(given, str) else str(given) if isinstance(given, int | float) else ""


def shortened(most: int) -> Callable[[Any], str]:
    """Read what should be words, as much of them as fits: a strange name loses nothing of what stands beside it."""
    return lambda given: word(given)[:most]


def thing(given: Any) -> Any:
    """Read what should have names in it; anything else is not there."""
    return None if isinstance(given, str | int | float | list | tuple) or given == {} else given


def answered(given: Any) -> str:
    """Read one answer, the way forms of the core write it: nothing throws away what was typed."""
    match given:
        case str():
            return given
        case bool():
            return "yes" if given else ""
        case float() if given.is_integer():
            return str(int(given))
        case int() | float():
            return str(given)
        case list():
            return ", ".join(filter(None, map(answered, given)))
        case _:
            return ""


def quoted(words: str, field: str, most: int) -> str:
    """Write words so that they fit into a field of a command: shortened at a space, and never within a name."""
    if field == "title":
        words = " ".join(words.split())
    if len(words) <= most:
        return words.strip()
    cut = _HALF.sub("", words[:most])
    return (cut.rpartition(" ")[0] or cut).strip()
