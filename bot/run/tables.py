"""Tables on the input, row by row: a row may go over several lines, and a quote that nothing closes spoils its own."""

from __future__ import annotations

import csv
import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_ROW = 131_072  # characters over which a quote may go on; a line by itself may be as long as it likes
csv.field_size_limit(sys.maxsize)

Line = tuple[int, str]  # its number, and what stands there


@dataclass(frozen=True)
class Row:
    """The lines of a row, and its cells; where it cannot be read, those that can."""

    lines: list[Line]
    cells: list[str]
    problem: str = ""


class _Open(Exception):
    """A quote is open at the end."""


def rows(lines: Iterator[Line], delimiter: str) -> Iterator[Row]:
    """Read a table; after a row that cannot be read, go on with the line below its first."""
    source = _Lines(lines)
    while first := source.take():
        yield _row(first, source, delimiter)


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._back: deque[Line] = deque()

    def take(self) -> Line | None:
        """Give the next line; None at the end."""
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: list[Line]) -> None:
        """Have these come next."""
        self._back.extendleft(reversed(lines))


def _row(first: Line, source: _Lines, delimiter: str) -> Row:
    try:
        return Row([first], _cells([first], delimiter))
    except _Open:
        pass
    except csv.Error:
        return _loosely(first, delimiter)
    taken, length = [first], len(first[1])
    while length <= LONGEST_ROW and (line := source.take()):
        taken.append(line)
        length += len(line[1])
        if '"' in line[1]:
            try:
                return Row(taken, _cells(taken, delimiter))
            except _Open:
                continue
            except csv.Error:
                break
    source.give_back(taken[1:])
    return Row(
        [first], _loosely(first, delimiter).cells[:-1], "opens a quote that nothing closes: close it, or double it"
    )


def _cells(lines: list[Line], delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text for _number, text in lines], delimiter=delimiter, strict=True), [])
    except csv.Error as wrong:
        if "unexpected end" in str(wrong):
            raise _Open from None
        raise


def _loosely(line: Line, delimiter: str) -> Row:
    """Read a line as well as it can be: quotes may stand where no table has them."""
    try:
        return Row([line], next(csv.reader([line[1]], delimiter=delimiter), []))
    except csv.Error as wrong:
        return Row([line], [], f"is no row of a table ({wrong})")
