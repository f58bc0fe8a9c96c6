"""`zanshin understanding report`: which offers did not fit, and what was chosen instead, by names of playbooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

understanding = typer.Typer(no_args_is_help=True, help="See how well playbooks were found.")


@understanding.callback()
def _group() -> None:
    """Keep `report` a command of its own."""


@understanding.command()
def report(*, as_json: Annotated[bool, typer.Option("--json", help="Print data as JSON.")] = False) -> None:
    """Say which playbooks were offered first and did not fit, and which were chosen instead."""
    from bot.run.settings import read_settings  # noqa: PLC0415  only this command needs a database
    from bot.store.engines import build_engine  # noqa: PLC0415
    from bot.store.schema import check_schema  # noqa: PLC0415

    settings = read_settings()
    engine = build_engine(settings.database_url, settings.seal, reading=True)
    check_schema(engine)
    rows = misfits(engine)
    engine.dispose()
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        typer.echo(f"{row['offered']:20} {row['chosen'] or '-':20} {row['count']}")
    if not rows:
        typer.echo("Nothing was said not to fit.", err=True)


def misfits(engine: Engine) -> list[dict[str, str | int]]:
    """Add up what all organisations counted, most often first."""
    from sqlalchemy import func, select  # noqa: PLC0415  as above

    from bot.playbooks.model import Misfit  # noqa: PLC0415

    times = func.sum(Misfit.count)
    with engine.connect() as connection:
        found = connection.execute(
            select(Misfit.playbook, Misfit.instead, times)
            .group_by(Misfit.playbook, Misfit.instead)
            .order_by(times.desc(), Misfit.playbook, Misfit.instead)
        )
        return [{"offered": offered, "chosen": chosen, "count": int(count)} for offered, chosen, count in found]
