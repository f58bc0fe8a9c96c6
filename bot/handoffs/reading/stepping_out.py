"""How stepping out of a case is typed: every piece optional, whatever is left is the note. Pure."""

from __future__ import annotations

import re

from bot.handoffs.cases import case_at_end, case_behind_name, take_case
from bot.handoffs.commands import LONGEST, Recuse
from bot.handoffs.reading.colleagues import take_colleagues
from bot.handoffs.reading.reasons import REASONS, take_reason
from bot.typing.mentions import take_person

FOR = ("for ", "für ")
_ASK_LAST = re.compile(r"\b(?:ask|frag(?:e|t|en)?)\s+(<@[^<>]+>|@[^\s<>]+)(?:\s+(?:please|pls|bitte))?$", re.IGNORECASE)
_TAKE = re.compile(
    r"(?:please|pls|bitte|can (?:some(?:one|body)|you))(?:\s+(?:take|have|nehmt|übernehmt))?\s+", re.IGNORECASE
)


def read_recuse(words: str) -> Recuse:
    """Read "@ben CASE-42 heated: wants the manager": every piece optional, whatever is left is the note."""
    rest = words.strip()
    if rest.isdigit():
        return Recuse(case=rest)
    on_behalf_of = who = case = ""
    if rest.lower().startswith(FOR):
        on_behalf_of, rest = take_person(rest[4:].strip())
        rest = rest if on_behalf_of else words.strip()
    others = ""
    if not on_behalf_of:
        who, others, rest = take_colleagues(rest)
    case, rest = take_case(rest)
    if case and not who and not on_behalf_of:
        who, others, rest = take_colleagues(rest)
    if not who and not on_behalf_of and (asked := _ASK_LAST.search(rest)):
        who, rest = asked[1], rest[: asked.start()].rstrip(" ,;.-")
    if not case:
        case, rest = _case_behind(rest)
    case = case or case_at_end(rest)
    reason, rest = take_reason(rest.lstrip("-–— ") if case else rest)
    return Recuse(
        who=who,
        others=others,
        on_behalf_of=on_behalf_of,
        case=case,
        reason=reason,
        note=rest[:LONGEST],
        cut=len(rest) > LONGEST,
    )


def _case_behind(words: str) -> tuple[str, str]:
    """Take the case that stands behind a reason, or behind "please take": "heated CASE-42 charged twice"."""
    if asked := _TAKE.match(words):
        return take_case(words[asked.end() :]) if take_case(words[asked.end() :])[0] else ("", words)
    for name in (one for one in REASONS if words.lower().startswith((f"{one} ", f"{one},", f"{one}:"))):
        case, behind = take_case(words[len(name) :].lstrip(" ,:-"))
        if case:
            return case, f"{name}: {behind}" if behind else name
    return case_behind_name(words), words
