"""Which playbook fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbooks.catalogue import Catalogue, load_catalogue
from bot.playbooks.suggest import Suggester
from bot.store.content import SHIPPED_PLAYBOOKS

SHIPPED = load_catalogue(SHIPPED_PLAYBOOKS)
SUGGESTER = Suggester(SHIPPED)


@pytest.mark.parametrize(
    ("words", "playbook"),
    [
        ("she keeps shouting at me", "keep-calm"),
        ("SHE KEEPS SHOUTING AT ME!!!", "keep-calm"),
        ("my hands are shaking and I want to scream", "keep-calm"),
        ("i cant think straight", "keep-calm"),
        ("I typed a nasty answer and nearly sent it", "restrain"),
        ("about to answer back", "restrain"),
        ("he says nobody listens to him", "be-heard"),
        ("this is the third time she has had to repeat it", "be-heard"),
        ("nobody lisens", "be-heard"),
    ],
)
def test_the_fitting_playbook_comes_first(words: str, playbook: str) -> None:
    """What an agent types under stress, slips included, finds the playbook."""
    assert SUGGESTER.suggest(words)[0].playbook_id == playbook


@given(st.text(max_size=300))
def test_ranking_never_fails_and_is_a_ranking(words: str) -> None:
    """Any words give each playbook at most once, best first, with shares that add up to one."""
    found = SUGGESTER.suggest(words)

    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len({one.playbook_id for one in found}) == len(found)
    assert not found or abs(sum(one.score for one in found) - 1) < 1e-6
    assert all(one.why in words or ", " in one.why or " " in one.why for one in found)


@pytest.mark.parametrize("words", ["", "   ", "?!", "🤬", "彼女", "the of and"])
def test_words_that_say_nothing_suggest_nothing(words: str) -> None:
    """No words, no guess."""
    assert SUGGESTER.suggest(words) == ()


def test_the_same_words_always_get_the_same_answer() -> None:
    """Neither time nor order of use changes a suggestion."""
    assert Suggester(SHIPPED).suggest("she keeps shouting") == SUGGESTER.suggest("she keeps shouting")


@pytest.mark.parametrize("words", ["she keeps shouting", "the refund is late " * 300, "?!"])
def test_words_that_were_heard_already_are_ranked_alike(words: str) -> None:
    """Where nobody is in danger, ranking alone gives the same as hearing and ranking."""
    assert SUGGESTER.rank(words) == SUGGESTER.suggest(words)
    assert SUGGESTER.rank(words, 3) == SUGGESTER.suggest(words)[:3]


def test_no_playbooks_are_no_error() -> None:
    """An empty catalogue suggests nothing."""
    assert Suggester(Catalogue()).suggest("she keeps shouting") == ()


def test_why_quotes_the_words_that_decided() -> None:
    """The reason is a quote of what was typed, without repeating itself."""
    why = SUGGESTER.suggest("she keeps shouting at me")[0].why

    assert why == "keeps shouting at me"


@pytest.mark.parametrize(
    "words",
    [
        "the customer says",
        "he wants to",
        "please",
        "she said that he told them",
        "I want to ask about it",
        "somebody wrote to us",
        "can you help me please",
        "what should I do now",
        "it is about himself",
        "the caller needs something",
        "hello, how are you today",
        "they would like to know",
    ],
)
def test_words_of_any_complaint_are_no_reason(words: str) -> None:
    """What everybody writes is never quoted, so nobody is told that a playbook fits because of it."""
    assert all(not one.why for one in SUGGESTER.suggest(words))


def test_a_reason_leaves_out_what_anybody_writes() -> None:
    """Among words that decided, filler words are not named."""
    why = SUGGESTER.suggest("the customer says she keeps shouting at me, please help")[0].why

    assert "shouting" in why
    assert not {"customer", "says", "please", "help"} & set(why.replace(",", "").split())
