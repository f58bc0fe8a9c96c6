"""The reference of a case in front of what people type, as help desks write theirs. Pure."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:(?:the|my|der|mein) )?"
    r"(?:case|ticket|fall|vorgang|anfrage|request|chat|(?:order|bestellung)(?=\W+\d{4}))s?\b(?![-_/])"
    r"(?:\s*(?:no\b|nr\b|num(?:ber)?\b|nummer\b|id\b)\.?)?\s*[:#]?\s*(?=\S*\d)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[A-Za-z0-9][\w#/.-]*")
_COUNTED = re.compile(
    r"(?:errors?|fehler|eur(?:os?)?|€|£|\$|usd|gbp|zar|inr|dollars?|pounds?|rand|rupees|orders?|bestellungen"
    r"|times?|x|mal|hours?|h|days?|min\w*|weeks?|customers?|people|stunden?|tagen?|wochen?|kunden)(?!\w)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"[A-Za-z][A-Za-z0-9]*-\d+|#[A-Za-z0-9-]*\d|\d{3,}"  # CASE-42, #1234, 10442
    r"|[A-Za-z]{2,8}[-_#/.]?\d{4,}|[A-Za-z]{1,8}#\d+"  # INC0012345, ZD#88231
    r"|(?i:case|ticket|tkt|fall|vorgang|inc|req|sr|cs|zd)\d+"
    r"|[A-Za-z]{1,8}(?:[-_/.]\d+){1,4}"  # CS-2026/11-0042
)
_ADDRESS = re.compile(r"https?://[^\s/]+/\S*", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=[/=])[A-Za-z]{0,8}-?\d{2,}(?=[/?#&.,]|$)")
_NAMED = re.compile(
    r"(?:(?:to|an|ask)\s+)?(?!(?:in|im|to|an|for|für|the|der|my|mein)\b)[^\W\d]{2,}(?:\s[^\W\d]{2,})??[,:]?\s+"
    r"(?=(?:case|ticket|fall|order|bestellung)\W+\d{2,}|[A-Z]+-\d)",
    re.IGNORECASE,
)
_AT_END = re.compile(r"(?:^|[\s(])(?:(?i:case|ticket|fall|vorgang)\s+(#?[\w-]*\d)|([A-Z]{2,}-\d+|#\d{2,}))[)\].!]*$")
_BEFORE, _BEHIND = "\"'([{|", "\"')]}|:,;.!"


def take_case(words: str) -> tuple[str, str]:
    """Take a case off the front; an address of one stays in the words, for it can be followed."""
    if (address := _ADDRESS.match(words)) is not None:
        found = _IN_ADDRESS.findall(address[0])
        return (found[-1], words) if found else ("", words)
    label = _LABEL.match(words)
    head, _space, behind = (words[label.end() :] if label else words).partition(" ")
    case, behind = head.strip(_BEFORE).rstrip(_BEHIND), behind.strip()
    if label is not None and _LABELLED.fullmatch(case) and not _COUNTED.match(behind):
        return case, behind
    if label is not None or not _BARE.fullmatch(case) or (case.isdigit() and _COUNTED.match(behind)):
        return "", words
    return case.lstrip("#"), behind


def case_behind_name(words: str) -> str:
    """Find the case behind a name or two that words begin with; empty if anything else stands there."""
    name = _NAMED.match(words)
    return take_case(words[name.end() :])[0] if name is not None else ""


def case_at_end(words: str) -> str:
    """Find the case that a sentence ends in, where it can be nothing else: "omar had this case before CASE-42"."""
    found = _AT_END.search(words)
    return (found[1] or found[2]).lstrip("#") if found is not None else ""


def spelled_otherwise(case: str) -> set[str]:
    """List how a case may have been typed before: with its letters, or by its number alone."""
    whole = case.strip().lower()
    number = re.search(r"\d+$", whole)
    return {whole, number[0]} if number is not None else {whole}


def is_called(case: str, typed: str) -> bool:
    """Say whether a case is the one that is typed, in full or by its number alone."""
    whole, said = case.strip().lower(), typed.strip().lower()
    return whole == said or (said.isdigit() and re.search(rf"(?<!\d){said}$", whole) is not None)


def same_case(one: str, other: str) -> bool:
    """Say whether two ways of typing a case mean the same one."""
    return is_called(one, other) or is_called(other, one)
