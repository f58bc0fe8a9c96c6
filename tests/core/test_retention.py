"""What is kept goes when its time has come, and docs/privacy.md says so."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import func, insert, select

from adapters.teams.about import about
from bot.delivery.model import Card, Notice
from bot.directory.model import Conversation, Person
from bot.directory.nobody import nobody_of
from bot.handoffs.model import Handoff, Hold, Offer
from bot.incidents.model import Incident, IncidentEvent
from bot.people.joining.merging import about_people
from bot.playbooks.model import Run
from bot.run.settings import Settings
from bot.store.database import Base
from bot.work.outcomes import erase_bodies
from bot.work.retention import AT_ONCE, CAUTIOUS, Retention
from migrations.tables import metadata
from tests.databases import SECRET
from tests.stage import Cast

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapper, Session

    from tests.stage import FakeStage

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


async def test_why_somebody_stepped_out_is_forgotten_before_that_they_did(stage: FakeStage) -> None:
    """The reason stays a month after the end, no longer; the handoff itself can still be counted."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 exhausted: no more today")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Done with it")
    for days, reason in ((29, True), (2, False)):
        await cast.later(hours=24 * days)
        await stage.program.ticker.tidy_up()
        [kept] = await stage.database.read(lambda session: session.scalars(select(Handoff)).all())

        assert (kept.reason_text is not None) is reason
        assert kept.taker_id is not None


async def test_years_of_messages_go_a_thousand_at_a_time(stage: FakeStage) -> None:
    """No transaction holds more rows than that, and one look goes on until nothing is left."""
    count, now = 2 * AT_ONCE + 1, stage.clock.now()

    def fill(session: Session) -> None:
        place = session.scalars(select(Conversation)).first()
        assert place is not None
        where = {"organisation_id": place.organisation_id, "conversation_id": place.id, "body": "words"}
        when = {"asked_at": now, "try_at": now, "ended_at": now, "state": "sent"}
        session.execute(insert(Notice), [{"subject": f"x:{number}", **where, **when} for number in range(count)])

    def worded(session: Session) -> int:
        return session.scalar(select(func.count()).where(Notice.body.is_not(None))) or 0

    await Cast(stage).ana.types("/calm")
    await stage.database.write(fill)
    stage.clock.move(timedelta(days=2))
    assert await stage.database.write(lambda session: erase_bodies(session, stage.clock.now())) is True
    assert await stage.database.read(worded) == count - AT_ONCE
    await stage.program.ticker.tidy_up()
    assert await stage.database.read(worded) == 0


async def test_nobody_can_tell_who_stepped_out_a_month_later(stage: FakeStage) -> None:
    """Neither the handoff, nor its messages, its hold, the next handoff of the case, nor whoever was not asked."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 exhausted: no more today")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse CASE-42 heated: it goes on")
    await cast.ben.types("/recuse cancel")
    for _hour in range(2):  # the second finds nothing more to do
        await cast.later(hours=24 * 31)
        await stage.program.ticker.tidy_up()
    people = {one.name: one.id for one in await _all(stage, Person)}
    handoffs, told = await _all(stage, Handoff), await _all(stage, Card) + await _all(stage, Notice)
    chats = {one.id: one.person_id for one in await _all(stage, Conversation)}
    about = [one for one in told if one.subject.kind in ("handoff", "offer", "hold", "taken", "care")]

    assert {one.requester_id for one in handoffs} == {one.started_by_id for one in handoffs} == {people["somebody"]}
    assert [one.wish_id for one in handoffs] == [None] * len(handoffs)
    assert all(one.started_at and one.rung for one in handoffs if one.taken_at)
    assert {one.person_id for one in await _all(stage, Hold)} <= {people["somebody"]}
    assert not await _all(stage, Offer)
    assert [(str(one.subject), chats[one.conversation_id]) for one in about] == []


async def test_who_was_asked_goes_too_where_whoever_stepped_out_was_erased(stage: FakeStage) -> None:
    """Nobody stands in for the one who stepped out already: those who were asked wait for no other reason."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 exhausted: no more today")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse CASE-42 heated: it goes on")
    await cast.omar.privately.presses("I take it")

    def erase(session: Session) -> None:
        for one in session.scalars(select(Handoff)):
            one.requester_id = one.started_by_id = nobody_of(session, one.organisation_id).id

    await stage.database.write(erase)
    for _month in range(2):  # what Omar has is closed in the first
        await cast.later(hours=24 * 31)
        await stage.program.ticker.tidy_up()
    told = await _all(stage, Card) + await _all(stage, Notice)
    people = {one.name: one.id for one in await _all(stage, Person)}

    assert not await _all(stage, Offer)
    assert [str(one.subject) for one in told if one.subject.kind in ("handoff", "offer", "taken", "care")] == []
    assert people["Ben"] not in {one.taker_id for one in await _all(stage, Handoff)}


