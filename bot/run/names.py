"""The names of settings: which there are, and which somebody may have mistyped."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_settings import BaseSettings

OURS = "ZANSHIN_"  # nobody else's variables begin like this
SHARED = ("SLACK_", "MICROSOFT")  # other programs have some, too
# Compose, a proxy, our own tests; and what Kubernetes tells every container of a service called zanshin or slack.
ELSEWHERE = re.compile(r"ZANSHIN_(?:NAME|UPSTREAM|TEST_\w+|PLAYGROUND_DIR)|\w+_(?:SERVICE_(?:HOST|PORT\w*)|PORT_\d\w*)")
ALIKE = 0.8  # of two names, a letter or two apart; lower, and names of others look like ours


class Unread(NamedTuple):
    """A variable that nothing reads, and the one that may be meant."""

    name: str
    near: str = ""

    def __str__(self) -> str:
        """Ask for what may be meant."""
        return f"nothing reads {self.name}" + (f"; is {self.near} meant?" if self.near else "")


def names_of(kind: type[BaseSettings]) -> set[str]:
    """Name the variables of settings."""
    prefix = kind.model_config.get("env_prefix") or ""
    return {str(field.validation_alias or prefix + name.upper()) for name, field in kind.model_fields.items()}


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Find the name that reads most like this one, if any does."""
    by_letters = {_letters(one): one for one in names}
    found = get_close_matches(_letters(name), by_letters, n=1, cutoff=ALIKE)
    return by_letters[found[0]] if found else None


def unread(environment: Iterable[str], known: Iterable[str]) -> list[Unread]:
    """Find what was set and nothing reads: all of ours, and of names that others have those that read like ours."""
    set_here, known = sorted(environment), list(known)
    read = {one.casefold() for one in known}  # capitals and small letters are the same
    free = [one for one in known if one.casefold() not in {name.casefold() for name in set_here}]
    found = []
    for name in set_here:
        if name.casefold() in read or ELSEWHERE.fullmatch(name.upper()):
            continue
        if name.upper().startswith(OURS):
            found.append(Unread(name, nearest(name, free) or nearest(name, known) or ""))
        elif name.upper().startswith(SHARED) and (near := nearest(name, free)):
            found.append(Unread(name, near))
    return found


def _letters(name: str) -> str:
    return name.casefold().replace("_", "")
