"""Phrases of danger and of none, and how well we tell them apart: `python -m tests.safety.phrases`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.playbooks.training.texts import PHRASES, read_phrases
from bot.safety.hearing import Danger, danger_in, is_pressure

HELD_OUT = Path(__file__).parent
NOTHING, PRESSURE = "nothing", "pressure"


@dataclass(frozen=True)
class Figures:
    """What was heard of a table of phrases."""

    count: int
    missed: tuple[str, ...]
    false: tuple[str, ...]
    recall: float
    precision: float
    kind: float  # share of what was heard that was heard as the right kind
    pressure: float  # share of it that was heard

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.count} phrases: precision {self.precision:.3f}, recall {self.recall:.3f}, "
            f"right kind {self.kind:.3f}, pressure {self.pressure:.3f}"
        )


def read(name: str) -> list[tuple[str, str]]:
    """Read a table: one that rules and models were tuned with, or one kept aside."""
    path = HELD_OUT / f"{name}.tsv"
    return read_phrases(path if path.exists() else PHRASES / path.name)


def measure(rows: list[tuple[str, str]]) -> Figures:
    dangers = [(kind, words, danger_in(words)) for kind, words in rows if kind in set(Danger)]
    harmless = [words for kind, words in rows if kind not in set(Danger)]
    false = tuple(words for words in harmless if danger_in(words))
    heard = [(kind, found) for kind, _words, found in dangers if found]
    pressed = [words for kind, words in rows if kind == PRESSURE]
    return Figures(
        count=len(rows),
        missed=tuple(words for _kind, words, found in dangers if not found),
        false=false,
        recall=len(heard) / len(dangers),
        precision=len(heard) / (len(heard) + len(false)),
        kind=sum(kind in as_in_tables(found) for kind, found in heard) / len(heard),
        pressure=sum(map(is_pressure, pressed)) / len(pressed),
    )


def as_in_tables(found: Danger) -> tuple[Danger, ...]:
    """Most tables hold what there was at first: an accident is a person in danger, what was swallowed harm, too."""
    if found is Danger.POISON:
        return Danger.SELF_HARM, Danger.PERSON
    return (Danger.PERSON if found.broad is Danger.ACCIDENT else found.broad,)


if __name__ == "__main__":
    for table in ("phrases", "unseen", "voices", "others", "plainly", "strangers", "german"):
        figures = measure(read(table))
        print(table, figures)
        print(*(f"  missed: {words}" for words in figures.missed), sep="\n")
        print(*(f"  heard in vain: {words}" for words in figures.false), sep="\n")
