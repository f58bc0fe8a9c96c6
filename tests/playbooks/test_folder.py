"""A folder of whoever runs the server: laid over ours, and read again while the server runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.shelves.folder import Folder
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

SHIPPED = load_catalogue(SHIPPED_PLAYBOOKS).playbooks
WRITTEN = """
id: {id}
title: {title}
situation: The parcel went to the wrong door.
words: [wrong door, parcel at the neighbour, delivered to nobody]
reviewed: 2026-11-24
source: {{title: Ours, author: Noor Haddad, credit: Our own desk.}}
steps:
  - id: first
    title: {title}
    say: ["I'll find it for you."]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file that replaces one of ours, and one of its own."""
    (tmp_path / "en").mkdir()
    write(tmp_path, "restrain", "Hold back our way")
    write(tmp_path, "wrong-door", "Wrong door")
    return tmp_path


def write(folder: Path, name: str, title: str, text: str = WRITTEN) -> None:
    """Write a file, at a moment of its own."""
    path = folder / "en" / f"{name}.yaml"
    path.write_text(text.format(id=name, title=title), encoding="utf-8")
    moment = 1_700_000_000 + sum(map(ord, title))
    os.utime(path, (moment, moment))


def test_openings_of_a_team_stand_alone(tmp_path: Path) -> None:
    """Ours are laid below them, so a folder needs no playbook; one with nothing in it is a slip of its path."""
    (tmp_path / "en" / "openings").mkdir(parents=True)
    empty = load_catalogue(tmp_path).problems
    (tmp_path / "en" / "openings" / "crates.yaml").write_text("- id: crate", encoding="utf-8")

    assert [one.expected for one in empty] == ["at least one playbook, as a .yaml file"]
    assert load_catalogue(tmp_path).problems == ()


def test_the_same_id_replaces_ours_and_the_rest_of_ours_stays(folder: Path) -> None:
    """Nobody loses the words of danger by writing a playbook of their own."""
    read = Folder(folder).read()

    assert read.playbooks["restrain"].title == "Hold back our way"
    assert read.playbooks["wrong-door"].title == "Wrong door"
    assert read.playbooks["crisis"] == SHIPPED["crisis"]
    assert read.playbooks.keys() == {*SHIPPED, "wrong-door"}


@pytest.mark.parametrize("slip", ["titel: {title}\n", "id: {id}\n{{{{", "", "\x00"])
def test_a_broken_file_keeps_what_was_there(folder: Path, slip: str) -> None:
    """At first that is ours, and later what was read before; the others are read anew."""
    watched = Folder(folder)
    before = watched.read()
    write(folder, "restrain", "Broken", slip)
    write(folder, "wrong-door", "The wrong door")
    again = watched.read(before)

    assert again.playbooks["restrain"].title == "Hold back our way"
    assert again.playbooks["wrong-door"].title == "The wrong door"
    assert {problem.path.stem for problem in again.problems} == {"restrain"}
    assert Folder(folder).read().playbooks["restrain"] == SHIPPED["restrain"]


def test_it_is_read_again_only_when_it_has_changed(folder: Path) -> None:
    """A file that came, went or was written is seen; without any, nothing is read."""
    watched = Folder(folder)
    first = watched.read()
    seen = [watched.changed()]
    write(folder, "restrain", "Another title")
    seen.append(watched.changed())
    watched.read(first)
    (folder / "en" / "wrong-door.yaml").unlink()
    seen.append(watched.changed())
    last = watched.read(first)

    assert seen == [False, True, True]
    assert "wrong-door" not in last.playbooks
    assert not watched.changed()


async def test_agents_read_what_was_changed_without_a_restart(folder: Path, database: Database) -> None:
    """A playbook that was mended on the server is there a few seconds later; one that was broken stays as it was."""
    stage = FakeStage(database, folder)
    await people_of(stage)
    cast = Cast(stage)
    first = await cast.ana.types("/calm restrain")
    write(folder, "restrain", "Hold back, breathe")
    write(folder, "wrong-door", "Broken", "steps: [")
    await cast.later(seconds=10)
    second = await cast.ana.types("/calm restrain")
    kept = await cast.ana.types("/calm wrong-door")

    assert first.text.startswith("Hold back our way")
    assert second.text.startswith("Hold back, breathe")
    assert kept.text.startswith("Wrong door")


async def test_openings_of_their_own_are_read_again_too(folder: Path, database: Database) -> None:
    """The same id replaces ours; a file that is broken keeps what it said, and ours stay all the while."""
    path = folder / "en" / "openings" / "ours.yaml"
    path.parent.mkdir()
    written = "- {{id: crate, words: [[crate*], [empty]], do: {do}, say: Which crate is it?}}"
    stage = FakeStage(database, folder)
    await people_of(stage)
    cast = Cast(stage)
    texts = [(await cast.ana.types("/calm the crates are empty")).text]
    for text in (written.format(do="Ask for the number."), "- id: [", written.format(do="Ask which one.")):
        path.write_text(text, encoding="utf-8")
        await cast.later(seconds=10)
        texts.append((await cast.ana.types("/calm the crates are empty")).text)
    ours = await cast.ana.types("/calm parcel says delivered and she has nothing")
    said = [text.splitlines()[1] if "Which crate is it?" in text else None for text in texts]

    assert said == [None, "Ask for the number.", "Ask for the number.", "Ask which one."]
    assert "Leave the tracking aside." in ours.text
