"""Times by the clock of a place: read in its zone, asked back where it is not known, and never left out."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.typing.times.moments import AskBack, Moment, Why, WorkingDay, read_moment, split_moment
from bot.typing.times.places import CLOCKS, PLACES, zone_of_place
from bot.typing.times.starts import split_start
from bot.typing.times.until import Until, split_until

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
READ = partial(read_moment, now=NOW, zone=ZoneInfo("UTC"), day=WorkingDay())
ABBREVIATED = ("et", "ct", "mt", "pt")
SPLIT = partial(split_moment, now=NOW, zone=ZoneInfo("UTC"), day=WorkingDay())


def shown(found: Moment | AskBack | None) -> str | Why | None:
    if isinstance(found, Moment):
        return f"{found.at:%d %H:%M}"
    return found.why if found else None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("16:00 Berlin", "24 15:00"),
        ("16:00 (Berlin)", "24 15:00"),
        ("16:00 in Berlin", "24 15:00"),
        ("1600 Berlin", "24 15:00"),
        ("16:00 Europe/Berlin", "24 15:00"),
        ("16:00 Berlin time", "24 15:00"),
        ("Berlin time 16:00", "24 15:00"),
        ("16 Uhr Berliner Zeit", "24 15:00"),
        ("16 Uhr in Wien", "24 15:00"),
        ("16:00 deutscher Zeit", "24 15:00"),
        ("14:00 Zürcher Zeit", "24 13:00"),
        ("14:00 Paris, France", "24 13:00"),
        ("10:25 London time", "24 10:25"),
        ("4 p.m. London", "24 16:00"),
        ("4pm UK time", "24 16:00"),
        ("noon New York time", "24 17:00"),
        ("3pm ET", "24 20:00"),
        ("3pm PT", "24 23:00"),
        ("3pm New York", "24 20:00"),
        ("3pm Eastern", "24 20:00"),
        ("3pm Eastern Standard Time", "24 20:00"),
        ("9am california time", "24 17:00"),
        ("tomorrow 9am London", "25 09:00"),
        ("tomorrow 9 London time", "25 09:00"),
        ("9am tomorrow Tokyo time", "25 00:00"),
        ("EOD New York time", "24 22:00"),
        ("20:00 India", "24 14:30"),
        ("16:00 our time", "24 16:00"),
        ("tomorrow 9 Berlin", "25 08:00"),
        ("morgen 9 Berlin", "25 08:00"),
        ("morgen um 9 Berlin", "25 08:00"),
        ("Friday 15 Berlin", "27 14:00"),
        ("Freitag 15 Berlin", "27 14:00"),
        ("until Monday 9 Berlin", "30 08:00"),
        ("by 16 Berlin", "24 15:00"),
        ("16:00 SAST", "24 14:00"),
        ("1pm WAT", "24 12:00"),
        ("4pm Mountain", "24 23:00"),
        ("4pm Central", "24 22:00"),
        ("11:20 MEZ", "24 10:20"),
        ("11:20 Uhr MEZ", "24 10:20"),
        ("16:00 Manchester", "24 16:00"),
        ("16:00 local", Why.OTHER_ZONE),
        ("9:00 Berlin time", Why.NOT_AHEAD),
        ("14:00 their time", Why.OTHER_ZONE),
        ("14:00 customer's time", Why.OTHER_ZONE),
        ("14:00 Atlantis time", Why.OTHER_ZONE),
        ("14:00 US time", Why.OTHER_ZONE),
        ("14:00 Ortszeit", Why.OTHER_ZONE),
        ("14:00 local time there", Why.OTHER_ZONE),
        ("14:00 Nowhere/Land", Why.UNCLEAR),
        ("14:00 family time", Why.UNCLEAR),
    ],
)
def test_a_time_of_a_place_is_read_by_its_clock(words: str, meant: str | Why) -> None:
    """Whoever names a place means the time on the wall there."""
    assert shown(READ(words)) == meant


@pytest.mark.parametrize("name", [*CLOCKS, *ABBREVIATED])
def test_every_place_is_there_and_what_is_offered_is_read_back(name: str) -> None:
    """No name leads to a zone that doesn't exist, and a time we write with it is read as the same."""
    typed = f"23:59 {name}" if name in (*PLACES, *ABBREVIATED) else f"23:59 {name} time"
    found = READ(typed)
    zone = zone_of_place(name)

    assert isinstance(found, Moment)
    assert zone is None or READ(f"23:59 {zone[1]}") == found


