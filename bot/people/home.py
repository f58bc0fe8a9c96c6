"""Home: what one person needs to see of everything, on a page of their own that keeps itself up to date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory import addresses
from bot.directory.availability import Availability, AvailabilityState, Occupied
from bot.directory.model import Conversation, ConversationKind, Person
from bot.directory.roster import availability_of, team
from bot.people.cards import board as board_cards
from bot.people.cards import home as home_cards
from bot.people.cards import setup as setup_cards
from bot.people.commands import OpenHome
from bot.people.setup import missing_steps
from bot.people.surroundings import Surroundings
from bot.ports import Subject
from bot.say.language import speaking
from bot.say.messages import Message, Part
from bot.say.replies import Done, Reply
from bot.work.permissions import how_to_be_admin
from bot.work.views import Home
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Members = Sequence[tuple[Person, Availability]]

FOLLOWED = timedelta(days=7)  # nobody has looked at it for longer: it is let go
APART = timedelta(seconds=10)  # between two drawings, whatever changes


def open_home(_command: OpenHome, work: Work, around: Surroundings) -> Reply:
    """Draw the Home of whoever looks at it, and keep it up to date from now on."""
    me = work.me()
    home = work.session.scalar(select(Home).where(Home.person_id == me.id).with_for_update())
    place = _place(work)
    if home is None:
        home = Home(organisation_id=me.organisation_id, person_id=me.id)
        work.session.add(home)
    home.conversation_id, home.opened_at = place.id, work.now
    work.session.flush()
    draw_homes([home], work, around)
    return Done()


def draw_homes(homes: Sequence[Home], work: Work, around: Surroundings) -> None:
    """Show Homes as things are now, and say when they change by themselves."""
    organisation = work.organisation
    members = [
        (member, availability_of(member, organisation, work.now)) for member in team(work.session, organisation.id)
    ]
    ends = [state.until for _member, state in members if state.until is not None and state.until > work.now]
    ends += [
        one.spared_until for one, _state in members if one.spared_until is not None and one.spared_until > work.now
    ]
    occupied = around.occupied(work)
    ends += [found.until for found in occupied.values() if found.until is not None]
    for home in homes:
        home.next_due_at = None
        if work.now - home.opened_at > FOLLOWED:
            continue
        viewer = work.session.get_one(Person, home.person_id)
        with speaking(viewer.locale):
            message = _draw(viewer, members, occupied, work, around)
        work.show(Subject.of("home", home.id), work.session.get_one(Conversation, home.conversation_id), message)
        home.not_before = work.now + APART
        home.next_due_at = max(min(ends), home.not_before) if ends else None


def _draw(
    viewer: Person, members: Members, occupied: Mapping[int, Occupied], work: Work, around: Surroundings
) -> Message:
    state = availability_of(viewer, work.organisation, work.now)
    parts: list[Part] = setup_cards.setup_parts(missing_steps(work)) if viewer.is_admin else []
    if not any(member.is_admin for member, _state in members):
        parts += setup_cards.no_admin_parts(how_to_be_admin(work.actor))
    if viewer.on_team:
        parts += home_cards.me_parts(state, work.now, occupied.get(viewer.id))
    else:
        parts += home_cards.newcomer_parts()
    parts += [part for section in around.home for part in section(work, viewer)]
    if viewer.is_supervisor or viewer.is_admin:
        parts += home_cards.team_parts(
            [part for section in around.board for part in section(work, viewer)],
            board_cards.availability_parts(members, occupied),
        )
    away = state.state is AvailabilityState.AWAY
    return home_cards.home_card(viewer.name, parts, work.now, away=away)


def _place(work: Work) -> Conversation:
    """Find or add the place where the Home of whoever acts is shown."""
    assert work.origin is not None  # noqa: S101  the clock has no Home
    address = addresses.home(work.origin.account)
    found = work.session.scalar(
        select(Conversation).where(
            Conversation.workspace_id == work.actor.workspace_id, Conversation.address == address
        )
    )
    if found is None:
        found = Conversation(
            organisation_id=work.actor.organisation_id,
            workspace_id=work.actor.workspace_id,
            address=address,
            kind=ConversationKind.HOME,
            name=address,
        )
        work.session.add(found)
        work.session.flush()
    return found
