"""What an operator types: clear where there is nothing, and where there is no database."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import DatabaseMissing, WrongUse
from tests.databases import SECRET

if TYPE_CHECKING:
    from pathlib import Path

ASKED = [
    (("outbox", "list"), "No message waits, and none was given up lately."),
    (("outbox", "list", "--state", "sent"), "No message is sent."),
    (("outbox", "retry", "--all"), "Nothing was given up lately."),
    (("handoffs", "list"), "No handoff is open."),
    (("incidents", "list"), "No incident is open."),
    (("simulate",), "If nobody does anything, nothing is sent on "),
]


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", f"sqlite:///{tmp_path / 'zanshin.db'}")
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", SECRET)


@pytest.mark.parametrize(("typed", "answer"), ASKED)
def test_an_empty_database_is_answered_in_a_sentence(
    sqlite_file: Path, tmp_path: Path, typed: tuple[str, ...], answer: str
) -> None:
    """Nothing to list is a sentence for people, and an empty list for programs."""
    shutil.copyfile(sqlite_file, tmp_path / "zanshin.db")
    spoken = CliRunner().invoke(app, typed)

    assert (spoken.exit_code, spoken.exception) == (0, None)
    assert spoken.stdout.startswith(answer)
    if "retry" not in typed:
        assert json.loads(CliRunner().invoke(app, [*typed, "--json"]).stdout) == []


@pytest.mark.parametrize("typed", [typed for typed, _answer in ASKED])
def test_a_missing_database_is_named_and_not_made(tmp_path: Path, typed: tuple[str, ...]) -> None:
    """Which file, and what makes it."""
    done = CliRunner().invoke(app, typed)

    assert isinstance(done.exception, DatabaseMissing)
    assert "Run: zanshin migrate" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "typed",
    [("outbox", "retry"), ("outbox", "drop"), ("outbox", "list", "--state", "lost"), ("simulate", "--zone", "Mars")],
)
def test_what_cannot_be_meant_is_said(sqlite_file: Path, tmp_path: Path, typed: tuple[str, ...]) -> None:
    """With what could be."""
    shutil.copyfile(sqlite_file, tmp_path / "zanshin.db")

    assert isinstance(CliRunner().invoke(app, typed).exception, WrongUse)


def test_a_dry_run_of_a_migration_makes_nothing(sqlite_file: Path, tmp_path: Path) -> None:
    """Where there is no database it would set one up, where there is one, bring what it lacks."""
    without = CliRunner().invoke(app, ["migrate", "--dry-run"])
    made = list(tmp_path.iterdir())
    shutil.copyfile(sqlite_file, tmp_path / "zanshin.db")
    there = CliRunner().invoke(app, ["migrate", "--dry-run"])

    assert without.stdout.startswith("It would set up a new database.")
    assert made == []
    assert there.stdout == "The schema is up to date.\nThis was a dry run: nothing was changed.\n"


def test_a_dry_run_names_nobody_for_good(sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what would come of it, and says the same again."""
    shutil.copyfile(sqlite_file, tmp_path / "zanshin.db")
    tenant = "11111111-2222-3333-4444-555555555555"
    for name, value in (("Id", tenant), ("Password", "secret"), ("TenantId", tenant)):
        monkeypatch.setenv(f"MicrosoftApp{name}", value)
    typed = ["team", "add", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "--admin"]
    dry, dry_again = (CliRunner().invoke(app, [*typed, "--dry-run"]) for _time in range(2))
    meant = CliRunner().invoke(app, typed)

    assert dry.stdout == dry_again.stdout == meant.stdout + "This was a dry run: nothing was changed.\n"
    assert "is now admin" in meant.stdout
