"""Every sentence that the playbooks offer, with its gaps filled: it has to pass our own check of drafts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.openings import shipped_openings
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from pathlib import Path

_GAP = re.compile(r"\{(\w+)\}")
_FILLED = {
    "contact": "help@example.com",
    "instead": "pay in cash",
    "customer": "Mrs Adeyemi",
    "colleague": "Ana",
    "eta": "16:00",
    "next_update": "15:00",
    "since": "09:00",
    "fact": "no money is lost",
    "issue": "card payments fail",
    "step": "ring the bank",
    "who": "some of you",
    "where": "the app",
    "cause": "a cable was cut",
}


def filled(sentence: str) -> str:
    """Fill the gaps of a sentence with examples."""
    return _GAP.sub(lambda gap: _FILLED.get(gap[1], gap[1]), sentence)


def offered_sentences(folder: Path = SHIPPED_PLAYBOOKS) -> list[str]:
    """Read every sentence that playbooks and prepared wordings offer, with its gaps filled."""
    playbooks = load_catalogue(folder).playbooks.values()
    lines = [line for one in playbooks for step in one.steps for line in step.say]
    said = [words for line in lines for words in (line.text, *(variant for _name, variant in line.variants()))]
    said += [one.now.say for one in playbooks if one.now is not None and one.now.say]
    said += [words for path in sorted((folder / "updates").glob("*.yaml")) for words in _prepared(path)]
    return [filled(words) for words in dict.fromkeys(said)]


def said_in_openings() -> list[str]:
    """Give every sentence that our openings say: they have to pass as well, and are learned from."""
    every = (one for openings in shipped_openings().values() for one in openings.by_id.values())
    said = (words for one in every for words in (one.say, *(variant for _name, variant in one.line.variants())))
    return list(dict.fromkeys(said))


def _prepared(path: Path) -> list[str]:
    """Read what was prepared for updates of one kind."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [words for part in ("notice", "doing", "no_change", "solved") for words in read[part]]
