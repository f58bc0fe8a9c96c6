"""Prepared wordings for updates to customers: a file per kind of incident, and which of them fits a title."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from bot.errors import ContentProblem
from bot.say.language import PUBLIC, _
from bot.store.content import (
    SHIPPED_PLAYBOOKS,
    Content,
    Named,
    Sentence,
    Source,
    WrongAt,
    gaps,
    language_of,
    languages,
    read_folder,
)
from bot.typing.words import stem_of, words_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


FOLDER = "updates"  # among the playbooks of a language
GENERAL = "general"  # the kind that fits every incident, so it needs no words to be found by
PLANNED = "planned-work"  # the kind of whatever is still to come
FEWEST_WORDS = 3


def _can_be_filled(sentence: str) -> str:
    gaps(sentence)
    return sentence


def _says_when(sentence: str) -> str:
    if "next_update" not in gaps(sentence):
        raise ValueError("the placeholder {next_update}: who has no news says when some will come")
    return sentence


Saying = Annotated[str, Field(min_length=2, max_length=300), AfterValidator(_can_be_filled)]
Sayings = Annotated[tuple[Saying, ...], Field(min_length=1, max_length=6)]
NoNews = Annotated[tuple[Annotated[Saying, AfterValidator(_says_when)], ...], Field(min_length=1, max_length=6)]


class Sentences(Content):
    """What can be said to customers in the course of an incident, with gaps to fill."""

    notice: Sayings  # what they notice
    doing: Sayings  # what is being done, or what they can do
    no_change: NoNews  # an update is due, and there is no news
    solved: Sayings  # what was wrong, what it did to their data or money, what to do now


class Fit(NamedTuple):
    """How well a kind of incident fits a title; the greater one fits better."""

    covered: int  # words of the title that stand in its phrases
    longest: int  # words of the longest of these phrases
    early: int  # people begin a title with what it is about, so the sooner the better; never above 0


class Wording(Sentences, Named):
    """What can be said about one kind of incident."""

    called: ClassVar[str] = "a wording"

    title: str = Field(min_length=2, max_length=60)
    words: tuple[Annotated[str, Field(min_length=2, max_length=80)], ...]  # what people write in the title
    reviewed: date
    source: Source
    duties: tuple[Sentence, ...] = ()  # what a law, or care, asks of whoever writes: every form says it
    notes: tuple[Sentence, ...] = ()  # where evidence limits a claim

    @model_validator(mode="after")
    def _can_be_found(self) -> Wording:
        if self.id != GENERAL and len(self.words) < FEWEST_WORDS:
            raise WrongAt(("words",), f"at least {FEWEST_WORDS}")
        return self

    @cached_property
    def phrases(self) -> tuple[frozenset[str], ...]:
        """Take its words apart, a set of stems each."""
        return tuple(frozenset(_stems(phrase)) for phrase in self.words)

    def fit(self, title: Sequence[str]) -> Fit | None:
        """Say how well it fits the stems of a title: a phrase fits whole or not at all."""
        words = frozenset(title)
        found = [phrase for phrase in self.phrases if phrase and phrase <= words]
        if not found:
            return None
        covered = frozenset[str]().union(*found)
        return Fit(len(covered), max(map(len, found)), -min(map(title.index, covered)))


@dataclass(frozen=True)
class Wordings:
    """Every wording that could be read, and what is wrong with the others."""

    kinds: dict[str, Wording] = field(default_factory=dict)
    problems: tuple[ContentProblem, ...] = ()
    others: Mapping[str, Mapping[str, Wording]] = field(default_factory=dict)  # the same kinds, by language

    def read_in(self, locale: str) -> Wordings:
        """Give the same ones as somebody with this language reads them; titles may be in any of them."""
        theirs = self.others.get(language_of(locale))
        if theirs is None:
            return self
        return replace(self, kinds={**self.kinds, **theirs}, others={PUBLIC: self.kinds})

    @property
    def general(self) -> Sentences:
        """Give what can be said about any incident."""
        return self.kinds.get(GENERAL) or _plain()

    def fitting(self, title: str) -> Wording | None:
        """Find the kind of incident that a title is about."""
        stems = _stems(title)
        found = (_best(kinds, stems) for kinds in (self.kinds, *self.others.values()))
        return next((self.kinds[name] for name in found if name in self.kinds), None)

    def duties(self, title: str) -> tuple[str, ...]:
        """Say what has to be thought of before customers hear of an incident of this title."""
        found = self.fitting(title)
        return found.duties if found is not None else ()

    def for_title(self, title: str) -> Sentences:
        """Give what can be said about an incident of this title."""
        return self.fitting(title) or self.general

    @property
    def ahead(self) -> Sentences:
        """Give what can be said about whatever is still to come: nothing of it is so yet."""
        return (self.kinds.get(PLANNED) or _plain_ahead()).model_copy(update={"solved": _called_off()})


def load_wordings(folder: Path, locale: str = "en") -> Wordings:
    """Read every wording of a language; playbooks of one's own without any go with the wordings we ship.

    Ours are read in each of our languages; one's own in the language they were written in.
    """
    own = folder / locale / FOLDER
    if own.is_dir() and folder != SHIPPED_PLAYBOOKS:
        return Wordings(*read_folder(own, Wording))
    kinds, problems = read_folder(SHIPPED_PLAYBOOKS / PUBLIC / FOLDER, Wording)
    others: dict[str, Mapping[str, Wording]] = {}
    for language in sorted(languages() - {PUBLIC}):
        others[language], wrong = read_folder(SHIPPED_PLAYBOOKS / language / FOLDER, Wording)
        problems = (*problems, *wrong)
    return Wordings(kinds, problems, others)


def _best(kinds: Mapping[str, Wording], title: Sequence[str]) -> str | None:
    fits = {name: fit for name, one in kinds.items() if (fit := one.fit(title))}
    return max(fits, key=lambda name: fits[name], default=None)


def _plain() -> Sentences:
    """Say the little that is true of every incident, should the file of the general kind be broken."""
    return Sentences(
        notice=(_("Since {since} you may notice this: {issue}."),),
        doing=(_("What I do next: {step}. Until then you can {instead}."),),
        no_change=(_("Nothing has changed yet. What I know for certain: {fact}. I write again by {next_update}."),),
        solved=(_("It's solved. What was wrong: {cause}. What you should know now: {fact}."),),
    )


def _plain_ahead() -> Sentences:
    """Say the little that is true of whatever is planned, where no wordings of its own are there."""
    return Sentences(
        notice=(_("From {since} you may notice this: {issue}."),),
        doing=(_("Until then everything works as usual. Meanwhile you can {instead}."),),
        no_change=(_("It stays as planned: it begins {since}. I write again by {next_update}."),),
        solved=_called_off(),
    )


def _called_off() -> tuple[str, ...]:
    return (_("What was planned for {since} is called off. Everything works as usual."),)


def _stems(words: str) -> list[str]:
    return [stem_of(word) for word in words_in(words)]
