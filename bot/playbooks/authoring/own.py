"""Writing playbooks of the team's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.errors import NotFound
from bot.playbooks.answers.misfits import misfits_of
from bot.playbooks.authoring import publishing
from bot.playbooks.authoring.files import CannotReadFile, as_file, is_file, read_playbook
from bot.playbooks.authoring.publishing import REVIEWED_EVERY, propose
from bot.playbooks.authoring.writing import FEWEST_WORDS, CannotRead, lines_of, read_steps
from bot.playbooks.cards import own as own_cards
from bot.playbooks.cards import publishing as publishing_cards
from bot.playbooks.catalogue import Catalogue, Playbook
from bot.playbooks.commands import (
    AskToCopyPlaybook,
    AskToDeclineVersion,
    AskToRemovePlaybook,
    BringBackPlaybook,
    CopyPlaybook,
    DeclineVersion,
    EditPlaybook,
    ListOwnPlaybooks,
    PreviewVersion,
    PublishVersion,
    RemovePlaybook,
    RestoreVersion,
    RetirePlaybook,
    SaveFile,
    SavePlaybook,
    ShowFile,
    ShowVersions,
    StillRight,
    WritePlaybook,
)
from bot.playbooks.model import OwnPlaybook, OwnVersion, VersionState
from bot.playbooks.shelves.shelf import OWN, Shelf, read_row, read_version
from bot.say.language import _, quoted
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.command import Command, Need
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


MOST_OWN = 100


def list_own(_command: ListOwnPlaybooks, work: Work, *, shelf: Shelf) -> Reply:
    """Show the playbooks of the team's own."""
    may_write = may(work.actor, Need.SUPERVISOR)
    rows = [one for one in _own(work) if may_write or one.live]
    waiting, misfits = waiting_of(work), misfits_of(work) if may_write else ()
    mine = [one for one in waiting.values() if publishing.reads(one, work)]
    titles = {name: one.title for name, one in shelf.of(work).catalogue.playbooks.items()} if misfits else {}
    return work.answer(own_cards.own_list(rows, waiting, (misfits, titles), mine, may_write=may_write))


def write(_command: WritePlaybook, _work: Work) -> Reply:
    """Open the form of a new one."""
    return OpenForm(form=own_cards.playbook_form())


def edit(command: EditPlaybook, work: Work) -> Reply:
    """Open the form of one that is there."""
    row = _find(command.playbook, work)
    latest = waiting_of(work).get(row.id, row)
    if is_file(latest.steps):
        return OpenForm(form=own_cards.file_form(latest.steps, row))
    return OpenForm(form=own_cards.change_form(row, latest))


def ask_to_copy(_command: AskToCopyPlaybook, work: Work, *, shipped: Catalogue) -> Reply:
    """Show which of those that came with the program there are to begin with."""
    return work.answer(own_cards.to_copy(list(shipped.playbooks.values())))


def copy(command: CopyPlaybook, _work: Work, *, shipped: Catalogue) -> Reply:
    """Open the form of a new one, filled with one of ours."""
    playbook = shipped.playbooks.get(command.playbook)
    if playbook is None:
        raise NotFound(
            _("There's no playbook {name}.").format(name=quoted(command.playbook)),
            _("Its name may have changed."),
            _("Type `/calm own` and choose again."),
        )
    return OpenForm(form=own_cards.copy_form(playbook))


def save(command: SavePlaybook, work: Work, *, shipped: Catalogue) -> Reply:
    """Keep what was written, if it can be read."""
    author = work.me()  # locked: two presses of one form at once save one playbook
    row = _find(command.playbook, work) if command.playbook is not None else None
    if errors := _errors(command, row, work, shipped):
        return FieldErrors(errors=errors)
    written = {"title": command.title, "situation": command.situation, "words": command.words, "steps": command.steps}
    if row is None:
        row = OwnPlaybook(organisation_id=work.actor.organisation_id, version=0, live=False, **written)
        row.author_id, row.changed_at, row.reviewed_at = author.id, work.now, work.now
    row.version += 1
    work.session.add(row)
    work.session.flush()
    version = OwnVersion(author_id=author.id, why=command.why or None, **written)
    readers = propose(row, version, work)
    return work.answer(publishing_cards.waits(version, [one.name for one in readers], before=row.live))


def show_file(command: ShowFile, work: Work, *, shelf: Shelf) -> Reply:
    """Open a playbook as a file."""
    if not command.playbook:
        return OpenForm(form=own_cards.file_form("", None))
    number = command.playbook.removeprefix(OWN)
    row = _find_read(int(number), work) if command.playbook.startswith(OWN) and number.isdigit() else None
    playbook = shelf.of(work).catalogue.playbooks.get(command.playbook) if row is None else _as_playbook(row, work)
    if playbook is None:
        raise NotFound(
            _("There's no playbook {name}.").format(name=quoted(command.playbook)),
            _("Its name may have changed."),
            _("Type `/calm own` and choose again."),
        )
    return OpenForm(form=own_cards.file_form(as_file(playbook), row))


def _find_read(number: int, work: Work) -> OwnPlaybook:
    return work.look(OwnPlaybook, number, _("This playbook"))


