"""The texts to learn from: one file an author, all invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.suggest import CRISIS
from bot.say.language import PUBLIC
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.understanding.drafts import Flag
from bot.understanding.matters import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SITUATIONS = Path(__file__).parent / "situations"
OF_LANGUAGE = {PUBLIC: SITUATIONS, "de": SITUATIONS / "de"}
DRAFTS = Path(__file__).parent / "drafts"
_OPENINGS = Path(__file__).parent / "openings"
TOLD = {PUBLIC: _OPENINGS / "texts.tsv", "de": _OPENINGS / "de" / "texts.tsv"}  # written for openings
HEAT = Path(__file__).parent / "heat"
PHRASES = Path(__file__).parent / "danger"
# What is said of oneself beside a matter, and what of them: every so many texts are given once more with it.
OF_ONESELF = {
    PUBLIC: (
        "and i'm about to lose it",
        "my hands are shaking",
        "I'm close to tears",
        "and I can't take much more of this",
        "i want to scream",
        "how do i stay calm",
        "I'm about to lose my temper",
        "and now I'm upset myself",
        "it gets to me",
        "and I nearly snapped at him",
        "I could have hung up on her",
        "my heart is racing",
    ),
    "de": (
        "und ich platze gleich",
        "mir zittern die Hände",
        "ich bin den Tränen nah",
        "lange halte ich das nicht mehr aus",
        "ich könnte schreien",
        "wie bleib ich da ruhig",
        "ich verlier gleich die Fassung",
        "das geht mir richtig nah",
        "fast hätte ich was gesagt",
        "ich hätte am liebsten aufgelegt",
        "mein Puls ist auf 180",
    ),
}
OF_THEM = {
    PUBLIC: (
        "and he's about to lose it",
        "her hands are shaking",
        "customer is close to tears",
        "and she can't take much more of this",
        "he wants to scream",
        "she's trying to stay calm",
        "he's about to lose his temper",
        "and now she's upset",
        "it gets to him",
        "and he snapped at me",
        "she hung up on me",
        "he's shaking with rage",
    ),
    "de": (
        "und er platzt gleich",
        "ihr zittern die Hände",
        "Kundin ist den Tränen nah",
        "lange hält sie das nicht mehr aus",
        "er könnte schreien",
        "sie bleibt mühsam ruhig",
        "der Kunde verliert gleich die Fassung",
        "das geht ihr richtig nah",
        "er hat mich angeschnauzt",
        "sie hat aufgelegt",
        "er zittert vor Wut",
    ),
}
EVERY = 6
CALM, KIND = (
    "keep-calm",
    "empathy",
)  # what helps next whoever says so of oneself, and fits as well where it is said of them
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


def read_told(language: str = PUBLIC) -> list[Situation]:
    """Read the texts that were written for openings, and then matched with playbooks; of danger none is ranked."""
    return [replace(one, acceptable=one.acceptable - {CRISIS}) for one in _told(language) if one.best != CRISIS]


def read_upset(language: str = PUBLIC) -> list[Situation]:
    """Give some of those once more with what the matter does to whoever types it, and some with what it does to them.

    The first helps itself next; for the others the matter stays what counts.
    """
    about = _about_a_matter(language)
    matters = [one for one in read_told(language) if one.query in about]
    texts = [one.query for one in matters]
    oneself = [
        replace(
            one, id=f"{one.id}-oneself", query=text, kind="agent", best=CALM, acceptable=frozenset((CALM, one.best))
        )
        for one, text in zip(matters[::EVERY], upset(texts, OF_ONESELF[language]), strict=True)
    ]
    them = [
        replace(one, id=f"{one.id}-them", query=text, kind="agent", acceptable=one.acceptable | {KIND})
        for one, text in zip(matters[::EVERY], upset(texts, OF_THEM[language]), strict=True)
    ]
    return [*oneself, *them]


def upset(texts: Sequence[str], said: Sequence[str]) -> list[str]:
    """Give some texts with what is said beside them."""
    return [f"{text.rstrip('.')}, {feeling}" for feeling, text in zip(cycle(said), texts[::EVERY], strict=False)]


def _about_a_matter(language: str) -> frozenset[str]:
    return frozenset(row["text"] for row in _rows(TOLD[language]) if row["opening"] != NONE)


def read_told_of_danger() -> tuple[list[str], list[str]]:
    """Read which of those texts tell of danger, and which do not; what may be read either way is left out."""
    every = _told(PUBLIC)
    ordinary = [one.query for one in every if CRISIS not in one.acceptable]
    return [one.query for one in every if one.best == CRISIS], ordinary


def _told(language: str) -> list[Situation]:
    rows = enumerate(_rows(TOLD[language]))
    return [_situation({**row, "id": f"told-{number:05}", "query": row["text"]}) for number, row in rows]


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


def playbook_words(language: str = PUBLIC) -> list[Situation]:
    """Read the words that stand in our playbooks themselves: one more author."""
    return [
        Situation(f"{WORDS}-{name}-{number}", WORDS, words, "agent", name, frozenset((name,)))
        for name, playbook in sorted(load_catalogue(SHIPPED_PLAYBOOKS, language).playbooks.items())
        for number, words in enumerate((playbook.title, *playbook.words))
        if name != CRISIS
    ]


def read_table(path: Path) -> list[Situation]:
    """Read a table of situations that stands elsewhere, with commas between, or tabs where it says so."""
    if path.suffix == ".tsv":
        return _read(path)
    with path.open(encoding="utf-8", newline="") as lines:
        return [_situation({"author": path.stem, **row}) for row in csv.DictReader(lines)]


def read_second(path: Path) -> list[Situation]:
    """Read the same texts as somebody else labelled them, blind."""
    rows = ({**row, "best": row["second_best"], "acceptable": row["second_acceptable"]} for row in _rows(path))
    return [_situation(row) for row in rows]


def read_matched_tables(folder: Path) -> list[Situation]:
    """Read the tables of texts that were matched with openings, with the playbooks that two readers accepted."""
    rows = [(path.stem, row) for path in sorted(folder.glob("openings-*.tsv")) for row in _rows(path)]
    return [
        _situation({"id": f"{name}-{number}", "author": name, "query": row["text"], "kind": "agent", **row})
        for number, (name, row) in enumerate(rows)
    ]


def _read(path: Path) -> list[Situation]:
    return [_situation(row) for row in _rows(path)]


def _situation(row: Mapping[str, str]) -> Situation:
    acceptable = frozenset(row["acceptable"].split(";")) | {row["best"]}
    return Situation(row["id"], row["author"], row["query"], row["kind"], row["best"], acceptable)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
