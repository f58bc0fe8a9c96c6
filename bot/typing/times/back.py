"""Days and periods that were, as people type them in English and German: "last monday", "letzter Monat". Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.typing.times.days import WEEKDAY, WEEKDAYS, find_days
from bot.typing.times.german import in_english

if TYPE_CHECKING:
    from datetime import date

_AGO = {"now": 0, "yesterday": 1, "day before yesterday": 2}  # days
_WEEKDAY = re.compile(rf"(?P<last>(?:(?:this )?past|last|previous) )?(?P<day>{WEEKDAY})\.?")
_SINCE = re.compile(r"^(?:since|from|as of|on|seit|ab|vom|am)(?: (?:the|dem|den))? ")
_GERMAN = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), instead)
    for pattern, instead in (
        (r"(?:in |seit )?(?:der|die|das|dem|den|des|im|vom|zum)", ""),
        (r"(?:letzt|vorig|vergangen)e[nmrs]?", "last"),
        (r"(?:dies|aktuell|laufend)e[nmrs]?", "this"),
        (r"([1-4])\. ?quartals?", r"q\1"),
        (r"woche", "week"),
        (r"monats?", "month"),
        (r"quartals?", "quarter"),
        (r"jahre?s?", "year"),
        (r"j(?:ä|ae)nner", "january"),
        (r"vorgestern", "day before yesterday"),
        (r"gestern", "yesterday"),
        (r"jetzt", "now"),
        (r"okt", "oct"),
        (r"dez", "dec"),
    )
)


def looking_back(text: str) -> str:
    """Say a German period or day that was in the words of the readers, in small letters; any other stays as it is."""
    said = text.lower()
    for pattern, instead in _GERMAN:
        said = pattern.sub(instead, said)
    return " ".join(in_english(said).split())


def days_that_were(text: str, today: date) -> tuple[date, ...] | None:
    """Find every date a day may be to whoever looks back; None where no day is named."""
    said = looking_back(_SINCE.sub("", text.lower().strip()))
    if said in _AGO:
        return (today - timedelta(days=_AGO[said]),)
    if found := _WEEKDAY.fullmatch(said):
        ago = (today.weekday() - WEEKDAYS.index(found["day"][:3])) % len(WEEKDAYS)
        if found["last"] and not ago:
            ago = len(WEEKDAYS)
        return (today - timedelta(days=ago),)
    named = [day for day in find_days(said, today) if not day.rest.strip() and day.part is None]
    return tuple(dict.fromkeys(one for day in named for one in day.dates)) if named else None
