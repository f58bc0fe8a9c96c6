"""How a German text speaks of a time: the look of it, as one pattern."""

from __future__ import annotations

_ABOUT = r"(?:ca\.\s|circa\s|etwa\s|ungefähr\s|rund\s|gut\s|knapp\s)?"
_CLOCK = r"\d{1,2}(?:[:.]\d\d)?"
_NUMBER = (
    r"(?:\d{1,3}|ein(?:e[rmn]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|zehn|zwölf|fünfzehn|zwanzig|dreißig|vierzig|"
    r"wenigen|einigen|paar)"
)
_UNIT = r"(?:minuten?|min\.?|(?:viertel|halben?\s)?stunden?|std\.?|(?:werk|arbeits)?tag(?:en?)?|wochen?)"
_PART = r"(?:früh|morgen|mittag|vormittag|nachmittag|abend|nacht)"
_WEEKDAY = r"(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)"
_NEXT = r"(?:nächste[nrs]?|kommende[nrs]?|diese[nrs]?)"
_MONTH = r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"

GERMAN = (
    rf"(?:(?:um|ab|bis|gegen|vor|nach|spätestens|zwischen|von|so)\s){{0,2}}{_ABOUT}{_CLOCK}"
    rf"(?:\s(?:und|bis|–|-)\s{_CLOCK})?\s?Uhr"
    rf"|(?:gegen|bis|spätestens\sum)\s{_CLOCK}(?=\s(?:geht|ist|sind|läuft|wird|soll|wieder|haben|da|melden)|[,.!]|$)"
    r"|um\s:[0-5]\d"
    rf"|(?:in|binnen|innerhalb\s(?:von|der))\s{_ABOUT}(?:den\s|der\s)?(?:{_NEXT}\s)?(?:{_NUMBER}(?:,?\s(?:bis\s|oder\s)?{_NUMBER})?\s)?"
    rf"{_UNIT}"
    rf"|(?:noch|dauert|nochmals?|weitere|rund|circa|ca\.)\s(?:\w+\s)?{_ABOUT}{_NUMBER}(?:,?\s(?:bis\s|oder\s)?{_NUMBER})?\s{_UNIT}"
    r"|(?:einer|einer\shalben|halben|dreiviertel)\s?stunde|zur\s(?:vollen|halben)\sstunde"
    rf"|(?:über|(?<!guten\s)(?<!heute\s))morgen(?:\s{_PART})?|über\snacht|heute(?:\s(?:{_PART}|noch))?"
    r"|(?:bis\s(?:zum\s)?|gegen\s|am\s|im\slaufe\sdes\s|im\slauf\sdes\s)(?:(?:späten|frühen)\s)?"
    r"(?:mittag|mitternacht|abend|vormittag|nachmittag|tage|feierabend|wochenende)s?"
    r"|(?:mittag|mitternacht|vormittag|nachmittag|feierabend|(?:vor|nach)mittags)"
    rf"|(?:bis\s|am\s|ab\s)?(?:{_NEXT}\s)?{_WEEKDAY}(?:früh|morgen|mittag|vormittag|nachmittag|abend)?"
    r"|zum\swochenende|(?:bis\s|zum\s)?(?:monats|wochen|jahres|quartals|dienst|laden)(?:ende|schluss)"
    r"|(?:noch\s)?vor\s(?:der\s)?(?:laden|schalter|büro)?öffnung|vor\s(?:laden|dienst|büro)?schluss|kw\s?\d{1,2}"
    rf"|(?:ende|anfang|mitte)\s(?:(?:der|{_NEXT})\s)?(?:wochen?|monats?|{_MONTH})|{_NEXT}\s(?:woche|monat)"
    r"|(?:halb|viertel\s(?:vor|nach))\s(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d{1,2})"
    rf"|\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTH})"
)
