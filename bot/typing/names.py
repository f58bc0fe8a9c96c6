"""How names are written, and when two spellings are the same: pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from rapidfuzz import fuzz, process

from bot.typing.signs import is_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Named = TypeVar("Named")

# Letters that are no letter with an accent to Unicode, and that many keyboards lack.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_ACCENTS = re.compile(r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]")
_APOSTROPHES = re.compile(r"['’‘ʼ`´′]")
_APART = re.compile(r"[^\w]+|_")
_JOINERS = "\u200c\u200d"
LONGEST_NAME = 80
NEAR = 70  # of 100: how much of a name has to be right
_BEHIND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")  # the company, in "Last, First (Company)"


def tidy_name(name: str) -> str:
    """Write a name on one line, with nothing in it that is not seen; what joins letters and pictures stays."""
    seen = "".join(one for one in name if one.isspace() or one.isprintable() or one in _JOINERS)
    return "" if not is_seen(seen) else " ".join(seen.split())[:LONGEST_NAME].strip(f" {_JOINERS}")


@lru_cache(4096)
def fold(name: str) -> str:
    """Write a name so that case, accents, apostrophes and punctuation make no difference."""
    seen = "".join(letter for letter in name if unicodedata.category(letter) != "Cf")
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", seen.casefold())).translate(_PLAIN)
    return _APART.sub(" ", _APOSTROPHES.sub("", unicodedata.normalize("NFC", bare))).strip()


def spellings(name: str) -> tuple[set[str], set[str]]:
    """List how somebody is called in full, and by their given name alone; folded."""
    whole, person = fold(name), _BEHIND.sub("", name)
    last, comma, first = person.partition(",")
    *givens, family = person.split() or [""]
    turned = f"{first} {last}" if comma else f"{family} {' '.join(givens)}"  # "Last, First" is typed of anybody
    full = {whole, fold(person), fold(turned)}
    given = fold(first if comma and first.strip() else person).split()[:1]
    return full - {""}, set(given)


def called(name: str, known: Iterable[Named], name_of: Callable[[Named], str]) -> list[Named]:
    """Find those who are called so: to the letter, else in full, else by their given name."""
    everybody = list(known)
    exactly = [one for one in everybody if name_of(one).casefold() == name.casefold()]
    wanted = fold(name)
    if exactly or not wanted:
        return exactly
    full = [one for one in everybody if wanted in spellings(name_of(one))[0]]
    return full or [one for one in everybody if wanted in spellings(name_of(one))[1]]


def nearest(name: str, known: Iterable[str]) -> str:
    """Find whose name a slip of the fingers comes closest to, in full or by their given name; empty if none does."""
    spelled = {spelling: whole for whole in known for ways in reversed(spellings(whole)) for spelling in ways}
    # The whole of both: a short name is hidden in half of all long ones.
    found = process.extractOne(fold(name), spelled.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return spelled[found[0]] if found is not None else ""
