"""Whether a bare number in front counts what follows, such as "1 in 5 customers", or is that of an incident. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_THINGS = (
    "customers?|users?|clients?|guests?|members?|people|persons?|colleagues?|agents?|callers?|merchants?|partners?|vendors"
    "|shops?|stores?|branch(?:es)?|sites?|pages?|regions?|countr(?:y|ies)|servers?|tills?|terminals?|cards?|orders?|payments?"
    "|invoices?|refunds?|logins?|calls?|tickets?|cases?|errors?|hours?|minutes?|mins?|seconds?|days?|weeks?|months?|percent"
    "|times|others?|more|third|quarter|half"
)
_GERMAN_THINGS = (
    r"kund\w+|nutzer\w*|gäste?|mitglieder|leute|personen|kolleg\w+|händler\w*|shops?|läden|filialen|märkte|seiten|länder"
    r"|karten\w*|zahlungen|bestellungen|rechnungen|anrufe|stunden|minuten|tagen?|wochen|prozent|weiteren?|anderen?"
)
_LASTS = r"(?:m|mins?|minutes?|minuten?|h|hrs?|hours?|std|stunden?|days?|tagen?)\b"
_GERMAN_LOOKS = "(?:(?!some|all|the|most|our|die|alle|einige|unsere)[a-zäöü]+ )?"
# These can be nothing but a count, even of a number that an open incident has: none of them begins a sentence.
_PART = re.compile(
    rf"[1-9]\d{{0,3}} (?:(?:in|out of|von|aus) (?:\d+|ten|five|every|zehn|fünf|den|unseren)\b(?! ?{_LASTS})"
    r"|(?:out )?of\b|%|percent\b|prozent\b|[a-z]+ (?:in|out of|von) (?:\d+|ten|five|zehn|fünf)\b)"
    r"|1 (?:hour|minute|day|week|stunde|minute|tag|woche)\b"
    r"|(?!1 )[1-9]\d{0,3} (?:hours|minutes|mins|seconds|days|weeks|months|times|more|others?|stunden|minuten|tage"
    r"|wochen|weitere[rn]?|andere[rn]?)\b",
    re.IGNORECASE,
)
# A single one has no article: "1 customer cannot pay". "1 customer portal is down" and "1 payment fails" count nothing.
_ONE = re.compile(
    r"1 (?:(?!some|all|the|our|no|any|every|each)[a-z]+ )?"
    r"(?:customer|user|client|guest|member|person|agent|caller|merchant|partner|shop|store|site|region|country)"
    r" (?:is|was|has|had|can(?:not|['’]t)?|could|couldn['’]t|does|did|still|reports?|reported|says|told|call(?:s|ed))\b"
    r"|(?i:1 (?!die |alle |einige |unsere )(?:[a-zäöü]+ )?(?:kund(?:e|in)|mitglied|person|kolleg(?:e|in)|filiale|laden)"
    r" (?:kann|ist|war|hat|hatte|konnte|meldet|meldete|sagt|ruft|rief|wartet|sieht)\b)"
)
# "1" before several counts nothing.
_MANY = re.compile(
    r"(?!1 )[1-9]\d{0,3} (?:(?:(?!some|all|many|most|few|no|our|the|a|an|any|every|each)[a-z]+ )?"
    rf"(?:{_THINGS})\b(?!:)"
    rf"|[a-z]+s (?:are|were|have|had|can|cannot|can['’]t|could|do|don['’]t|still|report|say|get|wait)\b"
    rf"|(?i:{_GERMAN_LOOKS}(?:{_GERMAN_THINGS})\b(?!:)))"
)

_SENTENCE = re.compile(r"[.!?|](?=\s|$)")
_WORD = re.compile(r"[^\W\d]{3,}")
_STEM = 4  # letters in which words of one family agree: "payments" and "paying", "zahlen" and "Kartenzahlung"
_COMMON = re.compile(
    r"some|all|most|many|few|our|your|their|with|from|that|this|they|ha(?:ve|s)|been|again|more|than|can(?:not)?|not|are|was"
    r"|were|the|and|for|but|fail(?:s|ing|ed)?|die|der|das|den|und|nicht|mit|wir|sie|sind|ist|wieder|einige|alle|können"
    r"|kann|für|bei"
)


def counts_something(words: str) -> bool:
    """Say whether a bare number in front may count what follows: then it need not be that of an incident."""
    return any(one.match(words) for one in (_PART, _ONE, _MANY))


def counts_though_open(words: str, heading: str, others: Iterable[str]) -> bool:
    """Say whether a number may count what follows though an incident of that number is open under this heading.

    Whoever types a number in front nearly always means the incident, and "update 2 users see errors" is how ordinary
    updates begin: each one asked back costs a press in the middle of an incident. So it is only asked where the number
    reads as a count whatever follows ("1 in 5", "2 of the shops", "1 customer cannot"), or where it stands before
    several and what is said is rather about another open incident: "2 shops cannot pay" while #2 is a slow search and
    #1 are failing payments. While it is the only one that is open, nothing else can be meant.
    """
    if _PART.match(words) or _ONE.match(words):
        return True
    said = _SENTENCE.split(words, maxsplit=1)[0]
    return _MANY.match(words) is not None and any(_fits(said, one) > _fits(said, heading) for one in others)


def _fits(said: str, heading: str) -> int:
    """Count the words of a heading that come up in what is said."""
    words = _telling(said)
    return sum(any(_are_alike(one, word) for word in words) for one in _telling(heading))


def _telling(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if not _COMMON.fullmatch(word)}


def _are_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) if len(short) < _STEM else short[:_STEM] in long or long[:_STEM] in short
