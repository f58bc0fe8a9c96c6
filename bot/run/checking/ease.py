"""How easily something is read, by Flesch, and by Amstad for German: 100 a child, 0 a lawyer."""

from __future__ import annotations

import re

FEWEST = 8  # words: fewer are too few to measure, and always easy


def reading_ease(words: str) -> float:
    """Measure how easily something is read, by Flesch: 100 a child, 0 a lawyer; a few words are always easy."""
    found = re.findall(r"[A-Za-z']+", words)
    if len(found) < FEWEST:
        return 100.0
    return 206.835 - 1.015 * len(found) / _sentences(words) - 84.6 * sum(map(_syllables, found)) / len(found)


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, groups - silent)


def reading_ease_german(words: str) -> float:
    """Measure German, whose words are longer and no harder for it."""
    found = re.findall(r"[A-Za-zÄÖÜäöüß]+", words)
    if len(found) < FEWEST:
        return 100.0
    syllables = sum(max(1, len(re.findall(r"[aeiouyäöü]+", word.lower()))) for word in found)
    return 180 - len(found) / _sentences(words) - 58.5 * syllables / len(found)


def _sentences(words: str) -> int:
    return max(1, len(re.findall(r"[.?!:;](?:\s|$)", words)))
