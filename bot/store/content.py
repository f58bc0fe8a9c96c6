"""Content files: YAML read strictly into frozen values, and every slip named by file, line and field."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ContentError, ContentProblem
from bot.say.language import N_, PUBLIC, _
from bot.say.messages import Blank, Span, Text, text

if TYPE_CHECKING:
    from collections.abc import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 256 * 1024  # bytes of one file
YAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, where it was built, is many times faster

PLACEHOLDERS = {
    "customer": N_("customer's name"),
    "agent": N_("your name"),
    "colleague": N_("colleague's name"),
    "issue": N_("the issue"),
    "fact": N_("what you know for certain"),
    "feeling": N_("how it seems to feel"),
    "step": N_("what you'll do next"),
    "eta": N_("when, such as by 14:30"),
    "next_update": N_("time of the next update"),
    "where": N_("place or part affected"),
    "who": N_("who is affected"),
    "since": N_("time of the start"),
    "cause": N_("what was wrong, in plain words"),
    "instead": N_("what they can do meanwhile"),
    "contact": N_("where to reach you"),
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

_SLUG, POINT = r"^[a-z][a-z0-9-]{1,39}$", r"^00[0-4]\.\d+$"
_FORMS = {_SLUG: "2 to 40 small letters a to z, digits and hyphens, a letter first", POINT: "a point such as 001.12"}
Slug = Annotated[str, Field(pattern=_SLUG)]
Sentence = Annotated[str, Field(min_length=2, max_length=400)]


class Content(BaseModel):
    """A part of a content file."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Named(Content):
    """A whole content file, called by its id."""

    called: ClassVar[str]  # for authors, such as "a playbook"

    id: Slug


class Source(Content):
    """Where the ideas come from."""

    title: str
    author: str
    credit: Sentence


class WrongAt(ValueError):
    """Something wrong at one place of a file."""

    def __init__(self, where: tuple[str | int, ...], expected: str) -> None:
        super().__init__(expected)
        self.where = where


Kind = TypeVar("Kind", bound=Named)


def gaps(sentence: str) -> list[str]:
    """Name the gaps of a sentence; raise ValueError at one nobody knows how to fill."""
    found = _PLACEHOLDER.findall(sentence)
    for name in found:
        if name not in PLACEHOLDERS:
            raise ValueError(f"the placeholder {{{name}}} is unknown; known are {', '.join(PLACEHOLDERS)}")
    return found


def read_folder(folder: Path, kind: type[Kind]) -> tuple[dict[str, Kind], tuple[ContentProblem, ...]]:
    """Read every file of a folder: what could be read by its id, and what is wrong with the others."""
    read: dict[str, Kind] = {}
    problems: list[ContentProblem] = []
    for path in sorted(one for one in folder.glob("*.*") if one.suffix.lower() in (".yaml", ".yml")):
        if path.suffix != ".yaml":
            problems.append(ContentProblem(path, 1, "(file)", f"is not read: call it {path.stem}.yaml"))
            continue
        try:
            read[path.stem] = read_file(path, kind)
        except ContentError as wrong:
            problems += wrong.problems
    return read, tuple(problems)


def read_file(path: Path, kind: type[Kind]) -> Kind:
    """Read one file; raise ContentError naming every line that is wrong."""
    tree, data = _parse(path)
    content = _read(path, tree, data, kind)
    if content.id != path.stem:
        raise _wrong(path, _line(tree, ("id",)), "id", f"is not {path.stem}, as the file is called")
    return content


def read_list(path: Path, kind: type[Kind]) -> tuple[tuple[Kind, ...], tuple[ContentProblem, ...]]:
    """Read a file that holds a list: what could be read, and every line that is wrong; an id stands there once."""
    try:
        tree, data = _parse(path)
    except ContentError as wrong:
        return (), wrong.problems
    if not isinstance(data, list):
        return (), _wrong(path, 1, "(file)", f"is no list: each {kind.called} stands behind a hyphen").problems
    read: dict[str, Kind] = {}
    problems: list[ContentProblem] = []
    for number, one in enumerate(data):
        try:
            content = kind.model_validate(one)
        except ValidationError as wrong:
            problems += [_problem(path, tree, error, (number,)) for error in wrong.errors()]
            continue
        if content.id in read:
            problems += _wrong(
                path, _line(tree, (number, "id")), f"{number}.id", "stands twice: choose another name"
            ).problems
        read.setdefault(content.id, content)
    return tuple(read.values()), tuple(problems)


def read_text(written: str, kind: type[Kind]) -> Kind:
    """Read what would stand in a file; raise ContentError naming every line that is wrong."""
    nowhere = Path("text")
    tree, data = _parse_text(nowhere, lambda: written)
    return _read(nowhere, tree, data, kind)


