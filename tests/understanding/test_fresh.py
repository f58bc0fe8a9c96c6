"""Situations typed once and kept: docs/understanding-fresh.md says what is wanted, and what is got."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.suggest import Suggester
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.understanding.situations import NOTHING

PAGE = Path("docs/understanding-fresh.md")
LINES = PAGE.read_text(encoding="utf-8").splitlines()
SITUATIONS = [line.strip("| ").split(" | ") for line in LINES if line.startswith("| ")][2:]
FEWEST_FIT = 18
ROUNDED = 0.05  # what another machine may count otherwise
UNLIKELY = 0.1

SUGGESTER = Suggester(load_catalogue(SHIPPED_PLAYBOOKS))


@pytest.mark.parametrize(("typed", "_wanted", "got", "sure"), SITUATIONS)
def test_the_page_says_what_is_got(typed: str, _wanted: str, got: str, sure: str) -> None:
    """Nobody reads what is not so."""
    best = SUGGESTER.suggest(typed, 1)[0]

    assert best.score == pytest.approx(float(sure), abs=ROUNDED)
    assert best.playbook_id == got or (got == NOTHING and best.score < UNLIKELY)


def test_most_get_what_they_want() -> None:
    """One or two may not."""
    fit = [typed for typed, wanted, got, _sure in SITUATIONS if got in wanted.split(", ")]

    assert len(SITUATIONS) == 20
    assert len(fit) >= FEWEST_FIT
