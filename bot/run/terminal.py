"""What the commands of the terminal share: exit codes, options, how data is printed."""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import SettingsError, WrongUse
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LARGEST = 2**31 - 1  # the highest number of a column
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
NOT_FINE, WRONG_USE, NOT_SET_UP, OTHER_VERSION = 1, 2, 3, 4

NO_KEY = "Name the key they were written with in ZANSHIN_OLD_SECRET_KEYS; where it is lost: zanshin rotate-key --let-go"

AsJSON = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]
Folder = Annotated[Path | None, typer.Option("--dir", help="The folder of playbooks.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]


def spare(out: Path, *, overwrite: bool) -> None:
    """Refuse to write over a file: of somebody else, perhaps. What is no file, such as a pipe, keeps nothing."""
    if out.is_file() and not overwrite:
        raise WrongUse(f"There is a file {out.absolute()} already. Name another with --out, or say --overwrite.")


def catalogue_in(folder: Path | None) -> Any:
    """Read the playbooks of a folder, laid over ours where the settings name it."""
    from bot.playbooks.catalogue import load_catalogue  # noqa: PLC0415  most commands need none
    from bot.playbooks.shelves.folder import Folder  # noqa: PLC0415

    at = folder_that_is_there(folder)
    return load_catalogue(at) if folder is not None or at == SHIPPED_PLAYBOOKS else Folder(at).read()


def books_in(folder: Path | None) -> Any:
    """Read the playbooks and openings of a folder, laid over ours where the settings name it."""
    from bot.playbooks.shelves.folder import Folder  # noqa: PLC0415  as above
    from bot.playbooks.shelves.shelf import read_books, read_over_ours  # noqa: PLC0415

    at = folder_that_is_there(folder)
    return read_books(at) if folder is not None or at == SHIPPED_PLAYBOOKS else read_over_ours(Folder(at))


def folder_of(folder: Path | None) -> Path:
    """Say which folder of playbooks is meant."""
    return folder or Path(os.environ.get("ZANSHIN_PLAYBOOKS_DIR", SHIPPED_PLAYBOOKS))


def folder_that_is_there(folder: Path | None) -> Path:
    """Say which folder of playbooks is meant, and refuse one that is none."""
    at = folder_of(folder)
    if not at.is_dir():
        if folder is None:
            raise SettingsError(f"Settings are missing or wrong:\n  ZANSHIN_PLAYBOOKS_DIR: there is no folder {at}")
        raise WrongUse(f"There is no folder {at}. Name another with --dir.")
    return at


def nothing_beside_lines(text: str) -> None:
    """Refuse words beside `--jsonl`: nobody would answer them."""
    if text.strip():
        raise typer.BadParameter("--jsonl reads from standard input: leave the text out, or leave out --jsonl")


def was_dry(*, dry_run: bool) -> None:
    """Say at the end of a dry run that it was one."""
    if dry_run:
        typer.echo("This was a dry run: nothing was changed.")


def print_json(data: object) -> None:
    """Print data for programs."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def print_lines(answers: Iterable[Mapping[str, Any]]) -> None:
    """Print an answer a line; what could not be answered is said on the side too, and fails the whole at its end."""
    failed = False
    for one in answers:
        typer.echo(json.dumps(one, ensure_ascii=False))
        if "error" in one:
            failed = True
            typer.echo(one["error"], err=True)
    if failed:
        raise typer.Exit(WRONG_USE)


def print_half_characters() -> None:
    """Write half a character as JSON does, in place of ending at it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            with suppress(OSError):  # where it leads was changed since it was opened
                stream.reconfigure(errors="backslashreplace")


def could_not_print(problem: OSError) -> str:
    """Say what kept us from printing; any other problem is not ours to explain."""
    if problem.errno not in NO_ROOM:
        raise problem
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what waits to be printed would fail once more
    return f"What was to be printed could not be written: {problem.strerror}. Not all of it is there."
