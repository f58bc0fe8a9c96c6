"""Rules in text files: the words they are made of, and what their comments say that they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.understanding.rules import lines_of

if TYPE_CHECKING:
    from pathlib import Path


def test_words_may_be_made_of_words(tmp_path: Path) -> None:
    """They stand in a group of their own, so that what follows is of them all."""
    (tmp_path / "small.txt").write_text("# Cats.\n{pet} = cat|dog\n{pets} = {pet}s?|fish\n\n[pets]\n\\b{pets} \\w{2}\n")
    assert list(lines_of(str(tmp_path / "small"))) == ["[pets]", r"\b(?:(?:cat|dog)s?|fish) \w{2}"]


def test_words_that_nobody_named_are_a_slip(tmp_path: Path) -> None:
    """A rule with braces that mean nothing would never hold."""
    (tmp_path / "small.txt").write_text("[pets]\n{pet}s\n")
    with pytest.raises(KeyError, match="pet"):
        list(lines_of(str(tmp_path / "small")))
