"""`zanshin playbooks`: what an author of playbooks does in a terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import NothingFound
from bot.run.settings import read_settings
from bot.run.terminal import (
    NOT_FINE,
    AsJSON,
    Folder,
    Overwrite,
    catalogue_in,
    folder_of,
    folder_that_is_there,
    print_json,
)

playbooks = typer.Typer(no_args_is_help=True, help="Check, list and read the playbooks.")


@playbooks.command("check")
def check_playbooks(
    where: Annotated[Path | None, typer.Argument(help="The folder of playbooks.")] = None,
    *,
    as_json: AsJSON = False,
    folder: Folder = None,
) -> None:
    """Check every file: what cannot be read, by line and field; and what an editor would mark, by step."""
    from bot.compose import read_bookcase  # noqa: PLC0415
    from bot.run.checking.everything import slips_in  # noqa: PLC0415

    at = folder_of(where or folder)
    if at.is_file():
        raise typer.BadParameter(f"{at} is one file. Name its folder: one that holds en/….yaml, as playbooks/ does.")
    folder_that_is_there(where or folder)
    bookcase = read_bookcase(at)
    catalogue, wordings, problems = bookcase.books.catalogue, bookcase.wordings, bookcase.problems
    openings = sum(len(one.by_id) for one in bookcase.books.openings.values())
    slips = list(slips_in(bookcase, at, datetime.now(UTC).date()))
    if as_json:
        listed = [
            {"path": str(one.path), "line": one.line, "field": one.field, "expected": one.expected} for one in problems
        ]
        marked = [vars(one) | {"path": str(one.path)} for one in slips]
        counts = {"playbooks": len(catalogue.playbooks), "wordings": len(wordings.kinds), "openings": openings}
        print_json({**counts, "problems": listed, "slips": marked})
    else:
        for one in (*problems, *slips):
            typer.echo(str(one))
        fine = f"{len(wordings.kinds)} wordings, {openings} openings and {len(catalogue.playbooks)} playbooks are fine"
        counted = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        typer.echo(f"{fine}, {counted}." if not slips else f"{fine} to read, {counted}, {len(slips)} to mend.")
    if problems or slips:
        raise typer.Exit(NOT_FINE)


@playbooks.command("list")
def list_playbooks(*, as_json: AsJSON = False, folder: Folder = None) -> None:
    """List every playbook and when to reach for it."""
    catalogue = catalogue_in(folder)
    if as_json:
        print_json([one.model_dump(mode="json", exclude={"steps", "words"}) for one in catalogue.playbooks.values()])
    else:
        for one in catalogue.playbooks.values():
            typer.echo(f"{one.id:20} {one.situation}")
    if broken := len({one.path for one in catalogue.problems}):
        files = "1 file" if broken == 1 else f"{broken} files"
        typer.echo(f"{files} could not be read: zanshin playbooks check {folder_of(folder)}", err=True)
        raise typer.Exit(NOT_FINE)


@playbooks.command("show")
def show_playbook(name: str, *, as_json: AsJSON = False, folder: Folder = None) -> None:
    """Read one playbook whole."""
    from bot.playbooks.reading import as_markdown  # noqa: PLC0415

    catalogue = catalogue_in(folder)
    found = catalogue.playbooks.get(name)
    if found is None:
        near = catalogue.nearest(name)
        hint = f" Did you mean {near}?" if near else " See: zanshin playbooks list"
        typer.echo(f"There is no playbook {name}.{hint}", err=True)
        raise typer.Exit(NOT_FINE)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        typer.echo(as_markdown(found))


@playbooks.command("export")
def export_playbooks(
    *,
    out: Annotated[Path, typer.Option(help="The folder to write them to.")] = Path("exported-playbooks"),
    overwrite: Overwrite = False,
) -> None:
    """Write the playbooks that teams have written and published as files, as the folder of playbooks takes them."""
    from bot.run.exporting import export_playbooks as exported  # noqa: PLC0415  only this command needs it

    count = exported(read_settings(), out, overwrite=overwrite)
    if not count:
        raise NothingFound("No team has published a playbook of its own: nothing was written.")
    typer.echo(f"{count} in {out}.")
