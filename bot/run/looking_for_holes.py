"""`zanshin advisories`: whether a package that is installed has a known hole, without asking anybody."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path  # noqa: TC003  typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import WrongUse
from bot.run.terminal import NOT_FINE, AsJSON, print_json
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from bot.run.advisories import Hole, Looked

FRESH = timedelta(days=30)
BRING = (
    "Bring some: fetch https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip where there is a connection, "
    "carry it here, and type: zanshin advisories all.zip"
)
_PIN = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([^\s;#]+)")


def advisories(
    path: Annotated[
        Path | None, typer.Argument(help="osv.dev's all.zip, PyPA's folder of advisories, or one JSON file.")
    ] = None,
    *,
    pins: Annotated[
        Path | None, typer.Option(help="Look at the versions this file pins, such as constraints.txt.")
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """Say which installed packages have a known hole, from advisories you have brought: nobody is asked."""
    from bot.run.advisories import look_through, read_advisories  # noqa: PLC0415  only this command needs them

    if path is None:
        raise WrongUse(f"There are no advisories to look through. {BRING}")
    packages = installed() if pins is None else pinned(pins)
    looked = look_through(read_advisories(path), packages)
    if not looked.advisories:
        raise WrongUse(f"{path} holds no advisory about Python packages. {BRING}")
    if as_json:
        print_json(asdict(looked) | {"packages": len(packages)})
    else:
        typer.echo(as_text(looked, len(packages), "pinned" if pins else "installed"))
    if stale := age_of(looked, SystemClock().now().date()):
        typer.echo(stale, err=True)
    if looked.holes:
        raise typer.Exit(NOT_FINE)


def installed() -> dict[str, str]:
    """List what is installed where this runs."""
    from packaging.utils import canonicalize_name  # noqa: PLC0415  as above

    found = (one.metadata for one in metadata.distributions())
    # What an installation that broke off has left has no name, and nothing of it is used.
    return {canonicalize_name(one["Name"]): one["Version"] for one in found if "Name" in one}


def pinned(file: Path) -> dict[str, str]:
    """List what a file pins, as pip reads it."""
    from packaging.utils import canonicalize_name  # noqa: PLC0415  as above

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failed:
        raise WrongUse(
            f"Cannot read {file.absolute()}. Name a file of pins, such as constraints.txt, with --pins."
        ) from failed
    found: dict[str, str] = {canonicalize_name(match[1]): match[2] for line in lines if (match := _PIN.match(line))}
    if not found:
        raise WrongUse(f"{file} pins nothing: a line such as aiohttp==3.14.1 would.")
    return found


def as_text(looked: Looked, packages: int, how: str) -> str:
    """Write what was found, a line a hole, and at the end how much was looked through."""
    by = f"By {looked.advisories:,} advisories" if looked.advisories > 1 else "By the one advisory"
    count = len({one.package for one in looked.holes})
    if not count:
        return f"{by} of this file, none of the {packages} {how} packages has a known hole."
    has = "has a known hole" if count == 1 else "have known holes"
    return "\n".join([*map(_line, looked.holes), f"{by}, {count} of the {packages} {how} packages {has}."])


def _line(hole: Hole) -> str:
    names = f"{hole.advisory} ({', '.join(hole.also)})" if hole.also else hole.advisory
    mended = f"mended {' and '.join(hole.mended)}" if hole.mended else "no version is named that mends it"
    unsure = "" if hole.sure else "; its versions cannot be compared, so see for yourself"
    return f"{hole.package} {hole.installed}: {names}, {mended}{unsure}. {hole.summary}".rstrip()


def age_of(looked: Looked, today: date) -> str:
    """Say that the advisories are old; nothing where they are fresh."""
    try:
        newest = date.fromisoformat(looked.newest)
    except ValueError:
        return "These advisories do not say of which day they are."
    if today - newest <= FRESH:
        return ""
    return f"The newest of these advisories is of {newest}, {(today - newest).days} days ago: bring a newer export."
