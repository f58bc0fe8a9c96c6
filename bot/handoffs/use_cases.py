"""What happens around a hold."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.commands import ClockTask, Domain
from bot.delivery.model import DeliveryState, IfUnknown
from bot.errors import NotAllowed
from bot.handoffs import texts
from bot.handoffs.commands import EndHold
from bot.handoffs.hold import HoldStage, decide
from bot.handoffs.model import Hold
from bot.language import _
from bot.messages import Fact, Fields, moment, text
from bot.people.model import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.messages import Part
    from bot.ports import Outcome
    from bot.replies import Reply
    from bot.work import Work

HOLD_OUTCOME = "hold-notice"

_NOTICES = {
    HoldStage.WARNED: texts.hold_warning,
    HoldStage.OVER: texts.hold_over,
    HoldStage.FORGOTTEN: texts.hold_forgotten,
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
    return hold


def stop_hold(work: Work, hold: Hold) -> None:
    """Stop the clock, and take back what was about to be said."""
    hold.ended_at, hold.next_due_at = work.now, None
    work.withdraw(f"hold:{hold.id}")
    work.board_changed()


def end_hold(command: EndHold, work: Work) -> Reply:
    """Carry out "I am back"."""
    hold = work.find(Hold, command.hold, _("This hold"))
    if hold.person_id != work.actor.person_id:
        raise NotAllowed(
            _("The hold goes on."), _("It is somebody else's."), _("Only they can say that they are back.")
        )
    if hold.ended_at is None:
        stop_hold(work, hold)
    return work.answer(texts.welcome_back(hold))


def tell_about_holds(holds: Sequence[Hold], work: Work) -> None:
    """Let the clock say what running holds need."""
    for hold in holds:
        _tell_about(hold, work)


def _tell_about(hold: Hold, work: Work) -> None:
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
    work.withdraw(f"hold:{hold.id}")
    work.tell(
        f"hold:{hold.id}",
        work.session.get_one(Person, hold.person_id),
        partial(_NOTICES[decision.stage], hold),
        lasts=timedelta(minutes=1),
        if_unknown=IfUnknown.LEAVE,
        outcome_to=HOLD_OUTCOME,
    )
    if decision.stage is HoldStage.FORGOTTEN:
        _stop_forgotten(hold, work)
    work.board_changed()


def _stop_forgotten(hold: Hold, work: Work) -> None:
    """End a hold whose owner has gone, keeping the notice that says so."""
    hold.ended_at, hold.next_due_at = work.now, None


def hear_of_notices(outcomes: Sequence[Outcome], work: Work) -> None:
    """Remember that somebody could not be reached, so that their card says it."""
    for outcome in outcomes:
        hold = work.session.get(Hold, int(outcome.subject.removeprefix("hold:")))
        if hold is not None and outcome.state != DeliveryState.SENT and hold.ended_at is None:
            hold.unreachable = True


def holds_on_board(work: Work) -> list[Part]:
    """Show whose customer waits on hold, since when."""
    rows = work.session.execute(
        select(Hold, Person)
        .join(Person, Person.id == Hold.person_id)
        .where(Hold.organisation_id == work.actor.organisation_id, Hold.ended_at.is_(None))
        .order_by(Hold.started_at)
        .limit(20)
    ).all()
    return (
        [
            Fields(
                facts=tuple(
                    Fact(
                        name=_("On hold with {name}").format(name=person.name),
                        text=text(
                            _("waiting {for_}; to be back by {by}"),
                            for_=moment(hold.started_at, "elapsed"),
                            by=moment(hold.started_at + work.organisation.hold_limit),
                        ),
                    )
                    for hold, person in rows
                )
            )
        ]
        if rows
        else []
    )


def domain() -> Domain:
    """Bring holds to the program."""
    return Domain(
        use_cases={EndHold: end_hold},
        clock=(ClockTask(name="holds", model=Hold, act=tell_about_holds),),
        outcomes={HOLD_OUTCOME: hear_of_notices},
        board=(holds_on_board,),
    )
