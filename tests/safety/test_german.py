"""Words of danger are heard in German, and German idioms are not taken for them."""

from __future__ import annotations

import pytest

from bot.safety.hearing import Danger, danger_in, is_pressure, may_be_danger
from bot.understanding import danger as learned
from tests.safety.phrases import measure, read

ROWS = read("german")
HARMLESS = [words for kind, words in ROWS if kind not in set(Danger)]


def test_german_phrases_are_heard_as_they_are_meant() -> None:
    """At first we heard 0.89 of 150 dangers, 0.70 of 82 more, 0.18 of 40 roundabout ones."""
    figures = measure(ROWS)

    assert figures.count >= 560
    assert figures.recall >= 0.96
    assert figures.false == ()
    assert figures.kind >= 0.97
    assert figures.pressure == 1


def test_ordinary_german_hardly_ever_gets_a_line_above_it() -> None:
    """What knows English alone says nothing of German."""
    assert sum(map(may_be_danger, HARMLESS)) <= 0.03 * len(HARMLESS)
    assert sum(map(learned.may_be_danger, HARMLESS)) <= 0.03 * len(HARMLESS)


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("sie will sich umbringen", Danger.SELF_HARM),
        ("Ich will mich umbringen", Danger.AGENT),
        ("er will mich umbringen", Danger.THREAT),
        ("mein Mann bringt mich noch um", Danger.AGENT),
        ("ihr Mann schlaegt sie", Danger.PERSON),
        ("ER HAT EINE WAFFE!!!", Danger.ATTACK),
        ("Bombendrohung", Danger.BOMB),
        ("er sagt: “I will kill you”", Danger.THREAT),
        ("die Kundin schreibt: I want to die", Danger.SELF_HARM),
    ],
)
def test_each_kind_is_told_from_the_others(words: str, danger: Danger) -> None:
    """Whose danger it is hangs on one small word, and umlauts may be missing; English in between is heard as ever."""
    assert danger_in(words) is danger


@pytest.mark.parametrize(
    "words",
    [
        *("ich will ihm die Meinung sagen", "der Kunde will, ich soll ihm die Rechnung schicken"),
        *("ich will die Rechnung", "er will die Adresse ändern", "Das bringt mich um", "der Server ist tot"),
    ],
)
def test_a_german_article_is_no_english_verb_and_an_idiom_no_danger(words: str) -> None:
    """Words of another language are not taken for danger by their look."""
    assert danger_in(words) is None


def test_german_pressure_is_known() -> None:
    """A supervisor should know of lawyers in any language."""
    assert is_pressure("Sie hören von meinem Anwalt")
    assert not is_pressure("Sie hören von meinem Kollegen")


@pytest.mark.parametrize(
    "typed",
    [
        "ich könnte mein Headset aus dem Fenster werfen",
        "würde es Sie umbringen, mal zurückzurufen?",
        "wir sind Geisel ihres Ticketsystems",
        "er würgt mich am Telefon dauernd ab",
    ],
)
def test_what_is_said_of_effort_and_of_things_is_no_danger(typed: str) -> None:
    """A headset may fly, and a call may be cut short."""
    assert danger_in(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["ich will mich aus dem Fenster werfen", "würde er sie umbringen?", "er hält sie als Geisel", "er würgt mich"],
)
def test_what_is_said_of_a_person_is_a_danger(typed: str) -> None:
    """The same words of a person are heard."""
    assert danger_in(typed) is not None


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("sein Sohn hat Bleiche getrunken", Danger.POISON),
        ("Kunde hat aus Versehen Frostschutzmittel getrunken", Danger.POISON),
        ("das Kind hat eine Münze verschluckt", Danger.ACCIDENT),
        ("er will Bleiche trinken", Danger.SELF_HARM),
        ("sie hat absichtlich Rohrreiniger getrunken", Danger.POISON),
        ("er steckt im Aufzug und da ist Rauch", Danger.FIRE),
        ("Rauch im Aufzug", Danger.FIRE),
        ("er hat gesagt ich soll mich umbringen", Danger.THREAT),
        ("Kunde sagt, ich soll mich doch endlich umbringen", Danger.THREAT),
        ("häng dich auf, hat er gesagt", Danger.THREAT),
        ("er sagt: „ich will mich umbringen“", Danger.SELF_HARM),
        ("die Stimmen sagen, ich soll mich umbringen", Danger.AGENT),
        ("Kunde schickt Nacktbilder", None),
    ],
)
def test_accidents_and_abuse_are_no_harm_to_oneself(words: str, danger: Danger | None) -> None:
    """Who swallowed something or tells others to die is not asked about their own life."""
    assert danger_in(words) is danger


@pytest.mark.parametrize("typed", ["Konzert abgesagt, Geld kommt nicht zurück", "Taxi kam nicht, Zug verpasst"])
def test_short_german_is_known_for_german(typed: str) -> None:
    """What knows English alone has no say, though few of its words are small ones."""
    assert not learned.may_be_danger(typed)


def test_a_lift_that_stands_gets_the_offer() -> None:
    """Nobody is hurt yet."""
    assert may_be_danger("er steckt im Aufzug fest")
    assert danger_in("er steckt im Aufzug fest") is None
