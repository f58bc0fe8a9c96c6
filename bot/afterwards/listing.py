"""What is left to do after incidents: in the list, on the board, on Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.afterwards import cards
from bot.afterwards.commands import ListFollowUps
from bot.afterwards.model import FollowUp, FollowUpState
from bot.afterwards.view import see
from bot.directory.model import Person
from bot.say.messages import Fields, Part
from bot.say.replies import Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

LISTED = 30
ON_BOARD = 5
ON_HOME = 3


def list_follow_ups(_command: ListFollowUps, work: Work) -> Reply:
    """Show what is open, one's own first, and of each the most urgent."""
    rows = open_ones(work, LISTED)
    mine = [one for one in rows if one.person_id == work.actor.person_id]
    others = [one for one in rows if one.person_id != work.actor.person_id]
    return work.answer(cards.followups.listed(see(mine, work), see(others, work), work.now))


def open_ones(work: Work, most: int, *where: object) -> Sequence[FollowUp]:
    """List the follow-ups that are open, the most urgent first."""
    return work.session.scalars(
        select(FollowUp)
        .where(
            FollowUp.organisation_id == work.actor.organisation_id,
            FollowUp.state == FollowUpState.OPEN,
            *where,  # type: ignore[arg-type]
        )
        .order_by(FollowUp.due_at, FollowUp.id)
        .limit(most)
    ).all()


def follow_ups_on_board(work: Work, _viewer: Person) -> list[Part]:
    """Show what is overdue after incidents."""
    late = open_ones(work, ON_BOARD, FollowUp.due_at < work.now)
    return [Fields(facts=tuple(map(cards.followups.board_line, see(late, work))))] if late else []


def follow_ups_on_home(work: Work, viewer: Person) -> list[Part]:
    """Show somebody what they do next, with the press that ends it."""
    return cards.followups.home_parts(see(open_ones(work, ON_HOME, FollowUp.person_id == viewer.id), work))
