"""Known holes in Python packages, read from files that whoever runs this server has brought: nothing is asked for.

The files hold OSV records: osv.dev exports them as all.zip, PyPA's advisory database keeps folders of YAML.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from bot.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ECOSYSTEM = "PyPI"
ENDINGS = (".json", ".yaml", ".yml")
EVENTS = ("introduced", "fixed", "last_affected")
BY_VERSION = ("ECOSYSTEM", "SEMVER")  # what else there is counts commits


@dataclass(frozen=True, kw_only=True)
class Hole:
    """One hole in a package that is installed."""

    package: str
    installed: str
    advisory: str
    also: tuple[str, ...]  # what others call it
    summary: str
    mended: tuple[str, ...]  # "in 1.2", "after 2.4"
    sure: bool  # False: the versions it names cannot be compared


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What came of looking through all advisories."""

    advisories: int  # about Python packages
    newest: str  # a day, or empty
    holes: tuple[Hole, ...]


def look_through(records: Iterable[Mapping[str, Any]], installed: Mapping[str, str]) -> Looked:
    """Say which of the installed packages have a known hole, and how much was looked through."""
    found: list[Hole] = []
    count, newest = 0, ""
    for record in records:
        try:
            affected = [one for one in record.get("affected") or () if _ecosystem(one) == ECOSYSTEM]
            found += () if record.get("withdrawn") else _holes(record, affected, installed)
        except (AttributeError, KeyError, TypeError) as odd:
            raise WrongUse(f"{record.get('id')} is not written as OSV writes them. Bring it once more.") from odd
        if affected:
            count += 1
            newest = max(newest, str(record.get("modified") or "")[:10])
    return Looked(advisories=count, newest=newest, holes=tuple(sorted(found, key=lambda one: one.package)))


def _ecosystem(affected: Mapping[str, Any]) -> str:
    return str((affected.get("package") or {}).get("ecosystem", ""))


def _holes(
    record: Mapping[str, Any], affected: Iterable[Mapping[str, Any]], installed: Mapping[str, str]
) -> Iterator[Hole]:
    for one in affected:
        name = canonicalize_name(str(one["package"].get("name", "")))
        here = installed.get(name)
        if here is not None and (hit := is_affected(here, one)) is not False:
            words = str(record.get("summary") or record.get("details") or "").strip().partition("\n")[0]
            yield Hole(
                package=name,
                installed=here,
                advisory=str(record.get("id", "")),
                also=tuple(map(str, record.get("aliases") or ())),
                summary=words[:200],
                mended=tuple(dict.fromkeys(_mended(one))),
                sure=hit is True,
            )


def is_affected(version: str, affected: Mapping[str, Any]) -> bool | None:
    """Say whether a version has the hole; None where what is written cannot be compared."""
    listed = [str(one) for one in affected.get("versions") or ()]
    ranges = [one for one in affected.get("ranges") or () if one.get("type") in BY_VERSION]
    if not listed and not ranges:
        return None
    try:
        here = Version(version)
        return _among(here, listed) or any(_within(here, one.get("events") or ()) for one in ranges)
    except InvalidVersion:
        return True if version in listed else None


def _among(here: Version, listed: Iterable[str]) -> bool:
    return any(here == one for one in map(_version, listed) if one is not None)


def _version(words: str) -> Version | None:
    """Read a version; old ones that were written otherwise are none that is installed today."""
    try:
        return Version(words)
    except InvalidVersion:
        return None


def _within(here: Version, events: Iterable[Mapping[str, Any]]) -> bool:
    """Follow a range from its beginning: the last event that a version has reached says how it stands."""
    marks = sorted((Version(str(at)), what) for event in events for what, at in event.items() if what in EVENTS)
    reached = [what for at, what in marks if at < here or (at == here and what != "last_affected")]
    return bool(reached) and reached[-1] == "introduced"


def _mended(affected: Mapping[str, Any]) -> Iterator[str]:
    for one in affected.get("ranges") or ():
        if one.get("type") in BY_VERSION:
            for event in one.get("events") or ():
                if "fixed" in event:
                    yield f"in {event['fixed']}"
                elif "last_affected" in event:
                    yield f"after {event['last_affected']}"


def read_advisories(path: Path) -> Iterator[Mapping[str, Any]]:
    """Read every record of a file, a zip or a folder; what is none is refused, for it would count as no hole."""
    if not path.exists():
        raise WrongUse(
            f"There is no {path.absolute()}. Give the file, the zip or the folder of advisories you have brought."
        )
    if path.is_dir():
        for one in sorted(file for file in path.rglob("*") if file.suffix in ENDINGS):
            yield from _records(one.read_bytes(), str(one))
    elif zipfile.is_zipfile(path):
        yield from _zipped(path)
    else:
        yield from _records(path.read_bytes(), str(path))


def _zipped(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(ENDINGS):
                    yield from _records(archive.read(name), f"{path}: {name}")
    except (zipfile.BadZipFile, zlib.error, EOFError) as damaged:
        raise WrongUse(f"{path} is damaged: {damaged}. Bring it once more.") from damaged


def _records(written: bytes, where: str) -> Iterator[Mapping[str, Any]]:
    try:
        is_yaml = where.endswith((".yaml", ".yml"))
        data = yaml.load(written, _SAFELY) if is_yaml else json.loads(written)  # noqa: S506  it is
    except (ValueError, yaml.YAMLError) as wrong:
        raise WrongUse(f"{where} cannot be read: {type(wrong).__name__}. Bring it once more.") from wrong
    many = data.get("vulns", [data]) if isinstance(data, dict) else data
    if not isinstance(many, list) or not all(isinstance(one, dict) and "id" in one for one in many):
        raise WrongUse(f"{where} is no advisory: an OSV record has an id. Bring osv.dev's export, or PyPA's folder.")
    yield from many


_SAFELY: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
