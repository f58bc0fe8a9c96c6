"""An incident begins and ends: open, plan, resolve, reopen."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.actors import support_channel
from bot.errors import NotUnderstood, Refusal, SetupMissing
from bot.incidents import forms, nag_texts, texts
from bot.incidents.commands import LONGEST_TIME, ShowIncident, insist_on_short
from bot.incidents.finding import (
    close_nag,
    ended_scene,
    insist_on_owner,
    live_scene,
    record,
    scene_again,
    scene_of,
    show,
)
from bot.incidents.model import EventKind, Incident, IncidentState, Words
from bot.incidents.owning import close_offer, close_orphan
from bot.incidents.posting import tell_customers, unfit
from bot.incidents.rules import rules_of
from bot.incidents.watching import promise, watch
from bot.language import N_, _
from bot.messages import moment, text
from bot.people.model import ConversationKind, Organisation
from bot.replies import FieldErrors, OpenForm, Private
from bot.typing.times.moments import AskBack, read_moment, split_moment
from bot.typing.times.starts import read_start, split_start, why_not

if TYPE_CHECKING:
    from datetime import datetime

    from bot.incidents.commands import AskToOpen, AskToResolve, OpenIncident, PlanIncident, Reopen, Resolve
    from bot.incidents.scene import Scene
    from bot.incidents.wordings import Wordings
    from bot.people.model import Conversation
    from bot.replies import Reply
    from bot.typing.times.starts import Read, Split
    from bot.work import Work

TWIN = timedelta(minutes=2)  # the same words within this are probably the same incident
AHEAD = timedelta(hours=24)  # customers are told of a planned one at the latest so long before

RESOLVED = N_("It is resolved. Nothing more to remind of.")


def ask_to_open(command: AskToOpen, _work: Work) -> Reply:
    """Open the form of a new incident."""
    form = forms.plan_form if command.planned else forms.open_form
    return OpenForm(form=form(command.title, command.severity))


def open_incident(command: OpenIncident, work: Work) -> Reply:
    """Open an incident: its promise begins at once."""
    _refuse_twin(command, command.title, work)
    rules = rules_of(work.session, work.actor.organisation_id)
    incident = _new(command.title, command.severity, work, promise_at=work.now + rules.cadences[command.severity])
    return _begun(incident, EventKind.OPENED, work, again=command.again > 0)


def plan_incident(command: PlanIncident, work: Work) -> Reply:
    """Plan an incident: the promise is that customers are told before it begins."""
    read, split = _readers(work)
    if command.line:
        starts, title, begins = split_start(command.line, read, split)
        insist_on_short(title)
        if begins is None or not title:
            why = why_not(starts, read) if begins is None else ""
            return OpenForm(form=forms.plan_form(title, command.severity, starts=starts[:LONGEST_TIME], why=why))
        command = command.model_copy(update={"title": title, "starts": starts, "line": ""})
    found = read_start(command.starts, read)
    errors = {} if command.title else {"title": _("Please fill this in.")}
    if isinstance(found, AskBack):
        return FieldErrors(errors=errors | {"starts": why_not(command.starts, read)})
    return FieldErrors(errors=errors) if errors else _plan(command, found.earliest or found.at, work)


def _readers(work: Work) -> tuple[Read, Split]:
    """Read times the way the actor means them: in their zone, and in the organisation's working day."""
    now, zone, day = work.now, work.me().zone_in(work.organisation), rules_of(work.session, work.organisation.id).day
    return partial(read_moment, now=now, zone=zone, day=day), partial(split_moment, now=now, zone=zone, day=day)


def _plan(command: PlanIncident, begins: datetime, work: Work) -> Reply:
    _refuse_twin(command, command.title, work)
    incident = _new(command.title, command.severity, work, promise_at=_told_by(begins, work), starts_at=begins)
    return _begun(incident, EventKind.PLANNED, work, again=command.again > 0)


def _told_by(starts_at: datetime, work: Work) -> datetime:
    """Say by when customers are told that something begins."""
    return starts_at - min(AHEAD, (starts_at - work.now) / 2)


def _refuse_twin(command: OpenIncident | PlanIncident, title: str, work: Work) -> None:
    twin = work.session.scalar(
        select(Incident)
        .where(
            Incident.organisation_id == work.actor.organisation_id,
            Incident.title_hash == _hash(title, work),
            Incident.opened_at > work.now - TWIN,
            Incident.state != IncidentState.RESOLVED,
            Incident.number > command.again,  # pressed twice, it opens one and not two
        )
        .order_by(Incident.number.desc())
    )
    if twin is not None:
        raise Refusal(
            _("This looks like #{number}.").format(number=twin.number),
            _("The same words were opened less than two minutes ago."),
            _("Is it another one?"),
            (
                ShowIncident(number=twin.number).button(_("Show #{number}").format(number=twin.number), "primary"),
                command.model_copy(update={"again": twin.number}).button(_("It is another one: open it")),
            ),
        )


