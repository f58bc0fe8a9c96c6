"""The time of the next update, as people type it: right or asked back, in many zones, over both clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typing.times.moments import FURTHEST, AskBack, Moment, Why, WorkingDay, explain, read_moment, split_moment
from tests.examples import tried
from tests.typing.one_liners import SPLIT, SPLIT_ASKED, WHOLE
from tests.typing.phrases import ASKED, READ

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DUBLIN, NEW_YORK, LORD_HOWE, KOLKATA = (
    ZoneInfo(name) for name in ("Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
)
DAY = WorkingDay()
ZONES = (
    "UTC",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Casablanca",
    "America/New_York",
    "America/Chicago",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
nows = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  aware at once
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
days = st.just(DAY) | st.builds(WorkingDay, hours, hours)
WORDS = sorted({word for phrase, *_rest in (*READ, *ASKED) for word in phrase.split()})
typed = (
    st.sampled_from([phrase for phrase, *_rest in (*READ, *ASKED)])
    | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
    | st.text(max_size=60)
)


def read(words: str, now: datetime = NOW, zone: ZoneInfo = DUBLIN, day: WorkingDay = DAY) -> Moment | AskBack:
    return read_moment(words, now=now, zone=zone, day=day)


def split(words: str) -> tuple[str, Moment | AskBack | None]:
    return split_moment(words, now=NOW, zone=DUBLIN, day=DAY)


def shown(found: Moment | AskBack | None) -> str:
    """Write a moment as the tables do."""
    assert isinstance(found, Moment), found
    ends = [at for at in (found.earliest, found.at) if at]
    return " - ".join(f"{at.day} {at:%b %H:%M}" for at in ends)


def check(found: Moment, now: datetime) -> None:
    assert now < found.at <= now + FURTHEST
    assert found.at.tzinfo is UTC
    assert found.earliest is None or now < found.earliest <= found.at


@pytest.mark.parametrize(("phrase", "meant"), READ)
def test_a_time_is_read_as_it_is_meant(phrase: str, meant: str) -> None:
    """Whatever people type for a time that is clear becomes that time, to the minute."""
    assert shown(read(phrase)) == meant


@pytest.mark.parametrize(("phrase", "why", "options"), ASKED)
def test_a_doubtful_time_is_asked_back(phrase: str, why: Why, options: tuple[str, ...]) -> None:
    """What is vague, ambiguous, past or impossible is never guessed, and comes back with phrases that work."""
    assert read(phrase) == AskBack(why, options)


def test_the_tables_are_long_and_say_nothing_twice() -> None:
    """At least 140 phrases are tried, each once, and every reason to ask is met."""
    phrases = [phrase for phrase, *_rest in (*READ, *ASKED)]

    assert len(phrases) == len(set(phrases)) >= 140
    assert {why for _phrase, why, _options in ASKED} == set(Why) - {Why.SKIPPED, Why.BEGINS, Why.SEVERAL}


@pytest.mark.parametrize(
    ("zone", "now", "phrase", "meant"),
    [
        # Spring: the hour from 1:00 in Dublin, from 2:00 in New York, and half an hour from 2:00 on Lord Howe.
        (DUBLIN, "2027-03-28 00:15", "00:30", "28 Mar 00:30"),
        (DUBLIN, "2027-03-28 00:15", "02:00", "28 Mar 01:00"),
        (DUBLIN, "2027-03-28 00:15", "in 1 hour", "28 Mar 01:15"),
        (DUBLIN, "2027-03-28 00:15", "between 00:30 and 02:30", "28 Mar 00:30 - 28 Mar 01:30"),
        (DUBLIN, "2027-03-28 00:15", "between 01:30 and 02:30", "28 Mar 01:00 - 28 Mar 01:30"),
        (DUBLIN, "2027-03-27 12:00", "first thing tomorrow", "28 Mar 08:00"),
        (DUBLIN, "2027-03-27 12:00", "midnight", "28 Mar 00:00"),
        (NEW_YORK, "2027-03-14 05:00", "01:59", "14 Mar 06:59"),
        (NEW_YORK, "2027-03-14 05:00", "03:00", "14 Mar 07:00"),
        (LORD_HOWE, "2026-10-03 14:00", "01:59", "3 Oct 15:29"),
        (LORD_HOWE, "2026-10-03 14:00", "02:30", "3 Oct 15:30"),
        (KOLKATA, "2027-03-27 20:00", "02:30", "27 Mar 21:00"),
        # Autumn: what comes twice means the first, unless only the second is ahead.
        (DUBLIN, "2026-10-24 23:15", "01:30", "25 Oct 00:30"),
        (DUBLIN, "2026-10-25 00:40", "01:30", "25 Oct 01:30"),
        (DUBLIN, "2026-10-25 00:40", "01:45", "25 Oct 00:45"),
        (DUBLIN, "2026-10-24 23:15", "in 2 hours", "25 Oct 01:15"),
        (DUBLIN, "2026-10-24 12:00", "tomorrow 02:00", "25 Oct 02:00"),
        (DUBLIN, "2026-10-24 12:00", "end of day tomorrow", "25 Oct 17:00"),
        (NEW_YORK, "2026-11-01 04:00", "01:30", "1 Nov 05:30"),
        (NEW_YORK, "2026-11-01 04:00", "02:30", "1 Nov 07:30"),
        (LORD_HOWE, "2027-04-03 13:00", "01:45", "3 Apr 14:45"),
        (LORD_HOWE, "2027-04-03 13:00", "02:00", "3 Apr 15:30"),
        (KOLKATA, "2026-10-24 20:00", "02:30", "24 Oct 21:00"),
        # Names of zones.
        (DUBLIN, "2026-07-01 10:00", "14:30", "1 Jul 13:30"),
        (DUBLIN, "2026-07-01 10:00", "14:30 GMT", "1 Jul 14:30"),
        (DUBLIN, "2026-07-01 10:00", "14:30 IST", "1 Jul 13:30"),
        (KOLKATA, "2026-07-01 10:00", "17:30 IST", "1 Jul 12:00"),
        (KOLKATA, "2026-11-24 21:30", "22:00 UTC", "24 Nov 22:00"),
        (KOLKATA, "2026-11-24 21:30", "14:30 UTC", "25 Nov 14:30"),
        (NEW_YORK, "2026-11-25 01:00", "14:30 UTC", "25 Nov 14:30"),
    ],
)
def test_times_are_those_of_the_wall_clock(zone: ZoneInfo, now: str, phrase: str, meant: str) -> None:
    """A time is the one on the wall of whoever types it, in summer, in winter and in the nights between."""
    assert shown(read(phrase, datetime.fromisoformat(now).replace(tzinfo=UTC), zone)) == meant


@pytest.mark.parametrize(
    ("zone", "now", "phrase", "gap", "option"),
    [
        (DUBLIN, "2027-03-28 00:15", "01:30", (1, 0, 2, 0), "02:00"),
        (DUBLIN, "2027-03-27 12:00", "tomorrow 01:00", (1, 0, 2, 0), "tomorrow 02:00"),
        (DUBLIN, "2027-03-20 12:00", "28 Mar 01:59", (1, 0, 2, 0), "28 Mar 02:00"),
        (NEW_YORK, "2027-03-14 05:00", "02:30", (2, 0, 3, 0), "03:00"),
        (NEW_YORK, "2027-03-14 05:00", "between 01:00 and 02:30", (2, 0, 3, 0), "03:00"),
        (LORD_HOWE, "2026-10-03 14:00", "02:15", (2, 0, 2, 30), "02:30"),
    ],
)
def test_a_time_that_the_clocks_skip_is_asked_back(
    zone: ZoneInfo, now: str, phrase: str, gap: tuple[int, int, int, int], option: str
) -> None:
    """On the night the clocks go forward, the gap is named and the time just after it offered."""
    ask = read(phrase, datetime.fromisoformat(now).replace(tzinfo=UTC), zone)

    assert ask == AskBack(Why.SKIPPED, (option,), (time(*gap[:2]), time(*gap[2:])))
    assert f"{gap[0]:02}:{gap[1]:02} straight to {gap[2]:02}:{gap[3]:02}" in explain(ask)


@pytest.mark.parametrize(
    ("zone", "now", "phrase", "options"),
    [
        (KOLKATA, "2026-11-24 21:30", "tomorrow 14:30 UTC", ("25 Nov 14:30 UTC", "26 Nov 14:30 UTC")),
        (NEW_YORK, "2026-11-25 01:00", "tomorrow 14:30 UTC", ("25 Nov 14:30 UTC", "26 Nov 14:30 UTC")),
    ],
)
def test_tomorrow_must_be_the_same_day_in_both_zones(
    zone: ZoneInfo, now: str, phrase: str, options: tuple[str, ...]
) -> None:
    """While UTC has another date than the typist, a day that is named is asked back."""
    assert read(phrase, datetime.fromisoformat(now).replace(tzinfo=UTC), zone) == AskBack(Why.WHICH_DAY, options)


@pytest.mark.parametrize(
    ("now", "phrase", "meant"),
    [
        ("2026-11-24 23:00", "end of day", "25 Nov 06:00"),
        ("2026-11-25 02:00", "end of day", "25 Nov 06:00"),
        ("2026-11-25 10:00", "end of day", "26 Nov 06:00"),
        ("2026-11-25 10:00", "before we open", "25 Nov 22:00"),
        ("2026-11-25 02:00", "end of day tomorrow", "27 Nov 06:00"),
        ("2026-11-25 23:00", "between 23:30 and 01:00", "25 Nov 23:30 - 26 Nov 01:00"),
        ("2026-11-26 00:30", "between 23:30 and 01:00", "26 Nov 01:00"),
    ],
)
def test_a_night_shift_ends_in_the_morning(now: str, phrase: str, meant: str) -> None:
    """For those who work from 22:00 to 6:00, the day in which they are ends first."""
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert shown(read(phrase, at, DUBLIN, WorkingDay(time(22), time(6)))) == meant


@pytest.mark.parametrize(("text", "rest", "meant"), SPLIT)
def test_a_time_is_taken_off_the_end_of_an_update(text: str, rest: str, meant: str) -> None:
    """An update in one line falls into what is said and when more will be."""
    left, found = split(text)

    assert (left, shown(found)) == (rest, meant)


@pytest.mark.parametrize(("text", "rest", "why"), SPLIT_ASKED)
def test_a_doubtful_time_at_the_end_is_asked_back(text: str, rest: str, why: Why) -> None:
    """A time meant as such is asked back, not taken for a part of the sentence."""
    left, found = split(text)

    assert isinstance(found, AskBack)
    assert (left, found.why) == (rest, why)


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_no_time_stays_in_the_update(text: str) -> None:
    """Shops, shares, prices and times gone by are left where they stand."""
    assert split(f" {text} ") == (text, None)


@pytest.mark.parametrize("why", Why)
def test_every_question_is_explained(why: Why) -> None:
    """Each reason has its sentence, with the phrases that work, and none is left with a gap in it."""
    said = explain(AskBack(why, ("14:30", "in 1 hour"), (time(2), time(3)) if why is Why.SKIPPED else None))

    assert said.endswith(" For example: 14:30, in 1 hour.")
    assert "{" not in said
    assert len({explain(AskBack(one)) for one in Why}) == len(Why)


@tried(400)
@given(typed, nows, zones, days)
def test_a_moment_is_ahead_and_every_offer_is_understood(
    words: str, now: datetime, zone: ZoneInfo, day: WorkingDay
) -> None:
    """Any words at all become a moment within 14 days, or up to three phrases that do."""
    found = read(words, now, zone, day)
    if isinstance(found, Moment):
        check(found, now)
    else:
        assert 1 <= len(found.options) <= 3
        for option in found.options:
            offered = read(option, now, zone, day)
            assert isinstance(offered, Moment), option
            check(offered, now)


@pytest.mark.parametrize("words", ["1.1.", "until 1.12.", "bis zum 3.", "am 28.11."])
def test_spaces_before_a_day_with_dots_change_nothing(words: str) -> None:
    """Whatever stands around it was pasted."""
    assert read(f"\t {words.replace(' ', '   ')}\n") == read(words)


@tried(200)
@given(typed.filter(lambda words: str(words).isascii()), nows, zones)
def test_spaces_and_case_change_nothing(words: str, now: datetime, zone: ZoneInfo) -> None:
    """People in a hurry type as they like."""
    assert read(f"\t {'   '.join(words.split(' '))}\n", now, zone) == read(words, now, zone)
    assert read(words.upper(), now, zone) == read(words, now, zone) == read(words.lower(), now, zone)


@tried(400)
@given(st.times(), nows, zones, st.sampled_from(["", "tomorrow ", "by "]))
def test_a_time_of_day_is_shown_as_it_was_typed(wall: time, now: datetime, zone: ZoneInfo, before: str) -> None:
    """What is read as a time of day stands on that wall clock at that moment, in 30 zones, all year."""
    found = read(f"{before}{wall:%H:%M}", now, zone)
    if isinstance(found, Moment):
        assert f"{found.at.astimezone(zone):%H:%M}" == f"{wall:%H:%M}"
    else:
        assert found.why in (Why.NOT_AHEAD, Why.SKIPPED)


@tried(200)
@given(typed, typed, st.sampled_from([". ", ", ", " - ", " ", " by ", ". Next update ", " in ", " until "]))
def test_a_split_loses_no_words_before_the_time(said: str, words: str, between: str) -> None:
    """Whatever is left was typed, in that order, and is all of it if no time was found."""
    text = f"{said}{between}{words}"
    rest, found = split(text)

    letters = iter(text)
    assert all(letter in letters for letter in rest if not letter.isspace())
    assert found is not None or rest == text.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "-",
        "1",
        "in ",
        "by ",
        "1 - ",
        "next update ",
        "and ",
        "x. ",
        "half ",
        "we'll ",
        "end of the ",
        "½",
        "'",
    ],
)
def test_long_texts_are_read_at_once(piece: str) -> None:
    """No text of 4,000 characters makes us think long."""
    text = (piece * 4000)[:4000]
    started = process_time()
    read(text)
    for end in ("", ". Next update by 14:30", " 14:30"):
        split(text[: 4000 - len(end)] + end)

    assert process_time() - started < 1


def test_now_may_be_any_moment() -> None:
    """Seconds are kept for lengths, and a time of day is that of the full minute."""
    now = NOW + timedelta(seconds=42, microseconds=7)

    assert read("in 30m", now) == Moment(now + timedelta(minutes=30))
    assert read("10:01", now) == Moment(NOW + timedelta(minutes=1))
