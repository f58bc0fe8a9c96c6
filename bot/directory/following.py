"""What a platform says of people: their name, their zone, whether they have left. What somebody set by hand stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import exists, select

from bot.directory.model import Identity, Person, Workspace
from bot.say.language import PUBLIC
from bot.typing.names import tidy_name

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

REMEMBERED = 1000  # languages, as platforms name them
_LOCALE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a platform says of one of its accounts."""

    platform: str
    workspace: str
    account: str
    name: str = ""  # empty: nothing
    time_zone: str = ""  # empty: nothing
    locale: str = ""  # empty: nothing
    left: bool | None = None  # None: nothing


def follow(
    identity: Identity, person: Person, *, name: str, time_zone: str, locale: str = "", is_shown: bool = True
) -> None:
    """Take over a name, a zone and a language."""
    new = (
        _name(identity, person, name, is_shown=is_shown),
        _zone(person, time_zone),
        read_locale(locale) or person.locale,
    )
    if new != (person.name, person.platform_zone, person.locale):
        person.name, person.platform_zone, person.locale = new


@lru_cache(REMEMBERED)
def read_locale(said: str) -> str:
    """Read how a platform names a language; English is one, and nothing comes of what names none."""
    if not _LOCALE.fullmatch(said):
        return ""
    return PUBLIC if re.split("[-_]", said)[0].lower() == PUBLIC else said


def _name(identity: Identity, person: Person, name: str, *, is_shown: bool) -> str:
    """Choose the name: the platform's, unless somebody mended it, or two platforms would take turns."""
    name = tidy_name(name)
    if not name or name == person.name:
        return person.name
    nameless = person.name == identity.address  # until now we knew their account alone
    follows = is_shown and not (person.named_by_hand or person.linked)
    return name if nameless or follows else person.name


def _zone(person: Person, name: str) -> str:
    return name if name != person.platform_zone and is_zone(name) else person.platform_zone


def back_again(identity: Identity, person: Person) -> None:
    """Have somebody on the team again who does something, whatever was said before."""
    if identity.left_at is not None or person.left_at is not None:
        identity.left_at = person.left_at = None


def is_news(session: Session, said: Said) -> bool:
    """Say whether this is somebody we know, and different from what we know."""
    found = _known(session, said)
    if found is None:
        return False
    identity, person = found
    new = _name(identity, person, said.name, is_shown=True), _zone(person, said.time_zone)
    left = said.left is not None and said.left != (identity.left_at is not None)
    speaks = read_locale(said.locale) not in {"", person.locale}
    return left or speaks or new != (person.name, person.platform_zone)


def take_in(session: Session, said: Said, now: datetime) -> Person | None:
    """Write down what a platform says of somebody; give them, if we know them."""
    found = _known(session, said)
    if found is None:
        return None
    identity, person = found
    follow(identity, person, name=said.name, time_zone=said.time_zone, locale=said.locale)
    if said.left is not None:
        identity.left_at = now if said.left else None
        session.flush()
        remains = exists().where(Identity.person_id == person.id, Identity.left_at.is_(None))
        person.left_at = None if session.scalar(select(remains)) else now
    return person


def _known(session: Session, said: Said) -> tuple[Identity, Person] | None:
    found = session.execute(
        select(Identity, Person)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .join(Person, Person.id == Identity.person_id)
        .where(
            Workspace.platform == said.platform,
            Workspace.address == said.workspace,
            Identity.address == said.account,
        )
    ).first()
    return (found[0], found[1]) if found is not None else None


def is_zone(name: str) -> bool:
    """Say whether this names a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)
