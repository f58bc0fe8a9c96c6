"""Care: heated cases are counted for whoever meets them, and after many in a day somebody is asked whether to go on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from bot.afterwards import cards
from bot.afterwards.commands import AskForCare, AskMeAgain, ChangeCare, CountHeat, ShowWeek, SpareMe
from bot.afterwards.decisions.care import (
    Heated,
    after_recuse,
    after_words,
    day_of,
    is_much,
    spared_until,
    spread,
    week_of,
)
from bot.afterwards.model import CareSettings, HeatedDay
from bot.directory.model import Person
from bot.directory.roster import team
from bot.handoffs.commands import Recuse, WriteNote
from bot.handoffs.model import Handoff, HandoffState, Reason
from bot.ports import Subject
from bot.say.replies import Done, OpenForm, Private, Reply
from bot.typing.command import Command, Need
from bot.work.domain import Domain
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.say.messages import Part

HOT = (Reason.HEATED, Reason.ATTACK, Reason.SAFETY)  # reasons that are about heat


def words_were_heated(work: Work) -> None:
    """Have it counted, once the answer is given, that somebody looks for help with heated words."""
    if work.actor.on_team:
        work.then.append(CountHeat())


def minding(domain: Domain) -> Domain:
    """Mind whoever steps out of a case because of its heat."""
    kept = {one: _minding(act) if one in (Recuse, WriteNote) else act for one, act in domain.use_cases.items()}
    return replace(domain, use_cases=kept)


def _minding(act: Callable[[Any, Work], Reply]) -> Callable[[Any, Work], Reply]:
    @wraps(act)
    def acts(command: Command, work: Work) -> Reply:
        reply = act(command, work)
        if getattr(command, "reason", None) in HOT and not getattr(command, "on_behalf_of", "") and work.actor.on_team:
            _count(work, after=lambda heated, _recused: after_recuse(heated, work.now))
        return reply

    return acts


def count_heat(_command: CountHeat, work: Work) -> Reply:
    """Count heated words of one day: neither the words nor the case."""
    _count(work, after=lambda heated, recused: after_words(heated, recused, work.now))
    return Done()


def _count(work: Work, after: Callable[[Heated, Sequence[datetime]], Heated]) -> None:
    if not _counts(work):
        return
    me = work.me()
    began = day_of(work.now, me.zone_in(work.organisation))
    row, recused = _day(work, me, began)
    before = Heated(row.count, row.last_at) if row is not None else Heated()
    heated = after(before, recused)
    much = is_much(heated, len(recused)) and (row is None or row.told_at is None)
    if row is None and (heated != before or much):
        row = HeatedDay(organisation_id=me.organisation_id, person_id=me.id, began_at=began, count=0)
        work.session.add(row)
    if row is None:
        return
    row.count, row.last_at = heated.count, heated.last_at
    if much:
        row.told_at = work.now
        until = spared_until(me.shifts, me.zone_in(work.organisation), work.now)
        work.tell(Subject.of("rest", me.id), me, partial(cards.care.that_was_much, until), lasts=until - work.now)


def _day(work: Work, me: Person, began: datetime) -> tuple[HeatedDay | None, list[datetime]]:
    """Find what somebody's day has counted, and when they stepped out of a case because of its heat."""
    counted = (HeatedDay.person_id == Person.id) & (HeatedDay.began_at == began)
    out_of = (Handoff.requester_id == Person.id) & (Handoff.started_at >= began)
    rows = work.session.execute(
        select(HeatedDay, Handoff.started_at, Handoff.reason_text)
        .select_from(Person)
        .outerjoin(HeatedDay, counted)
        .outerjoin(Handoff, out_of & (Handoff.state != HandoffState.CANCELLED))
        .where(Person.id == me.id)
    ).all()
    return rows[0][0], [at for _row, at, reason in rows if reason in HOT]


def _counts(work: Work) -> bool:
    found = work.settings(CareSettings)
    return found is None or found.counted


def _recused(work: Work, since: datetime, *where: object) -> list[tuple[int, datetime]]:
    """List who stepped out of a case because of its heat, and when."""
    rows = work.session.execute(
        select(Handoff.requester_id, Handoff.started_at, Handoff.reason_text).where(
            Handoff.organisation_id == work.actor.organisation_id,
            Handoff.started_at >= since,
            Handoff.state != HandoffState.CANCELLED,
            *where,  # type: ignore[arg-type]
        )
    )
    return [(person, at) for person, at, reason in rows if reason in HOT]


def show_week(_command: ShowWeek, work: Work) -> Reply:
    """Show somebody their own week, and supervisors the spread of the team."""
    if not _counts(work):
        return work.answer(cards.care.switched_off())
    me = work.me()
    mine = _cases(work, week_of(work.now, me.zone_in(work.organisation)), me)[me.id]
    team_spread, is_lead = None, may(work.actor, Need.SUPERVISOR)
    if is_lead:
        agents = [one.id for one in team(work.session, me.organisation_id) if one.is_agent]
        counts = _cases(work, week_of(work.now, work.organisation.zone))
        team_spread = spread([counts[one] for one in agents])
    return work.answer(cards.care.week(mine, team_spread, is_lead=is_lead))


def _cases(work: Work, since: datetime, person: Person | None = None) -> Counter[int]:
    """Count the heated cases since a day began, by person."""
    words = select(HeatedDay.person_id, HeatedDay.count).where(
        HeatedDay.organisation_id == work.actor.organisation_id, HeatedDay.began_at >= since
    )
    theirs = () if person is None else (Handoff.requester_id == person.id,)
    found: Counter[int] = Counter()
    for person_id, count in work.session.execute(
        words if person is None else words.where(HeatedDay.person_id == person.id)
    ):
        found[person_id] += count
    for person_id, _at in _recused(work, since, *theirs):
        found[person_id] += 1
    return found


def spare_me(_command: SpareMe, work: Work) -> Reply:
    """Skip somebody when cases look for a taker, for the rest of their shift; nobody reads why."""
    me = work.me()
    me.spared_until = spared_until(me.shifts, me.zone_in(work.organisation), work.now)
    work.board_changed()
    return work.answer(cards.care.spared(me.spared_until))


def ask_me_again(_command: AskMeAgain, work: Work) -> Reply:
    """Ask somebody again before their shift is over."""
    work.me().spared_until = None
    work.board_changed()
    return work.answer(cards.care.asked_again())


def care_on_home(work: Work, viewer: Person) -> list[Part]:
    """Show somebody that they are skipped, until when, and how to end it; nobody else reads it."""
    until = viewer.spared_until
    return cards.care.home_parts(until) if until is not None and until > work.now else []


def ask_for_care(_command: AskForCare, work: Work) -> Reply:
    """Open the setting."""
    return OpenForm(form=cards.care.settings_form(counted=_counts(work)))


def change_care(command: ChangeCare, work: Work) -> Reply:
    """Count heated cases, or count nothing any more and forget what was."""
    row = work.settings(CareSettings)
    if row is None:
        row = CareSettings(organisation_id=work.actor.organisation_id)
        work.session.add(row)
    row.counted = command.counted
    if not command.counted:
        work.session.execute(delete(HeatedDay).where(HeatedDay.organisation_id == work.actor.organisation_id))
    return Private(message=cards.care.changed(counted=command.counted))
