"""A playbook as a file: the same YAML in the folder, in chat, and out of it. Pure."""

from __future__ import annotations

from typing import Any

import yaml

from bot.errors import ContentError, ContentProblem
from bot.playbooks.catalogue import Playbook
from bot.say.language import _
from bot.store.content import read_text

PIECE = 3000  # characters: what one question of a form takes
MOST_PIECES = 4
NAMED = 3  # of what is wrong: more nobody mends at once
BEGINS = "id:"  # a file; what people type by hand begins otherwise


class CannotReadFile(ValueError):
    """What was pasted is no playbook, and why, in words for whoever pasted it."""


def is_file(written: str) -> bool:
    """Say whether words are a file, and no steps typed by hand."""
    return written.lstrip().startswith(BEGINS)


def read_playbook(written: str) -> Playbook:
    """Read a file by the rules of the folder; raise CannotReadFile naming the line."""
    try:
        return read_text(written, Playbook)
    except ContentError as wrong:
        raise CannotReadFile("\n".join(map(_said, wrong.problems[:NAMED]))) from None


def _said(problem: ContentProblem) -> str:
    return _("Line {line}, {field}: {expected}").format(
        line=problem.line, field=problem.field, expected=problem.expected
    )


def as_file(playbook: Playbook) -> str:
    """Write a playbook as a file that says the same when it is read."""
    data = playbook.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["steps"] = [_short(step) for step in data["steps"]]
    written: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
    return written


def _short(step: dict[str, Any]) -> dict[str, Any]:
    """Write a sentence without variants as a sentence alone."""
    if "say" in step:
        step["say"] = [line["text"] if line.keys() == {"text"} else line for line in step["say"]]
    return step


def in_pieces(written: str) -> list[str]:
    """Take a file apart into what questions of a form hold; each piece begins with a line that is not indented."""
    pieces, block = [""], ""
    for line in written.splitlines(keepends=True):
        if block and not line.startswith((" ", "\n")):
            pieces, block = _with(pieces, block), ""
        block += line
    return [piece.rstrip("\n") for piece in _with(pieces, block)]


def _with(pieces: list[str], block: str) -> list[str]:
    if pieces[-1] and len(pieces[-1]) + len(block) > PIECE:
        return [*pieces, block]
    return [*pieces[:-1], pieces[-1] + block]
