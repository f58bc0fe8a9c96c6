"""How rows are drawn in a terminal: columns as wide as they need, times as people say them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.say.language import length

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime


def in_columns(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Draw a table."""
    every = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(row[column]) for row in every) for column in range(len(head))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in every)
    return "\n".join(line.rstrip() for line in lines)


def age(since: datetime, now: datetime) -> str:
    """Say how long ago something was."""
    return length(max(now - since, timedelta(0)))


def due(at: datetime | None, now: datetime) -> str:
    """Say when something is due."""
    if at is None:
        return "-"
    return f"in {length(at - now)}" if at > now else f"{length(now - at)} ago"


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many there are."""
    return f"{number} {one if number == 1 else many or one + 's'}"
