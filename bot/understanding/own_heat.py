"""What whoever answers says that they said themselves: heated words of theirs are no abuse they have to bear. Pure."""

from __future__ import annotations

import re

from bot.safety.plain import folded
from bot.understanding.sieve import sieve

_CUSTOMER = (
    r"(?:the|a|an|my|our|that|this|one) (?:\w+ )?(?:customer|client|guest|caller|patient|tenant|passenger|user|member|"
    r"visitor)"
)
_THEM = rf"(?:him|her|them|{_CUSTOMER}|(?:the|a|that|this) (?:\w+ )?(?:man|woman|lady|guy|person|couple|kid|driver))"
_IHN = (
    r"(?:ihn|ihm|ihr|sie|ihnen|(?:zu )?(?:de[mnr]|die|eine[mnr]?|meine[mnr]?|zur|zum) (?:\w+ )?"
    r"(?:kund\w+|gast|gaest\w+|anrufer\w*|mieter\w*|patient\w*|frau|mann|herrn|dame|fahrgast))"
)
_HEATED_AT = (
    r"(?:called|told|said to|swore at|sworn at|cursed at|insulted|yelled at|shouted at|screamed at|snapped at|mocked|"
    r"humiliated|laughed at)"
)
_COLLEAGUE = (
    r"(?:(?:my|our|a|the|another|last|previous|one of (?:my|our)) )*(?:\w+ )?"
    r"(?:colleague|co-?worker|team ?mate|trainee|agent|rep|(?:night|day|late|early) (?:shift|team))s?"
)
_GO_ON = (
    r"(?=[.;!?\n]|, (?:he|she|they|now|and|but|so|because|then|what|how|my|the)\b"
    r"| (?:but|after|because|cos|when|while|since|so|then)\b"
    r"| and (?:he|she|they|now|the|my|it|that|who|what|you|i|wants|demands|is|was|has)\b|$)"
)
_WEITER = (
    r"(?=[.;!?\n]|,? (?:aber|weil|nachdem|als|jetzt|nun|was|wie|denn|da|weshalb|danach)\b"
    r"| und (?:er|sie|jetzt|nun|der|die|dann|ich|das|was)\b|$)"
)
_SAID = re.compile(
    rf"(?:\bi(?:'ve| have)?(?: (?:just|have|had|kind of|sort of|totally|completely|basically|then|also|only|really|"
    rf"accidentally|may have|might have))* {_HEATED_AT} {_THEM}|\b{_HEATED_AT} {_CUSTOMER}"
    rf"|\b(?:says?|said|claims|complains) (?:that )?(?:the|our|my|a|your) \w+ {_HEATED_AT} {_THEM})\b"
    rf"(?P<more>.*?){_GO_ON}",
    re.IGNORECASE | re.DOTALL,
)
_GESAGT = re.compile(
    rf"(?:\bich |^)(?:hab|habe|hab's|hatte)(?: \w+){{0,3}}? {_IHN}\b"
    rf"(?P<more>(?:(?!\b(?:der|die|wo|hat|dran|am)\b)[^.,;!?\n])*?"
    rf"\b(?:genannt|gesagt|beschimpft|beleidigt|angeschrien|angebruellt|angebrüllt|geheissen|geheißen)\b.*?){_WEITER}"
    rf"|\bmir ist (?:\w+ ){{0,3}}(?:he)?rausgerutscht(?P<slipped>.*?){_WEITER}",
    re.IGNORECASE | re.DOTALL,
)
# What a colleague did to a customer, told by whoever answers that customer now.
_OF_COLLEAGUES = re.compile(
    rf"^\s*{_COLLEAGUE}(?:'s|'ve| has| had| have)?(?: just)? "
    rf"(?:{_HEATED_AT}|cut|hung up on|put the phone down on|(?:was|were) (?:\w+ )?(?:rude|nasty|abusive|mean) to) "
    rf"(?:{_THEM}|customers?|clients?)\b(?: before me)?(?P<more>.*?){_GO_ON}",
    re.IGNORECASE | re.DOTALL,
)
# Where one of these is in it, somebody may have said it to us.
_TO_US = re.compile(r"\b(?:me|us|my|our|colleague|staff|mi[rc]h?|uns|(?:mein|unser|kolleg)\w*)\b", re.IGNORECASE)


_MYSELF = re.compile(r"(?:i|i've|ich|mir)\b", re.IGNORECASE)
_HEATED = frozenset(("insult", "swearing", "slur", "sexual", "person"))


def without_own(text: str) -> str:
    """Leave out the heated words they or a colleague said to a customer; what the customer said stays."""
    plain = text.replace("’", "'")
    theirs = _OF_COLLEAGUES.sub(lambda found: found[0] if _TO_US.search(found["more"]) else " ", plain)
    theirs = _GESAGT.sub(_unless_to_us, _SAID.sub(_unless_to_us, theirs))
    return theirs if theirs != plain else text


def tells_of_own(text: str) -> bool:
    """Say whether they lost their temper themselves, and no colleague of theirs."""
    plain = text.replace("’", "'")
    found = (*_SAID.finditer(plain), *_GESAGT.finditer(plain))
    return any(_is_own(one) and (not one.start() or _MYSELF.match(one[0])) for one in found)


def _unless_to_us(found: re.Match[str]) -> str:
    return " " if _is_own(found) else found[0]


def _is_own(found: re.Match[str]) -> bool:
    more = found.groupdict().get("more") or found.groupdict().get("slipped") or ""
    return not _TO_US.search(more) and _is_heated(found[0])


def _is_heated(said: str) -> bool:
    english = {kind for kind, _number in sieve("understanding/heat").holding(said.lower())}
    return not _HEATED.isdisjoint(english) or any(sieve("understanding/heat_de").holding(folded(said)))
