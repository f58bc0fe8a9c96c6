"""Which times a text speaks of, wherever they stand: found by their look, and read by the reader of times."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.typing.times.answers import AskBack, Why, WorkingDay
from bot.typing.times.mentioned_german import GERMAN
from bot.typing.times.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

READ_MOST = 2000  # characters of a text
_MOST = 12  # times that are read in one text
_VAIN = {Why.NOTHING, Why.UNCLEAR, Why.VAGUE}
_NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)  # whether words are a time does not depend on the day they are read

_COUNT = (
    r"(?:\d{1,3}(?:\.\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"fourteen|forty(?:-five)?|sixty|ninety|half\san?|(?:a|another)\scouple\sof|a\sfew|another|several|the)"
)
_UNIT = r"(?:min(?:ute)?s?|h(?:ou)?rs?|h|hr|days?|weeks?|wks?|months?|fortnight|quarter\sof\san\shour)"
_DAY = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_PART = r"(?:morning|afternoon|evening|night|lunch ?time|noon|midday|arvo)"
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_LEAD = (
    r"(?:by|before|until|till?|'til|at|from|after|since|around|about|between|towards?|b4|again|within|opens?|is|in|for|"
    r"to|like)"
)
_CLOCK = r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?!\d)"
_WORDY = (
    r"(?:today|tonight|tonite|tomorrow|tmrw|tmrow|tmw|midday|midnight|noon|lunch\s?time|eod|cob|overnight|first\sthing|"
    r"(?:close|end)\sof\s(?:business|play|work|trading|service|day)|mid-?\s?(?:morning|afternoon|week)|half\sterm|"
    rf"(?:end|start|beginning|middle|course)\sof\s(?:the\s|this\s|next\s)?(?:day|week|month|shift|{_PART})|"
    rf"the\sday(?:'s|’s|\sis)\sout|this\s(?:{_PART}|week))"
)
# What may stand behind a bare hour, so that it counts nothing.
_BEHIND = (
    r"(?=\s*(?:$|[,;!?)]|\.(?!\d)|and|if|or|with|because|since|as|due|while|when|then|at\sthe|today|tomorrow|tonight|so|but|"
    r"sharp|latest|max|tops|or\sso|no\s|this|in\sthe|it|on|each|rather|for))"
)
_LOOKS_LIKE_A_TIME = re.compile(
    rf"""\b(?:
      {_COUNT}(?:\s?(?:-|–|to|or)\s?{_COUNT})?(?:\s(?:more|full|further))?\s?(?:working\s|business\s|banking\s)?{_UNIT}\b
    | (?:in|within|for|every)\s~?\d{{1,2}}\s?m\b
    | {_CLOCK}(?:\s?[ap]\.?m\b\.?)?(?:\s(?:utc|et|pt|ist|gmt|cet|bst))?
    | \d{{1,2}}\s?[ap]\.?m\b\.?(?:\s(?:utc|et|pt|ist|tomorrow|today))?
    | \d{{1,2}}h\b
    | (?:half\s(?:past|an\shour|hour)|quarter\s(?:past|to)|o'?clock)(?:\s{_HOUR})?
    | (?<!\bone\s)(?<!\btwo\s){_LEAD}\s(?:about\s|around\s|like\s|the\s|then\sby\s)?(?:half\spast\s)?{_HOUR}
      (?:ish|\so'?clock|\sthis\s{_PART}|\sin\sthe\s{_PART})?{_BEHIND}
    | {_WORDY}(?:\s(?:{_PART}))?
    | (?:next|this|on|by|until|till|before|since|from|last)?\s?\b{_DAY}\b(?:\s(?:{_PART}))?
    | (?:the\s|by\s|on\s)?\d{{1,2}}(?:st|nd|rd|th)\b
    | \d{{1,2}}\s{_MONTH}\b | {_MONTH}\s\d{{1,2}}\b
    | in\s(?:the\snext\s)?(?:{_MONTH})\b
    | (?:dinner|supper|breakfast|lunch|closing)(?:\stime)?
    | (?:calendar\s)?week\s\d{{1,2}}\b | \d{{1,2}}\so'?clock
    | (?:five|ten|twenty|twenty-five)\s(?:past|to)\s{_HOUR}
    | (?:five|ten|twenty)\spast\b | back\sof\s{_HOUR}\b
    | half\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b
    | (?:till|until|til|by|before|towards)\s(?:the\s)?
      (?:evening|morning|dark|dusk|dawn|tea(?:\s?time)?|christmas|easter|whitsun)\b
    | hour\sand\sa\s(?:half|quarter|bit)\b | in\sthe\s(?:morning|afternoon|evening)\b | by\sreturn\b
    | top\sof\sthe\shour
    | \b(?:{GERMAN})(?!\w)
    | the\sweekend | (?:on|within|inside|in)\sthe\s(?:half\s)?hour | the\ssame\sday
    | (?:at|by|update|until|till|news)\s:[0-5]\d | t\s?\+\s?\d | kl\.?\s?\d{{1,2}} | {_HOUR}-?ish
    | give\s(?:it|us|me)\s(?:about\s|around\s)?(?:another\s)?\d{{1,3}}(?!\s?%) | \d{{1,2}}\s(?:out|away)\b(?!\sof)
    | (?:before|until|till|'til|by\sthe\stime)\s(?:the\s|our\s|we\s)?(?:\w+\s)?(?:opens?|close|closes|shuts?)\b
    | (?:by|before|until|till|after|around)\s(?:the\s)?
      (?:school\srun|iftar|prayers|kick-?off|opening|rush\shour|home\stime|bed\s?time)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What the reader of times, which watches over minutes, need not know, and readers of an update still count on.
_CALENDAR = re.compile(
    rf"(?:working|business|banking)\s{_UNIT}|\d(?:st|nd|rd|th)\b|half\sterm|weekend|the\shour|same\sday|next\sweek"
    rf"|\b{_DAY}\b|{_MONTH}|months?\b|half\spast|dinner|supper|lunch|breakfast|closing|fortnight|wks?\b|weeks?\b"
    rf"|{GERMAN}|\bweek\s\d|~\d|clock|half\s\w|\b(?:past|to|of)\s{_HOUR}|\bpast$"
    r"|overnight|first\sthing|\b(?:close|end|start|beginning|middle|course|couple)\sof|\bfew\s|mid-?\s?week|day.{1,4}out|hour\sand|\s:\d|t\s?\+|kl\b|ish\b"
    r"|^give|\s(?:out|away)$|(?:opens?|closes?|shuts?)$|school|iftar|prayers|kick|opening|rush|home|\bbed|\bcob\b"
    r"|morning|evening|afternoon|dark|dusk|dawn|\btea|christmas|easter"
    rf"|whitsun|by\sreturn|top\sof|tmrw|tonite|\d\s?[ap]\.?m|\d[:.]\d\d|\d{{1,2}}h\b|\bb4\b|{_LEAD}\s.*{_HOUR}",
    re.IGNORECASE,
)


def times_in(text: str) -> tuple[Span, ...]:
    """Say where the times stand that a text speaks of; what is vague, such as "soon", is none."""
    return tuple(_times(text[:READ_MOST]))


def _times(text: str) -> Iterator[Span]:
    for count, found in enumerate(_LOOKS_LIKE_A_TIME.finditer(text)):
        if count < _MOST and (_CALENDAR.search(found[0]) or _is_read(found[0])):
            yield found.span()


def _is_read(words: str) -> bool:
    read = read_moment(words.strip(), now=_NOW, zone=ZoneInfo("UTC"), day=WorkingDay())
    return not (isinstance(read, AskBack) and read.why in _VAIN)
