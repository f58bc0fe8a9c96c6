"""What a card says first, by what was typed: what answers it stands, and what is untrue or heartless there does not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.playbooks.shelves.shelf import read_books
from bot.run.asking import answer
from bot.store.content import SHIPPED_PLAYBOOKS

BOOKS = read_books(SHIPPED_PLAYBOOKS)
LINES = Path(__file__).with_name("first-words.tsv")


def lines() -> list[dict[str, str]]:
    """Read the table: in which language, which openings answer it ("*": any or none), what is never said, the text."""
    with LINES.open(encoding="utf-8", newline="") as read:
        return list(csv.DictReader(read, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line['language']}-{line['typed']}")
def test_what_was_typed_is_answered_by_words_for_it(line: dict[str, str]) -> None:
    """Other words may be kind, and still be wrong where health, money or the truth hangs on them."""
    first = answer(BOOKS.read_in(line["language"]), line["typed"]).get("opening", {})
    if line["opening"] != "*":
        assert first.get("id") in line["opening"].split("|")
    if line["unsaid"]:
        assert line["unsaid"] not in f"{first.get('do')} {first.get('say')}"
