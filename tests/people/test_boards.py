"""Boards that many look at are drawn in turn: a platform takes few changes a second from a whole workspace."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.directory.model import Organisation, Person
from bot.work.views import FEW, FOLLOWED, LATER, SOME, SOON, Board, draw_again
from tests.fakes.clock import START

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.store.database import Database

NOTHING = timedelta()


def open_boards(session: Session, count: int, *, forgotten: int = 0) -> None:
    """Let so many people look at their boards, and so many more have done so yesterday."""
    session.add(Organisation(id=1, name="Ours", created_at=START))
    session.flush()
    for number in range(1, count + forgotten + 1):
        session.add(Person(id=number, organisation_id=1, name=f"Somebody {number}"))
        session.flush()
        asked = START if number <= count else START - FOLLOWED
        session.add(Board(organisation_id=1, person_id=number, asked_at=asked))
    session.flush()


def due(session: Session) -> dict[int, datetime | None]:
    return {
        board.person_id: board.next_due_at
        for board in session.scalars(select(Board).execution_options(populate_existing=True))
    }


@pytest.mark.parametrize(("count", "wait"), [(FEW, NOTHING), (FEW + 1, SOON), (SOME, SOON), (SOME + 1, LATER)])
def test_many_boards_wait_for_their_turn_and_whoever_acts_does_not(
    database: Database, count: int, wait: timedelta
) -> None:
    """What was changed since is on them then; another change puts nobody's turn off."""

    def change(session: Session) -> tuple[dict[int, datetime | None], dict[int, datetime | None]]:
        open_boards(session, count)
        draw_again(session, 1, 1, START)
        first = due(session)
        draw_again(session, 1, 2, START + timedelta(seconds=3))
        return first, due(session)

    first, second = database.write_now(change)
    others = dict.fromkeys(range(3, count + 1), START + wait)

    assert first == {1: START, 2: START + wait} | others
    assert second == {1: START, 2: min(START + wait, START + timedelta(seconds=3))} | others


def test_a_board_of_yesterday_takes_nobodys_turn(database: Database) -> None:
    """It is let go: neither drawn again nor counted."""

    def change(session: Session) -> dict[int, datetime | None]:
        open_boards(session, FEW, forgotten=SOME)
        draw_again(session, 1, None, START)
        return due(session)

    found = database.write_now(change)

    assert sorted(who for who, at in found.items() if at == START) == list(range(1, FEW + 1))
    assert sum(at is None for at in found.values()) == SOME
