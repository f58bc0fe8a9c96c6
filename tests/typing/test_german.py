"""Times as people type them in German, on Tuesday 24 November 2026 at 10:00 in Berlin, where they work from 9 to 17."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.typing.times.german import in_english, in_german
from bot.typing.times.moments import AskBack, Moment, Why, WorkingDay, read_moment, split_moment
from bot.typing.times.until import split_until

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def read(words: str) -> Moment | AskBack:
    return read_moment(words, now=NOW, zone=BERLIN, day=WorkingDay())


READ = (
    ("bis 14:30", "24 14:30"),
    ("bis 14:30 Uhr", "24 14:30"),
    ("bis 14.30 Uhr", "24 14:30"),
    ("um 14 Uhr", "24 14:00"),
    ("14 Uhr 30", "24 14:30"),
    ("bis spätestens 15 Uhr", "24 15:00"),
    ("bis spaetestens 15 Uhr", "24 15:00"),
    ("gegen 16 Uhr", "24 16:00"),
    ("halb elf", "24 10:30"),
    ("bis halb zwölf", "24 11:30"),
    ("Viertel nach elf", "24 11:15"),
    ("Viertel vor zwölf", "24 11:45"),
    ("bis Mittag", "24 12:00"),
    ("heute Mittag", "24 12:00"),
    ("Mitternacht", "25 00:00"),
    ("Feierabend", "24 17:00"),
    ("bis Feierabend", "24 17:00"),
    ("bis zum Feierabend", "24 17:00"),
    ("morgen früh", "25 09:00"),
    ("morgen frueh", "25 09:00"),
    ("bis morgen früh", "25 09:00"),
    ("morgen um 8:30 Uhr", "25 08:30"),
    ("morgen Mittag", "25 12:00"),
    ("übermorgen um 10:00", "26 10:00"),
    ("am Freitag um 10:00", "27 10:00"),
    ("Freitag 10:00 Uhr", "27 10:00"),
    ("in einer halben Stunde", "24 10:30"),
    ("eine halbe Stunde", "24 10:30"),
    ("in einer Viertelstunde", "24 10:15"),
    ("in einer Dreiviertelstunde", "24 10:45"),
    ("in einer Stunde", "24 11:00"),
    ("in anderthalb Stunden", "24 11:30"),
    ("in eineinhalb Stunden", "24 11:30"),
    ("in zwei Stunden", "24 12:00"),
    ("in 20 Minuten", "24 10:20"),
    ("in fünf Minuten", "24 10:05"),
    ("innerhalb von zwei Stunden", "24 12:00"),
    ("zwischen 14 und 15 Uhr", "24 15:00"),
    ("in zwei Tagen", "26 10:00"),
)


@pytest.mark.parametrize(("words", "expected"), READ)
def test_german_times_are_read(words: str, expected: str) -> None:
    """Each phrase is the moment a German means by it."""
    found = read(words)

    assert isinstance(found, Moment), found
    assert f"{found.at.astimezone(BERLIN):%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("bald", Why.VAGUE),
        ("gleich", Why.VAGUE),
        ("in ein paar Minuten", Why.VAGUE),
        ("morgen", Why.NO_HOUR),
        ("heute Abend", Why.NO_HOUR),
        ("halb drei", Why.HALF_OF_DAY),  # as "half past two" is; 14:30 is the first it offers
        ("bis sieben", Why.HALF_OF_DAY),
    ],
)
def test_german_that_leaves_it_open_is_asked_back(words: str, why: Why) -> None:
    """Nothing is guessed in German that would be asked in English."""
    found = read(words)

    assert isinstance(found, AskBack)
    assert found.why is why


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        ("bis 14:30", "24 14:30", ""),
        ("bis 14:30 Zahnarzt", "24 14:30", "Zahnarzt"),
        ("Zahnarzt bis halb zwölf", "24 11:30", "Zahnarzt"),
        ("Mittagspause bis 13 Uhr", "24 13:00", "Mittagspause"),
        ("eine halbe Stunde Mittagspause", "24 10:30", "Mittagspause"),
        ("bis Feierabend", "24 17:00", ""),
        ("bis morgen früh", "25 09:00", ""),
    ],
)
def test_an_end_of_a_break_is_found_beside_its_reason(line: str, expected: str, why: str) -> None:
    """The time is taken, and the reason stays in its own words."""
    found = split_until(line, read)

    assert isinstance(found.at, Moment), found
    assert f"{found.at.at.astimezone(BERLIN):%d %H:%M}" == expected
    assert found.why == why


@pytest.mark.parametrize("line", ["Mittagspause", "Mittagessen", "Kaffeepause", "kurze Pause", "Besprechung"])
def test_a_break_without_an_end_is_asked_for_it(line: str) -> None:
    """A lunch alone tells how long to nobody but whoever wrote it."""
    found = split_until(line, read).at

    assert isinstance(found, AskBack)
    assert found.why is Why.VAGUE


@pytest.mark.parametrize("words", ["in half an hour", "9 am", "by 14:30", "um, soon", "the elf at 3", "vor here"])
def test_english_stays_as_it_was_typed(words: str) -> None:
    """Only a phrase with a word that is German alone is read as German."""
    assert in_english(words) == words


@pytest.mark.parametrize(
    ("line", "rest", "expected"),
    [
        ("Zahlungen scheitern. Nächste Meldung bis 14:30", "Zahlungen scheitern", "24 14:30"),
        ("Zahlungen scheitern, wir melden uns bis 14:30 Uhr wieder", "Zahlungen scheitern", "24 14:30"),
        ("Zahlungen scheitern, wir melden uns wieder in einer halben Stunde", "Zahlungen scheitern", "24 10:30"),
        ("Zahlungen scheitern und wir melden uns morgen früh", "Zahlungen scheitern", "25 09:00"),
        ("Die App lädt nicht. Sie hören bis halb zwölf von uns", "Die App lädt nicht", "24 11:30"),
        ("Die App lädt nicht. Nächstes Update um 15 Uhr", "Die App lädt nicht", "24 15:00"),
        ("Die App lädt nicht, bis 14:30", "Die App lädt nicht", "24 14:30"),
    ],
)
def test_a_promise_ends_an_update_in_german(line: str, rest: str, expected: str) -> None:
    """What customers read keeps its words, and loses the promise that stands in a field of its own."""
    said, found = split_moment(line, now=NOW, zone=BERLIN, day=WorkingDay())

    assert isinstance(found, Moment), found
    assert (said.rstrip("."), f"{found.at.astimezone(BERLIN):%d %H:%M}") == (rest, expected)


@pytest.mark.parametrize(
    "line", ["Wir hatten bis gestern keine Störung", "Seit 9:30 geht nichts", "Es lag nicht an Ihnen"]
)
def test_what_was_is_no_promise(line: str) -> None:
    """A time that has passed, or none, ends no update."""
    assert split_moment(line, now=NOW, zone=BERLIN, day=WorkingDay()) == (line, None)


@pytest.mark.parametrize("words", ["bald", "morgen", "halb drei", "bis sieben", "in 7", "7", "in 20 Tagen"])
def test_what_is_offered_is_said_in_german_and_means_the_same(words: str) -> None:
    """Whoever reads German copies what they read, and it is the moment that was offered."""
    asked = read(words)
    assert isinstance(asked, AskBack)
    offered = [(read(option), read(in_german(option))) for option in asked.options]

    assert offered
    assert all(isinstance(one, Moment) and one == other for one, other in offered), asked.options
    assert not re.search("minute\\b|hour|morrow|today", " ".join(map(in_german, asked.options)))
