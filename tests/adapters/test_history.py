"""The playground's year of sample data: the same each time, written once, and worth a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from adapters.web import sample
from adapters.web.giving import stock
from adapters.web.history import write_history
from bot.causes.commands import ShowCauses
from bot.causes.decisions.rates import Verdict
from bot.causes.model import ReviewState
from bot.causes.review.reviews import reviews_since
from bot.causes.showing import causes_section, show_causes
from bot.directory.actors import Actor
from bot.directory.model import Person
from bot.gestures.model import Gesture, Grant
from bot.handoffs.model import Handoff
from bot.incidents.model import IncidentEvent
from bot.insights.building import build_report
from bot.insights.reporting import read_asked
from bot.say.aloud import plain_message
from bot.say.replies import Private
from bot.work.work import Work
from tests.fakes.clock import START

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from bot.insights.values import Report, Section
    from bot.store.database import Database


def live_a_year(session: Session) -> int:
    """Write the year, and again; count the handoffs."""
    sample.seed(session, START)
    stock(session, START)
    for _once_more in range(2):
        write_history(session, START)
    return session.scalar(select(func.count()).select_from(Handoff)) or 0


def report_of(session: Session, words: str) -> Report:
    work = Work(session, now=START, actor=Actor(organisation_id=1, person_id=None))
    period, team = read_asked(words, START.date(), work.organisation.zone)
    return build_report(work, period, team)


def test_a_year_of_sample_data_gives_a_supervisor_something_to_read(sqlite_alone: Database) -> None:
    """Friday afternoons stand out, one situation comes up more, and every section has its numbers."""
    count = sqlite_alone.write_now(live_a_year)
    month = sqlite_alone.write_now(lambda session: report_of(session, "last 30 days"))
    quarter = sqlite_alone.write_now(lambda session: report_of(session, "quarter"))

    assert 800 < count < 1400
    assert month.sentences[1].startswith("“Keep posted” is met more: ")
    assert month.sentences[2].startswith("On Monday: plan one more person for Friday from 16:00 to 17:00; ")
    assert [one.key for one in month.sections] == [
        "situations",
        "handoffs",
        "hours",
        "promises",
        "gestures",
        "playbooks",
    ]
    assert month.sections[-1].sentences[0].startswith("Fast fix: it was offered first and “")
    assert "no longer kept" in quarter.sections[0].sentences[-1] or "missing" in quarter.sections[0].sentences[-1]


def test_causes_of_the_sample_stand_in_its_reports_and_a_change_shows(sqlite_alone: Database) -> None:
    """What was named most is reviewed, and before and after say that it helped."""

    def reviewed(session: Session) -> tuple[Verdict | None, Section | None, str]:
        live_a_year(session)
        work = Work(session, now=START, actor=Actor(organisation_id=1, person_id=None))
        [review] = reviews_since(work, START)
        period, team = read_asked("quarter", START.date(), work.organisation.zone)
        found = review.before_after
        section = causes_section(work, period, team)
        review.review.state, review.review.ended_at = ReviewState.CLOSED, START
        listed = show_causes(ShowCauses(period="this month"), work)
        assert isinstance(listed, Private)
        return found.verdict if found is not None else None, section, plain_message(listed.message)

    verdict, section, listed = sqlite_alone.write_now(reviewed)

    assert verdict is Verdict.BETTER
    assert section is not None
    assert section.sentences[0].startswith("Wrong bill or charge was named most: ")
    assert "It helped: its share fell by" in section.sentences[-1]
    assert section.to_do.startswith("On Monday: ask Logistics about “Late or lost delivery”, named ")
    assert "Looked at, and closed:" in listed
    assert "Changed on " in listed
    assert "[Wrong bill or charge]" in listed
    assert "It helped: its share fell by" in listed


def test_the_sample_obeys_our_own_rules(sqlite_alone: Database) -> None:
    """Supervisors alone decide what is beyond a limit, and whoever told customers something said what."""

    def lived(session: Session) -> tuple[list[Grant], list[IncidentEvent], set[int], dict[int, Decimal]]:
        live_a_year(session)
        deciders = set(session.scalars(select(Person.id).where(Person.is_supervisor)))
        limits = {one.id: one.per_case for one in session.scalars(select(Gesture))}
        return list(session.scalars(select(Grant))), list(session.scalars(select(IncidentEvent))), deciders, limits

    grants, events, deciders, limits = sqlite_alone.write_now(lived)

    assert grants
    assert all(one.amount > 0 for one in grants)
    assert all(
        one.amount <= limits[one.gesture_id] if one.decided_by_id is None else one.decided_by_id in deciders
        for one in grants
    )
    assert all(one.words.whole and one.told_by_id is not None for one in events if one.told_at is not None)
    assert all(one.promise_at is not None and one.promise_at > one.at for one in events if one.kind == "opened")
