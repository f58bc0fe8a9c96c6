"""What somebody is to a handoff, what they may do with it, and when two people cannot become one."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.directory.model import Person
from bot.errors import NotAllowed
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import OPEN, Handoff, HandoffState, Offer, OfferState
from bot.say.language import _
from bot.typing.command import Need
from bot.work.domain import CodePurpose
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Standing(enum.Enum):
    """What somebody is to a handoff."""

    REQUESTER = "requester"  # asked for it, for themselves or for somebody else
    HOLDER = "holder"  # owes the customer the next step, since nobody is searched for
    ASKED = "asked"  # has an offer
    SUPERVISOR = "supervisor"


def standings(facts: CaseFacts, work: Work) -> set[Standing]:
    """Say what the actor is to a handoff."""
    me, handoff = work.actor.person_id, facts.handoff
    held = handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK) or handoff.closed_by_clock
    found = {
        Standing.REQUESTER: me in (handoff.requester_id, handoff.started_by_id),
        Standing.HOLDER: held and me == (handoff.taker_id or handoff.requester_id),
        Standing.ASKED: me in facts.offers,
        Standing.SUPERVISOR: may(work.actor, Need.SUPERVISOR),
    }
    return {role for role, held in found.items() if held}


def insist(facts: CaseFacts, work: Work, *wanted: Standing) -> None:
    """Let the actor through if they are one of these, or raise NotAllowed."""
    if not standings(facts, work).intersection(wanted):
        raise NotAllowed(
            _("That wasn't done."),
            _("This handoff is somebody else's."),
            _("Ask them, or a supervisor: `/zanshin team` lists who they are."),
        )


def hinders(session: Session, purpose: str, joins: Person, stays: Person) -> str:
    """Say why they have to wait."""
    if purpose != CodePurpose.LINK:
        return ""
    both = (joins.id, stays.id)
    searching = select(Handoff.id).where(Handoff.requester_id.in_(both), Handoff.state == HandoffState.SEARCHING)
    asked = (
        select(Offer.id)
        .join(Handoff, Handoff.id == Offer.handoff_id)
        .where(Offer.person_id.in_(both), Offer.state == OfferState.ASKED, Handoff.state == HandoffState.SEARCHING)
    )
    taken = select(Handoff.id).where(
        Handoff.requester_id.in_(both), Handoff.taker_id.in_(both), Handoff.state.in_(OPEN)
    )
    # Each has an answer of their own to it, and one person has one.
    both_asked = (
        select(Offer.handoff_id)
        .join(Handoff, Handoff.id == Offer.handoff_id)
        .where(Offer.person_id.in_(both), Handoff.state.in_(OPEN))
        .group_by(Offer.handoff_id)
        .having(func.count() > 1)
    )
    if any(session.scalars(found.limit(1)).first() is not None for found in (searching, asked, taken, both_asked)):
        return _("One of the two is in a handoff that's not over.")
    return ""
