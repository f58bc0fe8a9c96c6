"""What words tell of: danger, before anything else; or pressure, which a supervisor should know of. Pure."""

from __future__ import annotations

import enum
import re

from bot.safety.patterns import Rules
from bot.safety.plain import plain


class Danger(enum.StrEnum):
    """Who is in danger, and how."""

    AGENT = "agent"  # whoever writes to us
    SELF_HARM = "self-harm"  # somebody may harm themselves
    THREAT = "threat"  # somebody threatens people, or has a weapon
    PERSON = "person"  # somebody is in danger: of others, of illness, of fire


# Between the words of an idiom stand no person, harm or means: "killing myself after a call" is no "kill the call".
_IDIOMS = Rules("idioms", never_between=("{pronoun}", "{self}", "{human}", "{maim}", "{brink}", "{deadly}", "{grave}"))
_PRESSURE, _OWN, _MAYBE = Rules("pressure"), Rules("agent"), Rules("maybe")
_BY_KIND = {
    Danger.SELF_HARM: Rules("self_harm"),
    Danger.PERSON: Rules("person"),
    Danger.THREAT: Rules("threat"),
}
_QUOTED = re.compile(r"[\"“”„«»]")
_LABELLED = re.compile(r"^\W*(?:customer|client|caller|user|guest|visitor)\b[^:.]{0,20}:", re.IGNORECASE)
_OTHERS = (
    "he|she|they|customer|client|caller|user|guy|man|woman|lady|girl|boy|kid|teen|teenager|somebody|someone|who|person"
)
_SAY = (
    "says|said|saying|wrote|writes|write|writing|tells|told|telling|typed|types|texted|texts|messaged|posted|posts|"
    "claims|claimed|replied|replies|screams|screamed|mentions|mentioned|goes|chat|announced"
)
_TOLD = re.compile(rf" (?:{_OTHERS})(?: [^\W_]+){{0,4}} (?:{_SAY}) ")
_THEIRS = re.compile(
    r" (?:he|she|they|him|her|his|their|himself|herself|themselves|customer|caller|client|user|wants) "
)
_MINE = re.compile(r" (?:i|me|my|myself) ")
_UNSAID = re.compile(r"^ (?:feeling|feel|thinking|having|am|not|do not|can not|really|honestly|just|want) ")


def danger_in(words: str) -> Danger | None:
    """Say which danger words tell of, if any. Rather once too often."""
    line = _IDIOMS.taken_out(plain(words))
    told = bool(_QUOTED.search(words) or _LABELLED.match(words) or _TOLD.search(line))
    if not told and _OWN.first(line):
        return Danger.AGENT
    found = {kind: match for kind, rules in _BY_KIND.items() if (match := rules.first(line))}
    if (harm := found.get(Danger.SELF_HARM)) and not told and _speaks_of_oneself(line, harm):
        return Danger.AGENT
    return next(iter(found), None)


def may_be_danger(words: str) -> bool:
    """Say whether words that are no clear danger may tell of one: a line for whoever knows more than we do."""
    return _MAYBE.first(_IDIOMS.taken_out(plain(words))) is not None


def is_pressure(words: str) -> bool:
    """Say whether words tell of lawyers, the press or a regulator."""
    return _PRESSURE.first(plain(words)) is not None


def _speaks_of_oneself(line: str, found: re.Match[str]) -> bool:
    clause = f" {line[: found.end() + 1].rpartition(' . ')[2].strip()} "
    if _THEIRS.search(clause) and not _MINE.search(found[0] + " "):
        return False
    return bool(_MINE.search(clause) or _UNSAID.match(clause))
