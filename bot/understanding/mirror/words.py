"""The words a clause may be made of, by what they do in it, and the tokens of a text. Pure."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bot.safety.lines import lines_of, sections_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# What stands behind "he" becomes what stands behind "you".
YOURS = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
    **{same: same for same in ("are", "were", "have", "do", "aren't", "weren't", "haven't", "don't")},
}
_NOT = frozenset(("did", "does", "was", "were", "has", "have", "is", "are"))
_BEFORE_MONTH = frozenset(("in", "since", "of", "until", "till", "by", "from", "early", "mid", "late", "last"))
_TOKEN = re.compile(
    r"[$€£]?\d[\d.,]*(?:st|nd|rd|th|am|pm|%|k|h)\b|[$€£]\d[\d,]*(?:\.\d+)?|\d+(?:[.,:]\d+)*%?"
    r"|[^\W\d_]+(?:['-][^\W\d_]+)*|[^\s\w]"
)
# Shortened with a stroke, which otherwise stands between two clauses.
_WRITTEN_OUT = (
    (re.compile(r"\bw/o\b", re.IGNORECASE), "without"),
    (re.compile(r"\bb/c\b", re.IGNORECASE), "because"),
    (re.compile(r"\bw/(?= ?\w)", re.IGNORECASE), "with "),
)
_TAKEN_APART = frozenset(("he's", "she's", "they've"))
_IRREGULAR = {"has": "have", "is": "are", "goes": "go", "does": "do"}


def words_of(text: str) -> list[str]:
    """Give the words and marks of a text, with what was shortened in a hurry written out."""
    mended = _known()[1]
    said: list[str] = []
    plain = (text.lower() if text.isupper() else text).replace("’", "'")
    for shortened, words in _WRITTEN_OUT:
        plain = shortened.sub(words, plain)
    for typed in _TOKEN.findall(plain):
        is_month = typed == "may" and bool(said) and said[-1].lower() in _BEFORE_MONTH
        said += ["May"] if is_month else mended.get(typed.lower(), typed).split("_")
    return list(_whole(said))


def _whole(words: Sequence[str]) -> Iterator[str]:
    """Write "did not" as it is said, and take "she's" apart, to be read like "she has" or "she is"."""
    before = ""
    for word, after in pairwise((*words, "")):
        low = word.lower()
        if low == "not" and before in _NOT:
            before = ""
            continue
        before = low
        if low in _TAKEN_APART and (after in ("been", "had", "got", "paid", "waited") or not is_deed(after)):
            has = after in ("been", "had", "got", "paid", "waited")
            yield from (low.split("'")[0], "have" if low.endswith("ve") else "has" if has else "is")
        else:
            yield f"{word}n't" if after.lower() == "not" and low in _NOT else word


def does(word: str, *names: str) -> bool:
    """Say whether a word is in one of these lists."""
    lists = _known()[0]
    return any(word in lists[name] for name in names)


def listed(*names: str) -> frozenset[str]:
    """Give the words of these lists."""
    return frozenset().union(*(_known()[0][name] for name in names))


def is_known(word: str) -> bool:
    """Say whether a word is in any list."""
    return any(word in one for one in _known()[0].values())


def is_deed(word: str) -> bool:
    """Say whether a word tells what somebody did, and not what somebody said."""
    if does(word, "saying-of-others"):
        return False
    return does(word, "past", "not-done") or (word.endswith("ed") and len(word) > len("need"))


def base_of(verb: str) -> str:
    """Give a verb as "you" has it."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes")) else verb.removesuffix("s")


def pronoun_in(words: Sequence[str]) -> str:
    """Say by which pronoun the customer is called, the first that tells it; empty where it is nobody's for certain."""
    before = ""
    for word in map(str.lower, words):
        if does(word, "she", "he") and not (does(before, "owner") and does(word, "kin")):
            return "she" if does(word, "she") else "he"
        before = word
    return "they" if any(does(word.lower(), "customer", "they") for word in words) else ""


@cache
def _known() -> tuple[Mapping[str, frozenset[str]], Mapping[str, str]]:
    lists = dict(sections_of(lines_of(Path(__file__).with_suffix(".txt"))))
    mended = dict(word.rsplit("=", 1) for line in lists.pop("mended") for word in line.split())
    return {name: words_in(lines) for name, lines in lists.items()}, mended
