"""Exit codes, as scripts read them: one table over every command there is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import typer

from bot.__main__ import app
from tests.command_line import run
from tests.databases import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FINE, NOT_FINE, WRONG_USE, NOT_SET_UP = 0, 1, 2, 3

# What is typed on an empty database, and how it ends: an empty list is fine, and nothing under a name is not.
ENDS = [
    (FINE, "migrate"),
    (WRONG_USE, "migrate --to 9999"),
    (FINE, "doctor"),
    (NOT_FINE, "doctor --url https://zanshin.example.com"),
    (WRONG_USE, "doctor --url nowhere"),
    (FINE, "suggest she keeps shouting at me"),
    (NOT_FINE, "suggest zzqx"),
    (WRONG_USE, "suggest"),
    (WRONG_USE, "suggest x --dir /nowhere"),
    (FINE, "draft-check Logins fail."),
    (WRONG_USE, "draft-check"),
    (FINE, "playbooks list"),
    (WRONG_USE, "playbooks list --dir /nowhere"),
    (FINE, "playbooks show keep-calm"),
    (NOT_FINE, "playbooks show nothing"),
    (FINE, "playbooks check"),
    (WRONG_USE, "playbooks check /nowhere"),
    (NOT_FINE, "playbooks export"),
    (NOT_FINE, "export U0NOBODY1"),
    (WRONG_USE, "export"),
    (WRONG_USE, "export --all --out /nowhere/at.jsonl"),
    (FINE, "export --all"),
    (NOT_FINE, "erase person U0NOBODY1"),
    (NOT_FINE, "erase customer Nobody"),
    (NOT_FINE, "erase case CASE-404"),
    (WRONG_USE, "erase case #"),
    (FINE, "outbox list"),
    (WRONG_USE, "outbox list --state lost"),
    (FINE, "outbox retry --all"),
    (NOT_FINE, "outbox retry notice:404"),
    (WRONG_USE, "outbox retry rubbish"),
    (WRONG_USE, "outbox retry"),
    (NOT_FINE, "outbox drop card:404"),
    (WRONG_USE, "outbox drop"),
    (FINE, "handoffs list"),
    (FINE, "incidents list"),
    (NOT_FINE, "incidents retro 404"),
    (WRONG_USE, "incidents retro x"),
    (FINE, "simulate"),
    (WRONG_USE, "simulate --day someday"),
    (NOT_FINE, "report"),
    (WRONG_USE, "report --out report.doc"),
    (NOT_FINE, "team add U012AB3CD"),
    (WRONG_USE, "team add Ana"),
    (FINE, "gestures export"),
    (WRONG_USE, "gestures export --month x"),
    (FINE, "understanding report"),
    (FINE, "audit list"),
    (FINE, "audit verify"),
    (NOT_FINE, "audit verify --expect 1:1:ab"),
    (WRONG_USE, "audit verify --expect rubbish"),
    (WRONG_USE, "rotate-key"),
    (WRONG_USE, "advisories /nowhere.zip"),
    (WRONG_USE, "copy --from x --to y"),
    (FINE, "manifest slack --socket"),
    (WRONG_USE, "manifest slack --url nowhere"),
    (WRONG_USE, "manifest teams"),
    (NOT_SET_UP, "playground --port 99999"),
    (WRONG_USE, "serve --loudly"),
]
WITHOUT_DATABASE = {"suggest", "draft-check", "playbooks", "advisories", "copy", "manifest", "playground"}


@pytest.mark.parametrize(("code", "typed"), ENDS)
def test_every_command_ends_as_the_readme_says(
    code: int, typed: str, sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 fine, 1 not fine or nothing found, 2 wrong use; and a sentence for whoever reads it."""
    shutil.copyfile(sqlite_file, tmp_path / "zanshin.db")
    monkeypatch.chdir(tmp_path)
    done = run(*typed.split(), ZANSHIN_DATABASE_URL=f"sqlite:///{tmp_path / 'zanshin.db'}", ZANSHIN_SECRET_KEY=SECRET)

    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stdout + done.stderr
    assert code == FINE or done.stdout + done.stderr


@pytest.mark.parametrize("typed", sorted({typed for code, typed in ENDS if code in (FINE, NOT_FINE)}))
def test_without_settings_it_ends_with_3(typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever needs a database says which settings are missing, and what needs none needs no settings."""
    monkeypatch.chdir(tmp_path)
    done = run(*typed.split())

    needs_none = typed.split(maxsplit=1)[0] in WITHOUT_DATABASE and typed != "playbooks export"
    assert (done.returncode == NOT_SET_UP) != needs_none, done.stderr


def test_the_table_knows_every_command() -> None:
    """A new one says how it ends."""
    typed = [words.split() for _code, words in ENDS]
    missing = [
        name for name in names(typer.main.get_command(app)) if not any(one[: len(name)] == name for one in typed)
    ]

    assert missing == []


def names(command: Any, under: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """Name every command, with those it stands under."""
    if not hasattr(command, "commands"):
        yield list(under)
        return
    for name, one in command.commands.items():
        yield from names(one, (*under, name))
