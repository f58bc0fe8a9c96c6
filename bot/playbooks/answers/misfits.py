"""What was offered first and did not fit: counted by the names of playbooks, never with words or people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.playbooks.cards import suggestions as cards
from bot.playbooks.commands import DidNotFit, StartRun
from bot.playbooks.model import Misfit
from bot.playbooks.shelves.shelf import Shelf
from bot.say.replies import Reply
from bot.work.inbox import open_entry
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Misfits:
    """Counts what did not fit, and asks for what would have."""

    shelf: Shelf

    def hear(self, command: DidNotFit, work: Work) -> Reply:
        """Count it, and offer what came next."""
        count_once(work, command.playbook)
        playbooks = self.shelf.of(work).catalogue.playbooks
        others = [playbooks[name] for name in command.next_ones.split() if name in playbooks]
        return work.answer(cards.which_instead(command.playbook, others))


def counted(start: Callable[[StartRun, Work], Reply]) -> Callable[[StartRun, Work], Reply]:
    """Count what is started in the place of something else."""

    @wraps(start)
    def starts(command: StartRun, work: Work) -> Reply:
        reply = start(command, work)
        if command.instead_of:
            count_once(work, command.instead_of, command.playbook)
        return reply

    return starts


def count_once(work: Work, playbook: str, instead: str = "") -> None:
    """Count it, unless the same person has just said the same: a button pressed twice says it once."""
    said = f"misfit:{work.actor.person_id}:{playbook}:{instead}"
    if open_entry(work.session, said, work.now) is None:
        count_misfit(work, playbook, instead)


def count_misfit(work: Work, playbook: str, instead: str = "") -> None:
    """Count once more."""
    organisation = work.actor.organisation_id
    row = work.session.scalar(
        select(Misfit).where(
            Misfit.organisation_id == organisation, Misfit.playbook == playbook, Misfit.instead == instead
        )
    )
    if row is None:
        row = Misfit(organisation_id=organisation, playbook=playbook, instead=instead, count=0)
        work.session.add(row)
        work.session.flush()
    row.count = Misfit.count + 1  # in the database: two may count at once


def misfits_of(work: Work) -> Sequence[Misfit]:
    """List what did not fit in an organisation, most often first."""
    return work.session.scalars(
        select(Misfit)
        .where(Misfit.organisation_id == work.actor.organisation_id)
        .order_by(Misfit.count.desc(), Misfit.playbook, Misfit.instead)
    ).all()
