"""Stepping out of a case: a search begins, at one press, with as much as was typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.errors import NotAllowed, NotFound, Refusal
from bot.handoffs import cards
from bot.handoffs.calling import call_for_somebody_else
from bot.handoffs.cases import is_called, same_case
from bot.handoffs.commands import AskForNote, Recuse, ShowHandoff
from bot.handoffs.facts import CaseFacts, PlaybooksUsed, all_searches, facts_of
from bot.handoffs.model import Handoff, HandoffState, Note
from bot.handoffs.search.searching import begin, call_supervisors, go_on, show_asked, subject
from bot.handoffs.search.twins import held_by, open_of, somebody_has_it, two_would_take_it
from bot.handoffs.search.which import which_search
from bot.handoffs.search.wishing import go_on_with
from bot.handoffs.takeover.ending import all_taken, taken_last
from bot.handoffs.takeover.handing_on import Said, hand_on
from bot.handoffs.takeover.noting import describe, with_words
from bot.safety.hearing import Danger, danger_in
from bot.say.language import _, listing
from bot.say.messages import Message
from bot.say.replies import Done, Private, Reply
from bot.typing.command import Need
from bot.typing.mentions import of_many, people_in
from bot.work.named import find_person
from bot.work.permissions import check
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


def recuse(command: Recuse, work: Work, *, playbooks_used: PlaybooksUsed) -> Reply:
    """Find somebody; where many were named, say that whoever is free is asked instead."""
    reply = _recuse(command, work, playbooks_used)
    if many := of_many(command.who):
        return cards.requester_notices.whoever_is_free(many, reply)
    return reply


def _recuse(command: Recuse, work: Work, playbooks_used: PlaybooksUsed) -> Reply:
    """Begin a search, or show the one that is going on with what was typed added to it."""
    danger = command.danger or danger_in(command.note)
    if danger and not work.actor.on_team:
        return call_for_somebody_else(danger, work)
    check(work.actor, Need.TEAM)
    if command.back and (held := _held(command, danger, work)) is not None:
        me = work.me()
        return _hand_on(held, command, me, _wish(command, me, work), work)
    return _step_out(command, danger, work, playbooks_used)


def _step_out(command: Recuse, danger: Danger | None, work: Work, playbooks_used: PlaybooksUsed) -> Reply:
    """Add to the search that is meant, or begin one, unless the case is looked after; danger waits for nothing."""
    requester = _requester(command, work)
    wish = _wish(command, requester, work)
    mine = _search_meant(command, danger, requester, work)
    if mine is not None and _is_meant(mine, command, danger):
        return _already(mine, command, wish, work)
    found = open_of(command.case, work)
    before = held_by(requester, found)
    if found and before is None and not danger:
        return _refuse_second(found[0], command, work)
    if mine is not None and not danger:
        return _already(mine, command, wish, work)
    if before is not None:
        return _hand_on(before, command, requester, wish, work)
    if command.back and not danger and not command.gives:
        raise _nothing_held(command)
    return _begin(command, requester, wish, work, playbooks_used)


def _search_meant(command: Recuse, danger: Danger | None, requester: Person, work: Work) -> Handoff | None:
    """Find the search that words belong to; of several, what changes one is asked about, unless there is danger."""
    if command.another:
        return None
    mine = all_searches(requester.id, work)
    chosen = next((one for one in mine if one.id == command.handoff), None)
    named = next((one for one in mine if command.case and same_case(one.case or "", command.case)), None)
    changes = command.note or command.who or command.reason or command.at_once
    if len(mine) > 1 and changes and not (chosen or command.case or command.back or danger):
        raise which_search(mine, command, _("Nothing was changed."), work)
    return chosen or named or (mine[0] if mine else None)


def _is_meant(mine: Handoff, command: Recuse, danger: Danger | None) -> bool:
    """Say whether what is typed belongs to the search that is going on; danger is told of what there is."""
    same = not command.case or command.same or command.instead or same_case(mine.case or "", command.case)
    return same or (danger is not None and not mine.case)


def _begin(command: Recuse, requester: Person, wish: Person | None, work: Work, playbooks_used: PlaybooksUsed) -> Reply:
    """Begin a search with as much as was typed."""
    handoff = Handoff(
        organisation_id=work.actor.organisation_id,
        requester_id=requester.id,
        started_by_id=work.actor.person_id,
        wish_id=wish.id if wish else None,
        playbooks=playbooks_used(work, requester.id),
    )
    note = Note(happened=command.note, signals=command.signals)
    describe(handoff, work, case=command.case, reason=command.reason, note=note, danger=command.danger)
    return _begun(begin(handoff, work, at_once=command.at_once), command, work)


def _begun(facts: CaseFacts, command: Recuse, work: Work) -> Reply:
    """Say that a search has begun, also to whom it is for, and ask whoever else is named."""
    if facts.requester.id != work.actor.person_id:
        told = partial(cards.requester_notices.got_out_by, work.actor.name)
        work.tell(subject(facts.handoff), facts.requester, told)
    return _with_second(facts, command, _ask_others(facts, command, _answer(facts, command, work), work))


def _refuse_second(twin: Handoff, command: Recuse, work: Work) -> Reply:
    if twin.state == HandoffState.SEARCHING:
        raise two_would_take_it(twin, command, work)
    return somebody_has_it(twin, command, work)


def _hand_on(held: Handoff, command: Recuse, owner: Person, wish: Person | None, work: Work) -> Reply:
    """Hand on a case that somebody has, to whoever is named first."""
    said = Said(
        why=command.why or ("" if command.back else command.note),
        signals=command.signals,
        reason=command.reason,
        danger=command.danger,
        case=command.case,
        wish=wish,
        owner=owner,
        at_once=command.at_once,
    )
    return _begun(hand_on(facts_of(held, work), work, said), command, work)


def _held(command: Recuse, danger: Danger | None, work: Work) -> Handoff | None:
    """Find the case that is handed on: the one that is named, or the one taken over last."""
    if not command.case:
        return taken_last(work)
    held = all_taken(work)
    named = next((one for one in held if is_called(one.case or "", command.case)), None)
    if named is None and len(held) == 1 and not held[0].case:
        return held[0]  # nobody had written its number down
    if named is None and held and not danger and not command.gives:  # nobody in danger is asked what they meant
        raise _another_held(command, [one.case for one in held if one.case])
    return named


def _another_held(command: Recuse, cases: Sequence[str]) -> Refusal:
    """Ask which case is meant, where the one that is named is none the actor holds."""
    these = [
        command.model_copy(update={"case": one}).button(_("Hand on {case}").format(case=one), "primary")
        for one in cases[:3]
    ]
    search = command.model_copy(update={"back": "", "why": ""})
    return Refusal(
        _("You haven't taken over {case}.").format(case=command.case),
        _("What you look after: {cases}. Nothing was handed on yet.").format(cases=listing(cases))
        if cases
        else _("The cases you look after have no number. Nothing was handed on yet."),
        _("Which one did you mean?"),
        (*these, search.button(_("Step out of {case}").format(case=command.case))),
    )


def _ask_others(facts: CaseFacts, command: Recuse, reply: Reply, work: Work) -> Reply:
    """Ask whoever else is named beside the one who is asked first, and say what came of it."""
    for who in people_in(command.others):
        wish = _also_wished(who, command, facts.requester, work)
        if wish is not None and wish.id != facts.handoff.wish_id:
            is_new = go_on_with(wish, facts, work)
            reply = cards.requester_notices.named_later(wish, facts, reply, is_new=is_new)
    return reply


def _also_wished(who: str, command: Recuse, requester: Person, work: Work) -> Person | None:
    """Find one more of those who are named; where there is nobody of that name, the first can still be asked."""
    try:
        return _wish(command.model_copy(update={"who": who}), requester, work)
    except Refusal as refused:
        first = command.model_copy(update={"others": ""})
        ask = first.button(_("Ask {name}").format(name=find_person(work, command.who).name), "primary")
        raise NotFound(refused.what, refused.why, refused.hint, (ask,)) from None


def _nothing_held(command: Recuse) -> Refusal:
    """Ask before a search is begun by words that may hand a case on."""
    search = command.model_copy(update={"back": "", "why": ""}).button(_("Step out of the case"), "primary")
    return Refusal(
        _("You're not looking after a colleague's case."),
        _("So there's nothing to hand on, and I haven't begun to look for anybody."),
        _("Did you mean to step out of a case of yours?"),
        (search,),
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
    if not command.who or of_many(command.who):
        return None
    anybody = command.model_copy(update={"who": "", "others": ""}).button(_("Ask anybody"), "primary")
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
            _("{name} wasn't asked.").format(name=wish.name),
            _("They're not on the support team."),
            _("Name a colleague, or let me choose."),
            (anybody,),
        )
    return wish


def _not_on_team(person: Person) -> Refusal:
    return NotAllowed(
        _("{name} can't be taken out of a case.").format(name=person.name),
        _("They're not on the support team."),
        _("See who is: `/zanshin team`."),
    )


def _already(handoff: Handoff, command: Recuse, wish: Person | None, work: Work) -> Reply:
    """Show the search that is going on; what was typed is added to it, so that nothing is lost."""
    if command.case and handoff.case and not same_case(handoff.case, command.case) and not command.instead:
        another = command.model_copy(update={"another": True}).button(
            _("Also hand over {case}").format(case=command.case)
        )
        facts = facts_of(handoff, work)
        goes_on = cards.requester_notices.search_goes_on(facts, "", here=work.in_direct_chat)
        instead = command.model_copy(update={"instead": True, "note": "", "handoff": handoff.id}).button(
            _("It's {case}, not {other}").format(case=command.case, other=handoff.case)[:75]
        )
        asked = cards.requester_notices.with_question(goes_on, handoff.case, another, instead, typed=command.case)
        return Private(message=asked)
    if command.case and not handoff.case and not handoff.note.is_empty and not command.same and not _in_danger(command):
        return _is_it_this_one(command)
    note = with_words(handoff.note, command.note)
    if command.signals:
        note = note.model_copy(update={"signals": command.signals})
    was_urgent = handoff.urgent
    describe(
        handoff,
        work,
        case=command.case if command.instead else handoff.case or command.case,
        customer=handoff.customer or "",
        reason=command.reason or handoff.reason,
        note=note,
        danger=command.danger,
    )
    handoff.urgent = handoff.urgent or was_urgent
    if command.at_once:
        call_supervisors(handoff, work)
    facts = facts_of(handoff, work)
    show_asked(facts, work)
    if wish is None:
        go_on(facts, work)
        return _answer(facts, command, work, goes_on=True)
    is_new = go_on_with(wish, facts, work)
    answer = _answer(facts, command, work, goes_on=True)
    reply = cards.requester_notices.named_later(wish, facts, answer, is_new=is_new)
    return _ask_others(facts, command, reply, work)


def _in_danger(command: Recuse) -> bool:
    return (command.danger or danger_in(command.note)) is not None


def _is_it_this_one(command: Recuse) -> Reply:
    """Ask before a case becomes that of a search whose note tells of a case already."""
    same = command.model_copy(update={"same": True}).button(_("Yes, it's {case}").format(case=command.case), "primary")
    label = _("Also hand over {case}").format(case=command.case)
    another = command.model_copy(update={"another": True}).button(label)
    return Private(message=cards.requester_notices.is_it_this_one(command.case, same, another))


def _with_second(facts: CaseFacts, command: Recuse, reply: Reply) -> Reply:
    """Offer to hand over the second case of a line, too: nobody was asked for it."""
    case = facts.handoff.case or ""
    if not command.also or same_case(case, command.also):
        return reply
    second = command.model_copy(update={"case": command.also, "also": "", "another": True})
    another = second.button(_("Also hand over {case}").format(case=command.also), "primary")
    title = Message.of(_("I'm finding somebody for {name}").format(name=case)[:150])
    card = reply.message if isinstance(reply, Private) else title
    return Private(message=cards.requester_notices.with_question(card, "", another, typed=command.also))


def _answer(facts: CaseFacts, command: Recuse, work: Work, *, goes_on: bool = False) -> Reply:
    """Answer that it has begun, or goes on; how it goes stands on the one card, in the direct chat."""
    handoff = facts.handoff
    if command.cut:
        more = AskForNote(handoff=handoff.id).button(_("Write more"), "primary")
        return Private(message=cards.requester_notices.note_was_cut(more))
    if work.actor.person_id != handoff.requester_id:
        look = ShowHandoff(handoff=handoff.id).button(_("Look at it"), "primary")
        return Private(message=cards.requester_notices.searching_for_them(facts, look))
    if danger := danger_in(command.note) or (None if work.in_direct_chat else command.danger):
        return Private(message=cards.requester_notices.in_danger(facts, danger))
    if goes_on and (command.note or not work.in_direct_chat):
        added = cards.requester_notices.search_goes_on(facts, command.note, here=work.in_direct_chat)
        return Private(message=added)
    return Done() if work.in_direct_chat else Private(message=cards.requester_notices.search_has_begun(facts))
