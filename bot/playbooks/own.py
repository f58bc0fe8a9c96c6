"""Writing playbooks of the team's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Person
from bot.playbooks.cards import own as own_cards
from bot.playbooks.catalogue import Catalogue
from bot.playbooks.commands import (
    AskToRemovePlaybook,
    EditPlaybook,
    ListOwnPlaybooks,
    RemovePlaybook,
    SavePlaybook,
    WritePlaybook,
)
from bot.playbooks.misfits import misfits_of
from bot.playbooks.model import OwnPlaybook
from bot.playbooks.shelf import Shelf, name_of
from bot.playbooks.writing import FEWEST_WORDS, CannotRead, lines_of, own_playbook, read_steps
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.command import Command, Need
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


MOST_OWN = 100


def list_own(_command: ListOwnPlaybooks, work: Work) -> Reply:
    """Show the playbooks of the team's own."""
    may_write = may(work.actor, Need.SUPERVISOR)
    misfits = misfits_of(work) if may_write else ()
    return work.answer(own_cards.own_list(_own(work), misfits, may_write=may_write))


def write(_command: WritePlaybook, _work: Work) -> Reply:
    """Open the form of a new one."""
    return OpenForm(form=own_cards.playbook_form())


def edit(command: EditPlaybook, work: Work) -> Reply:
    """Open the form of one that is there."""
    return OpenForm(form=own_cards.playbook_form(_find(command.playbook, work)))


def save(command: SavePlaybook, work: Work, *, shipped: Catalogue) -> Reply:
    """Keep what was written, if it can be read."""
    author = work.me()  # locked: two presses of one form at once save one playbook
    row = _find(command.playbook, work) if command.playbook is not None else None
    if errors := _errors(command, row, work, shipped):
        return FieldErrors(errors=errors)
    if row is None:
        row = OwnPlaybook(organisation_id=work.actor.organisation_id, version=0)
    row.author_id, row.changed_at = author.id, work.now
    row.title, row.situation, row.words, row.steps = command.title, command.situation, command.words, command.steps
    row.version += 1
    work.session.add(row)
    work.session.flush()
    playbook = own_playbook(
        id_=name_of(row),
        title=row.title,
        situation=row.situation,
        words=row.words,
        steps=row.steps,
        author=author.name,
        day=work.now.date(),
    )
    return work.answer(own_cards.saved(playbook, row))


def ask_to_remove(command: AskToRemovePlaybook, work: Work) -> Reply:
    """Ask once more before one is gone."""
    return work.answer(own_cards.sure_to_remove(_find(command.playbook, work)))


def remove(command: RemovePlaybook, work: Work) -> Reply:
    """Remove one for good."""
    row = _find(command.playbook, work)
    title = row.title
    work.session.delete(row)
    work.session.flush()
    return work.answer(own_cards.removed(title))


def use_cases(shelf: Shelf) -> Mapping[type[Command], Callable[[Any, Work], Reply]]:
    """List what can be done with them."""
    return {
        ListOwnPlaybooks: list_own,
        WritePlaybook: write,
        EditPlaybook: edit,
        SavePlaybook: _changing(partial(save, shipped=shelf.shipped.catalogue), shelf),
        AskToRemovePlaybook: ask_to_remove,
        RemovePlaybook: _changing(remove, shelf),
    }


def _changing(use_case: Callable[[Any, Work], Reply], shelf: Shelf) -> Callable[[Any, Work], Reply]:
    """Have the shelf look again after a change."""

    def carry_out(command: Command, work: Work) -> Reply:
        reply = use_case(command, work)
        shelf.changed(work.actor.organisation_id)
        return reply

    return carry_out


def _errors(command: SavePlaybook, row: OwnPlaybook | None, work: Work, shipped: Catalogue) -> dict[str, str]:
    errors: dict[str, str] = {}
    if row is not None and row.version != command.version:
        by = work.session.scalar(select(Person.name).where(Person.id == row.author_id))
        errors["title"] = _("{name} has changed it since you opened this. Copy your words, and open it again.").format(
            name=by
        )
    others = [one for one in _own(work) if row is None or one.id != row.id]
    titles = {one.title.lower() for one in others} | {one.title.lower() for one in shipped.playbooks.values()}
    if command.title.lower() in titles:
        errors["title"] = _("There is a playbook of this name. Give yours another one.")
    if row is None and len(others) >= MOST_OWN:
        errors["title"] = _("You have {most} playbooks of your own already. Remove one first.").format(most=MOST_OWN)
    if len(lines_of(command.words)) < FEWEST_WORDS:
        errors["words"] = _("Write {least} lines or more: with fewer I would hardly find it.").format(
            least=FEWEST_WORDS
        )
    try:
        read_steps(command.steps)
    except CannotRead as wrong:
        errors["steps"] = str(wrong)
    return errors


def _own(work: Work) -> Sequence[OwnPlaybook]:
    return work.session.scalars(
        select(OwnPlaybook).where(OwnPlaybook.organisation_id == work.actor.organisation_id).order_by(OwnPlaybook.id)
    ).all()


def _find(number: int, work: Work) -> OwnPlaybook:
    return work.find(OwnPlaybook, number, _("This playbook"))