def _as_playbook(row: OwnPlaybook, work: Work) -> Playbook | None:
    """Read what was written last of it."""
    waiting, author = waiting_of(work).get(row.id), work.actor.name
    return read_version(waiting, author) if waiting is not None else read_row(row, author)


def save_file(command: SaveFile, work: Work, *, shipped: Catalogue) -> Reply:
    """Keep what a file says, as if it had been written in the form."""
    file = "\n".join(one for one in (command.file, command.file_2, command.file_3, command.file_4) if one)
    if not is_file(file):
        return FieldErrors(errors={"file": _("A file begins with id: and a name, as those of the folder do.")})
    try:
        read = read_playbook(file)
    except CannotReadFile as wrong:
        return FieldErrors(errors={"file": str(wrong)})
    written = SavePlaybook.model_construct(
        playbook=command.playbook,
        version=command.version,
        title=read.title,
        situation=read.situation,
        words="\n".join(read.words),
        steps=file,
        why=command.why,
    )
    reply = save(written, work, shipped=shipped)
    return FieldErrors(errors={"file": " ".join(reply.errors.values())}) if isinstance(reply, FieldErrors) else reply


def retire(command: RetirePlaybook, work: Work) -> Reply:
    """Have nobody find it any more; its versions are kept."""
    row = _find(command.playbook, work)
    if row.live:
        row.live, row.retired_at, row.next_due_at, row.version = False, work.now, None, row.version + 1
    return work.answer(own_cards.retired(row))


def bring_back(command: BringBackPlaybook, work: Work) -> Reply:
    """Have it found again as it was."""
    row = _find(command.playbook, work)
    if row.retired_at is not None:
        row.live, row.retired_at, row.version = True, None, row.version + 1
        row.next_due_at = row.reviewed_at + REVIEWED_EVERY
    return work.answer(own_cards.found_again(row))


def ask_to_remove(command: AskToRemovePlaybook, work: Work) -> Reply:
    """Ask once more before one is gone."""
    return work.answer(own_cards.sure_to_remove(_find(command.playbook, work)))


def remove(command: RemovePlaybook, work: Work) -> Reply:
    """Remove one for good; one that has changed since that was asked only when it is asked once more."""
    row = _find(command.playbook, work)
    if command.drawn != row.version:
        return work.answer(own_cards.sure_to_remove(row, news=True))
    title = row.title
    work.session.delete(row)
    work.session.flush()
    return work.answer(own_cards.removed(title))


def use_cases(shelf: Shelf) -> Mapping[type[Command], Callable[[Any, Work], Reply]]:
    """List what can be done with them."""
    return {
        ListOwnPlaybooks: partial(list_own, shelf=shelf),
        WritePlaybook: write,
        EditPlaybook: edit,
        SavePlaybook: _changing(partial(save, shipped=shelf.shipped.catalogue), shelf),
        AskToCopyPlaybook: partial(ask_to_copy, shipped=shelf.shipped.catalogue),
        CopyPlaybook: partial(copy, shipped=shelf.shipped.catalogue),
        ShowFile: partial(show_file, shelf=shelf),
        SaveFile: _changing(partial(save_file, shipped=shelf.shipped.catalogue), shelf),
        RetirePlaybook: _changing(retire, shelf),
        BringBackPlaybook: _changing(bring_back, shelf),
        PublishVersion: _changing(publishing.publish_version, shelf),
        AskToDeclineVersion: publishing.ask_to_decline_version,
        DeclineVersion: publishing.decline_version,
        PreviewVersion: publishing.preview_version,
        ShowVersions: publishing.show_versions,
        RestoreVersion: publishing.restore_version,
        StillRight: _changing(publishing.still_right, shelf),
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
        errors["title"] = _("It has changed since you opened this. Copy your words, and open it again.")
    others = [one for one in _own(work) if row is None or one.id != row.id]
    titles = {one.title.lower() for one in others} | {one.title.lower() for one in shipped.playbooks.values()}
    if command.title.lower() in titles:
        errors["title"] = _("There's a playbook of this name. Give yours another one.")
    if row is None and len(others) >= MOST_OWN:
        errors["title"] = _("You have {most} playbooks of your own already. Remove one first.").format(most=MOST_OWN)
    if len(lines_of(command.words)) < FEWEST_WORDS:
        errors["words"] = _("Write {least} lines or more: with fewer I'd hardly find it.").format(least=FEWEST_WORDS)
    try:
        read_steps(command.steps)
    except CannotRead as wrong:
        errors["steps"] = str(wrong)
    return errors


def _own(work: Work) -> Sequence[OwnPlaybook]:
    return work.session.scalars(
        select(OwnPlaybook).where(OwnPlaybook.organisation_id == work.actor.organisation_id).order_by(OwnPlaybook.id)
    ).all()


def waiting_of(work: Work) -> dict[int, OwnVersion]:
    """Find what waits for a second person, by playbook."""
    waiting = select(OwnVersion).where(
        OwnVersion.organisation_id == work.actor.organisation_id, OwnVersion.state == VersionState.WAITING
    )
    return {one.playbook_id: one for one in work.session.scalars(waiting)}


def _find(number: int, work: Work) -> OwnPlaybook:
    return work.find(OwnPlaybook, number, _("This playbook"))
