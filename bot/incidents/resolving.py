"""An incident ends, and may begin again."""

from __future__ import annotations

from functools import partial

from bot.errors import NotUnderstood, Refusal
from bot.incidents import cards
from bot.incidents.commands import AskToResolve, Reopen, Resolve, ShowIncident
from bot.incidents.facts import IncidentFacts
from bot.incidents.meant import ended_incident, incident_meant, insist_on_owner, live_incident
from bot.incidents.model import EventKind, IncidentState, Words
from bot.incidents.opening import told_by
from bot.incidents.owning import close_offer, close_orphan
from bot.incidents.posting import tell_customers, unfit
from bot.incidents.promises import close_nag, promise, record, show, watch
from bot.incidents.wordings import Wordings
from bot.say.language import N_, _
from bot.say.messages import moment, text
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.work.work import Work

RESOLVED = N_("It is resolved. Nothing more to remind of.")


def ask_to_resolve(command: AskToResolve, work: Work, *, wordings: Wordings) -> Reply:
    """Open the form of the last word."""
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    prepared = cards.forms.prepared_for(facts.incident.title, wordings)
    return OpenForm(form=cards.forms.resolve_form(facts, prepared))


def resolve(command: Resolve, work: Work) -> Reply:
    """End an incident: no nag comes after this transaction."""
    facts = incident_meant(command, work)
    if not facts.is_live:
        return Private(message=cards.team.shown(facts))
    insist_on_owner(facts, work)
    if command.words and (wrong := unfit(command.words)):
        if _pressed(work):
            return FieldErrors(errors={"words": wrong})
        raise NotUnderstood(_("It is not resolved yet."), wrong, _("Then type it again."))
    incident, sent = facts.incident, bool(command.words and (command.sent or not _pressed(work)))
    words = Words(notice=command.words) if command.words else None
    kept = incident.promise_at if sent or incident.promise_at < work.now else None
    event = record(facts, EventKind.RESOLVED, work, words=words, kept_at=kept)
    work.session.flush()
    close_nag(facts, work, RESOLVED)
    incident.state, incident.resolved_at, incident.next_due_at = IncidentState.RESOLVED, work.now, None
    incident.resume_at, incident.paused = None, False
    _close_questions(facts, work)
    if sent:
        tell_customers(facts, event, None, work)
    show(facts, work)
    return Private(message=cards.actor.resolved(facts, command.words, sent=sent))


def _close_questions(facts: IncidentFacts, work: Work) -> None:
    over = partial(cards.owner.note_over, facts, RESOLVED)
    close_offer(facts, work, over)
    close_orphan(facts, work, over)
    facts.incident.offered_to_id = None


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
    begins = incident.starts_at if incident.starts_at is not None and incident.starts_at > work.now else None
    incident.state, incident.resolved_at = IncidentState.OPEN if begins is None else IncidentState.PLANNED, None
    promise(incident, work.now + facts.cadence if begins is None else told_by(begins, work), work)
    record(facts, EventKind.REOPENED, work, promise_at=incident.promise_at)
    show(facts, work)
    watch(facts, work)
    line = _("It is open again. The next update is promised by {time}.")
    if begins is not None:
        line = _("It is planned again. Customers are told by {time}.")
    return Private(message=cards.actor.opened(facts, text(line, time=moment(incident.promise_at))))
