"""A call is promised to the customer, and by when: the search ends, and the clock minds the promise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Person
from bot.directory.roster import named_clock
from bot.errors import NotFound
from bot.handoffs import cards, commands
from bot.handoffs.access import Standing, insist
from bot.handoffs.cases import same_case
from bot.handoffs.facts import CaseFacts, facts_of, find_facts, look_at
from bot.handoffs.holding import stop_hold
from bot.handoffs.model import OPEN, Handoff, HandoffState
from bot.handoffs.search.searching import end_search, show_in_channel
from bot.handoffs.search.twins import refuse_theirs
from bot.handoffs.search.which import which_search
from bot.handoffs.showing import answer_with_card
from bot.handoffs.takeover.noting import write_more
from bot.handoffs.takeover.taking import callback_subject, comfort, keep, show_all
from bot.people.leads import tell_leads
from bot.people.working.breaks import working_day
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.typing.times.moments import AskBack, explain, read_moment
from bot.typing.times.until import read_until
from bot.work.named import supervisors_on_duty
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def promise_callback(command: commands.PromiseCallback, work: Work) -> Reply:
    """End a search: the customer will be called back. Supervisors learn of it, so that it is not forgotten."""
    at = _read(command.by, work)
    if isinstance(at, str):
        return FieldErrors(errors={"by": at})
    facts = find_facts(command.handoff, work)
    insist(facts, work, Standing.HOLDER, Standing.REQUESTER, Standing.SUPERVISOR)
    return _keep(facts, at, work)


def type_callback(command: commands.TypeCallback, work: Work) -> Reply:
    """Promise a call, or say by when, for the case of mine that waits for one; a time in doubt is asked in the form."""
    facts = _mine(command, work)
    if command.words:
        write_more(facts.handoff, command.words, work)
    at = _read(command.by, work)
    if isinstance(at, str):
        return OpenForm(form=cards.promised.time_form(facts, _clock(work), command.by, at))
    return _keep(facts, at, work)


def ask_for_call_time(command: commands.AskForCallTime, work: Work) -> Reply:
    """Open the form that asks by when."""
    facts = look_at(command.handoff, work)
    insist(facts, work, Standing.HOLDER, Standing.REQUESTER, Standing.SUPERVISOR)
    return OpenForm(form=cards.promised.time_form(facts, _clock(work)))


def _keep(facts: CaseFacts, at: datetime | None, work: Work) -> Reply:
    if facts.handoff.state == HandoffState.SEARCHING:
        _promise(facts, at, work)
    elif at is not None and facts.holder is not None:
        _say_by_when(facts, facts.holder, at, work)
        return Private(message=cards.promised.time_kept(facts))  # its card, which follows what happens, shows it too
    return answer_with_card(facts, work)


def _promise(facts: CaseFacts, at: datetime | None, work: Work) -> None:
    handoff = facts.handoff
    handoff.state, handoff.call_at = HandoffState.CALLBACK, at
    # Whoever promises their customer a call has gone back to them: nobody waits on the line any more.
    if facts.hold is not None and work.actor.person_id == facts.hold.person_id:
        stop_hold(work, facts.hold)
    keep(handoff, facts.requester, work)
    end_search(facts, work)
    comfort(facts, work)
    leads = supervisors_on_duty(work, but=facts.requester)
    tell_leads(work, leads, partial(cards.supervisor.callback_promised, facts), callback_subject(handoff))


def _say_by_when(facts: CaseFacts, holder: Person, at: datetime, work: Work) -> None:
    """Mind another time from now on."""
    facts.handoff.call_at = at
    keep(facts.handoff, holder, work)
    show_all(facts, work)
    show_in_channel(facts, work)
    work.board_changed()


def _mine(command: commands.TypeCallback, work: Work) -> CaseFacts:
    """Find the case of the actor in which a call is owed, or can be promised: the one that is named, or the latest."""
    if command.handoff is not None:
        facts = find_facts(command.handoff, work)
        insist(facts, work, Standing.HOLDER, Standing.REQUESTER)
        return facts
    me = work.actor.person_id
    owed = (Handoff.requester_id == me) & Handoff.taker_id.is_(None) | (Handoff.taker_id == me)
    all_mine = select(Handoff).where(owed, Handoff.state.in_(OPEN)).order_by(Handoff.id.desc())
    mine = work.session.scalars(all_mine.with_for_update()).all()
    waiting = [one for one in mine if one.call_at is None or one.state != HandoffState.CALLBACK]
    if len(mine) > 1 and len(waiting) != 1 and not command.case:
        raise which_search(mine, command, _("No call was promised."), work)
    if len(waiting) == 1 and not command.case:
        return facts_of(waiting[0], work)  # the others have their time
    found = next((one for one in mine if not command.case or same_case(one.case or "", command.case)), None)
    if found is None and len(mine) == 1 and not mine[0].case:
        found = mine[0]  # nobody had written its number down
    if found is None:
        refuse_theirs(command.case, _("So no call was promised."), work)
    if found is None:
        raise _nobody_to_call(command, [one.case for one in mine if one.case])
    return facts_of(found, work)


def _nobody_to_call(command: commands.TypeCallback, cases: Sequence[str]) -> NotFound:
    """Say that no call can be promised, and keep what was typed: for another case, or a search to begin with."""
    typed = " ".join(dict.fromkeys(one for one in (command.by, command.words) if one))
    said = "" if command.words.startswith(command.by) else f"{command.by} "
    note = f"callback {said}{command.words}".strip() if typed else ""
    search = commands.Recuse(case=command.case, note=note[: commands.LONGEST])
    these = [
        command.model_copy(update={"case": one}).button(_("For {case}").format(case=one), "primary")
        for one in cases[:3]
    ]
    why = (
        _("You're not handing over {case}.").format(case=command.case)
        if command.case
        else _("No case of yours is being handed over.")
    )
    return NotFound(
        _("There's nobody to call back."),
        why,
        _("Begin with `/recuse`."),
        (*these, search.button(_("Step out of the case"), "plain" if these else "primary")),
    )


def _read(words: str, work: Work) -> datetime | str | None:
    """Read by when, in the zone of whoever says it; None if they did not."""
    if not words.strip():
        return None
    me = work.me()
    zone = me.zone_in(work.organisation)
    day = working_day(me, zone, work.now)
    found = read_until(words, partial(read_moment, now=work.now, zone=zone, day=day))
    return explain(found) if isinstance(found, AskBack) else found.at


def _clock(work: Work) -> str:
    return named_clock(work.me(), work.organisation, work.now)
