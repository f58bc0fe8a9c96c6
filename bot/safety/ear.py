"""Hearing danger in one language: its rules, and how it says who speaks and who is spoken of. Pure."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, NamedTuple

from bot.safety.patterns import BEGIN, Line, Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Danger(enum.StrEnum):
    """Who is in danger, and how."""

    AGENT = "agent"  # whoever writes to us
    SELF_HARM = "self-harm"  # somebody may harm themselves
    THREAT = "threat"  # somebody threatens people, or has a weapon
    PERSON = "person"  # somebody is in danger of others, who may listen, or it isn't said of what
    ACCIDENT = "accident"  # somebody is in danger of illness, injury or poison, or is lost
    FIRE = "fire"  # an accident of fire, smoke or gas
    POISON = "poison"  # somebody has swallowed what may kill them, by mistake or on purpose
    ATTACK = "attack"  # somebody is armed or violent where people work
    BOMB = "bomb"  # somebody threatens with a bomb, or left what may be one
    EXPOSED = "exposed"  # what is private to whoever writes is made public

    @property
    def broad(self) -> Danger:
        """Which danger it is one of: how others are told of it, and what is said when a case goes on."""
        return _BROAD.get(self, self)


_BROAD = {
    Danger.FIRE: Danger.ACCIDENT,
    Danger.POISON: Danger.ACCIDENT,
    Danger.ATTACK: Danger.THREAT,
    Danger.BOMB: Danger.THREAT,
    Danger.EXPOSED: Danger.THREAT,
}
_FINER = {  # what each may turn out to be, when it is looked at again
    Danger.SELF_HARM: (Danger.POISON,),
    Danger.ACCIDENT: (Danger.POISON, Danger.FIRE),
    Danger.ATTACK: (Danger.BOMB,),
    Danger.THREAT: (Danger.BOMB,),
}


class Persons(NamedTuple):
    """How a language says whose words they are, and whom they speak of."""

    labelled: re.Pattern[str]
    told: re.Pattern[str]
    theirs: re.Pattern[str]
    mine: re.Pattern[str]
    unsaid: re.Pattern[str]

    def are_told(self, words: str, line: str) -> bool:
        """Say whether somebody tells what another one said."""
        return self.are_quoted(words) or bool(self.told.search(line))

    def are_quoted(self, words: str) -> bool:
        """Say whether somebody gives the very words of another one."""
        return bool(_QUOTED.search(words) or self.labelled.match(words))

    def speak_of_oneself(self, line: str, found: re.Match[str]) -> bool:
        """Say whether what was found is said of whoever writes."""
        clause = f" {line[: found.end() + 1].rpartition(' . ')[2].strip(f' {BEGIN}')} "
        if self.theirs.search(clause) and not self.mine.search(found[0] + " "):
            return False
        return bool(self.mine.search(clause) or self.unsaid.match(clause))


class Said(NamedTuple):
    """Words as one language reads them."""

    words: str
    line: Line
    without: Line  # idioms
    meant: Line  # without what is said of animals, too


_TO_ONESELF = (Danger.SELF_HARM, Danger.ACCIDENT)  # what somebody may be told to do to themselves
_DONE_TO_SOMEBODY = {Danger.ACCIDENT, Danger.THREAT}  # by another one, who may listen
_VOICES = ("voices", "voice", "stimmen", "stimme")  # whoever hears them say so is in danger, and nobody is abusive
_QUOTED = re.compile(r"[\"“”„«»]")


class Ear:
    """Hears one language, by the rules of its folder."""

    def __init__(self, folder: str, plain: Callable[[str], str], persons: Persons, keeps: Iterable[str]) -> None:
        """Idioms are not taken out where a word of the lists that it keeps stands within them."""
        self._plain, self._persons = plain, persons
        self._idioms = Rules(f"{folder}idioms", never_between=keeps)
        self._pressure, self._own = Rules(f"{folder}pressure"), Rules(f"{folder}agent")
        self._law_firm = Rules(f"{folder}law_firm")
        self._maybe, self._weary = Rules(f"{folder}maybe"), Rules(f"{folder}weary")
        self._animal = Rules(f"{folder}animal", never_between=keeps)
        self._elsewhere = Rules(f"{folder}elsewhere")
        self._child = Rules(f"{folder}child")
        self._urged = Rules(f"{folder}urged", never_between=_VOICES)
        self._by_kind = {
            Danger.SELF_HARM: Rules(f"{folder}self_harm"),
            Danger.ATTACK: Rules(f"{folder}attack"),
            Danger.PERSON: Rules(f"{folder}person"),
            Danger.ACCIDENT: Rules(f"{folder}accident"),
            Danger.EXPOSED: Rules(f"{folder}exposed"),
            Danger.THREAT: Rules(f"{folder}threat"),
        }
        self._finer = {kind: Rules(f"{folder}{kind}") for kind in (Danger.POISON, Danger.FIRE, Danger.BOMB)}

    def listen(self, words: str) -> Said:
        """Read words once, for everything that is asked of them."""
        line = Line(self._plain(words)).as_whole()
        without = self._idioms.taken_out(line)
        return Said(words, line, without, self._animal.taken_out(without))

    def is_told(self, said: Said) -> bool:
        """Say whether somebody tells what another one said."""
        return self._persons.are_told(said.words, said.line.text)

    def danger_in(self, said: Said, *, told: bool) -> Danger | None:
        """Say which danger words tell of, if any; what is told is not said of whoever writes."""
        if not told and self._own.first(said.meant):
            return Danger.AGENT
        found = {kind: match for kind, rules in self._by_kind.items() if (match := rules.first(said.meant))}
        harm = found.get(Danger.SELF_HARM)
        if not found.keys().isdisjoint(_TO_ONESELF) and self._is_urged(said):
            return Danger.THREAT
        if harm and not told and self._persons.speak_of_oneself(said.meant.text, harm):
            return Danger.AGENT
        if Danger.ATTACK in found and self._elsewhere.first(said.meant):
            del found[Danger.ATTACK]
        if harm is None and found.keys() >= _DONE_TO_SOMEBODY and not self._is_done_to_us(found, said):
            return Danger.PERSON
        return self._look_again(next(iter(found), None), said)

    def _is_done_to_us(self, found: Mapping[Danger, re.Match[str]], said: Said) -> bool:
        """Say whether somebody is violent to whoever writes, or to those beside them."""
        return Danger.ATTACK in found and self._persons.mine.search(said.meant.text) is not None

    def _look_again(self, kind: Danger | None, said: Said) -> Danger | None:
        """Say more exactly which danger it is: fire is no fall, and a bomb no word."""
        return next((one for one in _FINER.get(kind, ()) if self._finer[one].first(said.meant)), kind) if kind else None

    def _is_urged(self, said: Said) -> bool:
        """Say whether somebody is told to die, and nothing else tells of harm."""
        urged = self._urged.first(said.meant)
        if urged is None or (self._persons.are_quoted(said.words) and self._persons.mine.search(f"{urged[0]} ")):
            return False  # whoever is quoted with "I" speaks of themselves
        rest = self._urged.taken_out(said.meant)
        return all(self._by_kind[kind].first(rest) is None for kind in _TO_ONESELF)

    def may_be_danger(self, said: Said) -> bool:
        """Say whether words that are no clear danger may tell of one."""
        return self._maybe.first(said.meant) is not None

    def is_weary(self, said: Said) -> bool:
        """Say whether whoever writes is at the end of their strength."""
        return self._weary.first(said.line) is not None

    def is_of_animal(self, said: Said) -> bool:
        """Say whether an animal is in danger."""
        return said.meant.text != said.without.text

    def is_of_child(self, said: Said) -> bool:
        """Say whether a child is alone somewhere."""
        return self._child.first(said.meant) is not None

    def is_pressure(self, said: Said) -> bool:
        """Say whether words tell of lawyers, the press or a regulator, and not of a customer who is one."""
        if self._pressure.first(said.line) is None:
            return False
        return self._pressure.first(self._law_firm.taken_out(said.line)) is not None
