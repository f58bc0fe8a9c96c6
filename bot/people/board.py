"""The status board: a card in the direct chat of whoever asked, drawn again when something on it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.availability import AvailabilityState
from bot.directory.model import Person
from bot.directory.roster import availability_of, team
from bot.people.cards import board as board_cards
from bot.people.surroundings import Surroundings
from bot.ports import Subject
from bot.say.messages import Message
from bot.work.views import FOLLOWED, Board
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


def open_board(work: Work, around: Surroundings) -> None:
    """Follow the organisation for this person, and draw at once, at the end of their direct chat."""
    board = work.session.scalar(select(Board).where(Board.person_id == work.actor.person_id).with_for_update())
    if board is None:
        board = Board(organisation_id=work.actor.organisation_id, person_id=work.actor.person_id, asked_at=work.now)
        work.session.add(board)
        work.session.flush()
    board.asked_at = work.now
    draw([board], work, around, afresh=True)


def draw(boards: Sequence[Board], work: Work, around: Surroundings, *, afresh: bool = False) -> None:
    """Show boards as things are now, and say when they change by themselves."""
    organisation = work.organisation
    members = [
        (member, availability_of(member, organisation, work.now)) for member in team(work.session, organisation.id)
    ]
    occupied = around.occupied(work)
    for board in boards:
        if work.now - board.asked_at > FOLLOWED:
            board.next_due_at = None
            continue
        viewer = work.session.get_one(Person, board.person_id)
        away = availability_of(viewer, organisation, work.now).state is AvailabilityState.AWAY

        def write(viewer: Person = viewer, *, away: bool = away) -> Message:
            parts = [part for section in around.board for part in section(work, viewer)]
            people = board_cards.availability_parts(members, occupied)
            return board_cards.board_card(parts, people, work.now, away=away)

        work.show_to(Subject.of("board", board.id), viewer, write, afresh=afresh)
        ends = [state.until for _member, state in members] + [found.until for found in occupied.values()]
        board.next_due_at = min((at for at in ends if at is not None and at > work.now), default=None)