async def test_whoever_has_the_case_of_somebody_erased_is_done_with_it(stage: FakeStage) -> None:
    """Nobody reads that it is over, and nothing fails for it."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 exhausted: no more today")
    await cast.ben.privately.presses("I take it")

    def erase(session: Session) -> None:
        for one in session.scalars(select(Handoff)):
            one.requester_id = one.started_by_id = nobody_of(session, one.organisation_id).id

    await stage.database.write(erase)
    answer = await cast.ben.types("/recuse done")

    assert "You're done with it" in answer.text


async def _all(stage: FakeStage, model: type[Any]) -> list[Any]:
    return list(await stage.database.read(lambda session: session.scalars(select(model)).all()))


async def test_who_used_which_playbook_is_forgotten(stage: FakeStage) -> None:
    """A run that ended goes after its time; it is nobody's business for ever."""
    cast = Cast(stage)
    await cast.ana.types("/calm restrain")
    await cast.ana.presses("Stop here")
    counts = []
    for days in (89, 2):
        await cast.later(hours=24 * days)
        await stage.program.ticker.tidy_up()
        counts.append(len(await stage.database.read(lambda session: session.scalars(select(Run)).all())))

    assert counts == [1, 0]


async def test_the_words_of_an_incident_go_a_year_after_its_end(stage: FakeStage) -> None:
    """Its record can still be opened, and says when things happened; an open one keeps its words."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev4 A secret title")
    await omar.types("/incident open sev4 Another one")
    await omar.types("/incident note 1 a secret note")
    await omar.types("/incident resolve 1 done")
    await cast.later(hours=24 * 366)
    await stage.program.ticker.tidy_up()
    over, still = await stage.database.read(
        lambda session: session.scalars(select(Incident).order_by(Incident.number)).all()
    )
    words = await stage.database.read(
        lambda session: session.scalars(
            select(IncidentEvent.words_text).where(IncidentEvent.incident_id == over.id)
        ).all()
    )
    shown = await omar.types("/incident history 1")

    assert (over.title, still.title) == ("…", "Another one")
    assert set(words) == {None}
    assert "secret" not in shown.text


async def test_why_somebody_is_away_is_forgotten_when_their_break_is_over(stage: FakeStage) -> None:
    """A break that ends by itself takes its reason with it, whether or not they say that they are back."""
    cast = Cast(stage)
    await cast.ana.types("/zanshin away 30m dentist")
    reasons = []
    for minutes in (29, 2):
        await cast.later(minutes=minutes)
        await stage.program.ticker.tidy_up()
        ana = await stage.database.read(
            lambda session: session.scalars(select(Person).where(Person.name == "Ana")).one()
        )
        reasons.append(ana.away_reason)

    assert reasons == ["dentist", None]


async def test_the_page_teams_links_to_tells_the_times_of_this_server() -> None:
    """An operator who keeps things longer, or shorter, is not contradicted by the page everybody reads."""
    kept = Retention(reasons=timedelta(days=7), runs=timedelta(days=1), incidents=timedelta(days=400))
    page = (await about(make_mocked_request("GET", "/teams/about"), retention=kept)).text or ""

    assert all(words in page for words in ("7 days after the end", ">1 day<", "400 days after the end"))


@pytest.mark.parametrize("table", [table.name for table in metadata().sorted_tables])
def test_the_page_names_every_table(table: str) -> None:
    """Whoever adds a table says in docs/privacy.md what it keeps, who reads it, and how long."""
    assert f"`{table}`" in PAGE, f"docs/privacy.md does not name {table}: give it a row."


# Rows that name somebody and are no news to them, and why.
NOT_TOLD = {
    "boards": "a board they have open",
    "codes": "a code they asked for, a day",
    "conversations": "their direct chat",
    "decisions": "the trail, which only whoever runs the server reads",
    "grant_asks": "who was asked about a gesture while it waits",
    "homes": "their Home",
    "inbox": "ten minutes",
    "own_versions": "told of with the playbook",
    "wrong_codes": "a code that was none, a day",
}


@pytest.mark.parametrize("row", sorted(Base.registry.mappers, key=str), ids=lambda row: row.class_.__name__)
def test_whoever_asks_is_told_of_every_row_that_names_them(row: Mapper[Any]) -> None:
    """`/zanshin privacy` counts whatever is kept about somebody, or there is a reason not to."""
    naming = {table.name for table, _column in about_people()} & {table.name for table in row.tables}
    told = any(f"{row.class_.__name__}." in path.read_text() for path in ROOT.glob("bot/**/kept.py"))

    for table in naming - NOT_TOLD.keys() if not told else ():
        pytest.fail(f"/zanshin privacy says nothing of {table}: count it in kept.py of its domain, or say why not.")


def test_the_page_names_the_defaults() -> None:
    """The times on the page are the ones of the settings."""
    settings = Settings(database_url="sqlite:///zanshin.db", secret_key=SECRET)
    said = {name.lower(): int(days) for days, name in re.findall(r"(\d+) days[^|]*?\(`ZANSHIN_(\w+)`\)", PAGE)}

    assert said == {name: getattr(settings, name) for name in said}
    assert said.keys() == {name for name in Settings.model_fields if name.startswith("keep_")}
    assert settings.retention == CAUTIOUS
    assert CAUTIOUS.reasons == timedelta(days=said["keep_reasons_days"])
