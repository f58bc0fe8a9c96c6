"""Texts become the Markdown of Adaptive Cards: pure. Words of people are escaped once, here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.say.language import _
from bot.say.messages import Blank, Code, Link, PersonRef, Strong, TimeRef, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.say.messages import Span, Text

REMEMBERED = 4096  # texts: most of what is said is said again
LONGEST_URL = 2000
NEAR = timedelta(hours=12)  # a time this near needs no day
UNSEEN = "\N{WORD JOINER}"  # parts what must not be one, and no line breaks at it
# A mark formats only where a word begins or ends; inside of one, as in CASE_12, it is left as it was typed.
_MARK = re.compile(r"(?<!\w)[*_~]|[*_~](?!\w)|[\\`\[\]<>&]")
_LINE_MARK = re.compile(r"^(\s*)([-+#=|]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_SPECIAL = re.compile(r"(\{\{)|(https?://|www\.)", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """For whom and when something is written: whom it may mention, by person, and what time it is."""

    now: datetime
    accounts: Mapping[int, str] = field(default_factory=dict)


@lru_cache(REMEMBERED)
def literal(words: str) -> str:
    """Write words so that they show as they are: nothing in them formats, mentions, links or is computed."""
    escaped = _MARK.sub(lambda found: "\\" + found[0], words)
    escaped = _LINE_MARK.sub(_line_mark, escaped)
    return _SPECIAL.sub(lambda found: found[0][0] + UNSEEN + found[0][1:], escaped)


def _line_mark(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark}{UNSEEN}" if mark.isdigit() else f"{found[1]}\\{mark}"


def markup(spans: Text, reading: Reading) -> str:
    """Write a text."""
    written = ""
    for span in spans:
        piece = _written(span, reading)
        if _stick(span, written, piece):
            written += UNSEEN
        written += piece
    return _paragraphs(written)


def one_line(spans: Text, reading: Reading) -> str:
    """Write a text on one line, for a list."""
    return " ".join(markup(spans, reading).split())


def cut(words: str, most: int) -> str:
    """Keep as much as fits, and show that more was there; never nothing at all."""
    tidy = words.strip()
    return (tidy if len(tidy) <= most else tidy[: most - 1].rstrip() + "…") or "–"


def mention_text(name: str) -> str:
    """Write somebody's name the way a mention of them is written in a text."""
    tidy = " ".join(name.replace("<", "").replace(">", "").split())
    return f"<at>{literal(tidy) or '–'}</at>"


def people_in(texts: Iterable[Text]) -> set[PersonRef]:
    """List the people texts name."""
    return {span for text in texts for span in text if isinstance(span, PersonRef)}


def _paragraphs(written: str) -> str:
    """Make a paragraph of every line: a single break shows as none, and four spaces before it make code of it."""
    return "\n\n".join(line.strip() for line in written.splitlines() if line.strip())


def _stick(span: Span, before: str, after: str) -> bool:
    """Say whether something unseen has to come between: marks work only at the edge of a word."""
    formatted = isinstance(span, Strong | Code) or before[-1:] in ("*", "`")
    return bool(formatted and before and after and not before[-1:].isspace() and not after[:1].isspace())


def _written(span: Span, reading: Reading) -> str:
    match span:
        case str():
            return literal(span)
        case Strong(words=words) | Code(words=words):
            return _marked(words)
        case Blank(name=name):
            return literal(f"[{name}]")
        case PersonRef(person_id=person_id, name=name):
            return mention_text(name) if person_id in reading.accounts else literal(f"@{name}")
        case Link(words=words, url=url):
            return _link(words, url)
        case TimeRef():
            return moment(span, reading.now)


def _marked(words: str) -> str:
    """Mark every line by itself: a mark does not reach over a line's end, nor works beside a space."""
    lines = (line.strip() for line in words.splitlines())
    return "\n".join(f"**{literal(line)}**" for line in lines if line)


def _link(words: str, url: str) -> str:
    label = literal(" ".join(words.split()))
    return f"[{label}]({url.replace('(', '%28').replace(')', '%29')})" if leads_somewhere(url) else label


def leads_somewhere(url: str) -> bool:
    """Say whether an address may be opened."""
    try:
        fits = len(url) <= LONGEST_URL and not re.search(r"[\s<>\\]", url)
        return urlsplit(url).scheme in ("http", "https") and fits
    except ValueError:
        return False


def moment(time: TimeRef, now: datetime) -> str:
    """Write a time that shows in the zone of whoever reads it; with its day, unless it is near."""
    if time.style == "elapsed" and time.until is not None:
        return literal(plain((time,)))
    at = f"{time.at:%Y-%m-%dT%H:%M:%SZ}"
    if time.style == "elapsed":
        return literal(_("since {time}")).replace(literal("{time}"), f"{{{{TIME({at})}}}}")
    near = time.style == "time" and abs(time.at - now) < NEAR
    return f"{{{{TIME({at})}}}}" if near else f"{{{{DATE({at},SHORT)}}}} {{{{TIME({at})}}}}"
