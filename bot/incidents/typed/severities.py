"""How bad an incident is, as people type it: sev2, P2, SEV-2, severity 2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import NotUnderstood
from bot.incidents.typed.numbers import take_number
from bot.say.language import _
from bot.typing.command import Command
from bot.typing.signs import PICTURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


USUAL = 3  # of an incident of which nobody says how bad it is
_ALL = (1, 2, 3, 4)

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4} | {
    "eins": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
}
_IN_WORDS = re.compile(
    rf"^((?:{PICTURE}\s*)*[(\[\"']?)(?:sev(?:erity)?|s[eé]v|prio(?:rity|rität)?|stufe|schweregrad)[ :=-]{{1,2}}"
    rf"({'|'.join(_WORDS)})(?!\w)",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"^((?:{PICTURE}\s*)*)(?:sev|SEV|Sev)([1-4])(?=[A-Z][a-z])")
_FIRST = re.compile(
    r"[(\[\"']?(?:s[eé]v(?:erity)?[ :=-]{0,2}|p-?|prio(?:rity|rität)?[ :.=-]{0,2}|(?:stufe|schweregrad)[ :=-]{0,2})"
    r"([1-4])(?![\w/-]| (?:or|to|oder|bis) (?:sev)?\d)[)\]\"']?(?:[ ,-]|:(?![\w+-]+:))*",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:{PICTURE}\s*)+(?=[(\[]?(?:sev|p-?[1-4]))", re.IGNORECASE)
_LAST = re.compile(r"[ ,(\[-]+sev(?:erity)?[ :=-]?([1-4])[)\]]?[?!.]*$", re.IGNORECASE)
_SIGNS = re.compile(r"\s*(?:[=-]+>|=+|→)\s*")
_NAMED = re.compile(r"(?:incident|inc)\s*(?=#?\d)", re.IGNORECASE)
_TO = re.compile(r"(?:(?:down|up|runter|hoch|is|to|now|as|at|auf|ist|jetzt|von)\b\s*|:\s*)+", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?P<rest>.+?)(?:\s+(?:for|of|on|in|für|von|bei))?[\s,]+(?:incident\s*)?#\s?(?P<number>\d{1,9})", re.IGNORECASE
)
_TURNED = re.compile(r"((?:sev|p)-?[1-4])\s+(?:for\s+|on\s+|für\s+)?#?(\d{1,9})", re.IGNORECASE)  # "sev1 2"
_BECAUSE = re.compile(r"(?<=\S)[\s,;:(-]+(?:because(?:\sof)?|since|as|weil|denn|wegen|da)\s+(?=\S)", re.IGNORECASE)
_ALONE_IN_WORDS = re.compile("|".join(_WORDS), re.IGNORECASE)
_PRIORITY = re.compile(r"(?:s|prio(?:rity)?|level|stufe)?[ .:-]?([1-4])", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"(?:sev(?:erity)?[ -]?\d+(?:\s?(?:/|-|or|to|oder|bis)\s?(?:sev)?\d)?|p[05-9]|(?:critical|crit|kritisch)"
    r"|(?:sve|esv|sv|sevv|seb|sef|sex|aev|wev)[ -]?[1-4]|s[124]|s3(?=:)"
    r"|(?:major|minor|high|medium|low|urgent|dringend)(?=\s?:)"
    r"|(?:high(?:est)?|medium|low(?:est)?|top|hohe|mittlere|niedrige)[ -](?:prio(?:rity|rität)?|sev(?:erity)?))"
    r"(?!\w)[ :,-]*",
    re.IGNORECASE,
)


def split_reason(words: str) -> tuple[str, str]:
    """Take the reason off a change: "sev2 because half is fixed"."""
    found = _BECAUSE.search(words)
    return (words[: found.start()].strip(), words[found.end() :].strip()) if found else (words, "")


def read_severity(words: str) -> int | None:
    """Read a severity that stands alone; its number is enough."""
    words = _in_digits(words)
    if _ALONE_IN_WORDS.fullmatch(words):
        return _WORDS[words.lower()]
    found = _FIRST.fullmatch(words) or _PRIORITY.fullmatch(words)
    return int(found[1]) if found else None


def read_change(words: str) -> tuple[int | None, str]:
    """Tell an incident's number from its new severity: `12 sev2`, `#12 = 2`, `12 to P2`, `sev2 for #12`."""
    words = _NAMED.sub("", _SIGNS.sub(" ", words).strip().rstrip(" .!"))
    if turned := _TURNED.fullmatch(words):
        return int(turned[2]), turned[1]
    if found := _BEHIND.fullmatch(words):
        return int(found["number"]), found["rest"]
    number, rest = take_number(words)
    return number, rest[found.end() :] if (found := _TO.match(rest)) else rest


def split_severity(words: str, about: Callable[[str, int], Command]) -> tuple[int | None, str]:
    """Take the severity off a title, None if none is said; when it is not clear, ask with buttons."""
    words = _in_digits(words)
    said, words = [], _BEFORE.sub("", words, count=1) if _BEFORE.match(words) else words
    while found := _FIRST.match(words):
        said.append(int(found[1]))
        words = words[found.end() :]
    if not said and (found := _LAST.search(f" {words}")):
        said.append(int(found[1]))
        words = words[: max(found.start() - 1, 0)]
    unknown = _UNKNOWN.match(words)
    if unknown is None and len(set(said)) <= 1:
        return (said[0] if said else None), words
    title = words[unknown.end() :] if unknown else words
    raise which_severity(lambda one: about(title, one), sorted(set(said)) if len(set(said)) > 1 else _ALL)


def _in_digits(words: str) -> str:
    """Write "severity two", "sev II" and "sev2Cards" as they are read."""
    words = _GLUED.sub(r"\1sev\2 ", words)
    return _IN_WORDS.sub(lambda found: f"{found[1]}sev{_WORDS[found[2].lower()]}", words)


def which_severity(about: Callable[[int], Command], among: Iterable[int] = _ALL, hint: str = "") -> NotUnderstood:
    """Ask how bad it is."""
    return NotUnderstood(
        _("I need a severity from 1 to 4."),
        _("1 is the worst."),
        hint or _("Choose one, or try `/incident open sev2 what customers notice`."),
        tuple(about(one).button(f"sev{one}") for one in among),
    )
