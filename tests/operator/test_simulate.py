"""The day to come if nobody does anything: played on a copy by the same decisions, with nothing written or sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.delivery.model import Card, Notice
from bot.errors import WrongUse
from bot.incidents.model import Incident
from bot.run.operating.days import day_of
from bot.run.operating.repeats import in_groups
from bot.run.operating.scratch import scratch_of
from bot.run.operating.simulating import Said, simulate
from bot.run.settings import Settings
from bot.store.seal import WrongKey
from tests.databases import SECRET
from tests.fakes.clock import FakeClock
from tests.stage import Cast, FakeStage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.store.database import Database

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 28, 22, 30, tzinfo=UTC)  # 23:30 in Berlin


def state_of(session: Session) -> list[object]:
    return [
        session.execute(select(Incident.stage, Incident.next_due_at)).all(),
        *(session.scalar(select(func.count()).select_from(kind)) for kind in (Card, Notice)),
    ]


async def test_an_incident_nobody_looks_after_is_said_to_more_and_more_people(stage: FakeStage) -> None:
    """The owner is warned, then the channel, then supervisors; the database stays as it was, and nothing is sent."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev1 Cards fail")
    await stage.settle()
    before, posts = await stage.database.read(state_of), len(stage.messenger.posts)
    now = stage.clock.now()
    with scratch_of(Settings(database_url=stage.database.url, secret_key=SECRET)) as scratch:
        said = await simulate(
            scratch, Settings(database_url=scratch.url, secret_key=SECRET), now, (now, now + timedelta(hours=2))
        )
    nags = [(one.at - now, one.place) for one in said if one.about == "nag"]

    assert nags[0][1] == "@Omar"
    assert nags[1] == (timedelta(minutes=20), "#incidents")
    assert any(place == "@Sofia" for _at, place in nags)
    assert [one.at for one in said] == sorted(one.at for one in said)
    assert "Cards" not in repr(said)
    assert (await stage.database.read(state_of), len(stage.messenger.posts)) == (before, posts)


async def test_a_search_nobody_answers_lets_people_sleep(stage: FakeStage) -> None:
    """Where nobody has hours everybody is asked around the clock: by night once an hour, and never not at all."""
    await Cast(stage).ana.types("/recuse CASE-42 technical: the router is down")
    await stage.settle()
    now = stage.clock.now()
    settings = Settings(database_url=stage.database.url, secret_key=SECRET)
    with scratch_of(settings) as scratch:
        there = Settings(database_url=scratch.url, secret_key=SECRET)
        said = await simulate(scratch, there, now, (now, now + timedelta(hours=24)))
    offers = [one.at for one in said if one.about == "offer" and one.place == "@Sofia"]
    apart = {later - earlier for earlier, later in pairwise(at for at in offers if at > now + timedelta(hours=6))}

    assert apart == {timedelta(hours=1)}
    assert offers[-1] > now + timedelta(hours=22)
    assert len(offers) < 60


async def test_without_the_key_of_what_is_stored_nothing_is_played(stage: FakeStage) -> None:
    """One sentence says what is wrong and what to name, instead of a failure for everything that is due."""
    await Cast(stage).omar.in_("incidents").types("/incident open sev1 Cards fail")
    await stage.settle()
    now, another = stage.clock.now(), "another key, as long as it has to be"
    settings = Settings(database_url=stage.database.url, secret_key=another)
    with scratch_of(settings) as scratch, pytest.raises(WrongKey, match="ZANSHIN_OLD_SECRET_KEYS"):
        await simulate(
            scratch, Settings(database_url=scratch.url, secret_key=another), now, (now, now + timedelta(hours=2))
        )


async def test_a_quiet_day_is_empty(sqlite_alone: Database) -> None:
    """Where nothing is due, nothing is sent."""
    now = FakeClock().now()
    settings = Settings(database_url=sqlite_alone.url, secret_key=SECRET)
    with scratch_of(settings) as scratch:
        assert await simulate(scratch, settings, now, (now, now + timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("minutes", "then"),
    [
        ((0,), ""),
        ((0, 30), "then 00:00"),
        ((0, 30, 60, 90), "then every 30 min until 01:00, 3 more"),
        ((0, 0.5, 1), "then every 30 s until 23:31, 2 more"),
        ((0, 30, 45, 90), "then until 01:00, 3 more"),
    ],
)
def test_repeats_of_one_message_to_one_place_are_one_line(minutes: tuple[float, ...], then: str) -> None:
    """With its rhythm, if it has one; what is said elsewhere, or of something else, keeps a line of its own."""
    said = [
        Said(at=NOW + timedelta(minutes=at), platform="slack", place="#support", about="nag", number="1")
        for at in minutes
    ]
    others = [replace(said[0], place="@Ben"), replace(said[0], number="2")]
    drawn = in_groups([*others, *said])

    assert [one.then(BERLIN) for one in drawn] == [then, "", ""]
    assert [one.first for one in drawn] == sorted({*others, said[0]})


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("today", NOW, datetime(2026, 11, 28, 23, tzinfo=UTC)),
        ("2026-11-28", NOW, datetime(2026, 11, 28, 23, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 11, 28, 23, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC)),
        ("2026-12-24", datetime(2026, 12, 23, 23, tzinfo=UTC), datetime(2026, 12, 24, 23, tzinfo=UTC)),
    ],
)
def test_a_day_is_one_of_its_zone(words: str, begins: datetime, ends: datetime) -> None:
    """From its midnight, or from now, to the next midnight there."""
    assert day_of(words, NOW, BERLIN) == (begins, ends)


@pytest.mark.parametrize("words", ["2026-11-27", "2027-11-28", "someday", ""])
def test_a_day_that_cannot_be_played_is_said(words: str) -> None:
    """What is over, too far away or no day at all."""
    with pytest.raises(WrongUse):
        day_of(words, NOW, BERLIN)
