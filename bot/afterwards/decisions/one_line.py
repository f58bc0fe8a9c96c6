"""A follow-up as it is typed in one line: who does what by when. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.typing.mentions import take_person

_WHO = re.compile(r"<@[^<>]+>|@[^\s<>]+|^(?:me|ich)\b", re.IGNORECASE)
BY = re.compile(r"^(?:by|until|on|due|bis)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """What one typed line says of a follow-up."""

    who: str
    by: str
    what: str


def split_line(line: str) -> Written:
    """Read "@ana friday: rotate the keys"; without a colon all of it is what is to be done."""
    who, rest = take_person(line.strip())
    by, colon, what = rest.partition(": ")
    if not colon:
        by, colon, what = rest.partition(":") if rest.endswith(":") else ("", "", rest)
    if not colon and BY.match(rest):  # "by friday - rotate the keys"
        by, colon, what = rest.partition(" - ")
        by, what = (by, what) if colon else ("", rest)
    if not who and (named_there := _WHO.search(by)) is not None:
        who, by = named_there[0], _WHO.sub("", by)
    return Written(who, BY.sub("", by.strip()), what.strip())
