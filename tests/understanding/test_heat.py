"""How heated a text is: the level, and the signs that can be pointed at."""

from __future__ import annotations

import pytest

from bot.understanding.heat import Heat, Level, heat_of
from bot.understanding.signals import Signal

SIGNS = {
    "WHERE IS MY MONEY, ANSWER ME NOW": Signal.SHOUTING,
    "this is bullshit": Signal.SWEARING,
    "you are a useless idiot": Signal.INSULT,
    "she called me a stupid cow": Signal.INSULT,
    "learn to speak english": Signal.SLUR,
    "this is the fourth time I am writing": Signal.REPEATED,
    "refund me by Friday or I go to the papers": Signal.ULTIMATUM,
    "my solicitor will be in touch": Signal.LEGAL,
    "I am closing my account": Signal.CHURN,
    "I know where you work": Signal.HARM,
    "she keeps shouting at me": Signal.SHOUTING,
}
LEVELS = {
    "Where is my parcel?": Level.CALM,
    "parcel status": Level.CALM,
    "wants her money back": Level.CALM,
    "the guest is furious about the room": Level.ANGRY,
    "an abusive caller": Level.ABUSIVE,
    "Bloody marvellous, cheers mate.": Level.CALM,
    "You were quick, I'm impressed.": Level.CALM,
    "I've asked the same question four times now.": Level.ANNOYED,
    "Oh, wonderful. My internet is down again.": Level.ANNOYED,
    "With the greatest respect, that does not answer my question.": Level.ANNOYED,
    "He's swearing a lot, at the situation, not at me.": Level.ANGRY,
    "Refund me today or I go to the papers.": Level.ANGRY,
    "WHERE THE HELL IS MY MONEY": Level.ANGRY,
    "No offence, but you're dumb as a brick.": Level.ABUSIVE,
    "He called me a stupid cow twice.": Level.ABUSIVE,
    "I'll be down there and break your face.": Level.ABUSIVE,
    "Go back to your own country.": Level.ABUSIVE,
}


@pytest.mark.parametrize(("text", "level"), LEVELS.items())
def test_how_heated_a_text_is(text: str, level: Level) -> None:
    """Words of customers and reports of agents; sarcasm is annoyance, politeness does not hide an insult."""
    assert heat_of(text).level is level


@pytest.mark.parametrize(("text", "signal"), SIGNS.items())
def test_every_sign_is_named(text: str, signal: Signal) -> None:
    """What can be pointed at is."""
    assert signal in heat_of(text).signals


@pytest.mark.parametrize(
    "text",
    ["", "I feel like an idiot, I had the cable in the wrong socket", "Please send the VAT invoice ASAP, thanks"],
)
def test_what_is_calm_has_no_signs(text: str) -> None:
    """Words against oneself and abbreviations are no heat."""
    assert heat_of(text) == Heat(Level.CALM)
