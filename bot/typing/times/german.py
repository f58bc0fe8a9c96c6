"""Times as people type them in German, brought into the words the readers know: "bis halb drei", "morgen früh"."""

from __future__ import annotations

import re

# Without one of these a phrase is not German, and stays as it was typed.
_SHORT_DAYS = {"mo": "monday", "di": "tuesday", "mi": "wednesday", "do": "thursday"} | {
    "fr": "friday",
    "sa": "saturday",
    "so": "sunday",
}
_HOUR_BEHIND = (
    r"(?:um |ab |gegen |bis )?(?:\d{1,2}(?:[:.]\d\d| ?uhr\b)|halb \w|(?:drei ?)?viertel \w"
    r"|früh|vormittag|mittag|nachmittag|abend|nacht)"
)
_SHORT_DAY = re.compile(rf"\b({'|'.join(_SHORT_DAYS)})\.?,? (?={_HOUR_BEHIND}|\d{{1,2}}$)")
_GERMAN = re.compile(
    rf"\b(?:{'|'.join(_SHORT_DAYS)})\.?,? {_HOUR_BEHIND}"
    rf"|^(?:am )?(?:{'|'.join(_SHORT_DAYS)})\.? \d{{1,2}}$"
    r"|\b(?:so (?=bald|schnell|rasch)|ende der|n(?:ä|ae)chsten? |kommenden? |wochenende|momentchen|augenblick|moment"
    r"|nachher|zeitnah|umgehend|alsbald|baldm(?:ö|oe)glichst|schnellstm(?:ö|oe)glich|in k(?:ü|ue)rze|in b(?:ä|ae)lde"
    r"|(?:laden|gesch(?:ä|ae)fts|b(?:ü|ue)ro)schluss|mittag(?:essen|spause))\b"
    r"|\b(?:rest des tages|ganzen tag)\b|\b(?:zum|am|den) \d{1,2}(?:\. |\.?$)"
    r"|\b(?:bis|um(?= ?\d)|uhr|stunden?|st(?:ü|ue)ndchen|std|min(?:ü|ue)tchen"
    r"|minuten|tagen?|wochen?|monate?n?|jahre?n?|\w*viertelstunde|\w*halb\w*|(?:drei)?viertel"
    r"|heute|morgen|(?:ü|ue)bermorgen|mittags?|mitternacht|feierabend|dienstschluss|schichtende|fr(?:ü|ue)h|vormittags?|nachmittags?"
    r"|abends?|morgens|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|zwischen|sp(?:ä|ae)testens"
    r"|gleich|bald|demn(?:ä|ae)chst|sp(?:ä|ae)ter|sofort|januar|februar|m(?:ä|ae)rz|mai|juni|juli|oktober|dezember)\b"
)

_DAYS = {
    "montag": "monday",
    "dienstag": "tuesday",
    "mittwoch": "wednesday",
    "donnerstag": "thursday",
    "freitag": "friday",
    "samstag": "saturday",
    "sonnabend": "saturday",
    "sonntag": "sunday",
}
_MONTHS = {
    "januar": "january",
    "februar": "february",
    "märz": "march",
    "mai": "may",
    "juni": "june",
    "juli": "july",
    "oktober": "october",
    "dezember": "december",
}
_NUMBERS = {
    "ein": 1,
    "eins": 1,
    "eine": 1,
    "einer": 1,
    "einem": 1,
    "einen": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwölf": 12,
    "fünfzehn": 15,
    "zwanzig": 20,
    "dreißig": 30,
    "vierzig": 40,
    "fünfundvierzig": 45,
    "sechzig": 60,
    "neunzig": 90,
}
_WORDS = {**_DAYS, **_MONTHS, **{word: str(number) for word, number in _NUMBERS.items()}}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_UMLAUTS = re.compile(r"\b(?:fr|(?:n|sp)|f|zw|m|dem?n)(?:ue|ae|oe)(?=[a-z])|\bue(?=bermorgen)")
_APART = re.compile(r"\bdrei[ -]viertel\b")
_HALF = re.compile(r"\b(halb|viertel) (\d{1,2})\b")
_PAST = {"halb": "half", "viertel": "quarter"}

