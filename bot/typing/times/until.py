"""Until when, and why, as people type it in one line: "30m lunch", "lunch, back at 3pm", "until 14:30 because …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.typing.times.answers import AskBack, Moment, Why, WorkingDay
from bot.typing.times.lengths import read_length
from bot.typing.times.moments import read_moment
from bot.typing.times.places import without_place
from bot.typing.times.words import gone_by, names_seconds, tidy, with_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Read = Callable[[str], Moment | AskBack]
    Found = Moment | AskBack

_MOST_WORDS = 8  # of a time
_MOST_BEFORE = 12  # words before a time in the middle of a line
_ROUND = 5  # "15" is a quarter of an hour to everybody; "7" may be seven o'clock
_LOOSE = " \t,;:.…()"
_AROUND = f"{_LOOSE}-–—"  # a dash in front may be a minus

_BACK = re.compile(
    r"(?:(?:and|then|i|i['’]ll|i['’]m|am|will|should|be|we|out|away|afk|gone)\s)*"
    r"(?:back|return(?:ing)?|brb|available)\b(?:\sagain)?(?:\s(?:at|by|around|about|before|from|on))*[\s:,]+",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:only\s|nur\s)?(?:until|till?|['’]til|up\sto|to|by|before|bis)\b[\s:]*", re.IGNORECASE)
_FOR = re.compile(r"(?:for|during|für)\s", re.IGNORECASE)
_BEGINS = re.compile(r"(?:at|in|on|from|after|between|starting|beginning|um|gegen|ab|nach|zwischen)\s", re.IGNORECASE)
_STAY = ("from", "between", "zwischen", "on the hour")
_BETWEEN = re.compile(r"\d\s?[-–]\s?\d")
_BARE = re.compile(r"(?:for\s)?(\d{1,3})", re.IGNORECASE)
_IS_HOUR = re.compile(
    r"(?:for\s)?\d{1,3}|\d{4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:the\s)?close(?:\s(?:today|tomorrow|on\s\w+))?",
    re.IGNORECASE,
)  # behind "until"
_ALL_DAY = re.compile(
    r"(?:for\s)?(?:(?:the\s)?rest\sof(?:\s(?:the|my|our))?\s(?:day|shift|today)|(?:all|(?:the\s)?(?:whole|entire))\sday)"
    r"|den\srest\sdes\stages|den\sganzen\stag",
    re.IGNORECASE,
)
_SOON = re.compile(r"brb\s(?:in\s)?(\d?[05])", re.IGNORECASE)  # minutes to everybody
_HOURS = re.compile(r"(?:[1-9]|1[0-2])\s?h", re.IGNORECASE)  # of a break that is a length, as 30m is
_WHY = re.compile(r"^(?:because(?: of)?|since|as|why|due to|for|and|weil|wegen|und)\b[\s:,]*", re.IGNORECASE)
_AT_SIGN = re.compile(r"(?<!\S)@\s*(?=\d)")  # "back @ 3pm" names nobody
_ISH = re.compile(r"(?<=[\dm])\s+-?ish\b", re.IGNORECASE)  # "5 ish" is not five minutes
_STRANGE_ZONE = re.compile(r"\s([A-Z]{2,4}T)\b(?!-)")  # as zones are shortened: asked about, rather than left out
_DASH = re.compile(r"^\s*[-–—]+\s+")
_HANGING = re.compile(r"[\s,;]+(?:and|for|because)$", re.IGNORECASE)

_DAYS = "mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun"
_LIKE_A_TIME = re.compile(
    rf"(?<![\w#/])(?<!\w-)\d|[½¼¾]|\b(?:until|till?|noon|midday|midnight|o['’]?\s?clock|(?:hour|hr|minute|min|second|sec|week|fortnight|month|year)s?"
    rf"|half|quarter|top\sof\sthe\shour|couple\sof|(?:two|three|four|five|ten|fifteen|twenty|thirty)|today|tonight|tomorrow|tmrw?|eo[bdsw]|co[bp]|asap"
    rf"|morning|afternoon|evening|(?:{_DAYS})day|soon|shortly|later|a\s(?:bit|while|moment|sec)"
    rf"|(?:all|a|half|next|(?:the\s)?whole|rest\sof(?:\s(?:the|my|our))?|end\sof\s(?:the|my)?)\s?(?:day|shift)"
    rf"|(?:end|close)\sof\s(?:(?:the|my|this)\s)?(?:business|play|work|week|month)|^(?:when|once)\s"
    rf"|(?:noon|midday|one|six|seven|eight|nine|eleven|twelve)-?ish|lunch\s?time|(?<!looking\s)after\s(?:lunch|dinner|breakfast"
    rf"|tea|work|stand-?up|(?:the|this|that|my|our)\s)"
    rf"|std|st(?:ü|ue)ndchen|minütchen|bis|uhr|mittags?|mitternacht|feierabend|dienstschluss|schichtende|heute|(?:über)?morgen"
    rf"|(?:\w*viertel|halbe[n]?\s)?(?:stunden?|minuten?)|halb\s(?!so|of)\w+|(?:drei)?viertel\s\w+"
    rf"|(?:by|before|till|until|at|after)\s(?:the\s)?(?:close|lunch|tea|dinner|breakfast)|(?:this|next|coming)\s(?:week|month|am|pm)"
    rf"|weekend|on\sthe\shour|j(?:iff|iffy)|(?:a|two|2|half\sa)\s(?:ticks?|mo|shakes?|flash)|no\stime|before\slong|presently"
    rf"|wochenende|(?:nächsten?|kommenden?|diese[rn]?)\s(?:woche|monat)|monate?n?|jahre?n?|ende\sder\swoche|möglich|sek(?:unden?)?|\w+schluss|mittagessen"
    rf"|(?:in\s)?(?:kürze|kuerze|bälde|baelde)|nachher|zeitnah|umgehend|alsbald|gleich|bald|augenblick|momentchen"
    rf"|shift\s(?:ends|is\sover)|couple|rest\s(?:of\stoday|des\stages)|ganzen\stag|back\s(?:at|by|in|after|on|when|once|if))\b",
    re.IGNORECASE,
)
# Whole lines that tell how long only to whoever wrote them: nobody is away without an end because of one.
_A_WHILE = re.compile(
    r"(?:at|for|having|out for|off to|gone for|in|a|an|my|the|quick|short|\s)*"
    r"(?:lunch|dinner|supper|breakfast|brunch|tea|coffee|meal|snack|food|smoke)?\s*(?:time|break|pause|run)?"
    r"|(?:in |a |my |the |quick |short |team )*(?:meeting|call|stand-?up|1:1|break|pause|walk|nap|shower|errand)s?"
    r"|(?:in |beim |zum |der |kurze |meine |kleine )*(?:mittag(?:spause|essen|stisch)?|kaffee(?:pause)?|pause"
    r"|besprechung|termin|spaziergang|fr(?:ü|ue)hst(?:ü|ue)ck|zigarette)"
    r"|(?:bin |ich bin |mal |ganz |nur |eben |gleich )*(?:kurz|gleich|mal eben|eben) (?:weg|raus|zurück|wieder da|afk)"
    r"|(?:brb|afk|bbl|bbs|a (?:sec|second|moment|minute)|one (?:sec|second|moment))",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    r"(?:in the )?(?:morning|afternoon|evening)|night|früh|fr(?:ue)h|mittag|abend|nacht", re.IGNORECASE
)
_IS_BACK = re.compile(r"(?:for|until|till?|since|today|now|again|seit|für|heute|jetzt|wieder)\b", re.IGNORECASE)
_ANY_DAY = partial(read_moment, now=datetime(2026, 1, 5, 12, tzinfo=UTC), zone=ZoneInfo("UTC"), day=WorkingDay())
_NEVER = {Why.NOTHING, Why.UNCLEAR}
_WEAK = {*_NEVER, Why.TIME_OR_LENGTH, Why.NO_UNIT, Why.NO_SUCH_TIME, Why.NO_HOUR, Why.VAGUE}


@dataclass(frozen=True)
class Until:
    """A line told apart: when it ends, None if it names no time at all; the words that said so; and the reason."""

    at: Moment | AskBack | None
    words: str = ""
    why: str = ""


@dataclass(frozen=True)
class _Span:
    """Some words of a line that may be a time, and those around them."""

    words: str
    rest: str
    leads: bool  # nothing stands before it

    @property
    def ends(self) -> bool:
        """Whether it says that it is an end, such as "until 3pm"."""
        return any(one.match(self.words) for one in (_BACK, _UNTIL, _ALL_DAY))


def split_until(line: str, read: Read) -> Until:
    """Take the end out of a line, wherever it stands; what looks like a time and is none that we know is asked back."""
    line = _DASH.sub("", _ISH.sub(r"ish", _AT_SIGN.sub("at ", with_words(line))))
    if line.strip() and _A_WHILE.fullmatch(line.strip(_AROUND)):
        return Until(read("in a while"), line, line.strip())
    if _is_gone_by(line.strip(_AROUND)):
        return Until(AskBack(Why.NOT_AHEAD), line)
    if not line.strip() or not _LIKE_A_TIME.search(line):
        return Until(None, why=line.strip())
    read = cache(read)
    spans = tuple(_spans(line.split()))
    first = _NEVER if names_seconds(line) else _WEAK  # the 30 of "30 s" is no half hour
    taken = next((one for span in spans if (one := _take(span, read, first))), None)
    taken = taken or next((one for span in spans if (one := _take(span, read, _NEVER))), None)
    if taken is None:
        return Until(read(line), line, line)
    return _in_doubt(taken, line, read) or taken


def _in_doubt(taken: Until, line: str, read: Read) -> Until | None:
    """Ask back an end that may be by the clock of another place, such as "2pm Berlin office", or is one of two."""
    if taken.at is None:
        return None
    if isinstance(taken.at, AskBack):
        return None
    if strange := _strange_zone(taken.words, line):
        said = f"{taken.words} {strange}"
        return Until(AskBack(Why.OTHER_ZONE, (_core(taken.words),)), said, line.replace(said, " ", 1).strip(_AROUND))
    if ours := _before_place(taken, line):
        return _by_whose_clock(taken, ours, line, read)
    if other := _other_end(taken.why, taken.at, read):
        return Until(AskBack(Why.SEVERAL, (_core(taken.words), other)), line, taken.why)
    return None


def _strange_zone(words: str, line: str) -> str:
    """Find what looks like a zone that we don't know right behind a time of day; it is never left out."""
    found = _STRANGE_ZONE.match(line.partition(words)[2]) if words[-1:].isdigit() or words[-1:] == "m" else None
    return found[1] if found else ""


