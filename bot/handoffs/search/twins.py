"""A case that is looked after already: whoever steps out of it gets no second colleague for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Organisation, Person
from bot.errors import Refusal
from bot.handoffs import cards
from bot.handoffs.cases import is_called, spelled_otherwise
from bot.handoffs.commands import AddToNote, Recuse
from bot.handoffs.facts import CaseFacts, facts_of
from bot.handoffs.model import OPEN, Handoff, HandoffState
from bot.say.language import _
from bot.say.replies import Private, Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.say.messages import Button


def open_of(case: str, work: Work) -> Sequence[Handoff]:
    """Find every handoff of a case that is not over, what is searched for first; nobody begins another meanwhile."""
    if not case:
        return ()
    work.session.get_one(Organisation, work.actor.organisation_id, with_for_update=True)
    ours = select(Handoff).where(Handoff.organisation_id == work.actor.organisation_id, Handoff.state.in_(OPEN))
    if case.strip().isdigit():  # the end of any number there is
        found = [one for one in work.session.scalars(ours) if is_called(one.case or "", case)]
    else:
        hashes = {work.digest(one, "case") for one in spelled_otherwise(case)}
        found = list(work.session.scalars(ours.where(Handoff.case_hash.in_(hashes)).with_for_update()))
    return sorted(found, key=lambda one: (one.state != HandoffState.SEARCHING, -one.id))


def held_by(requester: Person, found: Sequence[Handoff]) -> Handoff | None:
    """Choose the handoff by which somebody has the case: they took it, or promised its customer a call."""
    return next((one for one in found if _is_held(one) and one.holder_id == requester.id), None)


def _is_held(handoff: Handoff) -> bool:
    return handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK)


def two_would_take_it(twin: Handoff, command: Recuse, work: Work) -> Refusal:
    """Refuse a second search for one case: two colleagues would take it over."""
    other = work.session.get_one(Person, twin.requester_id)
    return Refusal(
        _("Somebody is already looked for to take {case} over.").format(case=command.case),
        _("{name} asked for it.").format(name=other.name),
        _("Speak with {name}, so that the customer doesn't get two of you.").format(name=other.name),
        (_another_case(command),),
    )


def refuse_theirs(case: str, nothing_done: str, work: Work) -> None:
    """Say who has the case that is named, where it is none of the actor's; nothing where nobody has it."""
    theirs = next((one for one in open_of(case, work) if _is_held(one)), None)
    if theirs is not None and theirs.holder_id != work.actor.person_id:
        raise looked_after(facts_of(theirs, work), case, nothing_done)


def looked_after(facts: CaseFacts, case: str, nothing_done: str) -> Refusal:
    """Refuse what only whoever has a case can do, and name them."""
    name = facts.holder.name if facts.holder else ""
    return Refusal(
        _("{name} looks after {case}").format(name=name, case=facts.handoff.case or case),
        nothing_done,
        _("Speak with {name}, so that the customer doesn't get two of you.").format(name=name),
    )


def somebody_has_it(twin: Handoff, command: Recuse, work: Work) -> Reply:
    """Say who has a case, to whoever would have somebody else take it: what they typed can go to its note."""
    facts = facts_of(twin, work)
    return Private(message=cards.requester_notices.somebody_has_it(facts, command.case, _ways(facts, command, work)))


def _ways(facts: CaseFacts, command: Recuse, work: Work) -> Sequence[Button]:
    add = AddToNote(handoff=facts.handoff.id, words=command.note).button(_("Add it to the note"), "primary")
    mine = work.actor.person_id in (facts.handoff.requester_id, facts.handoff.started_by_id)
    return (*((add,) if mine and command.note else ()), _another_case(command))


def _another_case(command: Recuse) -> Button:
    other = command.model_copy(update={"case": "", "another": True})
    return other.button(_("It's another case: go on"), "primary")
