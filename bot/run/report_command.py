"""`zanshin report`: what a team did in a period, as a page, a picture, data or a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Bring the command to the command line."""
    app.command()(report)


def report(
    words: Annotated[
        list[str] | None, typer.Argument(help="A period, then a team: month, 2026-11 billing. Nothing: last week.")
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="The file to write: .html, .png, .svg, .json or .csv.")] = Path(
        "report.html"
    ),
    organisation: Annotated[str | None, typer.Option(help="Whose, where there are several.")] = None,
) -> None:
    """Write a report of a week, a month, a quarter, or from a day to a day."""
    from bot.run.report_files import write_report  # noqa: PLC0415  only this command needs a database
    from bot.run.settings import read_settings  # noqa: PLC0415

    typer.echo(write_report(read_settings(), " ".join(words or ()), out, organisation))
