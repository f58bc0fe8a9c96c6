"""Writes docs/platforms.md, Slack beside Teams command by command: `python -m tests.platforms`.

A command has a mark where somebody types it in a contract test, since those are played on every platform, or in a test
of that platform alone. What merely stands in a test is no proof: only the words given to `types` are.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
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
DIALOGUES, ADAPTERS = ROOT / "tests" / "dialogues", ROOT / "tests" / "adapters"
GAP = "…"  # where a test fills something in

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
    """A test that types a command."""

    path: Path
    name: str
    typed: tuple[str, ...]

    def link(self) -> str:
        return f"[✓](../{self.path.relative_to(ROOT)} '{self.name}')"


def phrases() -> tuple[Phrase, ...]:
    bookcase = bookcase_of(SHIPPED_PLAYBOOKS)
    return build_grammar(bookcase.books.catalogue, build_domains(bookcase)).phrases


@cache
def contract_tests() -> tuple[Shown, ...]:
    """Go through the tests that are played on every platform."""
    return tuple(one for path in sorted(DIALOGUES.glob("test_*.py")) for one in tests_in(path, "cast", "both"))


@cache
def own_tests(platform: str) -> tuple[Shown, ...]:
    """Go through the tests of one platform alone."""
    return tuple(one for path in sorted(ADAPTERS.glob(f"test_{platform}_*.py")) for one in tests_in(path))


def tests_in(path: Path, *seats: str) -> Iterator[Shown]:
    """Go through the tests of a file, or those that are given one of these."""
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.AsyncFunctionDef) or not node.name.startswith("test_"):
            continue
        if not seats or {one.arg for one in node.args.args}.intersection(seats):
            yield Shown(path, node.name, tuple(words_typed(node)))


def words_typed(test: ast.AsyncFunctionDef) -> Iterator[str]:
    """List what is typed in a test, as it stands there: `await cast.ana.types("/calm")`."""
    for call in ast.walk(test):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("types", "type"):
            match call.args[:1]:
                case [ast.Constant(value=str(words))]:
                    yield words
                case [ast.JoinedStr(values=[ast.Constant(value=str(words)), *_])]:
                    yield f"{words}{GAP}"


def types_it(starts: str, words: str, longer: list[str]) -> bool:
    """Say whether words are this command, and not a longer one that begins alike."""
    typed = f"{words.lower()} "
    if GAP in words and any(one.startswith(words.partition(GAP)[0].rstrip()) for one in longer):
        return False  # what is filled in may make it the longer one
    return typed.startswith(f"{starts} ") and not any(typed.startswith(f"{one} ") for one in longer)


def shown(starts: str, everything: list[str], platform: str | None = None) -> Shown | None:
    """Find a test that types a command on every platform, or else one on this platform."""
    longer = [one for one in everything if one.startswith(f"{starts} ")]
    for test in (*contract_tests(), *(own_tests(platform) if platform is not None else ())):
        if any(types_it(starts, words, longer) for words in test.typed):
            return test
    return None


def mark(starts: str, everything: list[str], platform: str) -> str:
    test = shown(starts, everything, platform)
    return test.link() if test is not None else "–"


def written() -> str:
    """Write the page."""
    everything = [phrase.starts for phrase in phrases()]
    rows = []
    for phrase in phrases():
        marks = [mark(phrase.starts, everything, platform) for platform in ("slack", "teams")]
        typed = f"{phrase.starts} {phrase.takes}".strip().replace("|", "\\|")
        rows.append(f"| `{typed}` | {' | '.join(marks)} |")
    ways = [f"| {what} | {slack} | {teams} |" for what, slack, teams in WAYS]
    head = (
        "# Slack and Teams, side by side\n\n"
        "Written by `python -m tests.platforms`. Every mark leads to a test that types the command: most are\n"
        "dialogues that are played on both platforms, and in the playground, with each run of the tests.\n\n"
        "## Commands\n\n| typed | Slack | Teams |\n|---|---|---|\n"
    )
    middle = "\n\n## Ways\n\n| what | Slack | Teams |\n|---|---|---|\n"
    return head + "\n".join(rows) + middle + "\n".join(re.sub(r"\s+", " ", way) for way in ways) + "\n"


if __name__ == "__main__":
    PAGE.write_text(written())
