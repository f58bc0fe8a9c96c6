"""Handoffs on the status board: who waits, who has what, who cannot be asked just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.availability import AvailabilityState, Occupied
from bot.handoffs.candidates import gather
from bot.handoffs.commands import CompleteHandoff, ShowHandoff
from bot.handoffs.model import OPEN, Handoff, HandoffState, Offer, OfferState
from bot.handoffs.offer_texts import offer_card
from bot.handoffs.scene import scenes_of
from bot.handoffs.supervisor_texts import board_line
from bot.say.language import _
from bot.say.messages import Choice, Fields, Section, Strong

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.say.messages import Part
    from bot.work.work import Work

SHOWN = 15
ON_HOME = 5


def handoffs_on_board(work: Work, viewer: Person) -> list[Part]:
    """Show who needs somebody, and who took over; supervisors can look at each."""
    handoffs = work.session.scalars(
        select(Handoff)
        .where(Handoff.organisation_id == work.actor.organisation_id, Handoff.state.in_(OPEN))
        .order_by(Handoff.state, Handoff.started_at)  # callbacks and searches come before what is taken
        .limit(SHOWN)
    ).all()
    if not handoffs:
        return []
    scenes = [
        scene
        for state in (HandoffState.SEARCHING, HandoffState.CALLBACK, HandoffState.TAKEN)
        for scene in scenes_of(work.session, work.organisation, handoffs, work.now).values()
        if scene.handoff.state == state
    ]
    parts: list[Part] = [Fields(facts=tuple(map(board_line, scenes)))]
    if viewer.is_supervisor or viewer.is_admin:
        buttons = [
            ShowHandoff(handoff=scene.handoff.id).button(_("Case from {name}").format(name=scene.requester.name))
            for scene in scenes[:5]
        ]
        parts.append(Choice(buttons=tuple(buttons)))
    return parts


def handoffs_on_home(work: Work, viewer: Person) -> list[Part]:
    """Show what somebody is asked to take over, with the buttons, and what they have taken."""
    asked = work.session.scalars(
        select(Handoff)
        .join(Offer, Offer.handoff_id == Handoff.id)
        .where(Offer.person_id == viewer.id, Offer.state == OfferState.ASKED, Handoff.state == HandoffState.SEARCHING)
        .order_by(Handoff.started_at)
        .limit(ON_HOME)
    ).all()
    taken = work.session.scalars(
        select(Handoff)
        .where(Handoff.taker_id == viewer.id, Handoff.state == HandoffState.TAKEN)
        .order_by(Handoff.started_at)
        .limit(ON_HOME)
    ).all()
    scenes = scenes_of(work.session, work.organisation, [*asked, *taken], work.now)
    parts: list[Part] = []
    for handoff in asked:
        card = offer_card(scenes[handoff.id], scenes[handoff.id].offers[viewer.id])
        parts += [Section(text=(Strong(words=card.title),), tone="warning"), *card.parts]
    for handoff in taken:
        done = CompleteHandoff(handoff=handoff.id).button(_("Done with it"))
        show = ShowHandoff(handoff=handoff.id).button(_("Look at it"))
        parts += [Fields(facts=(board_line(scenes[handoff.id]),)), Choice(buttons=(done, show))]
    return parts


def occupied(work: Work) -> dict[int, Occupied]:
    """Say who is available and still not asked, and why."""
    roster = gather(work.session, work.organisation, work.now, [])
    found: dict[int, Occupied] = {}
    for person in roster.people.values():
        if roster.availability[person.id].state is not AvailabilityState.AVAILABLE:
            continue
        cooling = roster.cooling.get(person.id)
        if cooling is not None and cooling > work.now:
            found[person.id] = Occupied(why=_("Cooling off"), until=cooling)
        elif person.is_agent and roster.load[person.id] >= person.capacity:
            found[person.id] = Occupied(why=_("Has enough"), until=None)
    return found