def _hash(title: str, work: Work) -> str:
    return work.digest(" ".join(title.lower().split()), "incident title")


def _new(title: str, severity: int, work: Work, *, promise_at: datetime, starts_at: datetime | None = None) -> Incident:
    organisation = work.session.get_one(Organisation, work.actor.organisation_id, with_for_update=True)
    me, place = work.me(), _place(work)
    number = work.session.scalar(
        select(func.coalesce(func.max(Incident.number), 0)).where(Incident.organisation_id == organisation.id)
    )
    incident = Incident(
        organisation_id=organisation.id,
        number=(number or 0) + 1,
        title=" ".join(title.split()),
        title_hash=_hash(title, work),
        severity=severity,
        state=IncidentState.OPEN if starts_at is None else IncidentState.PLANNED,
        conversation_id=place.id,
        owner_id=me.id,
        opened_at=work.now,
        starts_at=starts_at,
        nags=0,
        nagged=[],
        paused=False,
        unreached=False,
    )
    promise(incident, promise_at, work)
    work.session.add(incident)
    work.session.flush()
    return incident


def _place(work: Work) -> Conversation:
    """Find the channel of a new incident: where it was typed, or else where the team works."""
    here = work.here()
    found = here if here.kind == ConversationKind.CHANNEL else support_channel(work.session, here.organisation_id)
    if found is None:
        raise SetupMissing(
            _("The incident was not opened."),
            _("There is no support channel where it could be shown."),
            _("Type it in the channel where your team works."),
        )
    return found


def _begun(incident: Incident, kind: EventKind, work: Work, *, again: bool) -> Reply:
    scene = scene_again(incident, work)
    record(scene, kind, work, promise_at=incident.promise_at, severity=incident.severity)
    show(scene, work)
    watch(scene, work)
    template = (
        _("It is yours. Customers are told by {time}; I remind you before.")
        if kind is EventKind.PLANNED
        else _("It is yours. The first update is promised by {time}; I remind you before.")
    )
    message = forms.opened(scene, text(template, time=moment(incident.promise_at)))
    return work.answer(message) if again else Private(message=message)


# --- the end -------------------------------------------------------------------------------------


def ask_to_resolve(command: AskToResolve, work: Work, *, wordings: Wordings) -> Reply:
    """Open the form of the last word."""
    scene = live_scene(command, work)
    insist_on_owner(scene, work)
    hint = wordings.for_title(scene.incident.title).solved[0]
    return OpenForm(form=forms.resolve_form(scene, texts.as_hint(hint)))


def resolve(command: Resolve, work: Work) -> Reply:
    """End an incident: no nag comes after this transaction."""
    scene = scene_of(command, work)
    if not scene.is_live:
        return Private(message=texts.shown(scene))
    insist_on_owner(scene, work)
    if command.words and (wrong := unfit(command.words)):
        if _pressed(work):
            return FieldErrors(errors={"words": wrong})
        raise NotUnderstood(_("It is not resolved yet."), wrong, _("Then type it again."))
    incident, sent = scene.incident, bool(command.words and (command.sent or not _pressed(work)))
    words = Words(notice=command.words) if command.words else None
    kept = incident.promise_at if sent or incident.promise_at < work.now else None
    event = record(scene, EventKind.RESOLVED, work, words=words, kept_at=kept)
    work.session.flush()
    close_nag(scene, work, RESOLVED)
    incident.state, incident.resolved_at, incident.next_due_at = IncidentState.RESOLVED, work.now, None
    incident.resume_at, incident.paused = None, False
    _close_questions(scene, work)
    if sent:
        tell_customers(scene, event, None, work)
    show(scene, work)
    return Private(message=nag_texts.resolved(scene, command.words, sent=sent))


def _close_questions(scene: Scene, work: Work) -> None:
    over = partial(nag_texts.note_over, scene, RESOLVED)
    close_offer(scene, work, over)
    close_orphan(scene, work, over)
    scene.incident.offered_to_id = None


def _pressed(work: Work) -> bool:
    return work.origin is not None and work.origin.pressed


def reopen(command: Reopen, work: Work) -> Reply:
    """Open a resolved incident again: the promise begins anew."""
    scene = ended_scene(command, work)
    incident = scene.incident
    if scene.is_live:
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
    promise(incident, work.now + scene.cadence if begins is None else _told_by(begins, work), work)
    record(scene, EventKind.REOPENED, work, promise_at=incident.promise_at)
    show(scene, work)
    watch(scene, work)
    line = _("It is open again. The next update is promised by {time}.")
    if begins is not None:
        line = _("It is planned again. Customers are told by {time}.")
    return Private(message=forms.opened(scene, text(line, time=moment(incident.promise_at))))
