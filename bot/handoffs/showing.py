"""How a handoff stands, as far as the reader may know: on its card, on the status board, on Home."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from bot.directory.availability import Occupied
from bot.directory.model import Person
from bot.handoffs import cards, commands
from bot.handoffs.access import Standing, insist, standings
from bot.handoffs.cards.asked import offer_card
from bot.handoffs.cards.board import board_line
from bot.handoffs.commands import CompleteHandoff, ShowHandoff
from bot.handoffs.facts import CaseFacts, facts_of_all, find_facts
from bot.handoffs.model import OPEN, Handoff, HandoffState, Hold, Offer, OfferState
from bot.handoffs.search.candidates import Roster
from bot.ports import Subject
from bot.say.language import _
from bot.say.messages import Choice, Fact, Fields, Message, Part, Section, Strong, moment, text
from bot.say.replies import Done, Private, Reply
from bot.work.work import Work


def show_handoff(command: commands.ShowHandoff, work: Work) -> Reply:
    """Show how a handoff stands: to a supervisor at the end of the direct chat, where it follows what happens."""
    facts, me = find_facts(command.handoff, work), work.actor.person_id or 0
    if me == facts.handoff.requester_id and not work.in_direct_chat:
        return Private(message=cards.requester_notices.shown_in_direct_chat())
    if me in (facts.handoff.requester_id, facts.handoff.taker_id) or Standing.SUPERVISOR not in standings(facts, work):
        return Private(message=card_for(facts, work))
    reader, subject = facts.person(me), _watched(facts)
    again = partial(cards.supervisor.shown_below, facts)
    work.show_anew(subject, reader, partial(cards.supervisor.supervisor_view, facts), instead=again)
    if work.in_direct_chat and work.origin is not None and work.origin.stays != "home":
        return Done()
    return Private(message=cards.supervisor.shown_in_direct_chat(facts))


def show_watching(facts: CaseFacts, work: Work) -> None:
    """Draw the case again for every supervisor who looks at it."""
    for reader in work.readers(_watched(facts)):
        mine = reader.id == facts.handoff.taker_id
        view = cards.taker.you_have_it if mine else cards.supervisor.supervisor_view
        if reader.is_supervisor or reader.is_admin:
            work.show_to(_watched(facts), reader, partial(view, facts))


def _watched(facts: CaseFacts) -> Subject:
    return Subject.of("case", facts.handoff.id)


def card_for(facts: CaseFacts, work: Work) -> Message:
    """Write the card of a handoff as the actor sees it."""
    found, me = standings(facts, work), work.actor.person_id or 0
    if me == facts.handoff.requester_id:
        return cards.requester.requester_card(facts)
    if me == facts.handoff.taker_id:
        return cards.taker.taker_card(facts)
    if Standing.SUPERVISOR in found or Standing.REQUESTER in found:
        return cards.supervisor.supervisor_view(facts)
    if Standing.ASKED in found:
        return cards.asked.closed_for(facts, facts.person(me))
    insist(facts, work, Standing.REQUESTER)
    raise AssertionError


def answer_with_card(facts: CaseFacts, work: Work) -> Reply:
    """Answer with the card of a case; typed in the direct chat it moves to its end, and stands there once."""
    me, handoff = work.actor.person_id, facts.handoff
    typed = work.origin is not None and not work.origin.pressed
    if not (work.in_direct_chat and typed) or me not in (handoff.requester_id, handoff.taker_id):
        return work.answer(card_for(facts, work))
    if me == handoff.requester_id or facts.taker is None:
        card = partial(cards.requester.requester_card, facts)
        work.show_to(Subject.of("handoff", handoff.id), facts.requester, card, afresh=True)
    else:
        offer = facts.offers[facts.taker.id]
        work.show_to(offer.subject, facts.taker, partial(cards.taker.taker_card, facts), afresh=True)
    return Done()


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
    order = (HandoffState.SEARCHING, HandoffState.CALLBACK, HandoffState.TAKEN)
    cases = sorted(facts_of_all(handoffs, work).values(), key=lambda facts: order.index(facts.handoff.state))
    parts: list[Part] = [Fields(facts=tuple(map(board_line, cases)))]
    if viewer.is_supervisor or viewer.is_admin:
        buttons = [
            ShowHandoff(handoff=facts.handoff.id).button(_("Case from {name}").format(name=facts.requester.name))
            for facts in cases[:5]
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
    cases = facts_of_all([*asked, *taken], work)
    parts: list[Part] = []
    for handoff in asked:
        card = offer_card(cases[handoff.id], cases[handoff.id].offers[viewer.id])
        parts += [Section(text=(Strong(words=card.title),), tone="warning"), *card.parts]
    for handoff in taken:
        done = CompleteHandoff(handoff=handoff.id).button(_("Done with it"))
        show = ShowHandoff(handoff=handoff.id).button(_("Look at it"))
        parts += [Fields(facts=(board_line(cases[handoff.id]),)), Choice(buttons=(done, show))]
    return parts


def occupied(work: Work, only: Person | None = None) -> dict[int, Occupied]:
    """Say who is available and still not asked, and why; `only` looks at one of the team and loads no other."""
    roster = Roster(work, only=only)
    found = {person.id: roster.occupied(person) for person in roster.people.values()}
    return {who: one for who, one in found.items() if one is not None}


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
    holds = tuple(
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
    return [Fields(facts=holds)] if holds else []
