"""Follow-ups: written down with who does it and by when, done, moved or dropped by a press."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.afterwards import cards
from bot.afterwards.commands import (
    AddFollowUp,
    AskForFollowUp,
    AskToMoveFollowUp,
    DropFollowUp,
    FinishFollowUp,
    MoveFollowUp,
    OnFollowUp,
    ReopenFollowUp,
    TakeFollowUp,
    TypeFollowUp,
)
from bot.afterwards.decisions.one_line import BY, split_line
from bot.afterwards.decisions.pace import OFFICE, Stage, next_nag
from bot.afterwards.model import FollowUp, FollowUpState
from bot.afterwards.posted import refresh_posted
from bot.afterwards.view import see
from bot.directory.model import Person
from bot.directory.roster import mention
from bot.errors import NotFound, Refusal
from bot.incidents.decisions.cadence import Quiet
from bot.incidents.meant import live_or_ended
from bot.ports import Subject
from bot.say.language import _
from bot.say.messages import Message
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.typing.mentions import named
from bot.typing.signs import says_something
from bot.typing.times.moments import AskBack, Moment, Why, WorkingDay, explain, read_moment
from bot.typing.times.words import gone_by
from bot.work.named import find_person
from bot.work.work import Work

if TYPE_CHECKING:
    from datetime import datetime

    from bot.incidents.facts import IncidentFacts

FURTHEST = timedelta(days=180)
A_MOMENT = timedelta(minutes=2)  # in which the same, written twice, is meant once


def type_follow_up(command: TypeFollowUp, work: Work) -> Reply:
    """Take a follow-up written in one line; what is missing is asked for in the form."""
    facts = live_or_ended(command, work)
    said = split_line(command.line)
    found = read_by(said.by, work)
    who, unknown = _known(said.who, work)
    if who and says_something(said.what) and isinstance(found, Moment):
        return _written(add(facts, find_person(work, said.who), found.at, named(said.what), work), work)
    why = _("Nearly there: answer what is missing.") if command.line else ""
    if said.by and isinstance(found, AskBack):
        why = _unread(said.by, found)
    if unknown:
        unread = why if said.by and isinstance(found, AskBack) else ""
        why = f"{unknown} {_('Choose who does it.')} {unread}".strip()
    return OpenForm(form=cards.followups.form(facts, who=who, by=said.by, what=named(said.what), why=why))


def _known(who: str, work: Work) -> tuple[str, str]:
    """Give whom words name the way forms do, or what is said where they name nobody, with the nearest name."""
    if not who:
        return "", ""
    try:
        return mention(work.session, find_person(work, who), work.actor.workspace_id), ""
    except NotFound as unknown:
        return "", f"{unknown.what} {unknown.hint}".replace("`", "")


def ask_for_follow_up(command: AskForFollowUp, work: Work) -> Reply:
    """Open the form of a follow-up."""
    return OpenForm(form=cards.followups.form(live_or_ended(command, work)))


def add_follow_up(command: AddFollowUp, work: Work) -> Reply:
    """Write it down; what cannot be read is asked back beside its question."""
    facts = live_or_ended(command, work)
    if errors := missing(command.who, command.by, command.what, work):
        return FieldErrors(errors=errors)
    return _written(add_as_filled_in(facts, command.who, command.by, command.what, work), work)


def missing(who: str, by: str, what: str, work: Work) -> dict[str, str]:
    """Say what is missing in a form, beside the question it belongs to."""
    found = read_by(by, work)
    errors = {} if who else {"who": _("Who does it?")}
    if isinstance(found, AskBack):
        errors["by"] = _unread(by, found)
    return errors if what else errors | {"what": _("What is to be done?")}


def _unread(by: str, found: AskBack) -> str:
    if not by:
        return _("By when? A day is enough, such as friday.")
    if found.why is Why.NOT_AHEAD:
        return _("That lies in the past. A day is enough, such as tomorrow or friday.")
    if found.why in (Why.VAGUE, Why.UNCLEAR):
        return explain(replace(found, options=("tomorrow", "in 3 days")))
    return explain(found)


def add_as_filled_in(facts: IncidentFacts, who: str, by: str, what: str, work: Work) -> FollowUp:
    """Write down what a form says in full."""
    found = read_by(by, work)
    assert isinstance(found, Moment)  # noqa: S101  nothing was missing
    return add(facts, find_person(work, who), found.at, what, work)


def _written(row: FollowUp, work: Work) -> Reply:
    [seen] = see([row], work)
    return Private(message=cards.followups.written(seen))


def add(facts: IncidentFacts, person: Person, at: datetime, what: str, work: Work) -> FollowUp:
    """Write down a follow-up, and tell whoever does it."""
    _insist_on_team(person)
    me = work.me()  # locked: two presses of one form write one
    if (same := _just_written(facts, person, what, me, work)) is not None:
        if same.due_at != at:  # typed again for another day, which is the one that counts
            _change(same, person, at, work)
            _show_theirs(same, person, work, afresh=True)
        return same
    row = FollowUp(
        organisation_id=facts.incident.organisation_id,
        incident_id=facts.incident.id,
        person_id=person.id,
        made_by_id=me.id,
        what=what,
        state=FollowUpState.OPEN,
        made_at=work.now,
        due_at=at,
        stage=Stage.QUIET,
    )
    row.next_due_at = watch(row, person, work)
    work.session.add(row)
    work.session.flush()
    _show_theirs(row, person, work)
    refresh_posted(row.incident_id, work)
    work.board_changed()
    return row


def _show_theirs(row: FollowUp, person: Person, work: Work, *, afresh: bool = False) -> None:
    """Tell whoever does it, unless they wrote it down themselves."""
    [seen] = see([row], work)
    if person.id != work.actor.person_id:
        work.show_to(row.subject, person, partial(cards.followups.yours, seen, work.actor.name), afresh=afresh)


def _just_written(facts: IncidentFacts, person: Person, what: str, me: Person, work: Work) -> FollowUp | None:
    """Find the same, written down by the same person a moment ago."""
    rows = work.session.scalars(
        select(FollowUp).where(
            FollowUp.incident_id == facts.incident.id,
            FollowUp.person_id == person.id,
            FollowUp.made_by_id == me.id,
            FollowUp.state == FollowUpState.OPEN,
            FollowUp.made_at > work.now - A_MOMENT,
        )
    )
    return next((one for one in rows if one.what == what), None)


def _insist_on_team(person: Person) -> None:
    if not person.on_team:
        raise Refusal(
            _("{name} wasn't asked.").format(name=person.name),
            _("They're not on the support team."),
            _("Choose somebody of the team: `/zanshin team`."),
        )


def finish_follow_up(command: FinishFollowUp, work: Work) -> Reply:
    """Hear that it is done."""
    return _end(command, FollowUpState.DONE, work)


def drop_follow_up(command: DropFollowUp, work: Work) -> Reply:
    """Hear that nobody needs it; whoever drops what somebody else does is asked first."""
    row = _find(command, work)
    if row.state == FollowUpState.OPEN and row.person_id != work.actor.person_id and not command.sure:
        [seen] = see([row], work)
        return work.answer(cards.followups.sure_to_drop(seen))
    return _end(command, FollowUpState.DROPPED, work)


def _end(command: OnFollowUp, state: FollowUpState, work: Work) -> Reply:
    row = _find(command, work)
    if row.state == FollowUpState.OPEN:
        row.state, row.ended_at, row.next_due_at = state, work.now, None
        _close(row, work)
        if state is FollowUpState.DROPPED and row.person_id != work.actor.person_id:
            _tell_it_was_dropped(row, work)
    return work.answer(_over(row, work))


def _over(row: FollowUp, work: Work) -> Message:
    [seen] = see([row], work)
    return cards.followups.over(seen, theirs=row.person_id == work.actor.person_id)


def _tell_it_was_dropped(row: FollowUp, work: Work) -> None:
    """Tell whoever does it who dropped it, and let them take it up again."""
    [seen] = see([row], work)
    work.tell(
        Subject.of("followup", row.id, "dropped"), seen.person, partial(cards.followups.dropped, seen, work.actor.name)
    )


def reopen_follow_up(command: ReopenFollowUp, work: Work) -> Reply:
    """Take up again what was dropped: the same person does it by the same day."""
    row = _find(command, work)
    if row.state == FollowUpState.DROPPED:
        row.state, row.ended_at = FollowUpState.OPEN, None
        _change(row, work.session.get_one(Person, row.person_id), row.due_at, work)
    return work.answer(_as_it_is(row, work))


def _as_it_is(row: FollowUp, work: Work) -> Message:
    if row.state != FollowUpState.OPEN:
        return _over(row, work)
    [seen] = see([row], work)
    return cards.followups.moved(seen)


def _moved_since(row: FollowUp, command: TakeFollowUp | MoveFollowUp, work: Work) -> Message | None:
    """Say who does it now, where whoever asks could not see that."""
    due = command.due if isinstance(command, MoveFollowUp) else 0
    same = command.holder in (0, row.person_id) and due in (0, int(row.due_at.timestamp()))
    if same or row.state != FollowUpState.OPEN:
        return None
    [seen] = see([row], work)
    return cards.followups.moved_since(seen, theirs=row.person_id == work.actor.person_id)


def take_follow_up(command: TakeFollowUp, work: Work) -> Reply:
    """Do it oneself from now on."""
    row, me = _find(command, work), work.me()
    if row.person_id != me.id:
        if (news := _moved_since(row, command, work)) is not None:
            return work.answer(news)
        if row.state == FollowUpState.OPEN:
            _change(row, me, row.due_at, work)
    return work.answer(_as_it_is(row, work))


def ask_to_move_follow_up(command: AskToMoveFollowUp, work: Work) -> Reply:
    """Open the form that changes who does it, and by when."""
    row = work.look(FollowUp, command.follow_up, _("This follow-up"))
    [seen] = see([row], work)
    if row.state != FollowUpState.OPEN:
        return work.answer(_over(row, work))
    return OpenForm(form=cards.followups.move_form(seen, mention(work.session, seen.person, work.actor.workspace_id)))


def move_follow_up(command: MoveFollowUp, work: Work) -> Reply:
    """Change who does it, and by when: reminders begin anew."""
    row = _find(command, work)
    found = read_by(command.by, work)
    if isinstance(found, AskBack):
        return FieldErrors(errors={"by": _unread(command.by, found)})
    if (news := _moved_since(row, command, work)) is not None:
        return Private(message=news)
    if row.state == FollowUpState.OPEN:
        person = find_person(work, command.who) if command.who else work.session.get_one(Person, row.person_id)
        _insist_on_team(person)
        _change(row, person, found.at, work)
    return Private(message=_as_it_is(row, work))


def _change(row: FollowUp, person: Person, at: datetime, work: Work) -> None:
    before = row.person_id
    row.person_id, row.due_at, row.made_at = person.id, at, work.now
    row.stage, row.said_at = Stage.QUIET, None
    row.next_due_at = watch(row, person, work)
    _close(row, work)
    if person.id not in (before, work.actor.person_id):
        [seen] = see([row], work)
        work.show_to(row.subject, person, partial(cards.followups.yours, seen, work.actor.name), afresh=True)


def _close(row: FollowUp, work: Work) -> None:
    """Have every reminder of it say how it stands now."""
    work.session.flush()
    [seen] = see([row], work)
    write = cards.followups.moved if row.state == FollowUpState.OPEN else cards.followups.over
    for reader in work.readers(row.subject):
        work.correct_for(row.subject, reader, partial(write, seen))
    refresh_posted(row.incident_id, work)
    work.board_changed()


def watch(row: FollowUp, person: Person, work: Work) -> datetime:
    """Say when the clock has to look at it next."""
    return next_nag(row.kept, quiet_of(person, work), work.now).next_due_at


def quiet_of(person: Person, work: Work) -> Quiet:
    """Say when somebody is not to be disturbed with it: outside of their hours, in their own zone."""
    return Quiet(person.shifts or OFFICE, person.zone_in(work.organisation))


def read_by(words: str, work: Work) -> Moment | AskBack:
    """Read by when: a day alone is enough, and means its end."""
    zone = work.me().zone_in(work.organisation)
    read = partial(read_moment, now=work.now, zone=zone, day=WorkingDay(), furthest=FURTHEST)
    words = BY.sub("", words)
    found = read(words)
    if isinstance(found, AskBack) and found.why in (Why.NO_HOUR, Why.WHICH_DAY):
        whole = read(f"{words} {WorkingDay().closes:%H:%M}")
        return whole if isinstance(whole, Moment) or whole.why is Why.NOT_AHEAD else found
    if isinstance(found, AskBack) and found.why in (Why.VAGUE, Why.UNCLEAR) and gone_by(words):
        return replace(found, why=Why.NOT_AHEAD)
    return found


def _find(command: OnFollowUp, work: Work) -> FollowUp:
    return work.find(FollowUp, command.follow_up, _("This follow-up"))
