"""What supervisors do with handoffs: take one over, give one to somebody, see who was asked, set the times."""

from __future__ import annotations

from functools import partial

from bot.directory.model import Person
from bot.directory.roster import mention
from bot.errors import Refusal
from bot.handoffs import cards
from bot.handoffs.commands import AskForTimes, AskToReassign, ChangeTimes, ExplainLadder, ReassignHandoff, TakeOver
from bot.handoffs.decisions.candidate import Exclusion
from bot.handoffs.facts import CaseFacts, find_facts, look_at
from bot.handoffs.model import OPEN, HandoffState, HandoffTimes, OfferState
from bot.handoffs.search.barring import barred
from bot.handoffs.search.candidates import Roster
from bot.handoffs.search.past import times_of
from bot.handoffs.search.searching import subject
from bot.handoffs.takeover.taking import take
from bot.say.language import _
from bot.say.messages import Option
from bot.say.replies import OpenForm, Private, Reply
from bot.work.meanwhile import put_together, remembering
from bot.work.named import find_person
from bot.work.work import Work


def take_over(command: TakeOver, work: Work) -> Reply:
    """Take a case over; from a colleague who got it since the button was drawn only when that is said aloud."""
    facts = find_facts(command.handoff, work)
    me = work.session.get_one(Person, work.actor.person_id)
    _refuse_over(facts)
    if me.id != facts.handoff.taker_id:
        _refuse_requester(facts, me)
        if _holds_it_since(facts, command.holder):
            return work.answer(cards.supervisor.supervisor_view(facts, news=True))
        take(facts, me, work)
    return work.answer(cards.taker.you_have_it(facts))


def ask_to_reassign(command: AskToReassign, work: Work) -> Reply:
    """Open the form that gives a case to somebody."""
    facts = look_at(command.handoff, work)
    _refuse_over(facts)
    roster = Roster(work, [facts.handoff])
    unable = {one.person_id for one in roster.candidates(facts.handoff, facts.offers) if one.must_not(work.now)}
    free = [one for one in roster.free() if one.id not in unable and one.id != facts.handoff.taker_id]
    if not free:
        raise Refusal(
            _("There's nobody to give it to just now."),
            _("Everybody else is away, off shift or busy, or had this case before."),
            _("Take it yourself, or look at `/zanshin status` and ask somebody to come back."),
        )
    return OpenForm(form=cards.supervisor.reassign_form(facts, [_option(one, work) for one in free]))


def _option(person: Person, work: Work) -> Option:
    value = mention(work.session, person, work.actor.workspace_id) or person.name
    return Option(label=person.name[:75], value=value[:150])


def reassign_handoff(command: ReassignHandoff, work: Work) -> Reply:
    """Give a case to somebody, also to one who is away or has enough: that is the supervisor's judgement."""
    facts = find_facts(command.handoff, work)
    _refuse_over(facts)
    person = find_person(work, command.who)
    if person.id != facts.handoff.taker_id:
        _refuse_requester(facts, person)
        if _holds_it_since(facts, command.holder):
            return work.answer(cards.supervisor.supervisor_view(facts, news=True))
        _refuse_excluded(facts, person, work)
        take(facts, person, work)
        mine = facts.offers.get(work.actor.person_id or 0)
        if person.id != work.actor.person_id:
            if mine is not None and mine.state == OfferState.OVER:
                giver = facts.person(mine.person_id)
                work.correct_for(mine.subject, giver, partial(cards.asked.given_away, facts))
            work.tell(subject(facts.handoff), person, partial(cards.taker.given_to_you, facts, work.actor.name))
    return work.answer(cards.supervisor.given(facts, person))


def _holds_it_since(facts: CaseFacts, drawn: int) -> bool:
    """Say whether somebody has it whom the supervisor could not see when they decided."""
    return facts.holder is not None and facts.holder.id != drawn


def _refuse_over(facts: CaseFacts) -> None:
    if facts.handoff.state == HandoffState.PASSED_ON and facts.taker is not None:
        raise Refusal(
            _("Nothing was changed."),
            _("{name} handed it on to the next colleague.").format(name=facts.taker.name),
            _("How that goes stands on the board: `/zanshin status`."),
        )
    if facts.handoff.state not in OPEN:
        raise Refusal(
            _("Nothing was changed."),
            _("This handoff is over."),
            _("If the case needs somebody again, begin a new one with `/recuse for @name`."),
        )


def _refuse_requester(facts: CaseFacts, person: Person) -> None:
    if person.id == facts.handoff.requester_id:
        raise Refusal(
            _("Nothing was changed."),
            _("{name} is the one who steps out of this case.").format(name=person.name),
            _("Choose somebody else, or end the search."),
        )


def _refuse_excluded(facts: CaseFacts, person: Person, work: Work) -> None:
    why = barred(person.id, facts.handoff, work) if person.on_team else Exclusion.NO_ROLE
    if why is None or why is Exclusion.COOLING:
        return
    raise Refusal(
        _("{name} didn't get it.").format(name=person.name),
        _("Not possible: {why}.").format(why=_(cards.supervisor.EXCLUSIONS[why])),
        _("Choose somebody who starts from zero."),
    )


def explain_ladder(command: ExplainLadder, work: Work) -> Reply:
    """Show why each person was asked or not."""
    facts = look_at(command.handoff, work)
    roster = Roster(work, [facts.handoff])
    candidates = roster.candidates(facts.handoff, facts.offers)
    return Private(message=cards.supervisor.who_was_asked(facts, candidates, roster.people))


def ask_for_times(_command: AskForTimes, work: Work) -> Reply:
    """Open the times of the ladder."""
    return remembering(cards.admin.times_form(times_of(work)))


def change_times(command: ChangeTimes, work: Work) -> Reply:
    """Change the times of the ladder; searches that go on take them up at their next step."""
    merged = put_together(command, cards.admin.times_form(times_of(work)))
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    row = work.session.get(HandoffTimes, work.actor.organisation_id, with_for_update=True)
    if row is None:
        row = HandoffTimes(organisation_id=work.actor.organisation_id)
        work.session.add(row)
    row.one_s, row.everybody_s, row.supervisors_s = command.one, command.everybody, command.supervisors
    row.nobody_min, row.cooling_min = command.nobody, command.cooling
    return work.answer(cards.admin.times_saved())
