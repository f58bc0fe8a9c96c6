"""Which of many phrases stand in a text: whole words, in any order, all phrases looked for at once. Pure."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.safety.plain import folded
from bot.understanding.slips import Slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READ_MOST = 2000  # characters
ANY = "*"
BETWEEN = "..."  # in a phrase: other words may stand there, as a German verb is taken apart
MOST_BETWEEN = 4
_REMEMBERED = 4096  # single words, no text
# No phrase goes on behind a stop or a comma; behind figures a stop ends nothing in German: "zum 3. Mal".
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:!?](?=\s)|(?<!\d)\.(?=\s)|\n")
_NEGATED = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "could", "would", "should", "need")
_APART = {
    **{f"{one}nt": (one, "not") for one in _NEGATED},
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "wont": ("will", "not"),
    "aint": ("is", "not"),
    "u": ("you",),
    "ur": ("your",),
    "pls": ("please",),
    "plz": ("please",),
    # as it is said in German, from Hamburg to Bern
    **dict.fromkeys(("net", "ned", "nit", "noed"), ("nicht",)),
    **dict.fromkeys(("nix", "nuet", "nuent"), ("nichts",)),
    "nimmer": ("nicht", "mehr"),
    "garnicht": ("gar", "nicht"),
    "garnichts": ("gar", "nichts"),
    "garkein": ("gar", "kein"),
    "nochmal": ("noch", "mal"),
    "gehts": ("geht", "es"),
    "hab": ("habe",),
    "kriegt": ("bekommt",),
    "kriegen": ("bekommen",),
    "gekriegt": ("bekommen",),
    "isch": ("ist",),
    "kundn": ("kunde",),
    "chunde": ("kunde",),
    "chundin": ("kundin",),
    "grad": ("gerade",),
    "heut": ("heute",),
}


class Word(NamedTuple):
    """A word of a phrase, with a star on one side at most: other languages write several words as one."""

    text: str
    any_ending: bool = False
    any_beginning: bool = False
    apart: bool = False  # other words may stand before the next one

    def fits(self, typed: str) -> bool:
        """Say whether what was typed is this word."""
        if self.any_ending:
            return typed.startswith(self.text)
        return typed.endswith(self.text) if self.any_beginning else typed == self.text


def typed_words(text: str) -> list[str]:
    """Give the words of a text as they are looked for: in small letters; "can't", "cant" and "cannot" are the same."""
    words: list[str] = []
    for token in _TOKEN.findall(folded(text[:READ_MOST])):
        word = token.replace("'", "").replace("’", "")
        words += _APART.get(word) or (word,)
    return words


@lru_cache(16_384)  # of openings, each read several times while they are loaded; nothing that people typed
def read_phrase(phrase: str) -> tuple[Word, ...]:
    """Read a phrase as its author wrote it: a star behind a word is any ending, in front of it any beginning."""
    words: list[Word] = []
    pieces = phrase.split()
    for place, piece in enumerate(pieces, 1):
        if piece == BETWEEN and words and place < len(pieces):
            words[-1] = words[-1]._replace(apart=True)
            continue
        *whole, last = typed_words(piece) or [""]
        words += [*map(Word, whole), Word(last, piece.endswith(ANY), piece.startswith(ANY))]
    return tuple(words)


class _Sought(NamedTuple):
    """A phrase, looked for around its rarest word, or backwards from its last one where words may stand between."""

    number: int
    before: int  # words of it that stand before that word
    words: tuple[Word, ...]
    whole: list[str] | None  # its words, where none has a star


class Phrases:
    """Phrases, each by a number, indexed by the word of it that is rarest among them."""

    def __init__(self, phrases: Iterable[str]) -> None:
        read = dict.fromkeys(map(read_phrase, phrases))
        self._numbers = {phrase: number for number, phrase in enumerate(read)}
        common = Counter(word.text for phrase in read for word in phrase)
        self._whole: dict[str, list[_Sought]] = {}
        self._begun: dict[str, list[_Sought]] = {}
        self._ended: dict[str, list[_Sought]] = {}
        self._known: dict[str, tuple[frozenset[int], tuple[_Sought, ...]]] = {}
        for number, phrase in enumerate(read):
            before = min(range(len(phrase)), key=lambda at: (common[phrase[at].text], -len(phrase[at].text)))
            if any(word.apart for word in phrase):
                before = len(phrase) - 1
            rarest = phrase[before]
            starred = any(word.any_ending or word.any_beginning or word.apart for word in phrase)
            index = self._begun if rarest.any_ending else self._ended if rarest.any_beginning else self._whole
            sought = _Sought(number, before, phrase, None if starred else [word.text for word in phrase])
            index.setdefault(rarest.text, []).append(sought)
        self._slips = Slips(word for word, _count in common.most_common())
        self._words = frozenset(common)

    def number_of(self, phrase: str) -> int:
        """Give the number of a phrase."""
        return self._numbers[read_phrase(phrase)]

    def words_of(self) -> list[int]:
        """Count the words of each phrase, by its number."""
        return [len(phrase) for phrase in self._numbers]

    def mended(self, words: list[str]) -> list[str]:
        """Put the word of a phrase in the place of each that is none and hardly differs from it."""
        return [word if self._is_sought(word) else self._slips.meant(word) for word in words]

    def _is_sought(self, word: str) -> bool:
        return word in self._words or any(self._known.get(word) or self._around(word))

    def found_in(self, words: list[str]) -> dict[int, int]:
        """Give the numbers of the phrases that stand in these words, each with where it stands first."""
        found: dict[int, int] = {}
        for place, word in enumerate(words):
            alone, longer = self._known.get(word) or self._around(word)
            for number in alone:
                found.setdefault(number, place)
            for number, before, phrase, whole in longer:
                start, end = place - before, place - before + len(phrase)
                if start < 0 or end > len(words) or number in found:
                    continue
                if words[start:end] == whole if whole is not None else _ends_at(words, end - 1, phrase):
                    found[number] = place
        return found

    def _around(self, word: str) -> tuple[frozenset[int], tuple[_Sought, ...]]:
        """Find the phrases that are looked for around a word, apart those that are this word alone."""
        begun = [self._begun.get(word[:length], ()) for length in range(1, len(word) + 1)]
        ended = [self._ended.get(word[place:], ()) for place in range(len(word))]
        found = [one for phrases in (self._whole.get(word, ()), *begun, *ended) for one in phrases]
        alone = frozenset(one.number for one in found if len(one.words) == 1)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = known = alone, tuple(one for one in found if len(one.words) > 1)
        return known


def _ends_at(words: Sequence[str], place: int, phrase: Sequence[Word]) -> bool:
    """Say whether a phrase, taken apart where it may be, ends at this place."""
    *before, last = phrase
    if not last.fits(words[place]):
        return False
    if not before:
        return True
    farthest = place - 1 - (MOST_BETWEEN if before[-1].apart else 0)
    return any(_ends_at(words, one, before) for one in range(place - 1, max(farthest, 0) - 1, -1))
