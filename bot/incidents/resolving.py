"""An incident ends, and may begin again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.directory.availability import AvailabilityState
from bot.directory.model import Person
from bot.errors import NotUnderstood, Refusal
from bot.incidents import cards
from bot.incidents.commands import AskToResolve, Reopen, Resolve, ShowIncident
from bot.incidents.decisions.doubtful import means_all
from bot.incidents.decisions.promised import is_owed
from bot.incidents.decisions.written import filled_in, is_note, unfit
from bot.incidents.doubting import doubt_about
from bot.incidents.facts import IncidentFacts
from bot.incidents.meant import choose_one, ended_incident, incident_meant, insist_on_owner, live_numbers
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState, Words
from bot.incidents.opening import told_by
from bot.incidents.owning import ask_again_to_own, close_offer, close_orphan
from bot.incidents.promise.promises import (
    WORSE_OUTCOME,
    close_nag,
    close_nag_in_channel,
    close_nag_in_chats,
    owner_there,
    promise,
    record,
    show,
    watch,
)
from bot.incidents.updates.bettering import checked, noticed
from bot.incidents.updates.telling import end_of, overtake_drafts, overtake_last_words, say_told, show_prepared
from bot.incidents.updates.wordings import Wordings
from bot.say.language import N_, _
from bot.say.messages import Button, Form, moment, text
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.work.meanwhile import asked_again
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    Ended = Callable[[IncidentFacts, Work], None]  # hears that one is over, and that customers have its last word


def nobody_hears(_facts: IncidentFacts, _work: Work) -> None:
    """Hear that an incident is over, and do nothing."""


RESOLVED = N_("It's resolved. Nothing more to remind of.")
UNTOLD = N_("It's resolved. Customers weren't told that it's over.")
OVER = N_("It's resolved.")
OPEN_AGAIN = N_("It's open again.")


def ask_to_resolve(command: AskToResolve, work: Work, *, wordings: Wordings) -> Reply:
    """Open the form of the last word; it can still be written once all is over."""
    facts = incident_meant(command, work)
    insist_on_owner(facts, work)
    if not facts.is_live and _is_last_said(end_of(facts, work)):
        return Private(message=cards.team.shown(facts))
    return OpenForm(form=_last_form(facts, work, wordings))


def _last_form(facts: IncidentFacts, work: Work, wordings: Wordings) -> Form:
    return cards.forms.resolve_form(facts, cards.prepared.prepared_for(facts, wordings), _ends(facts, work))


def _ends(facts: IncidentFacts, work: Work) -> int:
    """Count how often it has ended."""
    ended = select(func.count()).where(
        IncidentEvent.incident_id == facts.incident.id, IncidentEvent.kind == EventKind.RESOLVED
    )
    return work.session.scalar(ended) or 0


def resolve(command: Resolve, work: Work, *, wordings: Wordings, ended: Ended = nobody_hears) -> Reply:
    """End an incident: no nag comes after this transaction."""
    if command.number is None and means_all(command.words):
        return _ask_about_all(command, work, wordings)
    facts = incident_meant(command, work)
    if not facts.is_live and not command.words:
        return Private(message=cards.team.shown(facts))
    insist_on_owner(facts, work)
    words = _last_words(command, facts)
    if words.whole and (wrong := unfit(words.whole)):
        if _pressed(work):
            return FieldErrors(errors={"words": wrong})
        raise NotUnderstood(_("It's not resolved yet."), wrong, _("Then type it again."))
    if facts.is_live and command.ends is not None and command.ends != _ends(facts, work):
        why = _("Since you opened this it was resolved, and opened again. If it's over now, send it once more.")
        return _asked_again(facts, command, work, wordings, why)
    if (doubt := doubt_about(command, facts, work)) is not None:
        if not _pressed(work):
            raise doubt
        again = _("Change it, or send it once more.")
        return _asked_again(facts, command, work, wordings, f"{doubt.why} {again}")
    if not facts.is_live:
        reply = _add_last_words(facts, words, command, work)
    else:
        reply = _end(facts, words, command, work, wordings)
    ended(facts, work)
    return reply


def _ask_about_all(command: Resolve, work: Work, wordings: Wordings) -> Reply:
    """End nothing where all are named at once: each has customers of its own, and a last word."""

    def ways(incident: Incident) -> Sequence[Button]:
        return (AskToResolve(number=incident.number).button(incident.heading[:60]),)

    if len(live_numbers(work)) > 1:
        raise choose_one(_("I take one incident at a time."), ways, command, work)
    return ask_to_resolve(AskToResolve(), work, wordings=wordings)


def _asked_again(facts: IncidentFacts, command: Resolve, work: Work, wordings: Wordings, why: str) -> Reply:
    """Ask for the last word once more, with what was filled in; sent again it is meant."""
    form = _last_form(facts, work, wordings)
    answers = {"words": command.words, "sent": "yes" if command.sent else "", "where": command.where}
    return asked_again(form.model_copy(update={"fields": form.fields | {"anyway": "yes"}}), why, answers)


def _last_words(command: Resolve, facts: IncidentFacts) -> Words:
    """Take what was written for customers, or for the team if it says too little to be read by them."""
    if is_note(command.words) and not command.sent:
        return Words(note=command.words)
    words = Words(notice=filled_in(command.words, cards.prepared.known(facts)), where=command.where.strip())
    return checked(words, facts.rules.own) if words.whole else words


def _end(facts: IncidentFacts, words: Words, command: Resolve, work: Work, wordings: Wordings) -> Reply:
    incident = facts.incident
    event = record(facts, EventKind.RESOLVED, work, words=words)
    event.kept_at = incident.promise_at if incident.promise_at < work.now else None
    work.session.flush()
    told = command.sent and bool(words.whole)
    close_nag(facts, work, RESOLVED if told else UNTOLD, aloud=True)
    incident.state, incident.resolved_at = IncidentState.RESOLVED, work.now
    incident.next_due_at = None if told else _asked_at(facts)
    incident.resume_at, incident.paused = None, False
    if words.whole and facts.prepared is not None:
        overtake_drafts(facts, work)
    incident.prepared_at = None
    _close_questions(facts, work)
    _tell_if_said(facts, event, command, work)
    show(facts, work)
    example = cards.prepared.example_of_last(facts, wordings)
    return Private(message=cards.actor.resolved(facts, event, example, noticed=noticed(words, facts)))


def _asked_at(facts: IncidentFacts) -> datetime | None:
    """Say when the owner is asked whether customers know that it's over: by when they were to hear more."""
    incident = facts.incident
    owed = incident.promise_at > facts.now and is_owed(incident, given=facts.is_promised)
    return incident.promise_at if owed else None


