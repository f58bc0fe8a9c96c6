"""What anybody may look at: the help, and the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.people.board import open_board
from bot.people.cards import board as board_cards
from bot.people.cards import help as help_cards
from bot.people.cards import setup as setup_cards
from bot.people.cards import talk as talk_cards
from bot.people.commands import Help, Status
from bot.people.surroundings import Surroundings
from bot.say.replies import Done, Reply
from bot.typing.grammar import Phrase
from bot.work.permissions import how_to_be_admin
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def help_(command: Help, work: Work, *, phrases: Callable[[], Sequence[Phrase]]) -> Reply:
    """Show the jobs, or what can be typed for one; answer whoever talks to us."""
    if command.said and command.said != "can-do":
        return work.answer(talk_cards.answer_to(command.said))
    card = help_cards.job_card(command.topic, phrases()) if command.topic else help_cards.help_card()
    return work.answer(card if work.actor.has_admin else setup_cards.with_no_admin(card, how_to_be_admin(work.actor)))


def status(_command: Status, work: Work, *, around: Surroundings) -> Reply:
    """Open the board in the direct chat."""
    open_board(work, around)
    if work.in_direct_chat and work.origin is not None and not work.origin.stays:
        return Done()
    return work.answer(board_cards.board_opened())
