"""What was given up and is no longer true: too late, about something that is over, or overtaken by what came since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from bot.afterwards.model import FollowUp
from bot.causes.model import Review
from bot.delivery.model import Card, Deliverable
from bot.delivery.reached import silent_places
from bot.directory.model import Conversation, Person
from bot.directory.roster import team
from bot.gestures.model import AskState, Grant, GrantAsk
from bot.handoffs.model import Handoff, Hold, Offer, OfferState
from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent
from bot.playbooks.model import OwnPlaybook, OwnVersion

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    Rule = Callable[[Session, Deliverable, datetime], str]

TOO_LATE = "it would come too late to be of use"
NOTHING = ""  # stands against it
HANDOFF_OVER = "the handoff is over"
TAKEN = "somebody has the case by now"
ASKS_OTHERS = "others are asked by now"
ANSWERED = "it was answered since"
NOT_ASKED = "they are not asked any more"
INCIDENT_OVER = "the incident is over"
TOLD_SINCE = "customers were told something since"
NAGGED_SINCE = "a later reminder was said"
RESTS = "its reminders rest"
OWNED = "somebody else owns it or was asked"
HOLD_OVER = "the hold is over"
DECIDED = "it was decided since"
DONE = "it is done, dropped or moved"
LED = "there is a supervisor again"
HEARD = "messages arrive there again"


def out_of_date(session: Session, row: Deliverable, now: datetime) -> str:
    """Say why a message is no longer true; empty where it still is."""
    if row.not_after is not None and row.not_after <= now:
        return TOO_LATE
    if isinstance(row, Card) and row.shown:  # whatever changed since has changed what it says, too
        return NOTHING
    rule = RULES.get(row.subject.kind)
    return rule(session, row, now) if rule is not None else NOTHING


def _came_before(row: Deliverable, *moments: datetime | None) -> bool:
    return any(moment is not None and row.asked_at < moment for moment in moments)


def _reader(session: Session, row: Deliverable) -> int | None:
    return session.get_one(Conversation, row.conversation_id).person_id


def _handoff_of(session: Session, row: Deliverable, number: int) -> tuple[Handoff | None, str]:
    handoff = session.get(Handoff, number)
    if handoff is None or _came_before(row, handoff.ended_at):
        return None, HANDOFF_OVER
    return handoff, NOTHING


def _of_handoff(session: Session, row: Deliverable, _now: datetime) -> str:
    handoff, over = _handoff_of(session, row, row.subject.number)
    if handoff is None:
        return over
    if _came_before(row, handoff.taken_at):
        return TAKEN
    return ASKS_OTHERS if handoff.taken_at is None and _came_before(row, handoff.asked_at) else NOTHING


def _of_offer(session: Session, row: Deliverable, _now: datetime) -> str:
    handoff, over = _handoff_of(session, row, row.subject.number)
    if handoff is None:
        return over
    if _came_before(row, handoff.taken_at):
        return TAKEN
    theirs = (Offer.handoff_id == handoff.id, Offer.person_id == _reader(session, row))
    state = session.scalar(select(Offer.state).where(*theirs))
    return NOTHING if state in (OfferState.ASKED, OfferState.TOOK) else NOT_ASKED


def _of_care(session: Session, row: Deliverable, _now: datetime) -> str:
    handoff, over = _handoff_of(session, row, row.subject.number)
    return ANSWERED if handoff is not None and _came_before(row, handoff.answered_at) else over


def _of_case(session: Session, row: Deliverable, _now: datetime) -> str:
    return _handoff_of(session, row, row.subject.number)[1]


def _of_promised_call(session: Session, row: Deliverable, _now: datetime) -> str:
    handoff, over = _handoff_of(session, row, int(row.subject.part))
    return TAKEN if handoff is not None and _came_before(row, handoff.taken_at) else over


def _of_hold(session: Session, row: Deliverable, _now: datetime) -> str:
    hold = session.get(Hold, row.subject.number)
    return HOLD_OVER if hold is None or _came_before(row, hold.ended_at) else NOTHING


def _is_over(incident: Incident | None, row: Deliverable) -> bool:
    return incident is None or _came_before(row, incident.resolved_at)


def _of_incident(session: Session, row: Deliverable, _now: datetime) -> str:
    return INCIDENT_OVER if _is_over(session.get(Incident, row.subject.number), row) else NOTHING


def _of_decision(session: Session, row: Deliverable, _now: datetime) -> str:
    return INCIDENT_OVER if _is_over(session.get(Incident, int(row.subject.part)), row) else NOTHING


def _of_nag(session: Session, row: Deliverable, now: datetime) -> str:
    incident = session.get(Incident, row.subject.number)
    if incident is None or _is_over(incident, row):
        return INCIDENT_OVER
    if _came_before(row, incident.promise_made_at):
        return TOLD_SINCE
    if incident.resume_at is not None and incident.resume_at > now:
        return RESTS
    return NAGGED_SINCE if _came_before(row, incident.said_at) else NOTHING


def _of_update(session: Session, row: Deliverable, _now: datetime) -> str:
    event = session.get(IncidentEvent, row.subject.number)
    if event is None or _is_over(session.get(Incident, event.incident_id), row):
        return INCIDENT_OVER
    newer = exists().where(
        IncidentEvent.incident_id == event.incident_id,
        IncidentEvent.id != event.id,
        IncidentEvent.kind == EventKind.UPDATED,
        IncidentEvent.told_at > event.reached_at,
    )
    return TOLD_SINCE if session.scalar(select(newer)) else NOTHING


def _of_ownership(session: Session, row: Deliverable, _now: datetime) -> str:
    incident = session.get(Incident, row.subject.number)
    if incident is None or _is_over(incident, row):
        return INCIDENT_OVER
    return NOTHING if str(incident.offered_to_id) == row.subject.part else OWNED


def _of_absence(session: Session, row: Deliverable, _now: datetime) -> str:
    left = (Incident.owner_id == row.subject.number, Incident.state.in_(LIVE), Incident.orphaned_at.is_not(None))
    return NOTHING if session.scalar(select(exists().where(*left))) else OWNED


def _of_grant(session: Session, row: Deliverable, _now: datetime) -> str:
    grant = session.get(Grant, row.subject.number)
    return DECIDED if grant is None or _came_before(row, grant.ended_at, grant.granted_at) else NOTHING


def _of_ask(session: Session, row: Deliverable, now: datetime) -> str:
    theirs = (GrantAsk.grant_id == row.subject.number, GrantAsk.person_id == _reader(session, row))
    ask = session.scalars(select(GrantAsk).where(*theirs)).first()
    if ask is None or ask.state != AskState.ASKED or str(ask.asks) != row.subject.part:
        return NOT_ASKED
    return _of_grant(session, row, now)


def _of_review(session: Session, row: Deliverable, _now: datetime) -> str:
    review = session.get(Review, row.subject.number)
    return ANSWERED if review is None or _came_before(row, review.answered_at, review.ended_at) else NOTHING


def _of_follow_up(session: Session, row: Deliverable, _now: datetime) -> str:
    found = session.get(FollowUp, row.subject.number)
    return DONE if found is None or _came_before(row, found.ended_at, found.made_at) else NOTHING


def _of_own_version(session: Session, row: Deliverable, _now: datetime) -> str:
    version = session.get(OwnVersion, row.subject.number)
    return DECIDED if version is None or _came_before(row, version.decided_at) else NOTHING


def _of_own_review(session: Session, row: Deliverable, _now: datetime) -> str:
    found = session.get(OwnPlaybook, row.subject.number)
    return DECIDED if found is None or _came_before(row, found.reviewed_at, found.retired_at) else NOTHING


def _of_nobody_leading(session: Session, row: Deliverable, _now: datetime) -> str:
    leads: list[Person] = [one for one in team(session, row.organisation_id) if one.is_supervisor]
    return LED if leads else NOTHING


def _of_silence(session: Session, row: Deliverable, _now: datetime) -> str:
    return NOTHING if silent_places(session, [row.subject.number]) else HEARD


def _of_end_of_rest(session: Session, row: Deliverable, now: datetime) -> str:
    """Say why nobody need hear any more that reminders are back: they rest anew, or there are none."""
    incident = session.get(Incident, int(row.subject.part))
    if incident is None or _is_over(incident, row):
        return INCIDENT_OVER
    return RESTS if incident.resume_at is not None and incident.resume_at > now else NOTHING


RULES: dict[str, Rule] = {
    "awake": _of_end_of_rest,
    "away": _of_absence,
    "callback": _of_promised_call,
    "care": _of_care,
    "case": _of_case,
    "closed": _of_promised_call,
    "left": _of_promised_call,
    "far": _of_decision,
    "followup": _of_follow_up,
    "grant": _of_grant,
    "grant-ask": _of_ask,
    "handoff": _of_handoff,
    "hold": _of_hold,
    "incident": _of_incident,
    "leaderless": _of_nobody_leading,
    "nag": _of_nag,
    "offer": _of_offer,
    "own": _of_ownership,
    "own-review": _of_own_review,
    "own-version": _of_own_version,
    "paused": _of_decision,
    "refusing": _of_silence,
    "review": _of_review,
    "review-nag": _of_review,
    "silent": _of_silence,
    "taken": _of_case,
    "update": _of_update,
}
# True for as long as their words are kept: what somebody asked for or heard, and cards that are drawn anew.
STAYS_TRUE = (
    "board",
    "code",
    "content",
    "danger",
    "erase",
    "heard",
    "home",
    "lost",
    "person",
    "picture",
    "pressure",
    "report",
    "rest",
    "retro",
    "setup",
    "trouble",
    "unreached",
    "unsaid",
)
