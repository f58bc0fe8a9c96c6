"""Messages of one case, pasted one below the other: whether they become more heated."""

from __future__ import annotations

import pytest

from bot.understanding.heat import Level, heat_of, is_rising

RISES = (
    "Hi, could you check my order?\nStill nothing, this is the third time I ask.\nYou useless idiots, I'll sue you!",
    "Hello, where is my parcel?\n\nIt was due on Monday, I am disappointed.\n\nTHIS IS A DISGRACE!!! YOU ARE THIEVES",
    "Tom: Can you help me?\nAgent: Of course.\nTom: It still fails.\nTom: You stupid cow, I know where you work",
    "Hi, any news? I wrote on Monday and nobody answered. You are all idiots.",
    "[10:02] hi there\n[10:20] anybody there? still waiting\n[10:41] shut up you moron and fix it",
)
DOES_NOT = (
    "",
    "You useless idiots!",
    "You useless idiots, I'll sue you!\nSorry, I was upset.\nThank you for your help.",
    "Hello.\nMy parcel is late.\nThank you.",
    "Tom: Hi.\nAgent: You stupid idiot.\nAgent: Shut up, you moron.",
    "Hi, could you check my order?\nYou useless idiots!",
    "garage. said friday, then monday, now thursday. she has no car and I told her that, supplier not picking up",
)


@pytest.mark.parametrize("pasted", RISES)
def test_rising_heat_is_seen(pasted: str) -> None:
    """Lines or paragraphs, with names and times or without: the first is calm, the last one is not."""
    assert is_rising(pasted)


@pytest.mark.parametrize("pasted", DOES_NOT)
def test_other_pasted_messages_do_not_rise(pasted: str) -> None:
    """One that cools down, calm ones, too few, and our own words."""
    assert not is_rising(pasted)


@pytest.mark.parametrize("words", ["42", "он кричит на меня", "…", "xxxxxxxxxxxx"])
def test_what_nobody_has_learned_of_is_calm(words: str) -> None:
    """Numbers, other scripts, noise: no heat is made up."""
    assert heat_of(words).level is Level.CALM


@pytest.mark.parametrize("words", ["you useless idiot, answer me or I call my lawyer", "You moron.", "ur a bitch"])
def test_an_insult_to_somebodys_face_is_abuse_whatever_stands_beside(words: str) -> None:
    """A threat of lawyers does not make it less."""
    assert heat_of(words).level is Level.ABUSIVE
