"""Which rules are tried on a line: leaving one out never changes what holds."""

from __future__ import annotations

import re

import pytest

from bot.safety.patterns import Line, Rules, words_of
from bot.safety.plain import plain
from tests.safety.phrases import read


@pytest.mark.parametrize("name", ["idioms", "self_harm", "person", "accident", "threat", "maybe"])
def test_a_rule_left_out_would_not_have_held(name: str) -> None:
    """It is tried where a word of everything that it needs is typed, and holds nowhere else."""
    rules = Rules(name)
    every = {rule for some in rules._by_word.values() for rule in some}  # noqa: SLF001  also those left out
    for _kind, words in read("phrases")[::8]:
        line = Line(plain(words))
        left_out = [rule for rule in every if not line.may_hold(rule)]
        assert not [rule.pattern for rule in left_out if re.search(rule.pattern, line.text)]


def test_a_list_that_nobody_wrote_is_a_slip() -> None:
    """A rule that names it would hold of any words."""
    with pytest.raises(AssertionError, match="nobody"):
        words_of("{nobody}")
