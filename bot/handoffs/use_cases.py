"""What happens when people hand cases over: one function a command."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.directory.model import ConversationKind
from bot.directory.roster import supervisors_on_duty
from bot.errors import NotFound, Refusal
from bot.handoffs import (
    answering,
    case_texts,
    commands,
    hold_texts,
    notice_texts,
    offer_texts,
    supervising,
    supervisor_texts,
    texts,
)
from bot.handoffs.access import Role, insist, roles
from bot.handoffs.answering import scene_of
from bot.handoffs.board import handoffs_on_board, handoffs_on_home, occupied
from bot.handoffs.clock import AGAIN_AFTER, act_on_due, erase_old
from bot.handoffs.hindrance import hinders
from bot.handoffs.holding import (
    HOLD_OUTCOME,
    hear_of_cards,
    holds_on_board,
    start_hold,
    stop_hold,
    tell_about_holds,
)
from bot.handoffs.model import Handoff, HandoffState, Hold, Note
from bot.handoffs.recusing import begin, describe, recuse, running_search
from bot.handoffs.search import JOINED, OFFER_OUTCOME, advance, end_search, hear_of_offers, set_scene, subject
from bot.handoffs.taking import comfort, finish, keep, pass_on, show_all
from bot.say.language import _
from bot.say.replies import Done, OpenForm, Private
from bot.work.domain import ClockTask, Domain

if TYPE_CHECKING:
    from bot.handoffs.recusing import PlaybooksUsed
    from bot.handoffs.scene import Scene
    from bot.say.messages import Message
    from bot.say.replies import Reply
    from bot.work.work import Work


def hold_customer(_command: commands.StartHold, work: Work) -> Reply:
    """Carry out "I asked them to hold"."""
    hold = start_hold(work)
    handoff = running_search(hold.person_id, work)
    return work.answer(texts.requester_card(set_scene(handoff, work)) if handoff else hold_texts.on_hold(hold))


def end_hold(command: commands.EndHold, work: Work) -> Reply:
    """Carry out "I am back", said by whoever asked to hold or by the colleague who took over."""
    hold = work.find(Hold, command.hold, _("This hold"))
    scene = scene_of(command.handoff, work) if command.handoff else None
    mine = hold.person_id == work.actor.person_id
    if not mine and (scene is None or scene.handoff.taker_id != work.actor.person_id):
        raise Refusal(_("The hold goes on."), _("It is somebody else's."), _("Only they can say that they are back."))
    if hold.ended_at is None:
        stop_hold(work, hold)
    if scene is None:
        return work.answer(hold_texts.welcome_back(hold))
    return work.answer(_card(set_scene(scene.handoff, work), work))


def _card(scene: Scene, work: Work) -> Message:
    """Write the card of a handoff as the actor sees it."""
    found, me = roles(scene, work), work.actor.person_id or 0
    if me == scene.handoff.requester_id:
        return texts.requester_card(scene)
    if me == scene.handoff.taker_id:
        return case_texts.taker_card(scene)
    if Role.SUPERVISOR in found or Role.REQUESTER in found:
        return supervisor_texts.supervisor_view(scene)
    if Role.ASKED in found:
        return offer_texts.closed_for(scene, scene.people[me])
    insist(scene, work, Role.REQUESTER)
    raise AssertionError


def show_handoff(command: commands.ShowHandoff, work: Work) -> Reply:
    """Show how a handoff stands: below what was pressed, which may be a board."""
    return Private(message=_card(scene_of(command.handoff, work), work))


def ask_for_note(command: commands.AskForNote, work: Work) -> Reply:
    """Open the form of the note."""
    return OpenForm(form=case_texts.note_form(_to_be_noted(command.handoff, work)))


def write_note(command: commands.WriteNote, work: Work) -> Reply:
    """Tell the taker more; threats call a supervisor at once."""
    scene = _to_be_noted(command.handoff, work)
    handoff = scene.handoff
    note = Note(**{name: getattr(command, name) for name in Note.model_fields})
    before, was_urgent = (handoff.note, handoff.case, handoff.customer, handoff.reason), handoff.urgent
    describe(handoff, work, case=command.case, customer=command.customer, reason=command.reason, note=note)
    handoff.urgent = handoff.urgent or was_urgent
    advance([handoff], work, news=[handoff.id])
    if handoff.state != HandoffState.SEARCHING:
        show_all(scene, work)
    taker = scene.taker
    changed = before != (handoff.note, handoff.case, handoff.customer, handoff.reason)
    if changed and taker is not None and taker.id != work.actor.person_id:
        work.tell(subject(handoff), taker, partial(case_texts.more_was_written, scene))
    return Private(message=notice_texts.note_saved(scene))


def _to_be_noted(handoff_id: int, work: Work) -> Scene:
    scene = scene_of(handoff_id, work)
    insist(scene, work, Role.REQUESTER, Role.HOLDER, Role.SUPERVISOR)
    if scene.handoff.ended_at is not None:
        raise Refusal(
            _("The note is closed."), _("This handoff is over."), _("Tell your colleague what is missing, in the chat.")
        )
    return scene


def cancel_handoff(command: commands.CancelHandoff, work: Work) -> Reply:
    """End a search: the requester goes on alone."""
    scene = _searched_for(command.handoff, work)
    handoff = scene.handoff
    if handoff.state == HandoffState.SEARCHING:
        handoff.state, handoff.ended_at, handoff.next_due_at = HandoffState.CANCELLED, work.now, None
        end_search(scene, work)
        if work.actor.person_id != handoff.requester_id:
            work.tell(subject(handoff), scene.requester, partial(notice_texts.search_ended_by, work.actor.name))
    return work.answer(_card(scene, work))


def promise_callback(command: commands.PromiseCallback, work: Work) -> Reply:
    """End a search: the customer will be called back. Supervisors learn of it, so that it is not forgotten."""
    scene = _searched_for(command.handoff, work)
    handoff = scene.handoff
    if handoff.state == HandoffState.SEARCHING:
        handoff.state = HandoffState.CALLBACK
        keep(handoff, scene.requester, work)
        end_search(scene, work)
        comfort(scene, work)
        for supervisor in supervisors_on_duty(work, but=scene.requester):
            work.tell(subject(handoff), supervisor, partial(supervisor_texts.callback_promised, scene))
    return work.answer(_card(scene, work))


def _searched_for(handoff_id: int | None, work: Work) -> Scene:
    if handoff_id is None:
        mine = running_search(work.actor.person_id or 0, work)
        if mine is None:
            raise NotFound(
                _("There is nothing to cancel."), _("I am not finding anybody for you."), _("Begin with `/recuse`.")
            )
        return set_scene(mine, work)
    scene = scene_of(handoff_id, work)
    insist(scene, work, Role.REQUESTER, Role.SUPERVISOR)
    return scene


def complete_handoff(command: commands.CompleteHandoff, work: Work) -> Reply:
    """Be done with a case."""
    scene = _held(command.handoff, work)
    if scene.handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK):
        finish(scene, work)
    return work.answer(_card(scene, work))


def keep_handoff(command: commands.KeepHandoff, work: Work) -> Reply:
    """Still be at it, also after the clock closed it."""
    scene = _held(command.handoff, work)
    handoff = scene.handoff
    if handoff.closed_by_clock:
        handoff.state = HandoffState.TAKEN if handoff.taker_id else HandoffState.CALLBACK
    if handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK):
        keep(handoff, scene.taker or scene.requester, work)
        show_all(scene, work)
        work.board_changed()
    return work.answer(case_texts.kept(scene))


def hand_back(command: commands.HandBack, work: Work, *, playbooks_used: PlaybooksUsed) -> Reply:
    """Hand a case on: a new search with everything that is known; never to those who had it."""
    scene = _held(command.handoff, work)
    before = scene.handoff
    if before.state not in (HandoffState.TAKEN, HandoffState.CALLBACK) and not before.closed_by_clock:
        return work.answer(_card(scene, work))
    me = work.me()
    handoff = Handoff(
        organisation_id=before.organisation_id,
        chain_id=before.chain,
        requester_id=me.id,
        started_by_id=me.id,
        playbooks=list(dict.fromkeys([*before.playbooks, *playbooks_used(work, me.id)])),
    )
    describe(
        handoff,
        work,
        case=before.case or "",
        customer=before.customer or "",
        reason=before.reason,
        note=before.note,
    )
    pass_on(before, work)
    begin(handoff, work)
    if work.origin is not None and work.origin.kind is ConversationKind.DIRECT and not work.origin.pressed:
        return Done()
    return work.answer(_card(set_scene(before, work), work))


def _held(handoff_id: int | None, work: Work) -> Scene:
    """Find a handoff whose case the actor has; without a number the one they took over last."""
    if handoff_id is None:
        mine = work.session.scalar(
            select(Handoff)
            .where(Handoff.taker_id == work.actor.person_id, Handoff.state == HandoffState.TAKEN)
            .order_by(Handoff.taken_at.desc())
            .limit(1)
            .with_for_update()
        )
        if mine is None:
            raise NotFound(
                _("You have no case of somebody else."),
                _("You took none over, or are done with all of them."),
                _("To step out of a case of yours, type `/recuse`."),
            )
        return set_scene(mine, work)
    scene = scene_of(handoff_id, work)
    insist(scene, work, Role.HOLDER, Role.REQUESTER if scene.handoff.taker_id is None else Role.HOLDER)
    return scene


def look_again(work: Work) -> None:
    """Let searches that wait for somebody look again: the team has changed."""
    waiting = update(Handoff).where(
        Handoff.organisation_id == work.actor.organisation_id,
        Handoff.state == HandoffState.SEARCHING,
        Handoff.rung.in_(JOINED),
    )
    work.session.execute(waiting.values(next_due_at=work.now))


def domain(playbooks_used: PlaybooksUsed) -> Domain:
    """Bring handoffs and holds to the program."""
    return Domain(
        hinders=hinders,
        use_cases={
            commands.StartHold: hold_customer,
            commands.EndHold: end_hold,
            commands.Recuse: partial(recuse, playbooks_used=playbooks_used),
            commands.ShowHandoff: show_handoff,
            commands.AskForNote: ask_for_note,
            commands.WriteNote: write_note,
            commands.AcceptHandoff: answering.accept_handoff,
            commands.DeclineHandoff: answering.decline_handoff,
            commands.AskWhyDeclined: answering.ask_why_declined,
            commands.ExplainDecline: answering.explain_decline,
            commands.CancelHandoff: cancel_handoff,
            commands.PromiseCallback: promise_callback,
            commands.HandBack: partial(hand_back, playbooks_used=playbooks_used),
            commands.CompleteHandoff: complete_handoff,
            commands.KeepHandoff: keep_handoff,
            commands.TakeOver: supervising.take_over,
            commands.AskToReassign: supervising.ask_to_reassign,
            commands.ReassignHandoff: supervising.reassign_handoff,
            commands.ExplainLadder: supervising.explain_ladder,
            commands.AskForTimes: supervising.ask_for_times,
            commands.ChangeTimes: supervising.change_times,
        },
        phrases=commands.PHRASES,
        clock=(
            ClockTask(name="handoffs", model=Handoff, act=act_on_due, again_after=AGAIN_AFTER),
            ClockTask(name="holds", model=Hold, act=tell_about_holds, again_after=AGAIN_AFTER),
        ),
        outcomes={HOLD_OUTCOME: hear_of_cards, OFFER_OUTCOME: hear_of_offers},
        board=(handoffs_on_board, holds_on_board),
        home=(handoffs_on_home,),
        occupied=occupied,
        team_changed=look_again,
        erase_old=erase_old,
    )
