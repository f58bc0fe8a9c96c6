"""One spelling for what people type in many: case, spaces, dashes, numbers in words, politeness."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.typing.times.german import in_english
from bot.typing.times.places import take_place

LONGEST_PHRASE = 120  # characters: nobody says a time in more
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘ʼ´`", "'"))
_AROUND = " \t\n.,;:!?…()[]{}<>\"'“”*_`~"  # never a dash: "-5m" is not "5m"
_DASH = re.compile(r"^-+ ")  # before what follows, such as "— 15:30"

_GONE_BY = re.compile(
    r"(?:(?:the )?day before )?yesterday\b|(?:vor)?gestern\b|.+ ago\b"
    r"|last (?:night|week|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|letzte[nrs]? (?:nacht|woche|monat|jahr|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)\b"
    r"|vor \w+ (?:minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?)\b",
    re.IGNORECASE,
)

_IN_GERMAN = re.compile(r"\bme(s?)z\b")  # CET and CEST
# What is said of the updates after the next one, or of a sooner one, promises nothing more: "or sooner", "then hourly".
_MORE = re.compile(
    r"(?:\s*[,;(–—-]\s*|\s)(?:(?:and|or|und|oder|but)\s)?(?:"
    r"(?:(?<=or\s)|(?<=oder\s)|(?<=[,;(–—-]\s)|(?<=[(]))(?:if\spossible,?\s|(?:wenn|falls)\smöglich,?\s)?"
    r"(?:sooner|earlier|früher|frueher|eher)(?:,?\s(?:if|when|where|wenn|falls|sofern|as)\b.*)?"
    r"|(?:then|thereafter|afterwards|after\sthat|dann|danach|anschließend)\s"
    r"(?:(?:halb)?stündlich|hourly|(?:at\sleast\s)?(?:every|each)\s.+|(?:jede|alle|zu\sjeder)\s.+)"
    r"|every\s(?:hour|half|\d+\s\w+)(?:\s\w+)?\s(?:then|thereafter|afterwards|after\sthat)"
    r")[).!\s]*$"
)

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_NUMBERS = {word: value for value, word in enumerate(_UNITS, 1)} | {"fifteen": 15} | _TENS
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})[ -]({'|'.join(_UNITS[:9])})\b")
_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})\b")

_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_FRACTION = re.compile(
    r"(?:(?<![\d/.,:])(?P<whole>\d{1,3})(?: and | |-)?)?(?P<sign>[½¼¾])"
    r"|(?<![\d/.,:])(?:(?P<number>\d{1,3})(?: and | |-))?(?P<slashed>1/2|1/4|3/4)"
    r"(?= ?(?:(?:of )?an? )?(?:hours?|hrs?|h|days?|weeks?)\b)"
)

# Abbreviations of zones, which are only recognised here.
_ZONES = (
    "utc|gmt|cet|cest|eet|eest|wet|west|bst|ist|msk|sast|wat|pkt|est|edt|cst|cdt|mst|mdt|pst|pdt|akst|hst|jst|kst|hkt|sgt"
    "|aest|aedt|acst|acdt|awst|nzst|nzdt|et|ct|mt|pt"
)
_ZONE = re.compile(
    rf"(?<=\d)[+]\d\d:?\d\d\b|(?<![a-z])(?:{_ZONES})(?:[+-]\d{{1,2}}(?::?\d\d)?)?(?![a-z0-9])|(?<=\d)z\b"
)

_DAY_NAMES = "this|today|tomorrow|tmrw?|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_SECONDS = re.compile(r"\b(?:(\d{1,5}) ?(?:-|to|or) ?)?(\d{1,5}) ?(?:s|secs?|seconds?|sek|sekunden?)\b\.?")
_MINUTE = 60

# In this order: each line relies on those before it.
_SAME = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<!\S)@ ?(?=\d)", "at "),
        (r"(?<![a-z])([ap])\. ?m\b\.?", r"\1m"),
        (r"(?<=\d)\.(?=[ap]m\b)", ""),
        (rf"\b({_DAY_NAMES}) am\b", r"\1 morning"),
        (rf"\b({_DAY_NAMES}) pm\b", r"\1 afternoon"),
        (r"\bqtr(?=s?\b)", "quarter"),
        (r"\b(an?|half|quarter|next|the) hrs?\b", r"\1 hour"),
        (r"\b(?:a )?fortnight\b", "2 weeks"),
        (r"\b(by|before|until|till?|at) (?:the )?close(?! of)\b", r"\1 closing"),
        (r"^eta:? (?=(?:in |by |at |about )?\d)", ""),
        (r"[ -]?ish\b(?= (?:hours?|minutes?|mins?|days)\b)|(?<=[ap]m)[ -]?ish\b", ""),
        (r"(?<![\w:.])(\d{1,2}(?:[:.]\d\d)?)[ -]?ish\b", r"at \1"),  # "5ish" is no length
        (
            r"\b(?:(?:the )?rest of (?:the |my |our )?(?:day|shift|today)|(?:my|our) shift (?:ends|is over))\b",
            "end of day",
        ),
        (r"\b(?:a |1 )?couple (?:of )?(?=(?:hours|hrs|minutes|mins|days|weeks)\b)", "2 "),
        (r" ?\bo ?'? ?clock\b| ?\buhr\b", " oclock"),
        (rf"\b(?:all )?times? (?:are |is |in |given |shown )*(?=(?:{_ZONES})\b)", " "),
        (r"~|\b(?:about|around|approximately|roughly|circa|please|pls|thanks|thank you|cheers)\b", " "),
        (r"\b(?:approx|ca|max)\b\.?|\b(?:at the latest|latest|sharp|at most|maximum|(?:local|our|my) time)\b", " "),
        (r"\b(?:only|just|exactly|another(?= (?:\d|half|quarter)))\b|\b(?:or so|tops)$", " "),
        (r"\banother (?=hour|day|week)", "1 "),
        (r"\b(\d+) more (?=hour|minute|min\b)", r"\1 "),
        (r"\b(0\.\d+) (?:of )?an? (?=hour|day|week)", r"\1 "),
        (r"\b([0-6]):([0-5]\d) ?(?:hours?|hrs)\b", r"\1 hours \2 minutes"),
        (r"\ban? (?=hour|day|week)", "1 "),
        (r"\b(?:a )?half (?:1 |an? )?hour\b", "30 minutes"),
        (r"\b3[ -]quarters(?: of)?(?: 1| an?)? hour\b", "45 minutes"),
        (r"\b(?:a )?quarter(?: of)?(?: 1| an?)? hour\b", "15 minutes"),
        (r"\b(\d+) (hour|day|week)s? and (?:a )?half\b", r"\1.5 \2s"),
        (r"\b(\d+) and (?:a )?half (hour|day|week)s?\b", r"\1.5 \2s"),
        (r"\b(\d+) hours? and (?:a )?quarter\b", r"\1 hour 15 minutes"),
    )
)

_BEFORE_UPDATE = (
    "and|the|our|your|you|i|we|(?:i|we|you)'ll|will|can|get|send|post|give|share|have|expect|know|tell|hear|an?"
    "|no|next|further|another"
)
_WRITE = "(?:hear|write|post|report|come back|be back)(?: (?:from|to) (?:us|me|you))?(?: again| more)?"
_UPDATE = re.compile(
    rf"(?:(?:eta|time) (?:for|of) )?(?:(?:{_BEFORE_UPDATE}) )*(?:updates?|(?:more )?news|more|messages?|{_WRITE})\b"
    r"(?: (?:you|is|will be|will follow|will come|due|expected|follows?|comes?|eta))*[ :,]*(?:- )?"
)
_UNTIL = re.compile(r"(?:(?:(?:no|not) later than|at|by|until|till|til|before|due)\b[ :]*)+")
_MOMENT = r"bit|while|moment|sec(?:ond)?|jiff(?:y|ies)?|ticks?|mo|shakes?|trice|flash|heartbeat|wink"
_LITTLE = r"(?:little |short |few |couple (?:of )?)?"
_MEAL = r"(?:lunch|dinner|breakfast|supper|brunch|tea)(?: ?time| break)?"
_VAGUE = re.compile(
    r"(?:very |pretty |quite )?(?:soon|shortly|asap|a\.s\.a\.p|later(?: on)?(?: today| tonight| tomorrow)?|eventually"
    r"|momentarily|immediately|right now|right away|straight away|now|any (?:minute|moment|time|second)(?: now)?"
    r"|some ?time|presently|before long|(?:in )?no time(?: at all)?|in the near future"
    rf"|(?:(?:in|within|after|for) )?(?:a|the|1|2|some|half a) {_LITTLE}(?:{_MOMENT})"
    rf"|(?:in|within|after) (?:a|the|some) {_LITTLE}(?:minute|min|minutes|mins|hours|days|time)"
    r"|(?:in )?(?:a )?few (?:minutes|mins|hours|days)|in due course|as soon as possible"
    r"|(?:later |sometime )?(?:in )?(?:this|next) (?:week|month|quarter|year)"
    r"|(?:(?:in|within|for) )?(?:an?|\d+) (?:months?|years?|quarters?)"
    r"|(?:(?:at|over|after|on) )?(?:(?:the|this|next) )?weekend|eo[wm]"
    r"|(?:the )?end of (?:the |this |next )?(?:week|month)|tb[acd]|unknown|no idea|not sure"
    rf"|(?:(?:after|over|around|during) )?(?:(?:the|my|our|today|tomorrow|tmrw?) )?(?:{_MEAL})(?: today| tomorrow)?)"
)
_CLAUSE = re.compile(r"(?:when|once|as soon as|after|if)\b")


@dataclass(frozen=True)
class Phrase:
    """A time in one spelling, and the zone it names; several zones are none we know."""

    text: str
    zone: str = ""


# A dot behind it makes a date of two numbers; at five or ten past the hour it may be the end of a sentence.
_DATE = re.compile(
    r"((?:^|\b(?:until|till?|by|before|on|bis|zum|am|vor|ab|den)\s))(0?[1-9]|[12]\d|3[01])\.(?!05|10)(0?[1-9]|1[0-2])\."
    r"(?=$|[\s,;)](?!(?:at |um )?\d))",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AND = re.compile(r"\s*&\s*(?=(?:an? )?(?:half|quarter)\b)", re.IGNORECASE)
_HALF_HOUR = re.compile(r"\bhalf(?:-an-|-|\s+)(?:hour|hr)\b", re.IGNORECASE)


def tidy(words: str) -> Phrase:
    """Bring what was typed into the one spelling that the other readers know."""
    text = " ".join(with_words(" ".join(words.split())).lower().translate(_SIGNS).split()).strip(_AROUND)
    if len(text) > LONGEST_PHRASE:
        return Phrase(text)
    text = in_english(_IN_GERMAN.sub(r"ce\1t", _MORE.sub("", text)))
    text = _COMPOUND.sub(lambda two: str(_NUMBERS[two[1]] + _NUMBERS[two[2]]), text)
    text = _NUMBER.sub(lambda one: str(_NUMBERS[one[1]]), text)
    text = _DASH.sub("", _SECONDS.sub(_in_minutes, _FRACTION.sub(_decimal, text)))
    for pattern, instead in _SAME:
        text = pattern.sub(instead, text)
    text, place = take_place(" ".join(text.split()))
    zones = {place} - {""} | set(_ZONE.findall(text))
    text = " ".join(_ZONE.sub(" ", text).split()).strip(_AROUND)
    return Phrase(without_update(text), " ".join(sorted(zones)))


def with_words(line: str) -> str:
    """Write out what some write with signs: "an hour & a half", "half-hour", "until 1.12."."""
    if "." in line:
        line = _DATE.sub(lambda found: f"{found[1]}{int(found[2])} {_MONTHS[int(found[3]) - 1].title()}", line)
    return _HALF_HOUR.sub("half an hour", _AND.sub(" and ", line)) if "&" in line or "alf" in line.lower() else line


def _decimal(found: re.Match[str]) -> str:
    # Three digits behind the dot: two might be minutes.
    return f"{int(found['whole'] or found['number'] or 0) + _PARTS[found['sign'] or found['slashed']]:.3f}"


def names_seconds(words: str) -> bool:
    """Say whether words count seconds, in which nothing is promised."""
    return _SECONDS.search(words.lower()) is not None


def _in_minutes(found: re.Match[str]) -> str:
    """Write seconds as minutes; fewer than those of one are over before anybody could watch them."""
    lengths = [int(one) / _MINUTE for one in found.groups() if one]
    return " to ".join(f"{one:.3f} minutes" for one in lengths) if lengths[-1] >= 1 else "a moment"


def without_update(text: str) -> str:
    """Take "next update" and the like off the front."""
    found = _UPDATE.match(text)
    return text[found.end() :] if found else text


def without_until(text: str) -> str:
    """Take "by", "until" and the like off the front: the moment promised is the same."""
    found = _UNTIL.match(text)
    return text[found.end() :] if found else text


def is_vague(text: str) -> bool:
    """Say whether this is a time that nobody can be held to."""
    inside = without_until(text)
    return is_clause(inside) or any(_VAGUE.fullmatch(one) for one in (text, inside))


def is_clause(text: str) -> bool:
    """Say whether this waits for something to happen, such as "when it is fixed"."""
    return _CLAUSE.match(text) is not None


def gone_by(words: str) -> str:
    """Find what names a day gone by at the front of these words, such as "yesterday"; empty if nothing does."""
    found = _GONE_BY.match(words)
    return found[0] if found else ""
