"""What people mean who talk to us and have not learned our commands: pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.safety.hearing import danger_in
from bot.typing.addressing import without_marks
from bot.typing.german import in_english
from bot.typing.grammar import tidy
from bot.typing.mentions import MENTION, Kind, read_mention, take_person
from bot.typing.names import fold
from bot.typing.small_talk import talk_in
from bot.typing.synonyms import begins_a_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.typing.grammar import Grammar

_ONE_CASE = re.compile(r"#?[\w-]*\d[\w-]*")
_ON_INCIDENT = re.compile(
    r"#?\d{1,5}:?\s+(?:note|resolved?|update|snooze|pause)\b|open\s+sev-?[1-4]\b|snooze\s+\d", re.IGNORECASE
)
# "solved: …" ends one, "resolve" alone asks for its end; an update says what is, and by when there is more.
_ENDS_IT = re.compile(
    r"(?:resolve|beenden)[.!]*$|(?:re)?solved?:\s|fixed:\s|(?:behoben|gelöst|geloest):\s", re.IGNORECASE
)
_IS_UPDATE = re.compile(
    r"(?:update|meldung)\s(?!#?\d).*[.!|]\s.*(?:\b(?:next|nächste|naechste)\b|\b(?:in|by|at|bis|um)\s.{0,12}\d)",
    re.IGNORECASE,
)
_CALLS_BACK = re.compile(r"(?:rückruf|rueckruf|callback)\b.*\d", re.IGNORECASE)
_ITS_NUMBER = re.compile(r"(#?)\d{1,5}(?![\w%]|[.:/-]\d)[\s:,.!]*")
_COUNTED = re.compile(
    r"(?:stars?|sterne?|times|mal|x|of|von|out|more|mehr|percent|prozent|min\w*|stunden?|hours?|days?|tage?n?|weeks?"
    r"|wochen?|months?|monate?n?|years?|jahre?n?|euros?|eur|dollars?|pounds?)\b",
    re.IGNORECASE,
)
_FOLLOWS: Mapping[str, re.Pattern[str]] = {  # what stands behind the number, where not just any words may
    "[number]": re.compile(r"$"),
    "[number] @name": re.compile(r"$|(?:to\s+|an\s+|is\s+|ist\s+|=\s*)?(?:[<@].*|[^\W\d]+)$", re.IGNORECASE),
    "[number] sev1-4": re.compile(r"$|(?:\w+\s+)?(?:s[eé]v|p)?[ -]?[1-4]\W*$|->|→|=", re.IGNORECASE),
    "[number] [last words]": re.compile(
        r"(?!(?:account|order|case|ticket|problem|issue|complaint|customer)s?\b|konten|fälle|kunden)", re.IGNORECASE
    ),
}
_BOARD = ("board", "home", "the board", "show board")


def as_command(talk: str, grammar: Grammar) -> str:
    """Write what somebody says to us alone the way it is typed; what is no command is what happens to them."""
    words = without_marks(tidy(talk))
    if not words or words.startswith("/"):
        return talk
    if grammar.begins_with_command(words) or danger_in(words):
        return words
    if short := grammar.short_for.get(words.lower()) or _short(words):
        return short
    if ours := _without_its_head(words, grammar):
        return ours
    if not fold(MENTION.sub("", words)) or grammar.is_slip(words) or _is_for_somebody(words):
        return talk
    return f"/calm {words}"


def _without_its_head(words: str, grammar: Grammar) -> str:
    """Read words that are a command but for the word it begins with: "away 30m", "resolve 1"."""
    if any(one.match(words) for one in (_ON_INCIDENT, _ENDS_IT, _IS_UPDATE)) or _names_incident(words, grammar):
        return f"/incident {words}"
    if _CALLS_BACK.match(words):
        return f"/recuse {words}"
    asked = words.rstrip(" ?!")
    if not begins_a_sentence(words) and grammar.knows(f"/zanshin {asked}"):
        return f"/zanshin {asked}"
    return ""


def _names_incident(words: str, grammar: Grammar) -> bool:
    """Say whether words do something to an incident by its number: "note 1 vendor called", never "note 1 star"."""
    said = in_english(f"/incident {words}")
    for phrase in grammar.phrases:
        if not phrase.takes.startswith("[number]") or not said.lower().startswith(f"{phrase.starts} "):
            continue
        behind = said[len(phrase.starts) + 1 :]
        if (number := _ITS_NUMBER.match(behind)) is None:
            continue
        rest = behind[number.end() :]
        follows = _FOLLOWS.get(phrase.takes)
        return bool(number[1]) or (not _COUNTED.match(rest) and (follows is None or follows.match(rest) is not None))
    return False


def taken_aloud(talk: str, grammar: Grammar) -> tuple[str, bool]:
    """Take what was said where others read along; say whether something was left out because it is private."""
    command = as_command(talk, grammar)
    head, _space, rest = f"/{tidy(command).lstrip('/')}".partition(" ")
    if head.lower() not in grammar.private or not rest or danger_in(rest) or grammar.knows(f"{head} {rest}"):
        return command, False
    whom, behind = take_person(rest) if grammar.takes_somebody(head.lower()) else ("", rest)
    mention = read_mention(whom)
    if not whom or (mention is not None and mention.kind is Kind.APP):
        return head, True
    return f"{head} {whom}", behind != ""


def _is_for_somebody(words: str) -> bool:
    """Say whether words name somebody and a case, and nothing that happened."""
    whom, rest = take_person(words)
    return whom != "" and _ONE_CASE.fullmatch(rest) is not None


def _short(words: str) -> str:
    """Read the few words that people say to anybody."""
    if talk := talk_in(words):
        return f"/zanshin help {talk}"
    return "/zanshin status" if fold(words) in _BOARD else ""
