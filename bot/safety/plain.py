"""What people type, in a plain form that rules can read: small letters, whole words, slips mended. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from bot.safety.lines import lines_of, pairs_in, sections_of, words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

READ_MOST = 4000  # characters of one text
BREAK = "."  # stands where a sentence or a clause ends: no rule reads across it

_TOKEN = re.compile(r"[^\W_]+(?:['*@!$][^\W_]+)*|[.!?;:,\n]")
_LENGTHENED = re.compile(r"([a-z])\1{2,}")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
_LEET = str.maketrans({"1": "i", "3": "e", "0": "o", "@": "a", "!": "i", "$": "s", "4": "a", "*": "i"})
_ENGLISH, _GERMAN = (sections_of(lines_of(Path(__file__).with_name(f"{name}.txt"))) for name in ("plain", "plain_de"))
_WHOLE, _GERMAN_WHOLE = pairs_in(_ENGLISH["whole"]), pairs_in(_GERMAN["whole"])
_SLIPS, _NO_SLIPS = " ".join(_ENGLISH["slips"]).split(), words_in(_ENGLISH["no-slips"])
_GERMAN_WORDS = words_in(_GERMAN["words"])
_SLIPPED_FROM = 6  # letters


def _spaced(words: str) -> str:
    """Put a space on each side; an asterisk says that a word may go on."""
    return f" {words} ".replace("* ", "")


_TOGETHER = tuple((_spaced(apart), _spaced(joined)) for apart, joined in pairs_in(_ENGLISH["together"]).items())
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_GERMAN_TOKEN = re.compile(r"[^\W_]+(?:[*@!$][^\W_]+)*|[.!?;:\n]")  # a comma ends no thought in German
_CO_ALARM = re.compile(
    r" (?:kohlenmonoxid ?|co |co2 )(?:melder|warner|warnmelder|alarmmelder|detektor|sensor)[ns]?(?= )"
)
_CO_RAISES_ALARM = re.compile(r" (?:kohlenmonoxid ?|co |co2 )alarm(?= )")
_SOUNDS = re.compile(
    r"(?<= comelder)((?: [^\W_]+){0,4}) schlaegt (?:alarm|an)(?= )"
)  # said of nobody else, it is a figure
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_UMLAUT = frozenset("äöüß")
_GERMAN_FROM = 0.19  # of all words, counted with the article

_TO_DIE = frozenset(("to", "would", "could", "should", "not", "just", "rather", "gonna"))
_WILL = ("i", "will")
_BEFORE_A_THOUGHT = frozenset((BREAK, "and", "or", "then", "says", "said", "that", "if"))
_WHO_WILL = frozenset(("i", "he", "she", "you", "they", "we"))


def plain(words: str) -> str:
    """Write words plainly: " he is not well . she will go ", with a space on each side."""
    text = unicodedata.normalize("NFKC", words[:READ_MOST]).translate(_APOSTROPHES).casefold()
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens += _WILL if token == "ill" and _begins(tokens) else _meant(token)  # noqa: S105
    if not _GERMAN_WORDS.isdisjoint(tokens):
        tokens = [BREAK if _is_article(place, tokens) else token for place, token in enumerate(tokens)]
    line = f" {' '.join(tokens)} "
    for apart, together in _TOGETHER:
        line = line.replace(apart, together)
    return line


def is_german(words: str) -> bool:
    """Say whether words are German for the most part, whatever they quote."""
    said: list[str] = _WORD.findall(words.casefold())
    german = sum(one in _GERMAN_WORDS or one == "die" or not _UMLAUT.isdisjoint(one) for one in said)
    return german > _GERMAN_FROM * len(said)


def _is_article(place: int, tokens: Sequence[str]) -> bool:
    """Say whether "die" among German words is their article, and no English verb that somebody quotes."""
    before = tokens[max(0, place - 2) : place]
    is_verb = before and (before[-1] in _TO_DIE or (before[-1] == "will" and before[0] in _WHO_WILL))
    return tokens[place] == "die" and not is_verb


def plain_german(words: str) -> str:
    """Write German words plainly, in the letters that every keyboard has."""
    tokens = _GERMAN_TOKEN.findall(folded(unicodedata.normalize("NFKC", words[:READ_MOST])))
    line = f" {' '.join(map(_meant_in_german, tokens))} "
    line = _CO_RAISES_ALARM.sub(" coalarm", _CO_ALARM.sub(" comelder", line))
    return _SOUNDS.sub(r"\1 piept", line)


@lru_cache(1024)  # single words, no text
def _meant_in_german(token: str) -> str:
    if not token[0].isalnum():
        return BREAK
    if not token.isalnum():
        token = token.translate(_LEET)
    return _GERMAN_WHOLE.get(token, _LENGTHENED.sub(r"\1", token))


def folded(words: str) -> str:
    """Write small letters, and those with dots as people do whose keyboard has none."""
    return words.casefold().translate(_UMLAUTS)


def _begins(before: list[str]) -> bool:
    """Say whether a thought begins here: nobody is ill before they are named."""
    return not before or before[-1] in _BEFORE_A_THOUGHT


@lru_cache(1024)  # single words, no text
def _meant(token: str) -> tuple[str, ...]:
    if not token[0].isalnum():
        return (BREAK,)
    if token in _WHOLE:
        return tuple(_WHOLE[token].split())
    bare = token.replace("'", "")
    if bare in _WHOLE:
        return tuple(_WHOLE[bare].split())
    if token.endswith("'s"):
        bare = token[:-2]
    if not bare.isdigit() and not bare.isalpha():
        bare = bare.translate(_LEET)
    bare = _LENGTHENED.sub(r"\1", bare)
    return (_mended(bare),)


def _mended(word: str) -> str:
    """Mend a slip in a long word of danger."""
    if len(word) < _SLIPPED_FROM or word in _SLIPS or word in _NO_SLIPS:
        return word
    for right in _SLIPS:
        if word[0] == right[0] and DamerauLevenshtein.distance(word, right, score_cutoff=1) <= 1:
            return right
    return word
