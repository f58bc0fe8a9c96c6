"""Writes docs/platforms.md, Slack beside Teams command by command: `python -m tests.platforms`.

A command has a mark where a contract test types it: those tests are played on every platform.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.compose import build_domains, build_grammar
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.typing.grammar import Phrase

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "platforms.md"
DIALOGUES = ROOT / "tests" / "dialogues"

# Beside the commands: what people get, on Slack and in Teams, or why not.
WAYS = (
    (
        "Private answers in a channel",
        "only you see them",
        "in your chat with the bot; where the tenant has them, messages only you see (`ZANSHIN_TEAMS_TARGETED=1`)",
    ),
    ("Its name in a channel", "one word is taken, the answer is private", "the same"),
    ("Slash commands", "`/calm` …", "the same words, slash or not; real ones with `zanshin manifest teams --slash`"),
    ("Forms", "modals", "cards with inputs; dialogs when opened from a message"),
    ("Home", "the Home tab", "`status`: a card that keeps itself up to date"),
    ("On a message", "four shortcuts", "the same four, as extensions"),
    ("From anywhere", "four global shortcuts", "none: Teams has no such menu; the command list of the chat stands in"),
    ("Sentences while writing", "none: Slack has no such box", "an extension drops one into what you write"),
    (
        "User groups",
        "`/zanshin team sync @group`",
        "none: Teams does not tell bots who is in a tag; `/zanshin team add @name`",
    ),
    ("Presence", "presence and do-not-disturb", "presence by Graph, where an admin grants it"),
    ("Seen at once", "an eye on the mention", "none: bots cannot react in Teams"),
    ("Who may use it", "members, guests of several channels", "people of the tenants that are allowed"),
    ("Copying a sentence", "a block to copy", "a framed paragraph: cards have no block to copy"),
)


@dataclass(frozen=True)
class Shown:
    """A contract test that types a command."""

    file: str
    name: str

    def link(self) -> str:
        return f"[✓](../tests/dialogues/{self.file} '{self.name}')"


def phrases() -> tuple[Phrase, ...]:
    bookcase = bookcase_of(SHIPPED_PLAYBOOKS)
    return build_grammar(bookcase.books.catalogue, build_domains(bookcase)).phrases


def contract_tests() -> Iterator[tuple[Shown, list[str]]]:
    """Go through the tests that are played on every platform, with the words they contain."""
    for path in sorted(DIALOGUES.glob("test_*.py")):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.AsyncFunctionDef) or not node.name.startswith("test_"):
                continue
            if {"cast", "both"} & {one.arg for one in node.args.args}:
                constants = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
                yield Shown(path.name, node.name), [one for one in constants if isinstance(one, str)]


def types_it(starts: str, words: str, longer: list[str]) -> bool:
    """Say whether words are this command, and not a longer one that begins alike."""
    typed = f"{words.lower()} "
    return typed.startswith(f"{starts} ") and not any(typed.startswith(f"{one} ") for one in longer)


def shown(starts: str, everything: list[str]) -> Shown | None:
    longer = [one for one in everything if one.startswith(f"{starts} ")]
    for test, found in contract_tests():
        if any(types_it(starts, words, longer) for words in found):
            return test
    return None


def written() -> str:
    """Write the page."""
    everything = [phrase.starts for phrase in phrases()]
    rows = []
    for phrase in phrases():
        test = shown(phrase.starts, everything)
        mark = test.link() if test is not None else "–"
        typed = f"{phrase.starts} {phrase.takes}".strip().replace("|", "\\|")
        rows.append(f"| `{typed}` | {mark} | {mark} |")
    ways = [f"| {what} | {slack} | {teams} |" for what, slack, teams in WAYS]
    head = (
        "# Slack and Teams, side by side\n\n"
        "Written by `python -m tests.platforms`. Every mark leads to a dialogue that is played on both platforms, and\n"
        "in the playground, with each run of the tests.\n\n## Commands\n\n| typed | Slack | Teams |\n|---|---|---|\n"
    )
    middle = "\n\n## Ways\n\n| what | Slack | Teams |\n|---|---|---|\n"
    return head + "\n".join(rows) + middle + "\n".join(re.sub(r"\s+", " ", way) for way in ways) + "\n"


if __name__ == "__main__":
    PAGE.write_text(written())
