"""Quoting the words that decided, and never what anybody writes. Pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.understanding.linear import Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

_SAID = """
    a am an and are as at be been being but by did do does for from had has have he her him his i if im in is it
    its just me my no not of on or our she so than that the their them then there they this to up was we were what
    when which who will with you your say says said saying tell tells told telling ask asks asked write writes
    wrote want wants wanted need needs himself herself themselves myself customer customers client caller user guy
    somebody someone person people please thanks really very now today like get got about how can could would
    should going know help hello hi one thing something because also still too us hes shes theyre youre ive id ill
    dont doesnt didnt isnt wasnt arent werent havent hasnt hadnt wont wouldnt cant cannot couldnt shouldnt thats
    theres whats lets let gonna wanna go goes come make made take put keep way bit lot after before again already
    back down even every here into more most much off only other out over own same some such these those though
    through until while why where well yes yeah ok okay oh mr mrs ms dr sir madam maam keeps keeping kept comes
    came doing done makes takes gets getting using use used any anybody anyone anything anymore anyway ever another both
    turn turns turned took taken day days morning afternoon evening night tonight second third
    each either else few less many everybody everyone everything none quite rather since yet soon things give gives
    given giving gave try all trying tried seem seems may might must shall maybe look looks see sees seen
"""
FILLER = frozenset(
    _SAID.split()
)  # words of any complaint: they help to rank, and are no reason that anybody would give
_GERMAN = """
    ich du er sie es wir ihr mich mir sich uns der die das den dem des ein eine einen einem einer und oder aber ist sind
    war hat habe haben wird werde kann will soll muss nicht kein keine mit von zu zum zur im am auf aus bei nach für um
    an in so wie was wer wo wenn dass weil noch schon nur auch mal da hier jetzt gerade immer wieder man bitte danke
    kunde kundin kunden sagt meint schreibt fragt ganz sehr doch denn mein meine sein seine ihre unser unsere
    bin bist seid hab hatte hatten wäre hätte würde wurde worden werden könnte können müssen sollen sollte wollen möchte
    alle alles mehr halte hält macht mache machen lässt lasse lassen tut tun gibt geben sagen sage gesagt etwas nichts
    einfach eigentlich dann also sonst als über unter seit dafür davon darauf daran ihn ihm ihnen ihren ihrem ihrer euch
    dir dich meinem meinen meiner seinem seinen seiner unserem unseren dieser diese dieses diesem diesen jemand beim ob
    total echt richtig voll bloß nun damit dabei wieso warum weiß kommt kommen bleibt anrufer anruferin
"""
GERMAN_FILLER = frozenset(_GERMAN.split())
_DECIDING = 0.4  # share of the best word's credit that a word needs to be quoted
_QUOTED = 3  # words at most: more is no reason, but the text once more


def quote(reasons: Sequence[Reason], telling: Collection[str]) -> str:
    """Quote the words that decided and tell of it, as they stand: neighbours together, the rest with commas between."""
    first = {one.known: place for place, one in reversed(list(enumerate(reasons)))}  # a word is quoted once
    found = [place for place in first.values() if reasons[place].credit > 0 and reasons[place].known in telling]
    best = sorted(found, key=lambda place: -reasons[place].credit)[:_QUOTED]
    enough = reasons[best[0]].credit * _DECIDING if best else 0.0
    quoted, end = "", -2
    for one in (reasons[place] for place in sorted(best) if reasons[place].credit >= enough):
        quoted += (" " if one.start == end + 1 else ", ") + one.word  # a comma between two parts them
        end = one.end
    return quoted.removeprefix(", ")


@cache
def telling_words(path: Path) -> Mapping[str, frozenset[str]]:
    """Read which words tell of each situation: a line each, its name, a colon, words. Raises OSError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: frozenset(words.split()) for name, _colon, words in (line.partition(":") for line in lines)}


def tells(word: str, filler: Collection[str] = FILLER) -> bool:
    """Say whether a word is more than anybody writes."""
    return word[0].isalpha() and word.lower().replace("'", "").replace("’", "") not in filler
