"""Everything an editor would mark in a folder of content, file by file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.run.checking.books import slips_across, slips_of_playbook
from bot.run.checking.wordings import slips_of_wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import Path

    from bot.compose import Bookcase
    from bot.run.checking.slips import Slip


def slips_in(bookcase: Bookcase, folder: Path, today: date, points: Collection[str] = ()) -> Iterator[Slip]:
    """Mark everything, each with the file it stands in."""
    playbooks = bookcase.books.catalogue.playbooks
    for name, playbook in playbooks.items():
        for slip in slips_of_playbook(playbook, today, points):
            yield replace(slip, path=folder / "en" / f"{name}.yaml")
    for name, slip in slips_across(list(playbooks.values())):
        yield replace(slip, path=folder / "en" / f"{name}.yaml")
    for name, wording in bookcase.wordings.kinds.items():
        for slip in slips_of_wording(wording):
            yield replace(slip, path=folder / "en" / "updates" / f"{name}.yaml")
