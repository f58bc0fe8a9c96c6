"""The playbooks: read from /playbooks, a file each, and checked. A broken file never takes the others with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, model_validator
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import ContentProblem
from bot.store.content import Content, Named, Sentence, Slug, Source, WrongAt, gaps, read_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

END = "end"  # where a way out of a playbook leads
NEAR = 0.34  # share of a name's letters that may be wrong

Point = Annotated[str, Field(pattern=r"^00[0-4]\.\d+$")]


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
    say: tuple[Sentence, ...] = ()
    avoid: tuple[Avoidance, ...] = ()
    wait: Pause | None = None
    choose: tuple[Way, ...] = Field(default=(), max_length=4)
    do: Literal["recuse", "recuse-safety", "open-incident", "post-update", "gesture"] | None = None
    hold: Literal["start", "end"] | None = None  # the step where the customer is asked to hold, or gone back to
    next: Slug | None = None  # the default is the step below
    points: tuple[Point, ...] = ()  # the seed points it realises

    @model_validator(mode="after")
    def _says_something(self) -> Step:
        if not (self.instruct or self.say or self.avoid or self.wait or self.choose):
            raise ValueError("a step needs instruct, say, avoid, wait or choose")
        for sentence in (*self.say, *(one.text for one in self.avoid)):
            gaps(sentence)
        return self


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
    words: tuple[str, ...] = Field(min_length=3)  # what people say when they need it
    reviewed: date
    source: Source
    notes: tuple[Sentence, ...] = ()  # where better evidence disputes or limits a claim
    steps: tuple[Step, ...] = Field(min_length=1, max_length=20)

    def step(self, step_id: str) -> Step:
        """Find a step by its id."""
        return next(step for step in self.steps if step.id == step_id)

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


@dataclass(frozen=True)
class Catalogue:
    """Every playbook that could be read, and what is wrong with the others."""

    playbooks: dict[str, Playbook] = field(default_factory=dict)
    problems: tuple[ContentProblem, ...] = ()

    def nearest(self, word: str) -> str | None:
        """Find the playbook whose id or title is nearly this word."""
        names = {name: one.id for one in self.playbooks.values() for name in (one.id, one.title.lower())}
        found = process.extractOne(
            word.lower(), list(names), scorer=DamerauLevenshtein.normalized_distance, score_cutoff=NEAR
        )
        return names[found[0]] if found else None


def load_catalogue(folder: Path, locale: str = "en") -> Catalogue:
    """Read every playbook of a language."""
    playbooks, problems = read_folder(folder / locale, Playbook)
    if not playbooks and not problems:
        missing = "at least one playbook, as a .yaml file" if folder.is_dir() else "a folder, and there is none"
        problems = (ContentProblem(folder / locale, 1, "(folder)", missing),)
    return Catalogue(playbooks, problems)
