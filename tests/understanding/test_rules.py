"""Rules in text files: the words they are made of, and what their comments say that they find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.understanding.rules import FOLDER, SISTERS, holds, plainly, rules, written_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COMMENTED = [
    f"{name}{language}"
    for name in (
        "understanding/mirror/faults",
        "playbooks/shelves/guards",
        "playbooks/shelves/moments",
        "playbooks/shelves/plain",
        "playbooks/shelves/plain_inside",
        "typing/answers",
        "typing/small_talk",
    )
    for language in SISTERS
]
_EXAMPLE = re.compile(r'"([^"]+)"')
_BUT = "; but not "


def _blocks(name: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Give each comment with the rules that stand below it."""
    comment, below, read = "", list[str](), written_out(name)
    for line in filter(None, (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            yield comment, below
            comment, below = line, []
        elif not re.match(r"\{[a-z-]+\} = ", line):
            below += [] if (rule := next(read)).startswith("[") else [rule]
    yield comment, below


@pytest.mark.parametrize(
    ("comment", "below"), [pytest.param(*one, id=one[0]) for name in COMMENTED for one in _blocks(name) if one[1]]
)
def test_each_rule_finds_what_its_comment_says(comment: str, below: Sequence[str]) -> None:
    """Each has an example above it, and none of what it is not meant for is found."""
    found, spared = ([plainly(one) for one in _EXAMPLE.findall(part)] for part in (*comment.split(_BUT), "")[:2])

    assert [rule for rule in below if not any(re.search(rule, one) for one in found)] == []
    assert [one for one in found if not any(re.search(rule, one) for rule in below)] == []
    assert [one for one in spared if any(re.search(rule, one) for rule in below)] == []


@pytest.mark.parametrize("name", [name for name in COMMENTED if "/plain" not in name and "/moments" not in name])
def test_both_languages_have_the_same_kinds(name: str) -> None:
    """What is asked for by a misspelt name would never hold."""
    assert rules(name).keys() <= rules(name.removesuffix("_de")).keys()


def test_what_is_mixed_of_two_languages_is_found() -> None:
    """A rule of either holds of the same text."""
    plain = plainly("Kundin  says it was\nTHE WRONG one, Nachbar hat es")
    assert [kind for kind in ("slip", "of-others", "alone") if holds("understanding/mirror/faults", kind, plain)] == [
        "slip",
        "of-others",
    ]


def test_words_may_be_made_of_words(tmp_path: Path) -> None:
    """They stand in a group of their own, so that what follows is of them all."""
    (tmp_path / "small.txt").write_text("# Cats.\n{pet} = cat|dog\n{pets} = {pet}s?|fish\n\n[pets]\n\\b{pets} \\w{2}\n")
    assert list(written_out(str(tmp_path / "small"))) == ["[pets]", r"\b(?:(?:cat|dog)s?|fish) \w{2}"]


def test_words_that_nobody_named_are_a_slip(tmp_path: Path) -> None:
    """A rule with braces that mean nothing would never hold."""
    (tmp_path / "small.txt").write_text("[pets]\n{pet}s\n")
    with pytest.raises(KeyError, match="pet"):
        list(written_out(str(tmp_path / "small")))
