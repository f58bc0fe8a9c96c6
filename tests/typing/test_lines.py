"""A list keeps its lines, and nothing else of what was typed changes."""

from __future__ import annotations

import pytest

from bot.typing.lines import with_lines


@pytest.mark.parametrize(
    ("rest", "typed", "read"),
    [
        ("a b", "/incident update a\nb", "a\nb"),
        ("a b", "/incident update a  \n\n  b  ", "a\nb"),
        ("a b", "/incident update a b", "a b"),
        ("a b", "/incident\nupdate a b", "a b"),
        ('"a" b', "/incident update “a”\nb", '"a"\nb'),
        ("<@1|Ana> b", "/incident note ana\nb", "<@1|Ana> b"),  # somebody was found: as it was read
        ("", "/incident update\n", ""),
        ("a b c d e", "a\nb", "a b c d e"),
    ],
)
def test_lines(rest: str, typed: str, read: str) -> None:
    """The same words come with their lines; others as they were read."""
    assert with_lines(rest, typed) == read
