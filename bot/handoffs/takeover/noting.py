"""The note for whoever takes a case over: what its requester said, written down and added to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from bot.errors import NotFound, Refusal
from bot.handoffs import cards, commands
from bot.handoffs.access import Standing, insist
from bot.handoffs.cases import same_case
from bot.handoffs.decisions.notes import mark_of
from bot.handoffs.facts import CaseFacts, facts_of, facts_of_all, find_facts, look_at
from bot.handoffs.model import COOL, OPEN, Handoff, HandoffState, Note, Reason
from bot.handoffs.reading.noting import ForCase, read_for_case
from bot.handoffs.search.searching import go_on, show_asked, subject
from bot.handoffs.search.twins import open_of
from bot.handoffs.showing import show_watching
from bot.handoffs.takeover.taking import show_all
from bot.safety.hearing import Danger, danger_in
from bot.say.language import _, listing
from bot.say.messages import Form
from bot.say.replies import OpenForm, Private, Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 3  # cases that are asked about


def describe(
    handoff: Handoff,
    work: Work,
    *,
    note: Note,
    case: str = "",
    customer: str = "",
    reason: Reason | None = None,
    danger: Danger | None = None,
) -> None:
    """Write down what the requester said; danger makes it urgent, and stays with it."""
    handoff.case, handoff.customer = case or None, customer or None
    handoff.case_hash = work.digest(case.strip().lower(), "case") if case else None
    handoff.customer_hash = work.digest(" ".join(customer.lower().split()), "customer") if customer else None
    handoff.reason_text = reason.value if reason is not None else None
    handoff.heated = reason not in COOL
    handoff.note_text = None if note == Note() else note.model_dump_json()
    danger = danger or _danger_of(note)
    handoff.danger_text = danger.value if danger else handoff.danger_text
    handoff.urgent = reason is Reason.SAFETY or handoff.danger_text is not None


def write_more(handoff: Handoff, words: str, work: Work) -> None:
    """Add to what happened; all else stays."""
    note, was_urgent = with_words(handoff.note, words), handoff.urgent
    describe(handoff, work, note=note, case=handoff.case or "", customer=handoff.customer or "", reason=handoff.reason)
    handoff.urgent = handoff.urgent or was_urgent


def with_words(note: Note, words: str) -> Note:
    """Write words below what happened, unless they stand there."""
    if not words or words in note.happened:
        return note
    return note.model_copy(update={"happened": f"{note.happened}\n{words}".strip()[:3000]})


def _danger_of(note: Note) -> Danger | None:
    return danger_in("\n".join(note.model_dump().values()))


def ask_for_note(command: commands.AskForNote, work: Work) -> Reply:
    """Open the form of the note."""
    facts = look_at(command.handoff, work)
    _refuse_closed(facts, work)
    return OpenForm(form=cards.note.note_form(facts, own=work.actor.person_id == facts.handoff.requester_id))


def write_note(command: commands.WriteNote, work: Work) -> Reply:
    """Tell the taker more; threats call a supervisor at once."""
    facts = find_facts(command.handoff, work)
    _refuse_closed(facts, work)
    handoff = facts.handoff
    if (both := _both(facts, command, work)) is not None:
        return OpenForm(form=both)
    written = {name: getattr(command, name) for name in Note.model_fields if name != "signals"}
    note = Note(**written, signals=handoff.note.signals)
    if work.actor.person_id != handoff.requester_id:  # only they can say that others may know
        note = note.model_copy(update={"playbooks_told": handoff.note.playbooks_told})
    before, was_urgent = (handoff.note, handoff.case, handoff.customer, handoff.reason), handoff.urgent
    describe(handoff, work, case=command.case, customer=command.customer, reason=command.reason, note=note)
    handoff.urgent = handoff.urgent or was_urgent
    changed = before != (handoff.note, handoff.case, handoff.customer, handoff.reason)
    return _written(facts, work, changed=changed, was_urgent=was_urgent)


def _written(facts: CaseFacts, work: Work, *, changed: bool, was_urgent: bool) -> Reply:
    """Show a note to whoever reads it; danger that it tells of for the first time comes first."""
    handoff = facts.handoff
    if changed:
        show_asked(facts, work)
    go_on(facts, work)
    if handoff.state != HandoffState.SEARCHING:
        show_all(facts, work)
    else:
        show_watching(facts, work)
    taker = facts.taker
    if changed and taker is not None and taker.id != work.actor.person_id:
        work.tell(subject(handoff), taker, partial(cards.taker.note_changed, work.actor.name))
    if (danger := _danger_of(handoff.note)) and not was_urgent:
        return Private(message=cards.requester_notices.in_danger(facts, danger))
    return Private(message=cards.requester_notices.note_saved(facts, work.actor.person_id))


def add_to_note(command: commands.AddToNote, work: Work) -> Reply:
    """Write a line more for whoever has the case or takes it; where it has no words, ask for them."""
    facts, words = _meant(command, work)
    if not (words and command.handoff is None):  # whoever had it before may still say what they know
        _refuse_closed(facts, work)
    if not words:
        return ask_for_note(commands.AskForNote(handoff=facts.handoff.id), work)
    was_urgent, before = facts.handoff.urgent, facts.handoff.note
    write_more(facts.handoff, words, work)
    return _written(facts, work, changed=facts.handoff.note != before, was_urgent=was_urgent)


def _meant(command: commands.AddToNote, work: Work) -> tuple[CaseFacts, str]:
    """Find the case of mine that a note is for, and its words: the one that is named, or the only one."""
    if command.handoff is not None:
        return find_facts(command.handoff, work), command.words
    mine, read = _all_mine(work), read_for_case(command.words)
    if not any(read.case and same_case(one.case or "", read.case) for one in mine):
        gone = _gone_on(read, work) if read.case or not mine else None
        if gone is not None:
            return facts_of(gone, work), read.words if read.case else command.words
    if not mine:
        raise _none_is_mine(read, command, work)
    named = next((one for one in mine if read.case and same_case(one.case or "", read.case)), None)
    if named is not None:
        return facts_of(named, work), read.words
    if len(mine) > 1 or (read.is_sure and mine[0].case):
        raise _which_of(mine, read, command, work)
    return facts_of(mine[0], work), command.words


def _all_mine(work: Work) -> Sequence[Handoff]:
    """Find every case that the actor hands over, or has taken, the latest first."""
    me = work.actor.person_id
    mine = select(Handoff).where(or_(Handoff.requester_id == me, Handoff.taker_id == me), Handoff.state.in_(OPEN))
    return work.session.scalars(mine.order_by(Handoff.id.desc()).with_for_update()).all()


def _gone_on(read: ForCase, work: Work) -> Handoff | None:
    """Find the case that the actor had, and that somebody else has or takes over by now: the latest, or the named."""
    me, chain = work.actor.person_id, func.coalesce(Handoff.chain_id, Handoff.id)
    had = select(chain).where(or_(Handoff.requester_id == me, Handoff.taker_id == me))
    live = select(Handoff).where(chain.in_(had), Handoff.state.in_(OPEN)).order_by(Handoff.id.desc()).with_for_update()
    found = work.session.scalars(live).all()
    return next((one for one in found if not read.case or same_case(one.case or "", read.case)), None)


def _none_is_mine(read: ForCase, command: commands.AddToNote, work: Work) -> NotFound | Refusal:
    """Say that nobody reads a note, and who has the case that is named; the words come back."""
    yours = _("Your words, to copy: “{words}”").format(words=command.words) if command.words else ""
    if read.case and (theirs := next(iter(open_of(read.case, work)), None)) is not None:
        facts = facts_of(theirs, work)
        name = (facts.holder or facts.requester).name
        return Refusal(
            _("There's no note of yours to write in."),
            _("{name} looks after {case}").format(name=name, case=read.case) + ".",
            yours or _("Speak with {name}.").format(name=name),
        )
    search = commands.Recuse(note=command.words).button(_("Step out of the case"), "primary")
    ask = _("Did you mean to step out of a case of yours?")
    return NotFound(
        _("There's no note to write in."),
        _("No case of yours is being handed over."),
        f"{yours} {ask}".strip(),
        (search,),
    )


def _which_of(mine: Sequence[Handoff], read: ForCase, command: commands.AddToNote, work: Work) -> Refusal:
    """Ask for which case a note is: nobody reads it who looks after another customer."""
    named = [(one, cards.promised.name_of(facts)) for one, facts in facts_of_all(mine, work).items()]
    these = [
        command.model_copy(update={"handoff": one}).button(_("For {case}").format(case=name)[:75], "primary")
        for one, name in named[:SHOWN]
    ]
    return Refusal(
        _("You're not handing over {case}.").format(case=read.case)
        if read.is_sure
        else _("You have more than one case under way."),
        _("These are: {cases}. Nothing was noted yet.").format(cases=listing([name for _one, name in named])),
        _("Which one did you mean?"),
        tuple(these),
    )


def _both(facts: CaseFacts, command: commands.WriteNote, work: Work) -> Form | None:
    """Ask once more where somebody else has written since the form was opened, with what both have written."""
    theirs = cards.note.answers_of(facts.handoff)
    mine = {name: (getattr(command, name) or "") for name in theirs}
    if command.seen in ("", mark_of(theirs)) or mine == theirs:
        return None
    return cards.note.both_form(facts, theirs, mine, own=work.actor.person_id == facts.handoff.requester_id)


def _refuse_closed(facts: CaseFacts, work: Work) -> None:
    insist(facts, work, Standing.REQUESTER, Standing.HOLDER, Standing.SUPERVISOR)
    if facts.handoff.ended_at is not None:
        raise Refusal(
            _("The note is closed."), _("This handoff is over."), _("Tell your colleague what is missing, in the chat.")
        )
