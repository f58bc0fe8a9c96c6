"""The texts to learn from: one file an author, all invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.suggest import CRISIS
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.understanding.drafts import Flag

if TYPE_CHECKING:
    from collections.abc import Mapping

SITUATIONS = Path(__file__).parent / "situations"
DRAFTS = Path(__file__).parent / "drafts"
HEAT = Path(__file__).parent / "heat"
PHRASES = Path(__file__).parent / "danger"
WORDS = "playbooks"  # the author of the words that stand in the playbooks


@dataclass(frozen=True)
class Situation:
    """What somebody typed, and the playbooks that fit it."""

    id: str
    author: str
    query: str
    kind: str  # whose words they are: agent or customer
    best: str
    acceptable: frozenset[str]


@dataclass(frozen=True)
class Draft:
    """What somebody wrote for customers, and what it says."""

    id: str
    author: str
    draft: str
    flags: frozenset[str]


@dataclass(frozen=True)
class Heated:
    """What a customer or an agent wrote, and how heated it is."""

    id: str
    author: str
    text: str
    level: int


def read_situations(folder: Path = SITUATIONS) -> list[Situation]:
    """Read the situations of every author, always in the same order."""
    return [one for path in sorted(folder.glob("*.tsv")) for one in _read(path)]


def read_drafts(folder: Path = DRAFTS) -> list[Draft]:
    """Read the drafts of every author, always in the same order."""
    rows = [row for path in sorted(folder.glob("*.tsv")) for row in _rows(path)]
    return [
        Draft(row["id"], row["author"], row["draft"], frozenset(flag for flag in Flag if row[flag] == "1"))
        for row in rows
    ]


def read_heat(folder: Path = HEAT) -> list[Heated]:
    """Read the heated texts and the calm ones of every author, always in the same order."""
    rows = [row for path in sorted(folder.glob("*.tsv")) for row in _rows(path)]
    return [Heated(row["id"], row["author"], row["text"], int(row["heat"])) for row in rows]


def read_phrases(path: Path) -> list[tuple[str, str]]:
    """Read lines of a kind (one of `Danger`, `pressure`, `nothing`) and what somebody typed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(kind, words) for kind, _tab, words in (line.partition("\t") for line in lines)]


def playbook_words(folder: Path = SHIPPED_PLAYBOOKS) -> list[Situation]:
    """Read the words that stand in the playbooks themselves: one more author."""
    return [
        Situation(f"{WORDS}-{name}-{number}", WORDS, words, "agent", name, frozenset((name,)))
        for name, playbook in sorted(load_catalogue(folder).playbooks.items())
        for number, words in enumerate(playbook.words)
        if name != CRISIS
    ]


def read_table(path: Path) -> list[Situation]:
    """Read a table of situations that stands elsewhere, with commas between."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [_situation({"author": path.stem, **row}) for row in csv.DictReader(lines)]


def _read(path: Path) -> list[Situation]:
    return [_situation(row) for row in _rows(path)]


def _situation(row: Mapping[str, str]) -> Situation:
    acceptable = frozenset(row["acceptable"].split(";")) | {row["best"]}
    return Situation(row["id"], row["author"], row["query"], row["kind"], row["best"], acceptable)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
