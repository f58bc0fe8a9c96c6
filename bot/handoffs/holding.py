"""What happens around a hold: one clock from "I asked them to hold" to "I am back"."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from bot.delivery.model import DeliveryState, IfUnknown
from bot.directory.model import Person
from bot.handoffs import hold_texts
from bot.handoffs.hold import HoldStage, decide
from bot.handoffs.model import Handoff, HandoffState, Hold
from bot.handoffs.scene import scenes_of
from bot.handoffs.search import advance
from bot.handoffs.taking import show_all
from bot.say.language import _
from bot.say.messages import Fact, Fields, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.handoffs.scene import Scene
    from bot.ports import Outcome
    from bot.say.messages import Part
    from bot.work.work import Work

HOLD_OUTCOME = "hold-notice"

_CARDS = {
    HoldStage.WARNED: hold_texts.hold_warning,
    HoldStage.OVER: hold_texts.hold_over,
    HoldStage.FORGOTTEN: hold_texts.hold_forgotten,
}


def running_hold(session: Session, person_id: int | None) -> Hold | None:
    """Find the hold a person has going."""
    return session.scalar(select(Hold).where(Hold.person_id == person_id, Hold.ended_at.is_(None)))


def start_hold(work: Work) -> Hold:
    """Start the clock; somebody who already has one going keeps it: the customer has waited since then."""
    me = work.me()
    if hold := running_hold(work.session, me.id):
        return hold
    hold = Hold(
        organisation_id=me.organisation_id,
        person_id=me.id,
        started_at=work.now,
        told=HoldStage.QUIET,
        unreachable=False,
        next_due_at=work.now + work.organisation.hold_warning,
    )
    work.session.add(hold)
    work.session.flush()
    work.board_changed()
    for scene in _scenes([hold], work).values():
        _hurry(scene.handoff, hold, work)
    return hold


def _hurry(handoff: Handoff, hold: Hold, work: Work) -> None:
    """Give a search less time, now that the customer is on hold."""
    if handoff.state == HandoffState.SEARCHING:
        locked = work.find(Handoff, handoff.id, _("This handoff"))
        locked.supervisors_by = min(locked.supervisors_by, supervisors_by(hold, work.organisation.hold_limit))
        advance([locked], work, news=[locked.id])


def supervisors_by(hold: Hold, limit: timedelta) -> datetime:
    """Say by when the supervisors are asked, so that somebody can be there when the hold is over: second 40 of 60."""
    return hold.started_at + limit * 2 / 3


def stop_hold(work: Work, hold: Hold) -> None:
    """Stop the clock, on every card that shows it."""
    _stop(hold, work)
    person = work.session.get_one(Person, hold.person_id)
    for stage in (HoldStage.WARNED, HoldStage.OVER):
        work.correct_for(_subject(hold, stage), person, partial(hold_texts.welcome_back, hold))


def _subject(hold: Hold, stage: HoldStage) -> str:
    return f"hold:{hold.id}:{stage.name.lower()}"


def _stop(hold: Hold, work: Work) -> None:
    hold.ended_at, hold.next_due_at = work.now, None
    work.board_changed()
    for scene in _scenes([hold], work).values():
        show_all(scene, work)


def _scenes(holds: Sequence[Hold], work: Work) -> dict[int, Scene]:
    """Find the handoff each of these holds waits for, by person: searched for, or taken since the hold began."""
    begun = min((hold.started_at for hold in holds), default=work.now)
    handoffs = work.session.scalars(
        select(Handoff)
        .where(
            Handoff.requester_id.in_([hold.person_id for hold in holds]),
            or_(
                Handoff.state == HandoffState.SEARCHING,
                (Handoff.state == HandoffState.TAKEN) & (Handoff.taken_at >= begun),
            ),
        )
        .order_by(Handoff.id)
    ).all()
    scenes = scenes_of(work.session, work.organisation, handoffs, work.now) if handoffs else {}
    return {scene.handoff.requester_id: scene for scene in scenes.values()}


def tell_about_holds(holds: Sequence[Hold], work: Work) -> None:
    """Let the clock say what running holds need."""
    scenes = _scenes(holds, work)
    for hold in holds:
        _tell_about(hold, scenes.get(hold.person_id), work)


def _tell_about(hold: Hold, scene: Scene | None, work: Work) -> None:
    organisation = work.organisation
    decision = decide(
        started_at=hold.started_at,
        told=HoldStage(hold.told),
        now=work.now,
        warning=organisation.hold_warning,
        limit=organisation.hold_limit,
    )
    hold.told, hold.next_due_at = decision.stage, decision.next_due_at
    if not decision.say:
        return
    if decision.stage is HoldStage.FORGOTTEN:
        stop_hold(work, hold)
    # Cards, so that their clock and their buttons end with the hold; each a new one, since edits make no sound.
    work.show_to(
        _subject(hold, decision.stage),
        work.session.get_one(Person, hold.person_id),
        partial(_CARDS[decision.stage], hold, work.now - hold.started_at, scene),
        lasts=timedelta(minutes=1),
        if_unknown=IfUnknown.LEAVE,
        outcome_to=HOLD_OUTCOME,
    )
    work.board_changed()


def hear_of_cards(outcomes: Sequence[Outcome], work: Work) -> None:
    """Remember that somebody could not be reached, so that their card says it."""
    for outcome in outcomes:
        hold = work.session.get(Hold, int(outcome.subject.split(":")[1]))
        if hold is not None and outcome.state != DeliveryState.SENT and hold.ended_at is None:
            hold.unreachable = True


def holds_on_board(work: Work, _viewer: Person) -> list[Part]:
    """Show whose customer waits on hold, since when."""
    rows = work.session.execute(
        select(Hold, Person)
        .join(Person, Person.id == Hold.person_id)
        .where(Hold.organisation_id == work.actor.organisation_id, Hold.ended_at.is_(None))
        .order_by(Hold.started_at)
        .limit(20)
    ).all()
    limit = work.organisation.hold_limit
    facts = tuple(
        Fact(
            name=_("On hold with {name}").format(name=person.name),
            text=text(
                _("waiting {for_}; to be back by {by}"),
                for_=moment(hold.started_at, "elapsed"),
                by=moment(hold.started_at + limit),
            ),
        )
        for hold, person in rows
    )
    return [Fields(facts=facts)] if facts else []