def _tell_if_said(facts: IncidentFacts, event: IncidentEvent, command: Resolve, work: Work) -> None:
    if command.sent and event.words.whole:
        tell = _told_the_end if event.at == work.now else _told_after_the_end
        tell(facts, event, work)
    elif event.words.whole:
        show_prepared(facts, event, work)


def _told_the_end(facts: IncidentFacts, event: IncidentEvent, work: Work) -> None:
    event.kept_at = event.kept_at or facts.incident.promise_at
    if not facts.is_live:
        facts.incident.next_due_at = None
    say_told(facts, event, work)


def _told_after_the_end(facts: IncidentFacts, event: IncidentEvent, work: Work) -> None:
    """Let the nags say so, too: they said that customers weren't told."""
    if not facts.is_live:
        close_nag_in_channel(facts, work, RESOLVED)
        close_nag_in_chats(facts, work, RESOLVED)
    _told_the_end(facts, event, work)


def tell_the_end(facts: IncidentFacts, event: IncidentEvent, work: Work, ended: Ended) -> Reply:
    """Hear that customers have the last word."""
    _told_after_the_end(facts, event, work)
    ended(facts, work)
    return Private(message=cards.actor.resolved(facts, event))


def _add_last_words(facts: IncidentFacts, words: Words, command: Resolve, work: Work) -> Reply:
    """Take the last word after the end, or a better one until customers have it; what says too little is a note."""
    event = end_of(facts, work)
    by = _who_else(event, work)
    raced = command.ends is not None and bool(event.words.whole)  # its form was open when somebody else ended it
    if not words.whole or event.told_at is not None or raced:
        note = words.note or words.whole
        record(facts, EventKind.NOTED, work, words=Words(note=note))
        return Private(message=cards.actor.resolved(facts, event, noted=note, by=by))
    if by and event.words.whole and not command.anyway:
        raise _ask_to_replace(facts, event, by, command)
    event.words_text = words.model_copy(update={"note": event.words.note}).model_dump_json()
    _tell_if_said(facts, event, command, work)
    return Private(message=cards.actor.resolved(facts, event, by=by, noticed=noticed(words, facts)))


