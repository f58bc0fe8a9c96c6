"""Which of the words that decided are quoted as a reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.playbooks.training.telling import count_telling
from bot.playbooks.training.texts import Situation
from bot.understanding.linear import Reason
from bot.understanding.quoting import FILLER, GERMAN_FILLER, quote, telling_words
from bot.understanding.situations import TELLING, TELLING_GERMAN, german_situations, situations

if TYPE_CHECKING:
    from pathlib import Path

TELLING_OF_IT = {"crying", "refund", "technician", "never", "turned", "widow"}


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("i can't do this any more", ""),
        ("she seems to be crying again", "crying"),
        ("the refund for the refund", "refund"),
        ("technician never came to the widow", "technician never, widow"),
        ("crying widow wants a refund technician", "crying widow, refund"),
        ("she was crying, never again", "crying, never"),
    ],
)
def test_at_most_three_words_that_tell_of_it_are_quoted(words: str, quoted: str) -> None:
    """Whatever the others were worth to the model, nobody would give them as a reason."""
    reasons = [
        Reason(one[0], one[0], one.start(), one.end(), 1.0 - one.start() / 1000)
        for one in re.finditer(r"[\w']+", words)
    ]
    assert quote(reasons, TELLING_OF_IT) == quoted


def test_a_word_that_spoke_against_it_is_no_reason() -> None:
    """What tells of it elsewhere did not decide here."""
    assert quote([Reason("crying", "crying", 0, 6, -0.1)], TELLING_OF_IT) == ""


def test_a_slip_of_the_fingers_is_quoted_as_it_was_typed() -> None:
    """The word that was meant counts; the words of whoever typed are never mended."""
    assert quote([Reason("cryng", "crying", 0, 5, 1.0)], TELLING_OF_IT) == "cryng"


def _said(author: str, best: str, query: str) -> Situation:
    return Situation(f"{author}-{query}", author, query, "agent", best, frozenset((best,)))


def test_words_tell_of_it_that_several_people_wrote_about_it_alone() -> None:
    """What one author likes to say, things of a trade, and words of any complaint tell of nothing."""
    people = [f"author {number}" for number in range(30)]
    learned = [
        *(_said(person, "empathy", "the widow is crying about the parcel") for person in people),
        *(_said("author 0", "empathy", "bless the gerbil") for _ in people),
        *(_said(person, "fast-fix", "approved parcel is stuck") for person in people),
    ]
    told = [_said("shops", "nothing", "a parcel in the lobby") for _ in people]

    assert count_telling(learned, told, FILLER) == "empathy: crying widow\nfast-fix: approved stuck\n"


@pytest.mark.parametrize(
    ("telling", "known", "filler"),
    [
        (TELLING, situations().known, FILLER),
        (TELLING_GERMAN, german_situations().known, FILLER | GERMAN_FILLER),
    ],
    ids=["english", "german"],
)
def test_every_situation_has_words_that_tell_of_it(
    telling: Path, known: frozenset[str], filler: frozenset[str]
) -> None:
    """What is shipped names every situation that was learned, and no word of any complaint."""
    words = telling_words(telling)
    assert words.keys() == known
    assert min(map(len, words.values())) >= 10
    assert not filler & frozenset().union(*words.values())


@pytest.mark.parametrize(
    ("typed", "of_it", "not_of_it"),
    [
        ("gym member wants out of 12 mth contract, moved 40 miles away", "", "moved"),
        ("hotel was overbooked, kids asleep on the luggage, family waits in the lobby", "", "luggage"),
        ("we agreed the refund 2 wks ago, finance approved it, still pending", "approved", "ago"),
        ("elderly gentleman, his wife passed, form sent back", "wife", "form"),
    ],
)
def test_things_of_a_case_are_no_reason(typed: str, of_it: str, not_of_it: str) -> None:
    """Only words that tell of it stand on the card, whatever things the case is about."""
    reader = situations()
    why = reader.why(typed, next(iter(reader.read(typed).shares)))
    assert of_it in why
    assert not_of_it not in why


@pytest.mark.parametrize(
    ("typed", "small"),
    [
        ("I can't do this anymore today third screamer in a row", "row"),
        ("he's drunk I think", "think"),
        ("kid ran up 312 quid on premium texts", "quid"),
        ("credit limit cut no notice", "notice"),
        ("she'll be in tomorrow", "she'll"),
        ("she says there's no point anymore", "point"),
        ("closing tomorrow wire not sent", "tomorrow"),
        ("kundin rastet aus paket seit 2 wochen weg", "wochen"),
        ("hr. yilmaz ruft zum 5. mal an wg erstattung 89 euro", "euro"),
        ("brüllt ins telefon", "telefon"),
        ("nennt mich schlampe", "nennt"),
        ("falscher artikel im karton statt handy ein stein", "statt"),
    ],
)
def test_small_words_of_time_money_and_thinking_are_no_reason(typed: str, small: str) -> None:
    """They are counted oftener about some, and anybody writes them."""
    readers = (situations(), german_situations())
    quoted = [one.why(typed, best) for one in readers for best in list(one.read(typed).shares)[:1]]
    assert small not in re.findall(r"[\w']+", " ".join(quoted))
