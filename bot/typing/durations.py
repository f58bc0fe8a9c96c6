"""Lengths of time as people type them."""

from __future__ import annotations

import re
from datetime import timedelta

LONGEST = timedelta(days=30)

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_PIECE = r"(\d{1,5}(?:[.,]\d)?)\s*(days?|d|hours?|hrs?|h|minutes?|mins?|m)"
_CLOCKED = re.compile(rf"(?:for\s+)?{_PIECE}(?:\s*(?:and\s+)?(\d{{1,4}})\s*(minutes?|mins?|m)?)?(?!\w)", re.IGNORECASE)
_BARE = re.compile(r"(?:for\s+)?(\d{1,5})(?![\w:.,])")
_WORDED = {"half an hour": timedelta(minutes=30), "an hour": timedelta(hours=1), "a day": timedelta(days=1)}


def read_duration(word: str) -> timedelta | None:
    """Read a length such as 30m, 1h30 or 90 (minutes); None if it is none, or longer than 30 days."""
    found, rest = read_leading_duration(word)
    return None if rest else found


def read_leading_duration(words: str) -> tuple[timedelta | None, str]:
    """Take a length off the front of free text, and return what is left."""
    words = words.strip()
    for phrase, length in _WORDED.items():
        lowered = words.lower().removeprefix("for ").lstrip()
        if lowered == phrase or lowered.startswith(phrase + " "):
            return length, words[len(words) - len(lowered) + len(phrase) :].strip()
    if found := _CLOCKED.match(words):
        length = timedelta(**{_UNITS[found[2][0].lower()]: float(found[1].replace(",", "."))})
        end = found.end()
        if found[3] and found[2][0].lower() == "h":
            length += timedelta(minutes=int(found[3]))
        elif found[3]:
            end = found.end(2)
    elif found := _BARE.match(words):
        length, end = timedelta(minutes=int(found[1])), found.end()
    else:
        return None, words
    if not timedelta(0) < length <= LONGEST:
        return None, words
    return length, words[end:].strip()