def _before_place(taken: Until, line: str) -> str:
    """Give a time without the place behind it, where more follows: "until 16:00 Berlin office" may give a reason."""
    behind = line.partition(taken.words)[2]
    more = behind.startswith(" ") and behind.strip() and not _WHY.match(behind.lstrip())
    return without_place(taken.words) if more else ""


def _by_whose_clock(taken: Until, ours: str, line: str, read: Read) -> Until | None:
    """Ask by whose clock an end is, if that is not the same."""
    own = read(_core(ours))
    if own == taken.at:
        return Until(own, ours, line.replace(ours, " ", 1).strip(_AROUND))
    return Until(AskBack(Why.OTHER_ZONE, (_core(ours), f"{_core(taken.words)} time")), taken.words, taken.why)


def _is_gone_by(line: str) -> bool:
    """Say whether a line is nothing but a day gone by, such as "until yesterday" or "gestern Abend"."""
    said = _UNTIL.sub("", line, count=1) if _UNTIL.match(line) else line
    rest = said[len(gone_by(said)) :].strip()
    return rest != said.strip() and (not rest or _PART_OF_DAY.fullmatch(rest) is not None)


def returns_later(words: str) -> bool:
    """Say whether words behind "back" say when that will be, such as "at 14:00" or "tomorrow"; "at my desk" is now."""
    if not words or _IS_BACK.match(words):
        return False
    at = split_until(f"back {words}", _ANY_DAY).at
    return at is not None and not (isinstance(at, AskBack) and at.why in _NEVER)


