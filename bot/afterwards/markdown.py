"""A retrospective as Markdown: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.say.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.afterwards.model import Account

_MARKS = re.compile(r"([\\`*_\[\]<>|])")
_LEADING = re.compile(r"^(\s*)([#+-]|\d+\.)(?=\s)")


@dataclass(frozen=True)
class Promise:
    """A follow-up, as a list of them has it."""

    words: str
    who: str
    by: str
    done: bool


def as_markdown(heading: str, facts: Sequence[str], account: Account, promises: Sequence[Promise] = ()) -> str:
    """Write it the way other programs read it."""
    return "\n".join(_lines(heading, facts, account, promises)).strip() + "\n"


def _lines(heading: str, facts: Sequence[str], account: Account, promises: Sequence[Promise]) -> Iterator[str]:
    yield f"# {_escaped(_('Retrospective: {heading}').format(heading=heading))}"
    yield ""
    yield from (f"- {_escaped(one)}" for one in facts)
    if account.summary:
        yield from ("", f"## {_('What happened')}", "", *map(_escaped, account.summary.splitlines()))
    first, *rest = account.timeline.splitlines() or [""]
    if first:
        yield from ("", f"## {_('Timeline')}", "", _escaped(first), "", *(f"- {_escaped(one)}" for one in rest if one))
    if account.learned:
        yield from ("", f"## {_('What we take from it')}", "", *map(_escaped, account.learned.splitlines()))
    if promises:
        yield from ("", f"## {_('Follow-ups')}", "")
        yield from (
            f"- [{'x' if one.done else ' '}] {_escaped(f'{one.words} ({one.who}, {one.by})')}" for one in promises
        )


def _escaped(words: str) -> str:
    """Keep words from being taken for marks."""
    return _LEADING.sub(r"\1\\\2", _MARKS.sub(r"\\\1", words))
