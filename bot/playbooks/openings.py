"""Openings: the first words for one kind of matter, found by what was typed. Read from files, a list each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

from pydantic import Field, model_validator

from bot.errors import ContentProblem
from bot.playbooks.catalogue import Channel, English, Line
from bot.playbooks.first_words import OF_A_MOMENT, OWN_IT
from bot.store.content import SHIPPED_PLAYBOOKS, Named, Sentence, WrongAt, gaps, languages, read_list
from bot.understanding.phrases import Phrases, Word, read_phrase, typed_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FOLDER = "openings"
NO_CASE = "no-case.txt"  # beside them: what is typed where nobody with a matter waits
MOST_LINES, MOST_PHRASES = 8, 80
FAR = 12  # words between two that tell of one matter
SHORTEST_STARRED = 3  # letters beside a star

Phrase = Annotated[str, Field(min_length=1, max_length=60)]
AnyOf = Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=MOST_PHRASES)]


class Opening(Named):
    """What to do and to say first in one kind of matter; of every line of its words one has to be typed."""

    called: ClassVar[str] = "opening"

    words: tuple[AnyOf, ...] = Field(min_length=1, max_length=MOST_LINES)
    without: tuple[Phrase, ...] = Field(default=(), max_length=MOST_PHRASES)
    only: tuple[Phrase, ...] = Field(default=(), max_length=MOST_PHRASES)  # one is typed, whatever else it looks like
    general: bool = False  # how somebody behaves, whatever the matter: only where no other fits
    last: bool = False  # what kind of trouble it is, whatever the matter: only where nothing else fits
    stage: bool = False  # where a case stands or what limits whoever answers: no sorry goes before it, it takes no side
    fits: tuple[str, ...] = ()  # playbooks for a moment of their own that it suits too
    do: str = Field(min_length=2, max_length=120)
    say: Annotated[str, Field(min_length=2, max_length=240)]  # without gaps: it is said as it stands
    chat: Sentence | None = None
    email: Sentence | None = None
    us: Sentence | None = None
    in_: Sentence | None = Field(default=None, alias="in")
    examples: tuple[Annotated[str, Field(max_length=400)], ...] = Field(default=(), max_length=12)

    @model_validator(mode="after")
    def _can_be_found_and_said(self) -> Opening:
        for number, phrase in enumerate(self.without):
            _refuse_empty(("without", number), phrase)
        for number, phrase in enumerate(self.only):
            _refuse_empty(("only", number), phrase)
        for line, phrases in enumerate(self.words):
            for number, phrase in enumerate(phrases):
                _refuse_empty(("words", line, number), phrase)
        for number, name in enumerate(self.fits):
            if name not in OF_A_MOMENT:
                raise WrongAt(("fits", number), f"one of {', '.join(sorted(OF_A_MOMENT))}")
        said = (("say", self.say), ("chat", self.chat), ("email", self.email), ("us", self.us), ("in", self.in_))
        for name, words in said:
            if words and gaps(words):
                raise WrongAt((name,), "a sentence without gaps, to be said as it stands")
        return self

    @cached_property
    def line(self) -> Line:
        """Give its sentence with its variants."""
        return Line.model_validate(
            {"text": self.say, "chat": self.chat, "email": self.email, "us": self.us, "in": self.in_}
        )

    @cached_property
    def _named(self) -> Phrases:
        return Phrases(self.only)

    def is_named_in(self, text: str) -> bool:
        """Say whether a text names what it is only about."""
        return not self.only or bool(self._named.found_in(typed_words(text)))

    def unless(self, no_case: tuple[str, ...]) -> Opening:
        """Give it as it is found only where somebody waits; how somebody behaves is answered anyhow."""
        return self if self.general else self.model_copy(update={"without": (*self.without, *no_case)})

    def suits(self, moment: str | None) -> bool:
        """Say whether it may be said in the moment that a playbook is for; a mistake of ours is a matter like any."""
        is_matter = not self.general and not self.last
        return moment is None or moment in self.fits or (moment == OWN_IT and is_matter)

    @property
    def differs_by_place(self) -> bool:
        """Whether it is said otherwise in America or India."""
        return bool(self.us or self.in_)

    def said(self, channel: Channel = "spoken", english: English = "gb") -> str:
        """Give its sentence as it is said there."""
        return self.line.said(channel, english)


def _refuse_empty(where: tuple[str | int, ...], phrase: str) -> None:
    words = read_phrase(phrase)
    if not words or not all(map(_can_be_found, words)):
        raise WrongAt(where, f"words; a star only on one side of {SHORTEST_STARRED} letters or more")


def _can_be_found(word: Word) -> bool:
    if word.any_ending or word.any_beginning:
        return len(word.text) >= SHORTEST_STARRED and word.any_ending != word.any_beginning
    return bool(word.text)


class _Sought(NamedTuple):
    """An opening, by the numbers of its phrases."""

    lines: tuple[frozenset[int], ...]
    without: frozenset[int]
    opening: Opening


class Finder:
    """Finds the opening that fits: looked up by its rarest line, so that most are never looked at."""

    def __init__(self, openings: Sequence[Opening]) -> None:
        self._phrases = Phrases(phrase for one in openings for line in (*one.words, one.without) for phrase in line)
        self._length = self._phrases.words_of()
        self._by_phrase: dict[int, list[int]] = {}
        self._sought = [self._seek(one) for one in openings]
        common = Counter(number for one in self._sought for line in one.lines for number in line)
        for place, one in enumerate(self._sought):
            for number in min(one.lines, key=lambda line: sum(common[number] for number in line)):
                self._by_phrase.setdefault(number, []).append(place)

    def _seek(self, opening: Opening) -> _Sought:
        lines = tuple(frozenset(map(self._phrases.number_of, line)) for line in opening.words)
        return _Sought(lines, frozenset(map(self._phrases.number_of, opening.without)), opening)

    def find(self, text: str, moment: str | None = None) -> Opening | None:
        """Give the most specific opening: a matter, behaviour, a kind; most lines, longest phrases, the first.

        In the moment that a playbook is for, such as when all is solved, only those that suit it.
        """
        return next((one for one in self.met(text) if one.suits(moment)), None)

    def met(self, text: str) -> list[Opening]:
        """Give every opening of whose lines a word was typed, the most specific first."""
        words = typed_words(text)
        met = self._met(words)
        if not met or met[0].general or met[0].last:  # a slip of the fingers may hide a matter
            mended = self._phrases.mended(words)
            met = (self._met(mended) or met) if mended != words else met
        return met

    def _met(self, words: list[str]) -> list[Opening]:
        found = self._phrases.found_in(words)
        near = {place for number in found for place in self._by_phrase.get(number, ())}
        weighed = sorted(((self._weight(self._sought[place], found), -place) for place in near), reverse=True)
        return [self._sought[-place].opening for weight, place in weighed if weight != _NONE]

    def _weight(self, one: _Sought, found: Mapping[int, int]) -> tuple[int, int, int]:
        if not one.without.isdisjoint(found) or any(line.isdisjoint(found) for line in one.lines):
            return _NONE
        there = [line & found.keys() for line in one.lines]
        length = sum(max(self._length[number] for number in numbers) for numbers in there)
        return _rank(one.opening, [[found[number] for number in numbers] for numbers in there]), len(there), length


def _rank(opening: Opening, places: Sequence[Sequence[int]]) -> int:
    """Put a matter first, then behaviour, then a kind of trouble; a matter whose words stand far apart is a guess."""
    if opening.general or opening.last:
        return 2 if opening.last else 3
    first, *others = places
    near = any(all(min(abs(one - place) for one in line) <= FAR for line in others) for place in first)
    return 4 if near else 1


_NONE = (0, 0, 0)


@dataclass(frozen=True)
class Openings:
    """The openings of one language, in the order they are looked at."""

    by_id: Mapping[str, Opening] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)  # where each one stands
    problems: tuple[ContentProblem, ...] = ()

    def find(self, text: str, moment: str | None = None) -> Opening | None:
        """Give the one that fits what was typed, and suits the moment."""
        return self._finder.find(text, moment)

    def met(self, text: str) -> list[Opening]:
        """Give every one of whose words something was typed, the most specific first."""
        return self._finder.met(text)

    @cached_property
    def stages(self) -> frozenset[str]:
        """Name those about the stage of a case."""
        return frozenset(name for name, one in self.by_id.items() if one.stage)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(tuple(self.by_id.values()))

    def over(self, others: Openings) -> Openings:
        """Lay these over others: the same id replaces, and these are looked at first."""
        rest = {name: one for name, one in others.by_id.items() if name not in self.by_id}
        return Openings({**self.by_id, **rest}, {**others.files, **self.files}, self.problems)

    def keeping(self, before: Openings) -> Openings:
        """Keep what stood before in files that are broken now."""
        broken = {problem.path for problem in self.problems}
        kept = {
            name: one for name, one in before.by_id.items() if name not in self.by_id and before.files[name] in broken
        }
        files = {name: before.files[name] for name in kept}
        return Openings({**self.by_id, **kept}, {**self.files, **files}, self.problems)


def load_openings(folder: Path, locale: str = "en", no_case: tuple[str, ...] = ()) -> Openings:
    """Read every opening of a language; one that is broken never takes the others with it."""
    by_id: dict[str, Opening] = {}
    files: dict[str, Path] = {}
    problems: list[ContentProblem] = []
    for path in files_in(folder, locale):
        read, wrong = read_list(path, Opening)
        problems += wrong
        for one in read:
            if one.id in by_id:
                problems.append(ContentProblem(path, 1, one.id, f"another id: it is taken in {files[one.id].name}"))
                continue
            by_id[one.id], files[one.id] = one.unless(no_case), path
    return Openings(by_id, files, tuple(problems))


def openings_in(folder: Path) -> Mapping[str, Openings]:
    """Read the openings of a folder, in every language."""
    if folder == SHIPPED_PLAYBOOKS:
        return shipped_openings()
    return {language: load_openings(folder, language) for language in sorted(languages())}


def files_in(folder: Path, locale: str) -> Iterator[Path]:
    """List the files of openings in a language."""
    yield from sorted((folder / locale / FOLDER).glob("*.yaml"))


def somebody_waits(text: str, locale: str) -> bool:
    """Say whether somebody with a matter waits, as far as our phrases of what is no case tell it."""
    return not _nobody_waits(locale).found_in(typed_words(text))


@cache
def _nobody_waits(locale: str) -> Phrases:
    return Phrases(_no_case(locale))


@cache
def shipped_openings() -> Mapping[str, Openings]:
    """Read ours, in every language."""
    return {
        language: load_openings(SHIPPED_PLAYBOOKS, language, _no_case(language)) for language in sorted(languages())
    }


def _no_case(locale: str) -> tuple[str, ...]:
    """Read our phrases of what is no case, in a language; a team's own openings say themselves what they go without."""
    path = SHIPPED_PLAYBOOKS / locale / FOLDER / NO_CASE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return tuple(line for line in lines if read_phrase(line) and not line.startswith("#"))