def read_until(words: str, read: Read) -> Moment | AskBack:
    """Read words that are nothing but an end, such as "30", "for an hour" or "back at 3pm"."""
    return AskBack(Why.NOT_AHEAD) if _is_gone_by(words.strip(_AROUND)) else read(_core(words.strip()))


def _core(words: str) -> str:
    """Take "until", "for" and the like off: what is left is read as the same moment."""
    if short := _short(words):
        return short
    if _HOURS.fullmatch(words):
        return f"in {words}"
    if found := _FOR.match(words):
        return words[found.end() :]
    if found := _BACK.match(words) or _UNTIL.match(words):
        core = words[found.end() :]
        return f"at {core}" if _IS_HOUR.fullmatch(core) else core
    return words


def _short(words: str) -> str:
    """Write out what is short for a length or for the end of the day."""
    if _ALL_DAY.fullmatch(words):
        return "end of day"
    if found := _SOON.fullmatch(words):
        return f"in {found[1]} minutes"
    if found := _BARE.fullmatch(words):
        return f"in {found[1]} minutes" if int(found[1]) % _ROUND == 0 else words
    return ""


def _take(span: _Span, read: Read, never: set[Why]) -> Until | None:
    """Take some words for the end, if they are one or are meant as one."""
    core = _core(span.words) if span.leads or span.ends or _FOR.match(span.words) else span.words
    found = read(core)
    if isinstance(found, AskBack):
        return None if found.why in (_NEVER if span.ends else never) else Until(found, span.words, span.rest)
    is_length = read_length(tidy(core).text) is not None
    if _FOR.match(span.words) and not (is_length or _ALL_DAY.match(span.words)):
        return None
    if not span.ends and (_BEGINS.match(span.words) or not (is_length or span.leads)):
        return Until(AskBack(Why.BEGINS, (_as_end(core, is_length=is_length),)), span.words, span.rest)
    if found.earliest is not None and not is_length:
        return Until(AskBack(Why.BEGINS, (core,)), span.words, span.rest)
    return Until(found, span.words, span.rest)


