"""`zanshin incidents retro`: the retrospective of an incident as Markdown, for wherever a team keeps such things."""

from __future__ import annotations

from functools import partial
from pathlib import Path  # noqa: TC003  Typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import NothingFound, WrongUse
from bot.run.terminal import LARGEST, Overwrite, spare

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.run.settings import Settings


def retro(
    number: Annotated[str, typer.Argument(help="The number of the incident.")],
    *,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, it is printed.")] = None,
    organisation: Annotated[
        int | None, typer.Option(min=1, max=LARGEST, help="Its id, where a server has several.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write the retrospective of an incident, or the draft of it, as Markdown."""
    from bot.run.settings import read_settings  # noqa: PLC0415  only this command needs a database

    if out is not None:
        spare(out, overwrite=overwrite)
    written = export_retrospective(read_settings(), _number(number), organisation)
    if out is None:
        typer.echo(written, nl=False)
        return
    try:
        out.write_text(written, encoding="utf-8")
    except OSError as failed:
        raise WrongUse(f"Cannot write to {out}: {failed.strerror}. Name another place with --out.") from failed
    typer.echo(f"Wrote {out}.", err=True)


def _number(said: str) -> int:
    number = said.removeprefix("#")
    if not (number.isascii() and number.isdecimal() and len(number) < len(str(LARGEST))):
        raise WrongUse(f"{said} is no number of an incident. Write it like this: zanshin incidents retro 12")
    return int(number)


def export_retrospective(settings: Settings, number: int, organisation: int | None) -> str:
    """Find the incident of this number and write what is told of it."""
    from bot.run.operating.opening import look_into  # noqa: PLC0415  as above

    return look_into(settings, partial(written_in, number=number, organisation=organisation))


def written_in(session: Session, *, number: int, organisation: int | None) -> str:
    """Write the retrospective of an incident that is over, in a database."""
    from sqlalchemy import select  # noqa: PLC0415  as above

    from bot.afterwards.retrospectives import markdown_of  # noqa: PLC0415
    from bot.directory.actors import Actor  # noqa: PLC0415
    from bot.incidents.facts import facts_of  # noqa: PLC0415
    from bot.incidents.model import LIVE, Incident  # noqa: PLC0415
    from bot.watch.clock import SystemClock  # noqa: PLC0415
    from bot.work.work import Work  # noqa: PLC0415

    wanted = select(Incident).where(Incident.number == number).order_by(Incident.organisation_id)
    if organisation is not None:
        wanted = wanted.where(Incident.organisation_id == organisation)
    found = session.scalars(wanted).all()
    if not found:
        raise NothingFound(f"There is no incident #{number}. In the chat, /incident list shows what there is.")
    if len(found) > 1:
        ids = ", ".join(str(one.organisation_id) for one in found)
        raise WrongUse(f"Several organisations have an incident #{number}: name one with --organisation ({ids}).")
    if found[0].state in LIVE:
        raise NothingFound(f"Incident #{number} isn't over yet.")
    actor = Actor(organisation_id=found[0].organisation_id, person_id=None)
    work = Work(session, now=SystemClock().now(), actor=actor)
    [incident] = facts_of(work, found)
    return markdown_of(incident, work)