@pytest.mark.parametrize(
    ("line", "rest", "meant"),
    [
        ("We look. Next update 10:25 London time", "We look.", "24 10:25"),
        ("We look. Next update 11:25 Berlin", "We look.", "24 10:25"),
        ("We look. Next update at 3pm ET.", "We look.", "24 20:00"),
        ("Wir sehen nach. Nächstes Update 16 Uhr Berliner Zeit", "Wir sehen nach.", "24 15:00"),
        ("We look. Next update 14:00 Atlantis time", "We look.", Why.OTHER_ZONE),
        ("Wir sehen nach. Nächste Meldung um 11:20 Uhr MEZ", "Wir sehen nach.", "24 10:20"),
        ("We look. Next update by 11:20 CET or sooner", "We look.", "24 10:20"),
        ("We look. Next update at 11:20 CET and then hourly", "We look.", "24 10:20"),
        ("We look. Next update 11:20 CET, then every hour", "We look.", "24 10:20"),
        ("We look. Next update 11:20, then every 30 minutes.", "We look.", "24 11:20"),
        ("We look. Next update in half an hour, sooner if we can", "We look.", "24 10:30"),
        ("Wir sehen nach. Nächste Meldung um 11:20, danach stündlich", "Wir sehen nach.", "24 11:20"),
        ("Wir sehen nach. Nächste Meldung in 20 Minuten oder früher", "Wir sehen nach.", "24 10:20"),
        ("We look. Pages load in 90 seconds", "We look. Pages load in 90 seconds", None),
        ("Next update at 13:00. London shops are open.", "London shops are open.", "24 13:00"),
    ],
)
def test_an_update_ends_in_the_time_of_a_place(line: str, rest: str, meant: str | Why | None) -> None:
    """Customers never read a place without its time."""
    words, found = SPLIT(line)

    assert (words, shown(found)) == (rest, meant)


@pytest.mark.parametrize(
    ("line", "meant", "why"),
    [
        ("until 2pm Berlin time", "24 13:00", ""),
        ("lunch until 16:00 Berlin", "24 15:00", "lunch"),
        ("bis 14 Uhr Londoner Zeit", "24 14:00", ""),
        ("until 16:00 Berlin because the vendor sits there", "24 15:00", "the vendor sits there"),
        ("until 16:00 Berlin, office move", "24 15:00", "office move"),
        ("until 16:00 London office move", "24 16:00", "London office move"),
        ("until 16:00 Berlin office move", Why.OTHER_ZONE, "office move"),
        ("until 16:00 Atlantis time", Why.OTHER_ZONE, ""),
        ("until Monday 9 Berlin", "30 08:00", ""),
        ("bis Montag 9 Berlin", "30 08:00", ""),
        ("until 16:00 NPT", Why.OTHER_ZONE, ""),
        ("until 16:00 VIP call", "24 16:00", "VIP call"),
        ("30m Berlin trip", "24 10:30", "Berlin trip"),
    ],
)
def test_an_end_is_by_the_clock_of_a_place(line: str, meant: str | Why, why: str) -> None:
    """A place behind an end is its clock, or a part of the reason; where that makes a difference, it is asked."""
    found = split_until(line, READ)

    assert (shown(found.at), found.why) == (meant, why)


def test_both_readings_of_a_place_are_offered() -> None:
    """Our own clock comes first, and each offer is understood."""
    assert split_until("until 16:00 Berlin office move", READ) == Until(
        AskBack(Why.OTHER_ZONE, ("16:00", "16:00 Berlin time")), "until 16:00 Berlin", "office move"
    )


@pytest.mark.parametrize(
    ("line", "starts", "title", "meant"),
    [
        ("16:00 Berlin time Database upgrade", "16:00 Berlin time", "Database upgrade", "24 15:00"),
        ("Database upgrade 16:00 Berlin", "16:00 Berlin", "Database upgrade", None),
        ("16:00 London office moves", "16:00", "London office moves", "24 16:00"),
        ("16:00 Berlin office moves", "16:00 Berlin", "office moves", None),
    ],
)
def test_what_is_planned_begins_by_the_clock_of_a_place(line: str, starts: str, title: str, meant: str | None) -> None:
    """The title never keeps the place of a time; a place that may begin the title is asked about."""
    words, rest, begins = split_start(line, READ, SPLIT)

    assert (words, rest, shown(begins)) == (starts, title, meant)
