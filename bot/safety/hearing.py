"""What words tell of: danger, before anything else; or pressure, which a supervisor should know of. Pure.

Whoever is in distress writes in their own language: every language is heard, whichever one somebody reads.
"""

from __future__ import annotations

import re
from functools import cached_property

from bot.safety.ear import Danger, Ear, Persons
from bot.safety.plain import plain, plain_german

__all__ = ["Danger", "Heard", "danger_in", "is_pressure", "may_be_danger"]

_OTHERS = (
    "he|she|they|customer|client|caller|user|guy|man|woman|lady|girl|boy|kid|teen|teenager|somebody|someone|who|person"
)
_WRITTEN = "(?:chat|mail|email|message|letter|note|text|review)"
_IN_WRITING = f"in (?:the|his|her|their|a) {_WRITTEN}|{_WRITTEN} says"
_SAY = (
    "says|said|saying|wrote|writes|write|writing|tells|told|telling|typed|types|texted|texts|messaged|posted|posts|"
    "claims|claimed|replied|replies|screams|screamed|mentions|mentioned|goes|chat|announced"
)
# Between the words of an idiom stand no person, harm or means: "killing myself after a call" is no "kill the call".
_ENGLISH = Ear(
    "",
    plain,
    Persons(
        labelled=re.compile(r"^\W*(?:customer|client|caller|user|guest|visitor)\b[^:.]{0,20}:", re.IGNORECASE),
        told=re.compile(rf" (?:(?:{_OTHERS})(?: [^\W_]+){{0,4}} (?:{_SAY})|{_IN_WRITING}) "),
        theirs=re.compile(
            r" (?:he|she|they|him|her|his|their|himself|herself|themselves|customer|caller|client|user|wants) "
        ),
        mine=re.compile(r" (?:i|me|my|myself) "),
        unsaid=re.compile(r"^ (?:feeling|feel|thinking|having|am|not|do not|can not|really|honestly|just|want) "),
    ),
    keeps=("{pronoun}", "{self}", "{human}", "{maim}", "{brink}", "{deadly}", "{grave}"),
)
_ANDERE = (
    "er|sie|der|die|kunde|kundin|kunden|anrufer|anruferin|nutzer|nutzerin|mann|frau|typ|maedchen|junge|jemand|herr|"
    "dame|gast|mandant|patient|patientin|mieter|person"
)
_SAGEN = (
    "sagt|sagte|gesagt|schreibt|schrieb|geschrieben|meint|meinte|erzaehlt|erzaehlte|behauptet|droht|drohte|tippt|"
    "schreit|bruellt|fluestert|antwortet|erwaehnt|ruft|weint"
)
_SCHRIFTLICH = "(?:im|in der|in seiner|in ihrer|in einer) (?:chat|mail|nachricht|bewertung)"
_GERMAN = Ear(
    "de/",
    plain_german,
    Persons(
        labelled=re.compile(r"^\W*(?:kund\w*|anrufer\w*|nutzer\w*|gast|chat)\b[^:.]{0,20}:", re.IGNORECASE),
        told=re.compile(
            rf" (?:(?:{_ANDERE})(?: [^\W_]+){{0,4}} (?:{_SAGEN})|(?:{_SAGEN}) (?:mir |uns )?(?:{_ANDERE})|laut|hoere"
            rf"|{_SCHRIFTLICH}) "
        ),
        theirs=re.compile(
            r" (?:er|sie|ihn|ihm|ihr|ihre|sein|seine|sich|selbst|kunde|kundin|kunden|anrufer|anruferin|nutzer|will er) "
        ),
        mine=re.compile(r" (?:ich|mich|mir|mein|meine|meinem|meinen) "),
        unsaid=re.compile(r"^ (?:will|mag|moechte|kann|denke|denk|habe|bin|einfach|nur|nicht|am liebsten) "),
    ),
    keeps=("{selbst}", "{mensch}", "{deadly}", "{grave}"),
)
_EARS = (_ENGLISH, _GERMAN)


class Heard:
    """What words tell of: read once, and each thing is worked out when it is asked for."""

    def __init__(self, words: str) -> None:
        self._by_ear = [(ear, ear.listen(words)) for ear in _EARS] if words else []

    @cached_property
    def danger(self) -> Danger | None:
        """Which danger they tell of, if any. Rather once too often."""
        told = any(ear.is_told(said) for ear, said in self._by_ear)  # people quote one language in another
        return next((danger for ear, said in self._by_ear if (danger := ear.danger_in(said, told=told))), None)

    @cached_property
    def may_be_danger(self) -> bool:
        """Whether words that are no clear danger may tell of one: a line for whoever knows more than we do."""
        return any(ear.may_be_danger(said) for ear, said in self._by_ear)

    @cached_property
    def has_idiom(self) -> bool:
        """Whether they hold words that sound of danger and mean none."""
        return any(said.without is not said.line for _ear, said in self._by_ear)

    @cached_property
    def is_weary(self) -> bool:
        """Whether whoever writes is at the end of their strength, and tells of themselves."""
        told = any(ear.is_told(said) for ear, said in self._by_ear)
        return not told and any(ear.is_weary(said) for ear, said in self._by_ear)

    @cached_property
    def is_of_animal(self) -> bool:
        """Whether an animal is in danger: urgent, and no crisis of a person."""
        return any(ear.is_of_animal(said) for ear, said in self._by_ear)

    @cached_property
    def is_of_child(self) -> bool:
        """Whether a child is alone somewhere: it needs somebody who stays, and no emergency number."""
        return any(ear.is_of_child(said) for ear, said in self._by_ear)

    @cached_property
    def is_pressure(self) -> bool:
        """Whether they tell of lawyers, the press or a regulator."""
        return any(ear.is_pressure(said) for ear, said in self._by_ear)


def danger_in(words: str) -> Danger | None:
    """Say which danger words tell of, if any."""
    return Heard(words).danger


def may_be_danger(words: str) -> bool:
    """Say whether words that are no clear danger may tell of one."""
    return Heard(words).may_be_danger


def is_pressure(words: str) -> bool:
    """Say whether words tell of lawyers, the press or a regulator."""
    return Heard(words).is_pressure
