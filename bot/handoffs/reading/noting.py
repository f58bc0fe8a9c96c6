"""How more for a note is typed: for which case, and what. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.handoffs.cases import take_case

_FOR = re.compile(r"(?:to|for|on|of|für|fuer|zu|an|bei)\s+", re.IGNORECASE)
_MARKS = " \t,:;–—-"


@dataclass(frozen=True)
class ForCase:
    """What is to be noted, and for which case."""

    case: str  # empty if none is named
    words: str  # without the case
    is_sure: bool  # a number alone may be anything else: "43 days now"


def read_for_case(words: str) -> ForCase:
    """Read the case in front of a note: "CASE-42 she paid", "43 she paid", "for CASE-42: she paid"."""
    lead = _FOR.match(words)
    said = words[lead.end() :] if lead else words
    is_number = said[:1].isdigit()
    case, behind = take_case(f"case {said}" if is_number else said)
    if not case or behind == said:  # an address stays, and may be of any page
        return ForCase("", words, is_sure=False)
    return ForCase(case, behind.lstrip(_MARKS), is_sure=not is_number)
