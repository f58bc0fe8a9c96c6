"""The colours of pictures: told apart by light alone, so that nobody needs to see their hues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Inks:
    """What one theme draws with; every ink is read on its ground at 4.5 to 1 or better."""

    ground: str
    ink: str
    quiet: str
    bar: str
    on_bar: str
    before: str
    line: str
    cell: str  # of a heat map, where there is nothing


INKS: dict[Theme, Inks] = {
    "light": Inks(
        ground="#ffffff",
        ink="#22211f",
        quiet="#5d5a54",
        bar="#0b5c8c",
        on_bar="#ffffff",
        before="#7a766e",
        line="#a34a00",
        cell="#edf1f4",
    ),
    "dark": Inks(
        ground="#191a1c",
        ink="#eceae6",
        quiet="#b3b0a9",
        bar="#6fc0ee",
        on_bar="#10222d",
        before="#9a968e",
        line="#f2a65a",
        cell="#26292d",
    ),
}
