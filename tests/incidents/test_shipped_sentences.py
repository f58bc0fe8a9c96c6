"""What we offer people to say passes the check that we make of what they write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.compose import read_bookcase
from bot.incidents.checking import check_draft
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator

FILLED = {
    "issue": "card payments fail",
    "since": "09:00",
    "next_update": "15:00",
    "eta": "16:00",
    "who": "some of you",
    "where": "the app",
    "fact": "no money is lost",
    "step": "ring the bank",
    "contact": "help@example.com",
    "instead": "pay in cash",
    "cause": "a cable was cut",
    "customer": "Mrs Adeyemi",
    "colleague": "Ana",
}
BOOKCASE = read_bookcase(SHIPPED_PLAYBOOKS)


def sentences() -> Iterator[str]:
    for wording in BOOKCASE.wordings.kinds.values():
        yield from (*wording.notice, *wording.doing, *wording.no_change, *wording.solved)
    for playbook in BOOKCASE.books.catalogue.playbooks.values():
        for line in (line for step in playbook.steps for line in step.say):
            yield from filter(None, (line.text, line.chat, line.email, line.us, line.in_))
        if playbook.now is not None and playbook.now.say:
            yield playbook.now.say


@pytest.mark.parametrize("sentence", [*dict.fromkeys(sentences())])
def test_what_we_offer_passes_our_own_check(sentence: str) -> None:
    """No process talk, no blame, no jargon, and no promise that cannot be kept."""
    filled = re.sub(r"\{(\w+)\}", lambda gap: FILLED.get(gap[1], gap[1]), sentence)

    assert check_draft(filled).unneeded == ()