# In this order: each line relies on those before it, and all on numbers in digits.
_SAME = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (
            (
                r"^(?:(?:und|die|unsere|das|ein) )?(?:nächste[ns]?|weitere[ns]?) (?:meldung|nachricht|update|info)\b"
                r"(?: kommt)?"
            ),
            " ",
        ),
        (r"^(?:und )?(?:wir |ich )?meld(?:en? (?:uns|mich)|en uns)(?: wieder| erneut| bei ihnen)*\b", " "),
        (r"^(?:und )?(?:sie )?hören (?:sie )?(?:wieder )?(?:von (?:uns|mir)(?: wieder)?)?", " "),
        (r"\b(?:von|bei) (?:uns|mir|ihnen)\b(?: wieder)?", " "),
        (r"^(?:(?:weitere|die nächsten) )?neuigkeiten\b(?: gibt es)?|^mehr (?:dazu|informationen)\b", " "),
        (r"\b(?:etwa|ungefähr|circa|spätestens|genau|nur|wieder|zurück|da|bitte|noch)\b", " "),
        (r"\b(?:1 )?paar (?=minuten|stunden)", "a few "),
        (r"\bso (?:bald|schnell|rasch) (?:wie|als) möglich\b", "soon"),
        (
            r"\b(?:gleich|bald|demnächst|später|sofort|nachher|zeitnah|umgehend|alsbald|baldmöglichst|schnellstmöglich)\b",
            "soon",
        ),
        (
            r"\bin (?:kürze|kuerze|bälde|baelde)\b|\b(?:in )?(?:1 )?(?:kleinen )?(?:momentchen|moment|augenblick)\b",
            "soon",
        ),
        (r"\b(?:gute|guten|knappe|knappen) (?=stunde|halbe|viertel|minute)", ""),
        (r"\bnach dem mittag(?:essen)?\b|\bnach der mittagspause\b", "after lunch"),
        (r"\b(?:zum |zur |der )?(?:mittagessen|mittagspause)\b", "lunch"),
        (r"\bvor (?:dem )?(?=lunch)", "before "),
        (r"\bvor dem mittag\b", "before noon"),
        (r"\b(?:am |zum )?(?:(?:nächsten|kommenden) )?wochenende\b", "the weekend"),
        (r"\b(?:in der )?(?:nächste|kommende)n? woche\b", "next week"),
        (r"\b(?:im )?(?:nächste|kommende)n monat\b", "next month"),
        (r"\bende (?:der|dieser) woche\b", "end of the week"),
        (r"\b(?:1 )?(?:dreiviertel ?stunden?|3 ?viertel ?stunden?)\b", "45 minutes"),
        (r"\b(?:1 )?viertel ?stunde\b", "15 minutes"),
        (r"\b(?:1 )?halben? (?:stunde|std\b\.?)|\bhalbstunde\b|\b(?:1 )?halbes st(?:ü|ue)ndchen\b", "30 minutes"),
        (r"\b(?:anderthalb|1einhalb|eineinhalb) ", "1.5 "),
        (r"\bzweieinhalb ", "2.5 "),
        (r"\bdreieinhalb ", "3.5 "),
        (r"\b(?:stunden?\b|st(?:ü|ue)ndchen\b|std\b\.?)", "hours"),
        (r"\bminuten?\b|\bmin(?:ü|ue)tchen\b", "minutes"),
        (r"\bmonate?n?\b", "months"),
        (r"\bjahre?n?\b", "years"),
        (r"\btage?n?\b", "days"),
        (r"\bwochen?\b", "weeks"),
        (r"\bviertel (?=nach|vor)", "quarter "),
        (r"\bdreiviertel (?=\d{1,2}\b)", "quarter to "),
        (r"\b(\d{1,2}|quarter) (?:minutes )?nach (?=\d)", r"\1 past "),
        (r"\b(\d{1,2}|quarter) (?:minutes )?vor (?=\d)", r"\1 to "),
        (r"\b(\d{1,2}) uhr (\d\d)\b", r"\1:\2"),
        (r"\bübermorgen\b", "day after tomorrow"),
        (r"\b(heute|diesen) (?:früh|morgen|vormittag)\b", "this morning"),
        (r"\bheute (?:mittag)\b", "today noon"),
        (r"\bheute nachmittag\b", "this afternoon"),
        (r"\bheute (?:abend|nacht)\b", "this evening"),
        (r"\bheute\b", "today"),
        (r"(?<=day )(?:früh|morgen|vormittag)\b", "morning"),
        (r"\bmorgen (?:früh|vormittag)\b", "tomorrow morning"),
        (r"\b(?:früh )?morgens\b|\bvormittags\b", "in the morning"),
        (r"\bmorgen\b", "tomorrow"),
        (r"\bnachmittags?\b", "afternoon"),
        (r"\babends?\b", "evening"),
        (r"\bvormittag\b|\bfrüh\b", "morning"),
        (r"\bmittags?\b", "noon"),
        (r"\bmitternacht\b", "midnight"),
        (r"\b(?:zum |zu )?(?:meinem |unserem )?(?:feierabend|schichtende|\w+schluss)\b", "end of day"),
        (r"\b(?:für )?den (?:rest des (?:tages|days)|ganzen tag)\b", "end of day"),
        (r"\b(?:zum|am|den) (\d{1,2})(?:\.(?= )|$)", r"the \1th"),
        (r"\bende des (?:arbeits)?(?:tages|days)\b", "end of day"),
        (r"\b(?:nächste[rn]?|kommende[rn]?) (?=[a-z]+day\b|days|weeks)", "next "),
        (r"\bdiese[rn] (?=[a-z]+day\b)", "this "),
        (r"\bam (?=[a-z]+day\b|\d)", "on "),
        (r"\b(?:in|innerhalb) (?:der |den )?nächsten ", "in the next "),
        (r"\binnerhalb (?:von )?", "within "),
        (r"\bzwischen\b", "between"),
        (r"\bund\b", "and"),
        (r"^(?:von|ab) (?=.+ bis )", "from "),
        (r"\bfür (?=\d|1 )", ""),
        (r"\bbis(?: zum?| um| gegen| am(?= on))?\b", "until"),
        (r"\b(?:um|gegen)\b", "at"),
        (r"\bkurz (?:vor|nach) (?=\d)", ""),
        (r"\bvor (?=\d|noon|end of)", "before "),
    )
)


