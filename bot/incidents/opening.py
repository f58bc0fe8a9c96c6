"""An incident begins: opened while customers notice it, or planned ahead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.directory.model import Conversation, ConversationKind, Organisation
from bot.errors import Refusal, SetupMissing
from bot.incidents import cards
from bot.incidents.commands import LONGEST_TIME, AskToOpen, OpenIncident, PlanIncident, ShowIncident, insist_on_short
from bot.incidents.decisions.cadence import Quiet
from bot.incidents.facts import IncidentFacts, facts_of_new, rules_of
from bot.incidents.model import EventKind, Incident, IncidentState
from bot.incidents.promise.promises import OPENED_OUTCOME, promise, record, show, watch
from bot.say.language import _
from bot.say.messages import moment, text
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.typing.signs import says_something
from bot.typing.times.moments import AskBack, read_moment, split_moment
from bot.typing.times.starts import read_start, split_start, why_not
from bot.work.named import my_clock
from bot.work.work import Work

if TYPE_CHECKING:
    from bot.typing.times.starts import Read, Split

TWIN = timedelta(minutes=2)  # the same words within this are probably the same incident
HOUR = timedelta(hours=1)
BY_DAY = range(8, 20)  # hours at which whoever tells them is awake
AHEAD = timedelta(hours=24)  # customers are told of a planned one at the latest so long before


def ask_to_open(command: AskToOpen, work: Work) -> Reply:
    """Open the form of a new incident."""
    if command.planned:
        return OpenForm(form=cards.forms.plan_form(command.title, command.severity, clock=my_clock(work)))
    return OpenForm(form=cards.forms.open_form(command.title, command.severity))


def open_incident(command: OpenIncident, work: Work) -> Reply:
    """Open an incident: its promise begins at once."""
    _refuse_twin(command, command.title, work)
    promise_at = work.now + rules_of(work).cadences[command.severity]
    facts = _new(command.title, command.severity, work, promise_at=promise_at)
    return _begun(facts, EventKind.OPENED, work, again=command.again > 0, guessed=command.guessed)


def plan_incident(command: PlanIncident, work: Work) -> Reply:
    """Plan an incident: the promise is that customers are told before it begins."""
    read, split = _readers(work)
    if command.line:
        starts, title, begins = split_start(command.line, read, split)
        insist_on_short(title)
        if begins is None or not says_something(title):
            why = why_not(starts, read) if begins is None else ""
            form = cards.forms.plan_form(
                title, command.severity, starts=starts[:LONGEST_TIME], why=why, clock=my_clock(work)
            )
            return OpenForm(form=form)
        command = command.model_copy(update={"title": title, "starts": starts, "line": ""})
    found = read_start(command.starts, read)
    errors = {} if command.title else {"title": _("Please fill this in.")}
    if isinstance(found, AskBack):
        return FieldErrors(errors=errors | {"starts": why_not(command.starts, read)})
    return FieldErrors(errors=errors) if errors else _plan(command, found.earliest or found.at, work)


def _readers(work: Work) -> tuple[Read, Split]:
    """Read times the way the actor means them: in their zone, and in the organisation's working day."""
    now, zone, day = work.now, work.me().zone_in(work.organisation), rules_of(work).day
    return partial(read_moment, now=now, zone=zone, day=day), partial(split_moment, now=now, zone=zone, day=day)


def _plan(command: PlanIncident, begins: datetime, work: Work) -> Reply:
    _refuse_twin(command, command.title, work)
    facts = _new(command.title, command.severity, work, promise_at=told_by(begins, work), starts_at=begins)
    return _begun(facts, EventKind.PLANNED, work, again=command.again > 0, guessed=command.guessed)


def told_by(starts_at: datetime, work: Work) -> datetime:
    """Say by when customers are told that something begins: at a full hour by day, or soon if no day is left."""
    half = (starts_at - work.now) / 2
    latest = starts_at - min(AHEAD, half)
    zone = work.me().zone_in(work.organisation)
    quiet = Quiet(rules_of(work).hours, zone)
    at = latest.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while at > work.now:
        if _by_day(at.astimezone(zone)) and not quiet.is_quiet(at):
            return at
        at -= HOUR
    if _by_day(latest.astimezone(zone)):
        return latest
    return work.now + min(HOUR, half)


def _by_day(local: datetime) -> bool:
    return local.hour in BY_DAY or (local.hour == BY_DAY.stop and local.minute == 0)


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
                command.model_copy(update={"again": twin.number}).button(_("It's another one: open it")),
            ),
        )


def _hash(title: str, work: Work) -> str:
    return work.digest(" ".join(title.lower().split()), "incident title")


def _new(
    title: str, severity: int, work: Work, *, promise_at: datetime, starts_at: datetime | None = None
) -> IncidentFacts:
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
        nagged=[],
        paused=False,
        unreached=False,
    )
    promise(incident, promise_at, work)
    facts = facts_of_new(work, incident, owner=me, channel=place)
    watch(facts, work)
    work.session.add(incident)
    work.session.flush()
    return facts


def _place(work: Work) -> Conversation:
    """Find the channel of a new incident: where it was typed, or else where the team works."""
    here = work.here()
    found = here if here.kind == ConversationKind.CHANNEL else work.support_channel
    if found is None:
        raise SetupMissing(
            _("The incident wasn't opened."),
            _("There's no support channel where it could be shown."),
            _("Type it in the channel where your team works."),
        )
    return found


def _begun(facts: IncidentFacts, kind: EventKind, work: Work, *, again: bool, guessed: bool) -> Reply:
    incident = facts.incident
    record(facts, kind, work, promise_at=incident.promise_at, severity=incident.severity)
    show(facts, work, outcome_to=OPENED_OUTCOME)
    template = (
        _("It's yours. Customers are told by {time}; I'll remind you before that.")
        if kind is EventKind.PLANNED
        else _("It's yours. The first update is promised by {time}; I'll remind you before that.")
    )
    how_bad = text(
        _(" It's sev{severity}; `/incident severity {number} sev2` would change that."),
        severity=incident.severity,
        number=incident.number,
    )
    said = text(template, time=moment(incident.promise_at))
    if work.origin is not None and work.origin.kind is ConversationKind.DIRECT:  # it is read by everybody all the same
        said = (*said, *text(_(" Its card stands in {place}."), place=facts.place))
    message = cards.actor.opened(facts, (*said, *how_bad) if guessed else said)
    return work.answer(message) if again else Private(message=message)
