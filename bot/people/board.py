"""The status board: a card in the direct chat of whoever asked, drawn again when something on it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.actors import direct_chat
from bot.language import speaking
from bot.people import texts
from bot.people.model import Board, Person
from bot.people.roster import availability_of, team

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.messages import Part
    from bot.work import Work

FOLLOWED = timedelta(hours=8)  # a board nobody asked for in a working day is let go


def open_board(work: Work, sections: Sequence[Callable[[Work], list[Any]]]) -> None:
    """Follow the organisation for this person, and draw at once."""
    board = work.session.scalar(select(Board).where(Board.person_id == work.actor.person_id))
    if board is None:
        board = Board(organisation_id=work.actor.organisation_id, person_id=work.actor.person_id, asked_at=work.now)
        work.session.add(board)
        work.session.flush()
    board.asked_at = work.now
    draw(board, work, sections)


def draw_all(boards: Sequence[Board], work: Work, sections: Sequence[Callable[[Work], list[Any]]]) -> None:
    """Draw every one of these."""
    for board in boards:
        draw(board, work, sections)


def draw(board: Board, work: Work, sections: Sequence[Callable[[Work], list[Any]]]) -> None:
    """Show the board as things are now, and say when it changes by itself."""
    if work.now - board.asked_at > FOLLOWED:
        board.next_due_at = None
        return
    person = work.session.get_one(Person, board.person_id)
    organisation = work.organisation
    members = [
        (member, availability_of(member, organisation, work.now)) for member in team(work.session, organisation.id)
    ]
    with speaking(person.locale):
        parts: list[Part] = [part for section in sections for part in section(work)]
        message = texts.board_card(parts, texts.availability_parts(members), work.now)
    work.show(f"board:{board.id}", direct_chat(work.session, person.id), message)
    changes: list[datetime] = [found.until for _member, found in members if found.until and found.until > work.now]
    board.next_due_at = min(changes, default=None)
