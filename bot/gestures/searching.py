"""A gesture beyond limits, brought before the supervisors: what the ladder decides becomes cards and words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import DeliveryState
from bot.directory.model import Conversation, Person
from bot.directory.roster import availability_of, team
from bot.gestures import cards
from bot.gestures.facts import GrantFacts
from bot.gestures.ladder import next_ask
from bot.gestures.model import AskState, Grant, GrantAsk, GrantState
from bot.handoffs.decisions.candidate import Candidate
from bot.handoffs.decisions.ladder import Search, Step
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.search.past import times_of
from bot.ports import Outcome, Subject
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


ASK_OUTCOME = "grant-ask"


def subject(grant: Grant) -> Subject:
    """Name the card that shows whoever made a gesture how it stands."""
    return Subject.of("grant", grant.id)


def deciders(work: Work) -> dict[int, Person]:
    """Name everybody who can be asked: the supervisors, or the admins while there is none."""
    everybody = team(work.session, work.actor.organisation_id)
    found = [one for one in everybody if one.is_supervisor] or [one for one in everybody if one.is_admin]
    return {one.id: one for one in found}


def begin(facts: GrantFacts, asked: Mapping[int, Person], work: Work) -> None:
    """Ask the first supervisor."""
    facts.grant.supervisors_by = work.now + times_of(work).to_supervisors
    work.session.add(facts.grant)
    work.session.flush()
    facts.asks = {}  # nobody was asked yet
    _climb(facts, asked, work, news=True)


def advance(grants: Sequence[Grant], work: Work, *, news: Collection[int] = ()) -> None:
    """Take every one of these as far as it can go now; of some the requester's card has news anyway."""
    waiting = [grant for grant in grants if grant.state == GrantState.ASKED]
    asked = deciders(work) if waiting else {}
    for grant in waiting:
        _climb(GrantFacts(grant, work), asked, work, news=grant.id in news)


def _climb(facts: GrantFacts, asked: Mapping[int, Person], work: Work, *, news: bool) -> None:
    grant = facts.grant
    step = next_ask(_search(grant), _candidates(facts, asked, work), times_of(work), work.now)
    if step is None:
        _give_up(facts, work)
        return
    if step.begins:
        grant.rung, grant.rounds, grant.asked_at, grant.delivered_at = step.rung, step.rounds, work.now, None
    _ask_all(facts, asked, step, work)
    grant.next_due_at = step.next_due_at
    if news or step.begins or step.ask:
        work.show_to(subject(grant), facts.requester, partial(cards.agent.grant_card, facts))
    if step.begins and step.rung is Rung.NOBODY and step.rounds == 1:
        work.tell(subject(grant), facts.requester, partial(cards.agent.nobody_answers, facts))


def _search(grant: Grant) -> Search:
    return Search(
        rung=Rung(grant.rung) if grant.rung else None,
        asked_at=grant.asked_at,
        delivered_at=grant.delivered_at,
        rounds=grant.rounds,
        supervisors_by=grant.supervisors_by,
    )


def _candidates(facts: GrantFacts, asked: Mapping[int, Person], work: Work) -> list[Candidate]:
    """See every supervisor with the eyes of the ladder: a colleague at first, called as a supervisor later."""
    found = []
    for person in asked.values():
        ask = facts.asks.get(person.id)
        found.append(
            Candidate(
                person_id=person.id,
                is_supervisor=True,
                state=availability_of(person, work.organisation, work.now).state,
                quiet=person.quiet_until is not None and person.quiet_until > work.now,
                had_case=person.id == facts.grant.requester_id,
                asked_on=Rung(ask.rung) if ask is not None else None,
                asked_at=ask.asked_at if ask is not None else None,
                declined=ask is not None and ask.state == AskState.PASSED,
                undelivered=ask is not None and ask.undelivered,
            )
        )
    return found


def _ask_all(facts: GrantFacts, asked: Mapping[int, Person], step: Step, work: Work) -> None:
    """Bring it before them; each time with a card of its own, since editing one makes no sound."""
    for person_id in step.ask:
        person, ask = asked[person_id], facts.asks.get(person_id)
        if ask is None:
            ask = GrantAsk(
                organisation_id=facts.grant.organisation_id, grant_id=facts.grant.id, person_id=person_id, asks=1
            )
            work.session.add(ask)
            facts.asks[person_id] = ask
            facts.know(person)
        else:
            work.correct_for(ask.subject, person, partial(cards.supervisor.asked_again, facts))
            ask.asks += 1
        ask.rung, ask.asked_at, ask.state, ask.undelivered = step.rung, work.now, AskState.ASKED, False
        work.show_to(ask.subject, person, partial(cards.supervisor.ask_card, facts), outcome_to=ASK_OUTCOME)


def _give_up(facts: GrantFacts, work: Work) -> None:
    close(facts, GrantState.UNANSWERED, work)
    say_to_requester(facts, work)


def close(facts: GrantFacts, state: GrantState, work: Work) -> None:
    """End the asking: every card that asks says what came of it."""
    grant = facts.grant
    grant.state, grant.ended_at, grant.next_due_at = state, work.now, None
    work.withdraw(subject(grant))
    for ask in facts.asks.values():
        if ask.state == AskState.ASKED:
            ask.state = AskState.OVER
        work.correct_for(ask.subject, facts.person(ask.person_id), partial(cards.supervisor.ask_closed, facts))


def say_to_requester(facts: GrantFacts, work: Work) -> None:
    """Have whoever asked read what came of it, in a new message: nobody sits and watches a card."""
    work.show_anew(
        subject(facts.grant),
        facts.requester,
        partial(cards.agent.grant_card, facts),
        instead=partial(cards.agent.decided_below, facts),
    )


def hear_of_asks(outcomes: Sequence[Outcome], work: Work) -> None:
    """Learn which asks arrived: their time runs from then; what did not arrive is not waited for."""
    numbers = {_parts(outcome)[0] for outcome in outcomes}
    grants = work.session.scalars(
        select(Grant)
        .where(Grant.id.in_(numbers), Grant.organisation_id == work.actor.organisation_id)
        .order_by(Grant.id)
        .with_for_update()
    ).all()
    by_id, asks, news = {grant.id: grant for grant in grants}, _asks_of(outcomes, work), set()
    for outcome in outcomes:
        number, count = _parts(outcome)
        grant, ask = by_id.get(number), asks.get((number, outcome.conversation_id))
        if grant is None or ask is None or ask.asks != count or ask.state != AskState.ASKED:
            continue
        ask.undelivered = outcome.state != DeliveryState.SENT
        if ask.undelivered:
            news.add(number)
        elif ask.rung == grant.rung and grant.delivered_at is None:
            grant.delivered_at = max(outcome.at, grant.asked_at)
    advance(grants, work, news=news)


def _parts(outcome: Outcome) -> tuple[int, int]:
    return outcome.subject.number, int(outcome.subject.part)


def _asks_of(outcomes: Sequence[Outcome], work: Work) -> dict[tuple[int, int], GrantAsk]:
    """Find the asks by grant and direct chat."""
    rows = work.session.execute(
        select(GrantAsk, Conversation.id)
        .join(Conversation, Conversation.person_id == GrantAsk.person_id)
        .where(
            GrantAsk.grant_id.in_({_parts(outcome)[0] for outcome in outcomes}),
            Conversation.id.in_({outcome.conversation_id for outcome in outcomes}),
        )
    )
    return {(ask.grant_id, conversation_id): ask for ask, conversation_id in rows}
