"""Stepping out of a case: a search begins, at one press, with as much as was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.commands import Need
from bot.directory.model import ConversationKind, Organisation, Person
from bot.directory.roster import find_person
from bot.errors import NotAllowed, NotFound, Refusal
from bot.handoffs import notice_texts, texts
from bot.handoffs.candidates import times_of
from bot.handoffs.commands import AskForNote, Recuse, ShowHandoff, is_threat
from bot.handoffs.holding import running_hold, supervisors_by
from bot.handoffs.model import COOL, Handoff, HandoffState, Note, Reason
from bot.handoffs.search import advance, set_scene, show_in_channel, subject
from bot.handoffs.taking import pass_on
from bot.say.language import _
from bot.say.replies import Done, Private
from bot.work.permissions import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.say.replies import Reply
    from bot.work.work import Work

    PlaybooksUsed = Callable[[Work, int], list[str]]


def recuse(command: Recuse, work: Work, *, playbooks_used: PlaybooksUsed) -> Reply:
    """Begin a search, or show the one that is going on with what was typed added to it."""
    requester = _requester(command, work)
    wish = _wish(command, requester, work)
    mine = running_search(requester.id, work)
    if mine is not None and not command.another:
        return _already(mine, command, work)
    if command.case:
        _refuse_twins(command, work)
    handoff = Handoff(
        organisation_id=work.actor.organisation_id,
        requester_id=requester.id,
        started_by_id=work.actor.person_id,
        wish_id=wish.id if wish else None,
        playbooks=playbooks_used(work, requester.id),
    )
    describe(handoff, work, case=command.case, reason=command.reason, note=Note(happened=command.note))
    before = _taken_before(handoff, work)
    if before is not None:
        handoff.chain_id = before.chain
    begin(handoff, work)
    if before is not None:
        pass_on(before, work)
    if requester.id != work.actor.person_id:
        work.tell(subject(handoff), requester, lambda: notice_texts.got_out_by(work.actor.name))
    return _answer(handoff, command, work)


def _taken_before(handoff: Handoff, work: Work) -> Handoff | None:
    """Find the handoff by which the requester got the case they now want to get out of."""
    if handoff.case_hash is None:
        return None
    return work.session.scalar(
        select(Handoff)
        .where(
            Handoff.organisation_id == handoff.organisation_id,
            Handoff.case_hash == handoff.case_hash,
            Handoff.taker_id == handoff.requester_id,
            Handoff.state == HandoffState.TAKEN,
        )
        .limit(1)
        .with_for_update()
    )


def begin(handoff: Handoff, work: Work) -> None:
    """Let a search begin."""
    times, hold = times_of(work.session, handoff.organisation_id), running_hold(work.session, handoff.requester_id)
    limit = work.organisation.hold_limit
    handoff.state = HandoffState.SEARCHING
    handoff.started_at = handoff.asked_at = work.now
    handoff.rounds = handoff.calls = 0
    handoff.closed_by_clock = False
    handoff.supervisors_by = work.now + times.to_supervisors
    if hold is not None:
        handoff.supervisors_by = min(handoff.supervisors_by, supervisors_by(hold, limit))
    handoff.bridge_at = work.now + limit
    work.session.add(handoff)
    work.session.flush()
    advance([handoff], work, news=[handoff.id])
    show_in_channel(set_scene(handoff, work), work)
    work.board_changed()


def describe(
    handoff: Handoff,
    work: Work,
    *,
    note: Note,
    case: str = "",
    customer: str = "",
    reason: Reason | None = None,
) -> None:
    """Write down what the requester said; threats make it urgent."""
    handoff.case, handoff.customer = case or None, customer or None
    handoff.case_hash = work.digest(case.strip().lower(), "case") if case else None
    handoff.customer_hash = work.digest(" ".join(customer.lower().split()), "customer") if customer else None
    handoff.reason_text = reason.value if reason is not None else None
    handoff.heated = reason not in COOL
    handoff.note_text = None if note.is_empty else note.model_dump_json()
    handoff.urgent = reason is Reason.SAFETY or is_threat(" ".join(note.model_dump().values()))


def running_search(person_id: int, work: Work) -> Handoff | None:
    """Find the latest search for somebody to take over from a person."""
    return work.session.scalar(
        select(Handoff)
        .where(Handoff.requester_id == person_id, Handoff.state == HandoffState.SEARCHING)
        .order_by(Handoff.id.desc())
        .limit(1)
        .with_for_update()
    )


def _requester(command: Recuse, work: Work) -> Person:
    me = work.me()  # locked: two presses at once begin one search
    if not command.on_behalf_of:
        return me
    requester = find_person(work, command.on_behalf_of)
    if requester.id == me.id:
        return me
    check(work.actor, Need.SUPERVISOR)
    requester = work.find(Person, requester.id, _("This person"))
    if not requester.on_team:
        raise _not_on_team(requester)
    return requester


def _wish(command: Recuse, requester: Person, work: Work) -> Person | None:
    if not command.who:
        return None
    anybody = command.model_copy(update={"who": ""}).button(_("Ask anybody"), "primary")
    try:
        wish = find_person(work, command.who)
    except NotFound as unknown:
        raise NotFound(unknown.what, unknown.why, unknown.hint, (anybody,)) from None
    if wish.id == requester.id:
        raise Refusal(
            _("Nobody was asked."),
            _("You named the person who wants to step out."),
            _("Name a colleague, or let me choose."),
            (anybody,),
        )
    if not (wish.is_agent or wish.is_supervisor):
        raise Refusal(
            _("{name} was not asked.").format(name=wish.name),
            _("They are not on the support team."),
            _("Name a colleague, or let me choose."),
            (anybody,),
        )
    return wish


def _not_on_team(person: Person) -> Refusal:
    return NotAllowed(
        _("{name} cannot be taken out of a case.").format(name=person.name),
        _("They are not on the support team."),
        _("See who is: `/zanshin team`."),
    )


def _refuse_twins(command: Recuse, work: Work) -> None:
    """Refuse a second search for one case: two colleagues would take it over."""
    work.session.get_one(Organisation, work.actor.organisation_id, with_for_update=True)
    twin = work.session.scalar(
        select(Handoff).where(
            Handoff.organisation_id == work.actor.organisation_id,
            Handoff.case_hash == work.digest(command.case.strip().lower(), "case"),
            Handoff.state == HandoffState.SEARCHING,
        )
    )
    if twin is None:
        return
    other = work.session.get_one(Person, twin.requester_id)
    without = command.model_copy(update={"case": "", "another": True}).button(_("It is another case: go on"), "primary")
    raise Refusal(
        _("Somebody is already looked for to take {case} over.").format(case=command.case),
        _("{name} asked for it.").format(name=other.name),
        _("Speak with {name}, so that the customer does not get two of you.").format(name=other.name),
        (without,),
    )


def _already(handoff: Handoff, command: Recuse, work: Work) -> Reply:
    """Show the search that is going on; what was typed is added to it, so that nothing is lost."""
    if command.case and handoff.case and command.case.strip().lower() != handoff.case.strip().lower():
        another = command.model_copy(update={"another": True}).button(
            _("Also hand over {case}").format(case=command.case)
        )
        message = texts.requester_card(set_scene(handoff, work))
        return Private(message=notice_texts.with_question(message, handoff.case, another))
    note = handoff.note
    if command.note and command.note not in note.happened:
        note = note.model_copy(update={"happened": f"{note.happened}\n{command.note}".strip()[:3000]})
    was_urgent = handoff.urgent
    describe(
        handoff,
        work,
        case=command.case or handoff.case or "",
        customer=handoff.customer or "",
        reason=command.reason or handoff.reason,
        note=note,
    )
    handoff.urgent = handoff.urgent or was_urgent
    advance([handoff], work, news=[handoff.id])
    return _answer(handoff, command, work)


def _answer(handoff: Handoff, command: Recuse, work: Work) -> Reply:
    """Answer with the card: in the direct chat it is there already, elsewhere it is shown as it is now."""
    scene = set_scene(handoff, work)
    if command.cut:
        more = AskForNote(handoff=handoff.id).button(_("Write more"), "primary")
        return Private(message=notice_texts.note_was_cut(more))
    if work.actor.person_id != handoff.requester_id:
        look = ShowHandoff(handoff=handoff.id).button(_("Look at it"), "primary")
        return Private(message=notice_texts.searching_for_them(scene, look))
    if work.origin is not None and work.origin.kind is ConversationKind.DIRECT:
        return Done()
    return Private(message=texts.requester_card(scene))
