"""Texts become the Markdown of Adaptive Cards: pure. Words of people are escaped once, here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.door.writing import Writer
from bot.say.dates import NEAR
from bot.say.language import _
from bot.say.messages import Code, PersonRef, Strong, Text, TimeRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


REMEMBERED = 4096  # texts: most of what is said is said again
UNSEEN = "\N{WORD JOINER}"  # parts what must not be one, and no line breaks at it
# A mark formats only where a word begins or ends; inside of one, as in CASE_12, it is left as it was typed.
_MARK = re.compile(r"(?<!\w)[*_~]|[*_~](?!\w)|[\\`\[\]<>&]")
_LINE_MARK = re.compile(r"^(\s*)([-+#=|]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_BEFORE_TIME = re.compile(r"\{(?=\{\{(?:DATE|TIME)\()")  # a brace that somebody typed in front of a time of ours
_SPECIAL = re.compile(r"(\{)(?=\{)|(https?://|www\.)", re.IGNORECASE)


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
    return _paragraphs(_BEFORE_TIME.sub("{" + UNSEEN, "".join(_Writer(reading).pieces(spans))))


def one_line(spans: Text, reading: Reading) -> str:
    """Write a text on one line, for a list."""
    return " ".join(markup(spans, reading).split())


def mention_text(name: str) -> str:
    """Write somebody's name the way a mention of them is written in a text."""
    tidy = " ".join(name.replace("<", "").replace(">", "").split())
    return f"<at>{literal(tidy) or '–'}</at>"


def _paragraphs(written: str) -> str:
    """Make a paragraph of every line: a single break shows as none, and four spaces before it make code of it."""
    return "\n\n".join(line.strip() for line in written.splitlines() if line.strip())


class _Writer(Writer):
    """Writes texts in the Markdown of cards."""

    unseen = UNSEEN

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def words(self, words: str) -> Sequence[str]:
        """Write words as they are."""
        return [literal(words)] if words else []

    def marked(self, span: Strong | Code) -> Sequence[str]:
        """Mark every line by itself: a mark does not reach over a line's end, nor works beside a space."""
        lines = (line.strip() for line in span.words.splitlines())
        written = "\n".join(f"**{literal(line)}**" for line in lines if line)
        return [written] if written else []

    def mention(self, person: PersonRef) -> str:
        """Mention somebody who has an account."""
        return mention_text(person.name) if person.person_id in self._reading.accounts else ""

    def link(self, label: str, url: str) -> str:
        """Write a link."""
        return f"[{literal(label)}]({url.replace('(', '%28').replace(')', '%29')})"

    def moment(self, time: TimeRef) -> str:
        """Write a time."""
        return moment(time, self._reading.now)


def moment(time: TimeRef, now: datetime) -> str:
    """Write a time that shows in the zone of whoever reads it; with its day, unless it is near."""
    at = f"{time.at:%Y-%m-%dT%H:%M:%SZ}"
    if time.style == "elapsed":
        return literal(_("since {time}")).replace(literal("{time}"), f"{{{{TIME({at})}}}}")
    near = time.style == "time" and abs(time.at - now) < NEAR
    return f"{{{{TIME({at})}}}}" if near else f"{{{{DATE({at},SHORT)}}}} {{{{TIME({at})}}}}"
