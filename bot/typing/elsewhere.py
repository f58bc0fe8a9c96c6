"""A command of ours typed behind another one: "/zanshin recuse", "/recuse away 30m". Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.typing.synonyms import SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OURS = re.compile(r"/?(?:incident|zanshin)\s+\S", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:update|note|resolve|snooze|pause|resume|severity|owner|reopen)\s+#?\d", re.IGNORECASE)
_TIMED = re.compile(r"(?:away|abwesend|shift|schicht)\s.*\d", re.IGNORECASE)


def may_be_typed(rest: str, head: str, heads: Iterable[str]) -> Iterator[str]:
    """List how words that are unknown behind one of our words may have been meant, the likeliest first."""
    bare = rest.lstrip("/")
    if f"/{bare.partition(' ')[0].lower()}" in heads:
        yield f"/{bare}"
    yield from (f"{other} {bare}" for other in heads if other != head)


def is_other(rest: str, head: str) -> Iterator[str]:
    """List which other command words behind one that takes anything are for certain enough to ask."""
    if _OURS.match(rest):
        yield f"/{rest.lstrip('/')}"
    if head != "/recuse":  # a customer may do anything in other words: "/calm break 3 windows"
        return
    first, _space, behind = rest.partition(" ")
    if first.lower() not in SYNONYMS["/zanshin"] and (not behind or _TIMED.match(rest)):
        yield f"/zanshin {rest}"
    if _NUMBERED.match(rest):
        yield f"/incident {rest}"
