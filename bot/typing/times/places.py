"""Places named behind a time, whose clock is meant: "16:00 Berlin", "3pm New York time", "9 Uhr Londoner Zeit"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.safety.lines import lines_of, pairs_in, sections_of


def _names(section: str) -> dict[str, str]:
    lines = sections_of(lines_of(Path(__file__).with_name("places.txt")))[section]
    return {name: zone for zone, names in pairs_in(lines).items() for name in names.split(", ")}


PLACES = _names("places")
CLOCKS = {**PLACES, **_names("clocks")}
_SHORT = 4  # UK, NYC
_IANA = r"(?:africa|america|asia|australia|europe|pacific)/[a-z_]+"


def _any(names: dict[str, str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


# A bare number is an hour behind a day, or behind what leads to a time of day: "tomorrow 9 Berlin", "until 16 Berlin".
_TO_HOUR = (
    r"(?:today|tomorrow|heute|morgen|mittwoch|sonnabend|\w+tag|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|mo|di|mi|do|fr|sa|so|at|by|until|till|um|bis|gegen|vor)"
)
_CLOCK = (
    r"(?P<clock>\d[:.]\d\d|\d ?[ap]\.?m\b\.?|\d ?h\b|\bo'?clock|\buhr|\b(?:noon|midday|midnight|mittag)|\b\d{4}"
    rf"|\b{_TO_HOUR}\.? (?:at |um )?\d{{1,2}})"
)
_NAMES = _any(PLACES)
_BEHIND = rf"(?:in )?\(?(?P<place>{_NAMES}|{_IANA})(?:, (?:{_NAMES}))?\)?(?![\w/-])"
_BARE = re.compile(rf"{_CLOCK},? {_BEHIND}(?! (?:time|zeit)\b)")
_BEGINS = re.compile(_BEHIND, re.IGNORECASE)
_KIND = r"(?:(?:standard|daylight|summer|local) )?"
_NAMED = re.compile(rf"\(?(?<!\w)(?P<place>{_any(CLOCKS)}|{_IANA})(?:er)? {_KIND}(?:time|zeit)\b\)?")
# "15:00 family time" tells how somebody spends it.
_SPENT = (
    r"lunch|tea|dinner|break|family|focus|school|coffee|bed|nap|me|quiet|play|travel|reading|closing|opening|home|the|this|that"
    r"|same|next|last|first|some|any|a|an|in|on|of|at|no|my|our|free|spare|down|prime|real|extra|more|party|kick-off|show|due"
)
_WORD = rf"(?!(?:{_SPENT})\b)[^\W\d][\w'/-]*"
_STRANGE = re.compile(rf"{_CLOCK},? (?:in |at )?\(?(?P<place>{_WORD}(?: {_WORD})?) {_KIND}(?:time|zeit)\b\)?")
_THERE = re.compile(rf"{_CLOCK},? (?:local )?(?:time )?(?P<place>there|ortszeit|local$)\b")


def take_place(text: str) -> tuple[str, str]:
    """Take a place whose clock is meant out of a phrase in small letters; one we don't know is named, too."""
    timed = "time" in text or "zeit" in text
    found = (timed and (_NAMED.search(text) or _STRANGE.search(text))) or _BARE.search(text) or _THERE.search(text)
    if not found:
        return text, ""
    before = text[: found.end("clock") if "clock" in found.re.groupindex else found.start()]
    return f"{before} {text[found.end() :]}".strip(), found["place"]


def begins_with_place(words: str) -> bool:
    """Say whether words begin with a place, so that a time before them may be by its clock."""
    return _BEGINS.match(words) is not None


def without_place(words: str) -> str:
    """Take a place without "time" off the end of a time; empty if none stands there."""
    found = [one for one in _BARE.finditer(words.lower()) if one.end() == len(words)]
    return words[: found[-1].end("clock")] if found else ""


@cache
def zone_of_place(named: str) -> tuple[ZoneInfo, str] | None:
    """Find the zone of a place, and a name of it that is read back."""
    zone = CLOCKS.get(named, named.title() if "/" in named else "")
    try:
        found = ZoneInfo(zone) if zone else None
    except (KeyError, OSError):
        return None
    name = named if named in PLACES else zone.split("/")[-1].replace("_", " ")
    return (found, name.upper() if len(name) < _SHORT else name.title()) if found else None