def _read(path: Path, tree: yaml.Node | None, data: Any, kind: type[Kind]) -> Kind:
    if not isinstance(data, dict):
        needed = ", ".join(name for name, one in kind.model_fields.items() if one.is_required())
        raise _wrong(path, 1, "(file)", f"{kind.called}: {needed}")
    try:
        return kind.model_validate(data)
    except ValidationError as wrong:
        raise ContentError(tuple(_problem(path, tree, error) for error in wrong.errors())) from None


def _parse(path: Path) -> tuple[yaml.Node | None, Any]:
    def read() -> str:
        if not path.resolve().is_relative_to(path.parent.parent.resolve()):  # whatever it leads to, is told to nobody
            raise _wrong(path, 1, "(file)", "leads out of the folder: put the file itself there")
        if path.stat().st_size > LARGEST:
            raise _wrong(path, 1, "(file)", f"is larger than {LARGEST // 1024} kB")
        return path.read_text(encoding="utf-8")

    return _parse_text(path, read)


def _parse_text(path: Path, read: Callable[[], str]) -> tuple[yaml.Node | None, Any]:
    try:
        text = read()
        _refuse_tricks(path, text)
        tree = yaml.compose(text, Loader=YAML)
        _refuse_twins(path, tree)
        return tree, yaml.SafeLoader("").construct_document(tree) if tree else None
    except UnicodeDecodeError:
        raise _wrong(path, 1, "(file)", "is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise _wrong(path, 1, "(file)", f"cannot be read ({error.strerror})") from None
    except (yaml.MarkedYAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(
            path, mark.line + 1 if mark else 1, "(file)", "is no YAML: indentation or quotes are off here"
        ) from None
    except yaml.YAMLError:
        raise _wrong(path, 1, "(file)", "holds control characters: take them out") from None
    except ValueError as error:
        raise _wrong(path, 1, "(file)", f"holds a date or a number that does not exist ({error})") from None


def _refuse_tricks(path: Path, text: str) -> None:
    """Aliases can grow without bound, and the tags of some values are too much for the parser."""
    for event in yaml.parse(text, Loader=YAML):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise _wrong(path, line, "(file)", "has an alias (*name): write it out")
        if getattr(event, "tag", None):
            raise _wrong(path, line, "(file)", "has a tag (!name): leave it out")


def _refuse_twins(path: Path, node: yaml.Node | None) -> None:
    """YAML keeps the last of two equal keys without a word; we do not."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _wrong(path, key.start_mark.line + 1, "(file)", "has no name before the colon")
            if key.value in seen:
                raise _wrong(path, key.start_mark.line + 1, str(key.value), "stands twice: leave one out")
            seen.add(key.value)
            _refuse_twins(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_twins(path, item)


def _problem(path: Path, tree: yaml.Node | None, error: Any, inside: tuple[str | int, ...] = ()) -> ContentProblem:
    cause = error.get("ctx", {}).get("error")
    where = (*inside, *error["loc"], *(cause.where if isinstance(cause, WrongAt) else ()))
    return ContentProblem(path, _line(tree, where), ".".join(map(str, where)) or "(file)", _expected(error))


_EXPECTED = {
    "missing": "this is needed, but not here",
    "extra_forbidden": "no such field; is it a slip of the fingers?",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "at least {min_length} characters",
    "too_long": "at most {max_length}",
    "too_short": "at least {min_length}",
    "literal_error": "one of {expected}",
    "string_type": "text; put it in quotes",
    "value_error": "{error}",
    "tuple_type": "a list: each on a line of its own, behind a hyphen",
    "list_type": "a list: each on a line of its own, behind a hyphen",
    "dict_type": "a mapping of fields",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "yes or no",
    "bool_parsing": "yes or no",
    "date_type": "a date such as 2026-11-24",
    "date_parsing": "a date such as 2026-11-24",
    "model_type": "text, or a mapping of fields",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "date_from_datetime_parsing": "a date such as 2026-11-24",
}


def _expected(error: Any) -> str:
    template = _EXPECTED.get(error["type"])
    if error["type"] == "string_pattern_mismatch":
        pattern = error["ctx"]["pattern"]
        return _FORMS.get(pattern, f"text of the form {pattern}")
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


SHIPPED_PLAYBOOKS = Path(__file__).parents[2] / "playbooks"


@cache
def languages() -> frozenset[str]:
    """Name the languages our playbooks and wordings are written in."""
    return frozenset(one.name for one in SHIPPED_PLAYBOOKS.iterdir() if any(one.glob("*.yaml")))


def language_of(locale: str) -> str:
    """Name the language we have for a locale, which a platform may write in many ways; English for one unknown."""
    language = locale.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return language if language in languages() else PUBLIC


def fill(sentence: str, known: Mapping[str, Span] = MappingProxyType({})) -> Text:
    """Turn the placeholders of a playbook into gaps named for people, or into what is known."""
    return text(sentence, **({name: Blank(name=_(words)) for name, words in PLACEHOLDERS.items()} | dict(known)))
