"""Last words that sound like no end, or promise what nobody would keep once an incident is resolved: pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.typing.times.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Callable

    Split = Callable[[str], tuple[str, Moment | object | None]]

_OVER = r"(?:there|done|fixed|over|resolved|solved|fertig|behoben|gel(?:ö|oe)st|vorbei|soweit)"
_NO_END = re.compile(
    r"(?:(?:oh|sorry|please|bitte|nein|no|nope|äh|uh),?\s+)*(?:"
    rf"not\s(?:yet|now|really|quite|today|{_OVER})\b|noch\snicht\b|(?:doch|lieber|jetzt)\snicht\b"
    r"|hold\s(?:on|off)\b|(?:don['’]?t|do\snot|never\s?mind|maybe|vielleicht)\b|it['’]?s\snot\b|(?:it\s)?isn['’]?t\b"
    r"|(?:it['’]?s\s)?(?:still|immer\snoch)\s(?:down|open|broken|offen|kaputt)\b"
    rf"|(?:almost|nearly|fast)(?:\s{_OVER}\b|[\s.!…]*$)|(?:wait|warte[nt]?|cancel|undo|abbrechen|stopp?)(?:[,.!…]|$))",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:no|nope|nein|soon|bald|later(?:\stoday)?|später|spaeter|tomorrow|morgen"
    r"|(?:in|at|by|um|bis)\s(?:\w+\s)?(?:\d[\w:.]*|an?\s\w+)(?:\s\w+)?|(?:when|once|if|wenn|sobald)\s.{0,60})[\s.!…]*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\s*\n\s*")
_TELLING = re.compile(
    r"\b(?:updates?|reports?|news|post-?mortem|review|summary|analysis|details|hear|know|tell|write|share|inform|touch"
    r"|bericht\w*|zusammenfassung|analyse|melden?|informieren|schreiben|teilen|bescheid)\b",
    re.IGNORECASE,
)


def is_no_end(last_words: str) -> bool:
    """Say whether words sound as if it were not over: "not yet", "when Jim is back", "really?"."""
    said = last_words.strip()
    return bool(_NO_END.match(said) or _LATER.fullmatch(said)) or said.endswith("?")


def news_promised(last_words: str, split: Split) -> Moment | None:
    """Find when last words promise further news: "We'll send a report by 15:00"."""
    for sentence in _SENTENCE.split(last_words):
        found = split(sentence)[1] if _TELLING.search(sentence) else None
        if isinstance(found, Moment):
            return found
    return None