_BACK = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"^until\b", "bis"),
        (r"\bfirst thing tomorrow\b", "morgen früh"),
        (r"\bday after tomorrow\b", "übermorgen"),
        (r"\btomorrow\b", "morgen"),
        (r"\btoday\b", "heute"),
        (r"\b1 hour\b", "1 Stunde"),
        (r"\b1 minute\b", "1 Minute"),
        (r"\b1 day\b", "1 Tag"),
        (r"\bhours?\b", "Stunden"),
        (r"\bminutes?\b", "Minuten"),
        (r"\bdays\b", "Tagen"),
        (r"\bbetween (.+) and\b", r"zwischen \1 und"),
        (r"\bon (?=[a-z]+day\b)", "am "),
        (r"\bat (?=\d)", "um "),
        *((rf"\b{english}\b", german.capitalize()) for german, english in _DAYS.items() if german != "sonnabend"),
    )
)


def in_german(phrase: str) -> str:
    """Say a phrase of ours as somebody types it in German."""
    for pattern, instead in _BACK:
        phrase = pattern.sub(instead, phrase)
    return phrase


def in_english(text: str) -> str:
    """Say a German phrase in the words of the readers, in small letters; any other stays as it is."""
    if not _GERMAN.search(text):
        return text
    text = _UMLAUTS.sub(lambda found: found[0].replace("ue", "ü").replace("ae", "ä").replace("oe", "ö"), text)
    text = _APART.sub("dreiviertel", text)
    text = _SHORT_DAY.sub(lambda found: f"{_SHORT_DAYS[found[1]]} ", text)
    text = _WORD.sub(lambda found: _WORDS[found[0]], text)
    # Half three is half past two, to everybody who says it in German, and a quarter three is a quarter past two.
    text = _HALF.sub(lambda found: f"{_PAST[found[1]]} past {(int(found[2]) - 2) % 12 + 1}", text)
    for pattern, instead in _SAME:
        text = pattern.sub(instead, text)
    return " ".join(text.split())
