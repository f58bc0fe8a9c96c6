"""Texts that are asked about on the command line, one a line, and what is answered: pure."""

from __future__ import annotations

import codecs
import csv
import json
import math
import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from bot.errors import WrongUse
from bot.playbooks.answers.fitting import first_of
from bot.run.tables import rows
from bot.say.language import speaking
from bot.understanding.heat import READ_MOST, Level
from bot.understanding.situations import glance_at
from bot.understanding.understood import Understood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.playbooks.shelves.shelf import Books

Name = str | float | None
OFFERED = 3
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_UTF_8 = re.compile("[\udc80-\udcff]")
_TOO_FEW_TO_SAY = 3  # bytes
QUERY, DRAFT = ("query", "text"), ("draft", "text")  # what the words may be called


@dataclass(frozen=True)
class Asked:
    """A text, and the name its answer goes back under."""

    id: Name
    words: str
    by_line: bool = field(default=False, compare=False)  # it was given no id


@dataclass(frozen=True)
class Misread:
    """A line that holds no text: the name it is answered under, and what is wrong with it."""

    id: Name
    problem: str
    line: int | None = None  # instead of an id, where it has none


def read_asked(lines: Iterable[bytes], columns: Sequence[str] = QUERY) -> Iterator[Asked | Misread]:
    """Read what is asked: JSON objects, plain lines, or a table whose first line names its columns.

    A line that is none of them is named, and the rest is read; blank lines are no questions.
    """
    texts = _decoded(lines)
    numbered = ((number, text) for number, text in enumerate(texts, 1) if text.strip())
    first = next(numbered, None)
    if first is None:
        return
    titles = _row(first[1].strip())
    if set(titles) & set(columns):
        yield from _of_table(titles, columns, _delimiter(first[1]), numbered)
        return
    for number, text in chain((first,), numbered):
        read = _of_line(number, text, columns)
        named = None if isinstance(read, Asked) and read.by_line else read.id
        yield read if _is_utf_8(text) else _not_utf_8(number, named)


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if number == 1 and (line.startswith(_UTF_16) or line.count(0) * 3 > len(line) > _TOO_FEW_TO_SAY):
            raise WrongUse("The input is not UTF-8 but UTF-16, it seems. Save it as UTF-8, and try again.")
        yield line.decode(errors="surrogateescape").removeprefix("\ufeff")


def _is_utf_8(text: str) -> bool:
    """Say whether a line was what it is read as; a byte that was not stands in it as half a character."""
    return _NO_UTF_8.search(text) is None


def _not_utf_8(number: int, name: Name) -> Misread:
    readable = name is not None and (not isinstance(name, str) or _is_utf_8(name))
    return _misread(number, name if readable else None, "is not UTF-8. Save it as UTF-8.")


def _misread(number: int, name: Name, what: str) -> Misread:
    """Name a line; a number of ours could be the id of another, so where it has no id there is none."""
    return Misread(name, f"Line {number} of the input {what}", number if name is None else None)


def _delimiter(line: str) -> str:
    return next((one for one in "\t;" if one in line and (one == "\t" or "," not in line)), ",")


