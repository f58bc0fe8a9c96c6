"""Below the card of an incident its commands need neither its number nor their first word."""

from __future__ import annotations

import pytest

from bot.incidents.typed.threads import about


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (
            "update Half can sign in. We go on. Next update in 15m",
            "/incident update #3 Half can sign in. We go on. Next update in 15m",
        ),
        ("update: Half can sign in.", "/incident update #3 Half can sign in."),
        ("meldung Die Hälfte geht.", "/incident update #3 Die Hälfte geht."),
        ("note vendor says 2 hours", "/incident note #3 vendor says 2 hours"),
        ("notiz 2 Stunden, sagt der Anbieter", "/incident note #3 2 Stunden, sagt der Anbieter"),
        ("incident note vendor called", "/incident note #3 vendor called"),
        ("/incident note vendor called", "/incident note #3 vendor called"),
        ("note 3 vendor called", "/incident note #3 vendor called"),
        ("note #5 vendor called", "/incident note #5 vendor called"),
        ("resolve 5", "/incident resolve 5"),
        ("resolve", "/incident resolve #3"),
        ("behoben", "/incident resolve #3"),
        ("no change", "/incident update #3 no change"),
        ("I own it", "/incident owner #3 me"),
        ("owner <@U1|Ben>", "/incident owner #3 <@U1|Ben>"),
        ("sev2", "/incident severity #3 sev2"),
        ("the record", "/incident history #3"),
        ("snooze 20m because lunch", "/incident snooze #3 20m because lunch"),
        ("update a\n- b\n- c", "/incident update #3 a\n- b\n- c"),
        ("calm she shouts", "calm she shouts"),
        ("thank you", "thank you"),
        ("open sev2 Cards fail", "open sev2 Cards fail"),
        ("/zanshin away 30m", "/zanshin away 30m"),
    ],
)
def test_words_below_the_card_of_an_incident(words: str, typed: str) -> None:
    """Its own number goes in, another one stays, and what is no command of its own is left alone."""
    assert about(words, 3) == typed
