"""Rules in text files: patterns, a line each, under the name in brackets of what they are signs of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_SECTION = re.compile(r"\[([a-z-]+)\]")


@cache
def rules(name: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Read the rules of a file, by what they are signs of."""
    sections: dict[str, list[re.Pattern[str]]] = {}
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if found := _SECTION.fullmatch(line.strip()):
            section = sections.setdefault(found[1], [])
        elif line.strip() and not line.startswith("#"):
            section.append(re.compile(line.strip()))
    return {name: tuple(section) for name, section in sections.items()}