def _ask_to_replace(facts: IncidentFacts, end: IncidentEvent, by: str, command: Resolve) -> Refusal:
    """Ask before somebody else's last word is written over."""
    sure = command.model_copy(update={"number": facts.incident.number, "anyway": True})
    return Refusal(
        _("{name} wrote a last word already.").format(name=by),
        _("It's ready to copy: “{words}”").format(words=end.words.whole),
        _("If yours is better, press; nothing was changed yet."),
        (sure.button(_("Take mine"), "primary"), cards.channel.have_it(facts, end)),
    )


def _who_else(end: IncidentEvent, work: Work) -> str:
    """Name whoever ended it, if that is somebody else."""
    if end.person_id in (None, work.actor.person_id):
        return ""
    return work.session.get_one(Person, end.person_id).name


def _is_last_said(end: IncidentEvent) -> bool:
    """Say whether there is a last word already, or customers know without one of ours."""
    return bool(end.words.whole) or end.told_at is not None


def _close_questions(facts: IncidentFacts, work: Work) -> None:
    over = partial(cards.owner.note_over, facts, OVER)
    close_offer(facts, work, over)
    close_orphan(facts, work, over)  # who was asked to own it stays: it is asked again where it is opened again


def _pressed(work: Work) -> bool:
    return work.origin is not None and work.origin.pressed


def reopen(command: Reopen, work: Work) -> Reply:
    """Open a resolved incident again: the promise begins anew."""
    facts = ended_incident(command, work)
    incident = facts.incident
    if facts.is_live:
        planned = incident.state == IncidentState.PLANNED
        what = _("#{number} is planned already.") if planned else _("#{number} is open already.")
        raise Refusal(
            what.format(number=incident.number),
            _("Nothing was changed."),
            _("See how it stands."),
            (ShowIncident(number=incident.number).button(_("Show #{number}").format(number=incident.number)),),
        )
    if command.ended not in (0, int(incident.resolved_at.timestamp()) if incident.resolved_at else 0):
        raise Refusal(
            _("Nothing was changed."),
            _("#{number} was open again since you saw this, and has ended anew.").format(number=incident.number),
            _("If it's back once more, open it again."),
            (cards.channel.open_again(facts),),
        )
    close_nag(facts, work, OPEN_AGAIN, aloud=True)
    overtake_last_words(facts, end_of(facts, work), work)
    missed_at = _missed_at(facts, work)
    begins = incident.starts_at if incident.starts_at is not None and incident.starts_at > work.now else None
    incident.state, incident.resolved_at = IncidentState.OPEN if begins is None else IncidentState.PLANNED, None
    promise(incident, work.now + facts.cadence if begins is None else told_by(begins, work), work)
    record(facts, EventKind.REOPENED, work, promise_at=incident.promise_at, kept_at=missed_at)
    show(facts, work)
    ask_again_to_own(facts, work)
    watch(facts, work)
    _tell_owner(facts, work)
    line = _("It's open again. The next update is promised by {time}.")
    if begins is not None:
        line = _("It's planned again. Customers are told by {time}.")
    return Private(message=cards.actor.opened(facts, text(line, time=moment(incident.promise_at))))


def _tell_owner(facts: IncidentFacts, work: Work) -> None:
    """Tell the owner that it is theirs again; where they are not there, the clock looks for another one at once."""
    if facts.owner.on_team and facts.owner.id != work.actor.person_id:
        told = partial(cards.owner.open_again, facts, work.actor.name)
        work.tell(facts.subject, facts.owner, told, outcome_to=WORSE_OUTCOME)
    if not facts.owner.on_team or owner_there(facts, work).state is not AvailabilityState.AVAILABLE:
        facts.incident.next_due_at = work.now


def _missed_at(facts: IncidentFacts, work: Work) -> datetime | None:
    """Find the promise that was missed while it was resolved, as nobody told customers: a new one takes its place."""
    incident = facts.incident
    owed = incident.promise_at < work.now and is_owed(incident, given=facts.is_promised)
    return incident.promise_at if owed and end_of(facts, work).kept_at is None else None
