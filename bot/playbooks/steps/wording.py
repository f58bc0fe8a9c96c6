"""What an agent reads in a step: in which wording, with which gaps filled, and their own sentences first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from sqlalchemy import and_, or_, select

from bot.directory.model import Person
from bot.handoffs.model import Handoff, HandoffState
from bot.playbooks.steps.lines import Wordings, differs_by_place
from bot.playbooks.steps.private import words_in_step
from bot.store.content import gaps
from bot.work.work import Work

if TYPE_CHECKING:
    from bot.playbooks.catalogue import Channel, English, Step
    from bot.playbooks.model import Run

Times = Callable[[Work], Mapping[str, str]]

OF_THE_CASE = {"customer", "colleague"}
OF_THE_INCIDENT = {"next_update", "since"}
LATELY = timedelta(hours=1)  # for so long a customer is introduced to whoever has taken over
_IN_A_NAME = frozenset(" .'’-")


def wordings_of(run: Run, step: Step, work: Work, times: Times) -> Wordings:
    """Look up what a step needs, and nothing that it does not say."""
    words = words_in_step(run.playbook, step, work)
    return Wordings(
        cast("Channel", run.channel),
        cast("English", work.organisation.english if differs_by_place(step) else "gb"),
        known=_known(step, work, times),
        mine=tuple(words.mine),
        worked=words.worked,
    )


def english_of(work: Work) -> English:
    """Say which English the team speaks."""
    key = ("english", work.actor.organisation_id)
    return cast("English", work.recall(key, lambda: work.organisation.english))


def _known(step: Step, work: Work, times: Times) -> dict[str, str]:
    asked = {gap for line in step.say for gap in gaps(line.text)}
    known = {"agent": work.actor.name} if work.actor.name else {}
    if asked & OF_THE_CASE:
        known |= _of_the_case(work)
    if asked & OF_THE_INCIDENT:
        known |= times(work)
    return known


def _of_the_case(work: Work) -> dict[str, str]:
    """Name whom the one case in hand is about, and who has taken it; of two cases nobody knows which is meant."""
    me, lately = work.actor.person_id, work.now - LATELY
    mine = or_(
        and_(Handoff.taker_id == me, Handoff.state == HandoffState.TAKEN),
        and_(Handoff.requester_id == me, Handoff.state == HandoffState.SEARCHING),
        and_(Handoff.requester_id == me, Handoff.state == HandoffState.TAKEN, Handoff.taken_at > lately),
    )
    found = work.session.execute(
        select(Handoff.customer, Handoff.requester_id, Person.name)
        .outerjoin(Person, Person.id == Handoff.taker_id)
        .where(Handoff.organisation_id == work.actor.organisation_id, mine)
        .limit(2)
    ).all()
    if len(found) != 1:
        return {}
    [(customer, requester, taker)] = found
    known = {"customer": customer} if customer and is_name(customer) else {}
    return known | ({"colleague": taker} if taker and requester == me else {})


def is_name(words: str) -> bool:
    """Say whether a customer's reference is what they are called, and no number or address."""
    return words[0].isupper() and all(one.isalpha() or one in _IN_A_NAME for one in words)
