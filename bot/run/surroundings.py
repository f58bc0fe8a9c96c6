"""What the program stands on, looked at by the doctor: the disk, the clocks, time zones, and its other processes."""

from __future__ import annotations

import zoneinfo
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.directory.model import Organisation, Person
from bot.run.findings import Finding
from bot.say.language import length
from bot.store.database import Moment
from bot.store.engines import PACKAGE, others_connected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import Clock

APART = timedelta(seconds=2)  # what clocks may differ by
DISK_FREE = 100_000_000  # bytes
OLD = 2  # years of time zone data: governments change their minds every year


def disk(free: int) -> Finding:
    """Say how much room there is."""
    return Finding(
        about="disk",
        fine=free >= DISK_FREE,
        found=f"{free // 1_000_000} MB are free",
        mend="" if free >= DISK_FREE else "make room on the disk of the database",
    )


def clocks(session: Session, clock: Clock) -> Finding:
    """Compare our clock with the one of PostgreSQL."""
    theirs = session.scalars(select(func.clock_timestamp(type_=Moment()))).one()
    ahead = clock.now() - theirs
    if abs(ahead) <= APART:
        return Finding(about="time", fine=True, found="our clock and the one of the database agree")
    found = (
        f"our clock is {length(abs(ahead))} {'ahead of' if ahead > timedelta(0) else 'behind'} the one of the database"
    )
    return Finding(about="time", fine=False, found=found, mend="have both machines set their clocks by NTP")


def replicas(session: Session) -> Finding:
    """Name the processes that are connected to PostgreSQL besides us; two versions are meant to meet only shortly."""
    others = others_connected(session)
    if not others:
        return Finding(about="replicas", fine=True, found="no other process of Zanshin is connected just now")
    found = f"{len(others)} connected: {', '.join(sorted(others))}"
    versions = {other.partition(" ")[0] for other in others} | {version(PACKAGE)}
    mend = "" if len(versions) == 1 else "finish the upgrade: not all of them, and this command, are of one version"
    return Finding(about="replicas", fine=not mend, found=found, mend=mend)


def time_zones(session: Session, now: datetime) -> Finding:
    """Say whether every time zone in use can be read, and how old the data on them is."""
    unknown = [name for name in _zones(session) if not _is_known(name)]
    if unknown:
        found = f"not known here: {', '.join(sorted(unknown))}"
        return Finding(about="time zones", fine=False, found=found, mend="install Zanshin anew, with tzdata")
    release, whose = _release()
    found = f"data of {release or 'an unknown release'}, {whose}"
    if release and int(release[:4]) <= now.year - OLD:
        mend = "update tzdata; where the system's is older than Python's, start with PYTHONTZPATH set to nothing"
        return Finding(about="time zones", fine=False, found=f"{found}: too old", mend=mend)
    return Finding(about="time zones", fine=True, found=found)


def _zones(session: Session) -> Iterator[str]:
    for column in (Organisation.time_zone, Person.time_zone, Person.platform_zone):
        yield from filter(None, session.scalars(select(column).distinct()))


def _is_known(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _release() -> tuple[str, str]:
    """Find which time zone data is read: the system's, where there is one, or else Python's package."""
    for folder in zoneinfo.TZPATH:
        if (Path(folder) / "UTC").exists():
            return _release_of(Path(folder)), "the system's"
    try:
        return version("tzdata"), "Python's"
    except PackageNotFoundError:
        return "", "Python's"


def _release_of(folder: Path) -> str:
    try:
        with (folder / "tzdata.zi").open() as file:
            return file.readline().removeprefix("# version ").strip()
    except OSError:
        return ""
