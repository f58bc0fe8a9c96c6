"""The playbooks: read from /playbooks, a file each, and checked. A broken file never takes the others with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import ContentProblem
from bot.store.content import POINT, Content, Named, Sentence, Slug, Source, WrongAt, gaps, read_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

END = "end"  # where a way out of a playbook leads
NEAR = 0.34  # share of a name's letters that may be wrong
SLIPPED = 0.15  # and of several words, which may as well tell what is happening

LONGEST_STEP = 2000  # letters: more is no card that anybody reads under attack

Point = Annotated[str, Field(pattern=POINT)]
Channel = Literal["spoken", "chat", "email"]
English = Literal["gb", "us", "in"]


class Line(Content):
    """A sentence to say, and how it differs in writing or in another English."""

    text: Sentence
    chat: Sentence | None = None
    email: Sentence | None = None
    us: Sentence | None = None
    in_: Sentence | None = Field(default=None, alias="in")

    @model_validator(mode="before")
    @classmethod
    def _written_short(cls, written: Any) -> Any:
        return {"text": written} if isinstance(written, str) else written

    @model_validator(mode="after")
    def _can_be_filled(self) -> Line:
        known = set(gaps(self.text))
        for name, variant in self.variants():
            if more := set(gaps(variant)) - known:
                raise WrongAt((name,), f"the gaps of text and no others: {{{more.pop()}}} is not there")
        return self

    def variants(self) -> tuple[tuple[str, str], ...]:
        """List the variants that are written out, each by its name."""
        named = (("chat", self.chat), ("email", self.email), ("us", self.us), ("in", self.in_))
        return tuple((name, variant) for name, variant in named if variant)

    def said(self, channel: Channel = "spoken", english: English = "gb") -> str:
        """Give the sentence as it is said there."""
        spoken = {"gb": None, "us": self.us, "in": self.in_}[english] or self.text
        return {"spoken": None, "chat": self.chat, "email": self.email}[channel] or spoken


class Avoidance(Content):
    """Words better left unsaid, and why."""

    text: Sentence
    why: Sentence


class Pause(Content):
    """A breath, or a count."""

    pause: Literal["breath", "count"]
    seconds: int = Field(ge=1, le=60)
    text: Sentence


class Way(Content):
    """One answer to the question of a step, and the step it leads to."""

    label: str = Field(min_length=1, max_length=75)
    goto: Slug


class Step(Content):
    """One line of a playbook."""

    id: Slug
    title: str = Field(default="", max_length=80)
    instruct: str = Field(default="", max_length=600)
    say: tuple[Line, ...] = Field(default=(), max_length=8)
    avoid: tuple[Avoidance, ...] = Field(default=(), max_length=6)
    rule: str = Field(default="", max_length=80)  # a question the organisation answers for itself
    wait: Pause | None = None
    choose: tuple[Way, ...] = Field(default=(), max_length=4)
    do: Literal["recuse", "recuse-safety", "open-incident", "post-update", "gesture"] | None = None
    hold: Literal["start", "end"] | None = None  # the step where the customer is asked to hold, or gone back to
    next: Slug | None = None  # the default is the step below
    part: Literal["after"] | None = None  # here begins what is for after the call
    points: tuple[Point, ...] = ()  # the seed points it realises

    @model_validator(mode="after")
    def _says_something(self) -> Step:
        if not (self.instruct or self.say or self.avoid or self.wait or self.choose):
            raise ValueError("a step needs instruct, say, avoid, wait or choose")
        for one in self.avoid:
            gaps(one.text)
        if letters_of(self) > LONGEST_STEP:
            raise ValueError(f"at most {LONGEST_STEP} letters altogether, to fit on a card; make it two steps")
        return self


def letters_of(step: Step) -> int:
    """Count the letters somebody sees on the card of a step."""
    avoided = (one.text + one.why for one in step.avoid)
    waited = step.wait.text if step.wait else ""
    return sum(map(len, (step.title, step.instruct, waited, *(one.text for one in step.say), *avoided)))


class FirstAid(Content):
    """What helps within a second, before anything is pressed: one thing to do, one sentence to say."""

    do: str = Field(min_length=2, max_length=80)
    say: str = Field(default="", max_length=120)  # without gaps: it is said as it stands

    @model_validator(mode="after")
    def _says_it_whole(self) -> FirstAid:
        if gaps(self.say):
            raise WrongAt(("say",), "a sentence without gaps, to be said as it stands")
        return self


class Playbook(Named):
    """A written procedure."""

    called: ClassVar[str] = "a playbook"

    title: str = Field(min_length=2, max_length=60)
    situation: Sentence  # when to reach for it
    now: FirstAid | None = None  # shown with the suggestion; a team's own may do without
    unsure: FirstAid | None = None  # in its place where nobody told that the mistake was ours
    words: tuple[str, ...] = Field(min_length=3)  # what people say when they need it
    reviewed: date
    source: Source
    notes: tuple[Sentence, ...] = ()  # where better evidence disputes or limits a claim
    steps: tuple[Step, ...] = Field(min_length=1, max_length=20)

    def step(self, step_id: str) -> Step:
        """Find a step by its id."""
        return next(step for step in self.steps if step.id == step_id)

    @cached_property
    def afterwards(self) -> frozenset[str]:
        """Name the steps that are for after the call: perspective, once first aid is done."""
        first = next((number for number, step in enumerate(self.steps) if step.part), len(self.steps))
        return frozenset(step.id for step in self.steps[first:])

    @cached_property
    def rule_step(self) -> Step | None:
        """Find the step that has a place for a rule of the organisation."""
        return next((step for step in self.steps if step.rule), None)

    @model_validator(mode="after")
    def _holds_together(self) -> Playbook:
        ids = [step.id for step in self.steps]
        for number, step in enumerate(self.steps):
            if step.id in ids[:number] or step.id == END:
                raise WrongAt(("steps", number, "id"), f"another name: “{step.id}” is taken")
            for way, target in enumerate(step.choose):
                if target.goto not in (*ids, END):
                    raise WrongAt(("steps", number, "choose", way, "goto"), f"the id of a step, or {END}")
            if step.next and step.next not in (*ids, END):
                raise WrongAt(("steps", number, "next"), f"the id of a step, or {END}")
        reached = set(_reachable(self))
        for number, step in enumerate(self.steps):
            if step.id not in reached:
                raise WrongAt(("steps", number), "a way that leads here from the first step")
        if END not in reached:
            raise WrongAt(("steps",), f"a way that leads to {END}")
        _refuse_traps(self)
        _refuse_mixed_parts(self)
        if (ruled := [number for number, step in enumerate(self.steps) if step.rule])[1:]:
            raise WrongAt(("steps", ruled[1], "rule"), "one rule a playbook, and there is one above")
        return self


def targets(playbook: Playbook, step: Step) -> tuple[str, ...]:
    """List where a step can lead: its ways, or else the next step."""
    if step.choose:
        return tuple(way.goto for way in step.choose)
    if step.next:
        return (step.next,)
    ids = [one.id for one in playbook.steps]
    following = ids.index(step.id) + 1
    return (ids[following] if following < len(ids) else END,)


def _reachable(playbook: Playbook) -> Iterator[str]:
    waiting, seen = [playbook.steps[0].id], set[str]()
    while waiting:
        step_id = waiting.pop()
        if step_id in seen:
            continue
        seen.add(step_id)
        yield step_id
        if step_id != END:
            waiting += targets(playbook, playbook.step(step_id))


def _refuse_traps(playbook: Playbook) -> None:
    """From every step there is a way out: nobody walks in circles for ever."""
    leads_out: set[str] = {END}
    while more := {
        step.id
        for step in playbook.steps
        if step.id not in leads_out and not leads_out.isdisjoint(targets(playbook, step))
    }:
        leads_out |= more
    for number, step in enumerate(playbook.steps):
        if step.id not in leads_out:
            raise WrongAt(("steps", number), f"a way that leads from here to {END}: this is a circle without one")


def _refuse_mixed_parts(playbook: Playbook) -> None:
    """First aid comes first: what is for after the call begins once, and leads nowhere back."""
    begins = [number for number, step in enumerate(playbook.steps) if step.part]
    if begins[1:]:
        raise WrongAt(("steps", begins[1], "part"), "this only once: all steps below the first one belong to it")
    if begins == [0]:
        raise WrongAt(("steps", 0, "part"), "first aid before it: the first step is for now")
    for number, step in enumerate(playbook.steps):
        back = set(targets(playbook, step)) - playbook.afterwards - {END}
        if step.id in playbook.afterwards and back:
            raise WrongAt(("steps", number), f"no way back from after the call to “{back.pop()}”")


@dataclass(frozen=True)
class Catalogue:
    """Every playbook that could be read, and what is wrong with the others."""

    playbooks: dict[str, Playbook] = field(default_factory=dict)
    problems: tuple[ContentProblem, ...] = ()

    def nearest(self, word: str, within: float = NEAR) -> str | None:
        """Find the playbook whose id or title is nearly this word."""
        found = process.extractOne(
            word.lower(), self._names.keys(), scorer=DamerauLevenshtein.normalized_distance, score_cutoff=within
        )
        return self._names[found[0]] if found else None

    @cached_property
    def _names(self) -> dict[str, str]:
        """Each playbook by its id and its title."""
        return {name: one.id for one in self.playbooks.values() for name in (one.id, one.title.lower())}


def load_catalogue(folder: Path, locale: str = "en") -> Catalogue:
    """Read every playbook of a language."""
    playbooks, problems = read_folder(folder / locale, Playbook)
    if not playbooks and not problems and not any(folder.glob("**/*.yaml")):  # openings or wordings may stand alone
        missing = "at least one playbook, as a .yaml file" if folder.is_dir() else "a folder, and there is none"
        problems = (ContentProblem(folder / locale, 1, "(folder)", missing),)
    return Catalogue(playbooks, problems)
