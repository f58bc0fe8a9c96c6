"""Everything an editor would mark in a folder of content, file by file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.incidents.updates.wordings import FOLDER, Wording
from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.openings import Openings, shipped_openings
from bot.run.checking.books import slips_across, slips_of_playbook
from bot.run.checking.openings import slips_of_openings
from bot.run.checking.tongues import TONGUES
from bot.run.checking.wordings import slips_of_wording
from bot.say.language import PUBLIC
from bot.store.content import SHIPPED_PLAYBOOKS, read_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from bot.compose import Bookcase
    from bot.playbooks.catalogue import Playbook
    from bot.run.checking.slips import Slip


def slips_in(bookcase: Bookcase, folder: Path, today: date, points: Collection[str] = ()) -> Iterator[Slip]:
    """Mark everything, each with the file it stands in, by the rules of its language."""
    ours = bookcase.books.catalogue.playbooks, bookcase.wordings.kinds
    yield from _slips_of(ours, folder / PUBLIC, today, points)
    for language in sorted(TONGUES.keys() - {PUBLIC}):
        if any((folder / language).glob("**/*.yaml")):
            yield from _slips_of(read_language(folder, language), folder / language, today, points)
    for language, openings in bookcase.books.openings.items():
        ours_there = Openings() if folder == SHIPPED_PLAYBOOKS else shipped_openings()[language]
        for name, slip in slips_of_openings(openings, ours_there, TONGUES[language]):
            yield replace(slip, path=openings.files[name])


def read_language(folder: Path, language: str) -> tuple[Mapping[str, Playbook], Mapping[str, Wording]]:
    """Read what a folder holds in another language; whatever is broken there is told elsewhere."""
    return load_catalogue(folder, language).playbooks, read_folder(folder / language / FOLDER, Wording)[0]


def _slips_of(
    read: tuple[Mapping[str, Playbook], Mapping[str, Wording]], at: Path, today: date, points: Collection[str]
) -> Iterator[Slip]:
    (playbooks, wordings), tongue = read, TONGUES[at.name]
    for name, playbook in playbooks.items():
        for slip in slips_of_playbook(playbook, today, points, tongue):
            yield replace(slip, path=at / f"{name}.yaml")
    for name, slip in slips_across(list(playbooks.values())):
        yield replace(slip, path=at / f"{name}.yaml")
    for name, wording in wordings.items():
        for slip in slips_of_wording(wording, tongue):
            yield replace(slip, path=at / FOLDER / f"{name}.yaml")