def _row(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:  # too long for a table, or broken: a plain line
        return []


def _of_table(
    titles: list[str], columns: Sequence[str], delimiter: str, numbered: Iterator[tuple[int, str]]
) -> Iterator[Asked | Misread]:
    for row in rows(numbered, delimiter):
        number, cells = row.lines[0][0], dict(zip(titles, row.cells, strict=False))
        name = cells.get("id") or None
        if broken := next((line for line, text in row.lines if not _is_utf_8(text)), None):
            yield _not_utf_8(broken, name)
        elif problem := row.problem or _uneven(titles, row.cells):
            yield _misread(number, name, f"{problem}.")
        else:
            yield Asked(name or number, _first_of(cells, columns) or "", by_line=name is None)


def _uneven(titles: Sequence[str], cells: Sequence[str]) -> str:
    """Say where a row has not as many cells as the table has columns; empty ones behind them are no words."""
    if len(cells) >= len(titles) and not any(cells[len(titles) :]):
        return ""
    count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
    columns = "1 column" if len(titles) == 1 else f"{len(titles)} columns"
    return f"has {count}, and the table has {columns}; text with a comma in it stands in quotes"


def _of_line(number: int, line: str, columns: Sequence[str]) -> Asked | Misread:
    wanted = f'{{"id": …, "{columns[0]}": …}}'
    try:
        asked = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        if line.lstrip().startswith("{"):
            return _misread(number, None, f"begins like JSON, and is not {wanted}.")
        return Asked(number, line.strip(), by_line=True)
    if isinstance(asked, str):
        return Asked(number, asked, by_line=True)
    if not isinstance(asked, dict):
        return _misread(number, None, f"is JSON, and neither a string nor {wanted}.")
    return _of_object(number, asked, columns)


def _of_object(number: int, asked: dict[str, Any], columns: Sequence[str]) -> Asked | Misread:
    words, name = _first_of(asked, columns), asked.get("id", number)
    if not isinstance(name, str | int | float | None) or name in (math.inf, -math.inf):
        return _misread(number, None, "has an id that is neither a string nor a number.")
    if isinstance(words, str):
        return Asked(name, words, by_line="id" not in asked)
    what = f"{columns[0]} {'is missing' if words is None else 'is no string'}."
    if "id" not in asked:
        return _misread(number, None, f"has no id, and {what}")
    return Misread(name, f"Line {number} of the input: {what}")


def _first_of(row: dict[str, Any], columns: Sequence[str]) -> Any:
    return next((row[name] for name in columns if name in row), None)


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and its like: what we print has to be JSON again


def answered(asked: Iterable[Asked | Misread], answer: Callable[[str], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Answer each text under its name, and say of each line without one what is wrong with it."""
    for one in asked:
        if isinstance(one, Asked):
            yield {"id": one.id, **answer(one.words)}
        else:
            line = {} if one.line is None else {"line": one.line}
            yield {"id": one.id, **line, "error": one.problem}


def books_for(books: Books, words: str) -> Books:
    """Give the playbooks in the language whose reader ranks them."""
    return books.read_in("en" if glance_at(words).by.is_english else "de")


def unread_of(words: str) -> dict[str, int]:
    """Say of a text that is too long how many letters of it are read."""
    return {"read": READ_MOST} if len(words) > READ_MOST else {}


def as_text(books: Books, words: str) -> str:
    """Say which playbooks fit, how heated the words are and what to say first, for reading on a terminal."""
    suggester, told = books.suggester, Understood(words)
    found, heat = suggester.suggest(words, OFFERED), told.heat
    lines = [f"{one.playbook_id:20} {one.score:.2f}  {suggester.why(words, one.playbook_id)}".rstrip() for one in found]
    signals = f": {', '.join(heat.signals)}" if heat.signals else ""
    lines.append(f"{'heat':20} {int(heat.level)} of {max(Level)}  {heat.level.name.lower()}{signals}")
    with speaking(books.language):
        first = first_of(told, books, found)
    return "\n".join([*lines, *(("", *filter(None, (first.do, f"“{first.say}”"))) if first is not None else ())])


def answer(books: Books, words: str) -> dict[str, Any]:
    """Say which playbooks fit, how sure that is, how heated the words are, and what to do and say first."""
    suggester, told = books.suggester, Understood(words)
    found, heat = suggester.suggest(words, OFFERED), told.heat
    said = {
        "suggestions": [
            {
                "id": one.playbook_id,
                "score": round(one.score, 4),
                "why": suggester.why(words, one.playbook_id),
            }
            for one in found
        ],
        "confidence": round(found[0].score, 4) if found else 0.0,
        "heat": int(heat.level),
        "signals": [str(signal) for signal in heat.signals],
    }
    said |= unread_of(words)
    with speaking(books.language):
        first = first_of(told, books, found)
    return said if first is None else said | {"opening": first._asdict()}
