"""Files of rules and of words: a line each, under the name in brackets of what it is of; "#" begins a comment."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_SECTION = re.compile(r"\[([a-z-]+)\]")


def lines_of(path: Path) -> Iterator[str]:
    """Give the lines that say something. Raises OSError."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def sections_of(lines: Iterable[str]) -> Mapping[str, list[str]]:
    """Sort lines by the name that stands above them; one above all names is a mistake of ours."""
    sections: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if found := _SECTION.fullmatch(line):
            name = found[1]
        else:
            sections[name].append(line)
    return sections


def words_in(lines: Iterable[str]) -> frozenset[str]:
    """Take the lines as words."""
    return frozenset(word for line in lines for word in line.split())


def pairs_in(lines: Iterable[str]) -> Mapping[str, str]:
    """Take each line as something and what is meant by it, an equals sign between."""
    return {typed.strip(): meant.strip() for typed, _sign, meant in (line.partition("=") for line in lines)}
