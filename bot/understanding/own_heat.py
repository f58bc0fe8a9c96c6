"""What whoever answers says that they said themselves: heated words of theirs are no abuse they have to bear. Pure."""

from __future__ import annotations

import re

from bot.safety.plain import folded
from bot.understanding.sieve import sieve

_THEM = (
    r"(?:him|her|them|(?:the|a|an|my|that|this|one) (?:\w+ )?(?:customer|client|guest|caller|patient|tenant|passenger|"
    r"user|man|woman|lady|guy|person|couple|kid|driver|member|visitor))"
)
_IHN = (
    r"(?:ihn|ihm|ihr|sie|ihnen|(?:zu )?(?:de[mnr]|die|eine[mnr]?|meine[mnr]?|zur|zum) (?:\w+ )?"
    r"(?:kund\w+|gast|gaest\w+|anrufer\w*|mieter\w*|patient\w*|frau|mann|herrn|dame|fahrgast))"
)
_GO_ON = (
    r"(?=[.;!?\n]|, (?:he|she|they|now|and|but|so|because|then|what|how|my|the)\b"
    r"| (?:but|after|because|cos|when|while|since|so|then)\b"
    r"| and (?:he|she|they|now|the|my|it|that|who|what|you|i)\b|$)"
)
_WEITER = (
    r"(?=[.;!?\n]|,? (?:aber|weil|nachdem|als|jetzt|nun|was|wie|denn|da|weshalb|danach)\b"
    r"| und (?:er|sie|jetzt|nun|der|die|dann|ich|das|was)\b|$)"
)
_SAID = re.compile(
    rf"\bi(?:'ve| have)?(?: (?:just|have|had|kind of|sort of|totally|completely|basically|then|also|only|really|"
    rf"accidentally|may have|might have))* (?:called|told|said to|swore at|sworn at|cursed at|insulted|yelled at|"
    rf"shouted at|screamed at|snapped at|mocked|humiliated|laughed at) {_THEM}\b.*?{_GO_ON}"
    rf"|\bich (?:hab|habe|hab's|hatte)(?: \w+){{0,3}}? {_IHN}\b(?:(?!\b(?:der|die|wo|hat|dran|am)\b)[^.,;!?\n])*?"
    rf"\b(?:genannt|gesagt|beschimpft|beleidigt|angeschrien|angebruellt|angebrüllt|geheissen|geheißen)\b.*?{_WEITER}",
    re.IGNORECASE | re.DOTALL,
)


# Where one of these is in it, somebody may have said it to us.
_TO_US = re.compile(r"\b(?:me|us|my|our|colleague|staff|mi[rc]h?|uns|(?:mein|unser|kolleg)\w*)\b", re.IGNORECASE)


_MY_CUSTOMER = re.compile(r"\b(?:my|meine[mnr]?) (?=\w*(?:customer|client|guest|caller|kund|gast))", re.IGNORECASE)
_HEATED = frozenset(("insult", "swearing", "slur", "sexual", "person"))


def without_own(text: str) -> str:
    """Leave out the heated words they say they said to a customer; what the customer said before or after stays."""
    plain = text.replace("’", "'")
    theirs = _SAID.sub(lambda found: " " if _is_own(found[0]) else found[0], plain)
    return theirs if theirs != plain else text


def tells_of_own(text: str) -> bool:
    """Say whether they lost their temper themselves."""
    return without_own(text) != text


def _is_own(said: str) -> bool:
    if _TO_US.search(_MY_CUSTOMER.sub("", said)):
        return False
    english = {kind for kind, _number in sieve("heat").holding(said.lower())}
    return not _HEATED.isdisjoint(english) or any(sieve("heat_de").holding(folded(said)))
