"""How stepping out of a case is typed: every piece optional, whatever is left is the note. Pure."""

from __future__ import annotations

import re

from bot.handoffs.cases import case_at_end, case_behind_name, take_case
from bot.handoffs.commands import LONGEST, Recuse
from bot.handoffs.reading.colleagues import PLEASE, take_colleagues
from bot.handoffs.reading.reasons import REASONS, take_reason
from bot.typing.mentions import take_person

_SUPERVISOR = re.compile(
    r"(?:(?:please|pls|bitte)\s+)?(?:(?:ask|call|get(?:\sme)?|find(?:\sme)?|(?:i\s)?need|to|frag|hol|(?:ich\s)?brauche)\s+)?"
    r"(?:(?:an?|the|my|any|eine?n?|die|den|meine?n?)\s+)?"
    r"(?:supervisors?|team\s?leads?|supervisorin|vorgesetzte[nr]?|teamleit(?:ung|er(?:in)?))(?!\w)",
    re.IGNORECASE,
)
_MEANT = re.compile(  # "sorry, it's CASE-78, not CASE-77": the number that was typed before was another
    r"(?:(?:sorry|sry|oops|ups|no|nein|entschuldigung|wait|moment|correction|korrektur)[\s,:!.–—-]+)*"
    r"(?:(?:it'?s|it is|it should be|i meant?|es ist|ich meinte|gemeint (?:ist|war)|richtig ist)[\s,:–—-]+)+"
    r"(?=\S*\d)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^(?:note|notiz)(?:\s*[:,–—-]\s*|\s+)(?=\S)", re.IGNORECASE)  # behind a case: what follows is one
_MARKS = ",;:.!–—-"
_AND = re.compile(r"[,;&+/]?\s*(?:(?:and|und|or|oder)\s+)?", re.IGNORECASE)
_BOTH = re.compile(r"^(?:both|beide)\b[\s,:]*", re.IGNORECASE)
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
    at_once, rest = _take_supervisors(rest)
    on_behalf_of = who = case = ""
    if rest.lower().startswith(FOR):
        on_behalf_of, rest = take_person(rest[4:].strip())
        rest = rest if on_behalf_of else words.strip()
    others = ""
    if not on_behalf_of:
        who, others, rest = take_colleagues(rest)
    meant = _MEANT.match(rest)
    case, rest = take_case(rest[meant.end() :]) if meant and take_case(rest[meant.end() :])[0] else take_case(rest)
    if case and not who and not on_behalf_of:
        who, others, rest = take_colleagues(rest)
    if not who and not on_behalf_of and (asked := _ASK_LAST.search(rest)):
        who, rest = asked[1], rest[: asked.start()].rstrip(" ,;.-")
    if not case:
        case, rest = _case_behind(rest)
    case = case or case_at_end(rest)
    also, rest = _take_second(rest, case)
    reason, rest = take_reason(_NOTE.sub("", rest.lstrip("-–— "), count=1) if case else rest)
    return Recuse(
        who=who,
        others=others,
        on_behalf_of=on_behalf_of,
        case=case,
        reason=reason,
        note=rest[:LONGEST],
        cut=len(rest) > LONGEST,
        also=also,
        at_once=at_once,
    )


def _take_supervisors(words: str) -> tuple[bool, str]:
    """Take a wish for a supervisor off the front: "supervisor please", "get me a supervisor, CASE-42 heated"."""
    found = _SUPERVISOR.match(words)
    rest = words[found.end() :].strip() if found else ""
    if found is None or not (not rest or rest[0] in _MARKS or PLEASE.match(rest) or take_case(rest)[0]):
        return False, words
    return True, PLEASE.sub("", rest.lstrip(_MARKS)).strip()


def _take_second(words: str, case: str) -> tuple[str, str]:
    """Take a second case off the front, written like the first: "CASE-42, CASE-43 both heated"."""
    lead = _AND.match(words)
    also, rest = take_case(words[lead.end() :] if lead else words)
    if not case or not also or _letters(also) != _letters(case) or not _letters(case):
        return "", words
    return also, _BOTH.sub("", rest)


def _letters(case: str) -> str:
    return "".join(one for one in case.lower() if one.isalpha())


def _case_behind(words: str) -> tuple[str, str]:
    """Take the case that stands behind a reason, or behind "please take": "heated CASE-42 charged twice"."""
    if asked := _TAKE.match(words):
        return take_case(words[asked.end() :]) if take_case(words[asked.end() :])[0] else ("", words)
    for name in (one for one in REASONS if words.lower().startswith((f"{one} ", f"{one},", f"{one}:"))):
        case, behind = take_case(words[len(name) :].lstrip(" ,:-"))
        if case:
            return case, f"{name}: {behind}" if behind else name
    return case_behind_name(words), words