def _as_end(words: str, *, is_length: bool) -> str:
    """Say a time so that it can only be when something ends: "at 3pm" is "until 3pm" then."""
    found = _BEGINS.match(words)
    if _BETWEEN.search(words) or words.lower().startswith(_STAY):
        return words
    said = words[found.end() :] if found else words
    if not is_length:
        return f"until {said}"
    return said if read_length(tidy(said).text) is not None else f"1 {said}"  # "in hour"


def _other_end(why: str, taken: Moment, read: Read) -> str:
    """Find a second end in what is left, such as "30m lunch until 15:00" or "lunch 30m back 13:00"."""
    for span in _spans(why.split()):
        core = _core(span.words)
        if span.ends or (core == span.words and read_length(tidy(core).text) is not None):
            found = read(core)
            if isinstance(found, Moment) and found.at != taken.at:
                return core
    return ""


def _spans(pieces: Sequence[str]) -> Iterator[_Span]:
    """List the words that may be a time: those at the front, at the end, in the middle, the longest first."""
    count = len(pieces)
    sizes = range(min(_MOST_WORDS, count), 0, -1)
    ranges = [(0, size) for size in sizes] + [(count - size, count) for size in sizes]
    ranges += [(start, start + size) for size in sizes for start in range(1, min(count - size, _MOST_BEFORE))]
    for start, end in dict.fromkeys(ranges):
        words = " ".join(pieces[start:end]).lstrip(_LOOSE).rstrip(_AROUND)
        if pieces[start].strip(_AROUND) and _LIKE_A_TIME.search(words):
            yield _Span(words, _reason(pieces[:start], pieces[end:]), leads=start == 0)


def _reason(before: Sequence[str], after: Sequence[str]) -> str:
    said = (_HANGING.sub("", " ".join(before).rstrip(_AROUND)), _WHY.sub("", " ".join(after).lstrip(_AROUND), count=1))
    return " ".join(piece for piece in said if piece).strip(_AROUND)
