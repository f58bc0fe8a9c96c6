"""How handing a case on is typed: to whom, which one and why, in any order. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.handoffs.cases import take_case
from bot.handoffs.commands import LONGEST, HandBack, Recuse
from bot.handoffs.reading.asking_first import insist_on_handing_on
from bot.handoffs.reading.colleagues import take_colleagues
from bot.handoffs.reading.reasons import take_reason

if TYPE_CHECKING:
    from bot.typing.command import Command

_BACK = re.compile(
    r"(?:(?:please|pls|bitte)\s+)?"
    r"(?:(?:(?:hand|give|pass|send|gib|gebe)\s+(?:(?:it|this|that|es|das|ihn|(?:the|this|my|den|diesen)\s+(?:case|fall))\s+)?)?"
    r"(?:back|zurück|zurueck)|zurückgeben|zurueckgeben|weitergeben|weiterreichen"
    r"|(?:hand|pass)\s+(?:it|this|the\s+case)\s+on)(?=$|[\s,;:.!–—-])[\s,;:.!–—-]*",
    re.IGNORECASE,
)
_VERBS = ("give", "hand", "pass", "send", "gib", "gebe")
_IT = ("it", "this", "that", "the case", "this case", "my case", "es", "das", "ihn", "den fall")
_GIVE = re.compile(rf"(?:(?:please|pls|bitte)\s+)?(?:{'|'.join(_VERBS)})\s+(?:(?:{'|'.join(_IT)})\s+)?", re.IGNORECASE)
_ON_TO = re.compile(r"(?:(?:on|over|weiter|ab)\s+)?(?:to\s+|an\s+)?(?=[<@])", re.IGNORECASE)
# A colleague without an @ may stand behind one of these; the longest first.
GIVE_TO = tuple(
    sorted(
        (
            f"{verb} {it}{on}{to}"
            for verb in _VERBS
            for it in ("", *(f"{it} " for it in _IT))
            for on in ("", "on ", "over ", "weiter ")
            for to in ("", "to ", "an ")
        ),
        key=lambda one: -len(one),
    )
)
_NOTHING_BACK = re.compile(r"and forth\b|office\b|pain\b|order", re.IGNORECASE)  # a sentence's own beginning
_WITH = re.compile(r"(?:to|for|of|with|from|an|für|fuer|zu|von|mit|aus)\s+", re.IGNORECASE)  # before what is handed on
_NOT_THE_OTHER = re.compile(
    r"[\s,(]*(?:(?:and|und)\s+)?(?:not|nicht|instead of|statt)\s+(?:(?:case|fall)\s+)?"
    r"#?[a-z0-9-]*\d\s*(?:$|[,;:.!)–—-]\s*)",
    re.IGNORECASE,
)


def read_giving(words: str) -> Command | None:
    """Read that somebody is given the case, which is handed on if it is held, and else stepped out of."""
    if (give := _GIVE.match(words)) is None:
        return None
    case, rest = take_case(words[give.end() :])
    if (to := _ON_TO.match(rest)) is None:
        return None
    who, others, behind = take_colleagues(rest[to.end() :])
    if not case:
        case, behind = _take_held(behind)
    reason, why = take_reason(behind)
    return insist_on_handing_on(
        why,
        Recuse(
            who=who,
            others=others,
            case=case,
            reason=reason,
            note=why[:LONGEST],
            cut=len(why) > LONGEST,
            back=give[0].strip(),
            why=why[:LONGEST],
            gives=True,
        ),
    )


def read_back_in(words: str) -> Command | None:
    """Read a word for back with why behind it: a case that is held is handed on, and no other search begun."""
    found = _BACK.match(words)
    behind = words[found.end() :].strip() if found else ""
    if found is None or _NOTHING_BACK.match(behind):
        return None
    if not behind:
        return HandBack()
    who, others, behind = _take_receivers(behind)
    case, behind = _take_held(behind)
    if case and not who:
        who, others, behind = _take_receivers(behind)
    reason, why = take_reason(behind)
    read = Recuse(
        who=who,
        others=others,
        case=case,
        reason=reason,
        note=words[:LONGEST],
        cut=len(words) > LONGEST,
        back=words[: found.end()].strip(),
        why=why[:LONGEST],
    )
    return insist_on_handing_on(why, read)


def _take_receivers(words: str) -> tuple[str, str, str]:
    """Take those off the front to whom a case is handed on: "to @sofia", "für @sofia und @omar"."""
    lead = _WITH.match(words)
    found = take_colleagues(words[lead.end() :] if lead else words)
    return found if found[0] else ("", "", words)


def _take_held(words: str) -> tuple[str, str]:
    """Take the case that is handed on off the front: "CASE-43", "with CASE-43, not 42"; "for 300 euros" is none."""
    lead = _WITH.match(words)
    case, rest = take_case(words[lead.end() :] if lead else words)
    if not case or (lead and rest and words[lead.end()].isdigit()):
        return "", words
    return case, rest[other.end() :] if (other := _NOT_THE_OTHER.match(rest)) else rest
