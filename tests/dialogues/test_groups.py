"""A group is named where somebody is asked for: what is done with it is said, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage

NAMED, NAMELESS = "<&S1|@oncall>", "<&S2>"
BY_HAND = "Roles are given and taken one person at a time, so nothing was done."


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            f"/zanshin team add {NAMED} supervisor",
            f"@oncall is a group.\n{BY_HAND}\nName a person: /zanshin team add @name",
        ),
        (
            f"/zanshin team {NAMED} supervisor",
            f"@oncall is a group.\n{BY_HAND}\nName a person: /zanshin team add @name",
        ),
        (
            f"/zanshin team add {NAMED}",
            "Where I can see who is in a group, /zanshin team sync @group makes them agents.",
        ),
        (f"/zanshin team remove {NAMED} agent", f"@oncall is a group.\n{BY_HAND}\nName a person: /zanshin team remove"),
        (f"/zanshin team sync {NAMED} supervisor", "A group only makes agents."),
        (f"/zanshin team add {NAMELESS}", f"That's a group.\n{BY_HAND}"),
        (f"/zanshin shift {NAMELESS} mon-fri 9-17", "That's a group.\nI need one person here, so nothing was done."),
        (f"/recuse for {NAMED} CASE-1", "@oncall is a group.\nI need one person here, so nothing was done."),
        (f"/incident owner 1 {NAMED}", "@oncall is a group.\nI need one person here, so nothing was done."),
        (f"/recuse {NAMED} CASE-43", "@oncall is more than one person: I ask whoever is free instead."),
        (f"/recuse {NAMELESS} CASE-43", "A group is more than one person: I ask whoever is free instead."),
    ],
)
async def test_what_is_done_with_a_group_is_said(stage: FakeStage, typed: str, says: str) -> None:
    """By its name where there is one, with what a group is good for where that helps."""
    cast = Cast(stage)
    await cast.sofia.types("/incident open sev3 Cards fail")
    answer = await cast.sofia.types(typed)

    assert answer is not None
    assert says in answer.text


@pytest.mark.parametrize(("typed", "role"), [("@ben", "agent"), ("@ben supervisor", "supervisor")])
async def test_a_person_without_a_word_for_what_to_do_is_asked_about(cast: Cast, typed: str, role: str) -> None:
    """Behind the team somebody is named, and what is to be done with them is missing: one press says it."""
    asked = await cast.sofia.types(f"/zanshin team {typed}")
    done = await cast.sofia.presses(f"/zanshin team add @Ben {role}", asked)

    assert "I don't know what to do with @Ben." in asked.text
    assert role in done.text
