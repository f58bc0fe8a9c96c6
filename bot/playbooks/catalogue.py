"""The playbooks: read from /playbooks, a file each, and checked. A broken file never takes the others with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import ContentError, ContentProblem
from bot.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 256 * 1024  # bytes of one file
END = "end"  # where a way out of a playbook leads
NEAR = 0.34  # share of a name's letters that may be wrong

PLACEHOLDERS = {
    "customer": N_("customer's name"),
    "agent": N_("your name"),
    "colleague": N_("colleague's name"),
    "issue": N_("the issue"),
    "fact": N_("what you know for certain"),
    "feeling": N_("how it seems to feel"),
    "step": N_("what you will do next"),
    "eta": N_("time or range"),
    "next_update": N_("time of the next update"),
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Point = Annotated[str, Field(pattern=r"^00[0-4]\.\d+$")]
Sentence = Annotated[str, Field(min_length=2, max_length=400)]


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Avoidance(_Content):
    """Words better left unsaid, and why."""

    text: Sentence
    why: Sentence


class Pause(_Content):
    """A breath, or a count."""

    pause: Literal["breath", "count"]
    seconds: int = Field(ge=1, le=60)
    text: Sentence


class Way(_Content):
    """One answer to the question of a step, and the step it leads to."""

    label: str = Field(min_length=1, max_length=75)
    goto: Slug


class Step(_Content):
    """One line of a playbook."""

    id: Slug
    title: str = Field(default="", max_length=80)
    instruct: str = Field(default="", max_length=600)
    say: tuple[Sentence, ...] = ()
    avoid: tuple[Avoidance, ...] = ()
    wait: Pause | None = None
    choose: tuple[Way, ...] = Field(default=(), max_length=4)
    do: Literal["recuse", "recuse-safety", "open-incident", "post-update"] | None = None
    hold: Literal["start", "end"] | None = None  # the step where the customer is asked to hold, or gone back to
    next: Slug | None = None  # the default is the step below
    points: tuple[Point, ...] = ()  # the seed points it realises

    @model_validator(mode="after")
    def _says_something(self) -> Step:
        if not (self.instruct or self.say or self.avoid or self.wait or self.choose):
            raise ValueError("a step needs instruct, say, avoid, wait or choose")
        for sentence in (*self.say, *(one.text for one in self.avoid)):
            for name in _PLACEHOLDER.findall(sentence):
                if name not in PLACEHOLDERS:
                    raise ValueError(f"the placeholder {{{name}}} is unknown; known are {', '.join(PLACEHOLDERS)}")
        return self


class Source(_Content):
    """Where the ideas come from."""

    title: str
    author: str
    credit: Sentence


class Playbook(_Content):
    """A written procedure."""

    id: Slug
    title: str = Field(min_length=2, max_length=60)
    situation: Sentence  # when to reach for it
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
                raise _At(("steps", number, "id"), f"another name: “{step.id}” is taken")
            for way, target in enumerate(step.choose):
                if target.goto not in (*ids, END):
                    raise _At(("steps", number, "choose", way, "goto"), f"the id of a step, or {END}")
            if step.next and step.next not in (*ids, END):
                raise _At(("steps", number, "next"), f"the id of a step, or {END}")
        reached = set(_reachable(self))
        for number, step in enumerate(self.steps):
            if step.id not in reached:
                raise _At(("steps", number), "a way that leads here from the first step")
        if END not in reached:
            raise _At(("steps",), f"a way that leads to {END}")
        return self


class _At(ValueError):
    """Something wrong at one place of a file."""

    def __init__(self, where: tuple[str | int, ...], expected: str) -> None:
        super().__init__(expected)
        self.where = where


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
    files = sorted((folder / locale).glob("*.yaml"))
    playbooks: dict[str, Playbook] = {}
    problems: list[ContentProblem] = []
    for path in files:
        try:
            playbook = read_playbook(path)
        except ContentError as wrong:
            problems += wrong.problems
        else:
            playbooks[playbook.id] = playbook
    if not files:
        problems.append(ContentProblem(folder / locale, 1, "(folder)", "at least one playbook, as a .yaml file"))
    return Catalogue(playbooks, tuple(problems))


def read_playbook(path: Path) -> Playbook:
    """Read one file; raise ContentError naming every line that is wrong."""
    tree, data = _parse(path)
    if not isinstance(data, dict):
        raise _wrong(path, 1, "(file)", "a playbook: id, title, situation, words, reviewed, source, steps")
    try:
        playbook = Playbook.model_validate(data)
    except ValidationError as wrong:
        raise ContentError(tuple(_problem(path, tree, error) for error in wrong.errors())) from None
    if playbook.id != path.stem:
        raise _wrong(path, _line(tree, ("id",)), "id", f"{path.stem}, as the file is called")
    return playbook


def _parse(path: Path) -> tuple[yaml.Node | None, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise _wrong(path, 1, "(file)", f"at most {LARGEST // 1024} kB")
        text = path.read_text(encoding="utf-8")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise _wrong(path, 1, "(file)", "no aliases (*name): write it out")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        _refuse_twins(path, tree)
        return tree, yaml.SafeLoader("").construct_document(tree) if tree else None
    except UnicodeDecodeError:
        raise _wrong(path, 1, "(file)", "text in UTF-8") from None
    except OSError as error:
        raise _wrong(path, 1, "(file)", f"a file that can be read ({error.strerror})") from None
    except (yaml.MarkedYAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(path, mark.line + 1 if mark else 1, "(file)", "YAML; indentation or quotes are off here") from None
    except yaml.YAMLError:
        raise _wrong(path, 1, "(file)", "YAML without control characters") from None
    except ValueError as error:
        raise _wrong(path, 1, "(file)", f"dates and numbers that exist ({error})") from None


def _refuse_twins(path: Path, node: yaml.Node | None) -> None:
    """YAML keeps the last of two equal keys without a word; we do not."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _wrong(path, key.start_mark.line + 1, "(file)", "a name before the colon")
            if key.value in seen:
                raise _wrong(path, key.start_mark.line + 1, str(key.value), "this only once")
            seen.add(key.value)
            _refuse_twins(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_twins(path, item)


def _problem(path: Path, tree: yaml.Node | None, error: Any) -> ContentProblem:
    cause = error.get("ctx", {}).get("error")
    where = (*error["loc"], *(cause.where if isinstance(cause, _At) else ()))
    return ContentProblem(path, _line(tree, where), ".".join(map(str, where)) or "(file)", _expected(error))


_EXPECTED = {
    "missing": "this is needed, but not here",
    "extra_forbidden": "no such field; is it a slip of the fingers?",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "at least {min_length} characters",
    "too_long": "at most {max_length}",
    "too_short": "at least {min_length}",
    "literal_error": "one of {expected}",
    "string_pattern_mismatch": "text of the form {pattern}",
    "string_type": "text; put it in quotes",
    "value_error": "{error}",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "date_from_datetime_parsing": "a date such as 2026-11-24",
}


def _expected(error: Any) -> str:
    template = _EXPECTED.get(error["type"])
    return template.format(**error.get("ctx", {})) if template else str(error["msg"])


def _line(tree: yaml.Node | None, where: tuple[str | int, ...]) -> int:
    """Find the line of the deepest part of a place that exists."""
    node, line = tree, 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _wrong(path: Path, line: int, name: str, expected: str) -> ContentError:
    return ContentError((ContentProblem(path, line, name, expected),))
