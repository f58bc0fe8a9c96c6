"""The page that puts Slack and Teams side by side is true."""

from __future__ import annotations

import ast

import pytest

from tests.platforms import PAGE, phrases, shown, types_it, words_typed, written

KNOWN_GAPS = {"/zanshin team sync"}  # user groups are Slack's; its own tests show it


def test_the_page_is_up_to_date() -> None:
    """`python -m tests.platforms` writes it anew."""
    assert PAGE.read_text() == written(), "docs/platforms.md is out of date: `make generated` writes it anew."


def test_every_command_is_typed_in_a_contract_test() -> None:
    """Whatever can be typed is tried on every platform."""
    everything = [phrase.starts for phrase in phrases()]

    unproven = {starts for starts in everything if shown(starts, everything) is None}

    assert not unproven - KNOWN_GAPS, (
        f"No script types {sorted(unproven - KNOWN_GAPS)}: write one in tests/dialogues that takes `cast` and types it"
        ' as it stands, `await cast.ana.types("/zanshin …")`.'
    )
    assert unproven == KNOWN_GAPS, f"KNOWN_GAPS names {sorted(KNOWN_GAPS - unproven)}, which is typed: take it out."


def test_what_one_platform_alone_can_do_is_seen() -> None:
    """A command that is Slack's has its mark there, and none in Teams."""
    everything = [phrase.starts for phrase in phrases()]

    assert shown("/zanshin team sync", everything, "slack") is not None
    assert shown("/zanshin team sync", everything, "teams") is None


@pytest.mark.parametrize(
    ("line", "proven"),
    [
        ('await cast.ana.types("/incident")', True),
        ('await cast.ana.types("/incident list")', False),
        ('await cast.ana.types(f"/incident {words}")', False),
        ('await cast.ana.types("/incident", key="one")', True),
        ('assert answer.text == "/incident"', False),
        ('await cast.ana.press("/incident")', False),
    ],
)
def test_only_what_is_typed_proves_a_command(line: str, proven: bool) -> None:
    """Words that merely stand in a test prove nothing, and neither does a longer command."""
    [test] = ast.parse(f"async def test():\n    {line}").body
    assert isinstance(test, ast.AsyncFunctionDef)

    assert any(types_it("/incident", words, ["/incident list"]) for words in words_typed(test)) is proven
