"""Which playbook fits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbooks.authoring.writing import own_playbook
from bot.playbooks.catalogue import Catalogue, load_catalogue
from bot.playbooks.suggest import Suggester, is_sure
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
    """Any words give each playbook at most once, best first, with shares of no more than one."""
    found = SUGGESTER.rank(words)

    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len({one.playbook_id for one in found}) == len(found)
    assert sum(one.score for one in found) < 1 + 1e-6
    assert all(
        word in words for one in found for word in SUGGESTER.why(words, one.playbook_id).replace(",", "").split()
    )


@pytest.mark.parametrize("words", ["", "   ", "?!", "彼女", "zzqx"])
def test_words_that_say_nothing_suggest_nothing(words: str) -> None:
    """No words, no guess."""
    assert SUGGESTER.suggest(words) == ()


def test_the_same_words_always_get_the_same_answer() -> None:
    """Neither time nor order of use changes a suggestion."""
    assert Suggester(SHIPPED).suggest("she keeps shouting") == SUGGESTER.suggest("she keeps shouting")


@pytest.mark.parametrize("words", ["she keeps shouting", "the refund is late " * 300, "?!"])
def test_words_that_were_heard_already_are_ranked_alike(words: str) -> None:
    """Where nobody is in danger, ranking alone gives the same as hearing and ranking."""
    assert SUGGESTER.rank(words)[:5] == SUGGESTER.suggest(words, 5)
    assert SUGGESTER.rank(words, 3) == SUGGESTER.suggest(words)[:3]


def test_no_playbooks_are_no_error() -> None:
    """An empty catalogue suggests nothing."""
    assert Suggester(Catalogue()).suggest("she keeps shouting") == ()


def test_why_quotes_the_words_that_decided() -> None:
    """The reason is a quote of what was typed, without filler."""
    quoted = set(SUGGESTER.why("my hands are SHAKING and i could scream", "keep-calm").split(", "))

    assert {"SHAKING", "scream"} <= quoted <= {"hands", "SHAKING", "scream"}
    assert "listens" in SUGGESTER.why("she doesn’t get it, nobody listens", "be-heard")


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
    assert all(not SUGGESTER.why(words, one.playbook_id) for one in SUGGESTER.rank(words))


def test_a_reason_leaves_out_what_anybody_writes() -> None:
    """Among words that decided, filler words are not named."""
    assert SUGGESTER.why("the customer says she keeps shouting at me, please help", "keep-calm") == "shouting"


@pytest.mark.parametrize("words", ["good morning team", "who made you", "lol", "what's the wifi password", "bonjour"])
def test_what_is_no_situation_is_not_taken_for_one(words: str) -> None:
    """Small talk gets no confident answer."""
    assert not is_sure(SUGGESTER.rank(words))


def test_danger_stands_in_front_of_whatever_else_was_said() -> None:
    """Words of danger are answered first and for certain; two more are offered always."""
    found = SUGGESTER.suggest("nobody listens, I will kill myself", 3)

    assert (found[0].playbook_id, found[0].score, len(found)) == ("crisis", 1.0, 3)
    assert SUGGESTER.why("I will kill myself", "crisis") == "words of danger: agent"


def test_what_may_tell_of_danger_is_offered_behind_what_fits_for_certain() -> None:
    """The hard rule alone answers for certain."""
    found = SUGGESTER.suggest("he threatens", 3)

    assert [one.playbook_id for one in found[:2]] == ["redirect", "crisis"]
    assert found[1].score <= 0.5


@pytest.mark.parametrize("words", ["she is crying", "she's recording this call", "he's filming in the lobby"])
def test_tears_and_a_phone_that_records_are_no_crisis(words: str) -> None:
    """Nobody is in danger of them."""
    assert "crisis" not in [one.playbook_id for one in SUGGESTER.suggest(words, 3)]


def test_whoever_cannot_go_on_is_offered_help_beside_what_fits() -> None:
    """It may be more than one bad call."""
    assert "crisis" in [one.playbook_id for one in SUGGESTER.suggest("I can't do this any more", 3)]


@pytest.mark.parametrize(
    "words",
    [
        "he doesn't want to kill himself, he just jokes",
        "I'm going to kill you guys at this price lol",
        "my phone will die soon",
    ],
)
def test_idioms_offer_no_crisis(words: str) -> None:
    """What the rules know for an idiom is not taken for danger by what was learned either."""
    assert "crisis" not in [one.playbook_id for one in SUGGESTER.suggest(words)]


OWN = own_playbook(
    id_="own-1",
    title="VPN keeps dropping",
    situation="When the VPN drops",
    words="vpn keeps dropping\nremote desktop freezes\ncannot reach the file server",
    steps="Say: Please restart the client.",
    author="Ana Silva",
    day=date(2026, 1, 2),
)
WITH_OWN = Suggester(Catalogue({**SHIPPED.playbooks, OWN.id: OWN}))


@pytest.mark.parametrize(
    ("words", "playbook"),
    [
        ("her VPN drops all the time", "own-1"),
        ("the file servers can't be reached from home", "own-1"),
        ("she wants a manager", "someone-else"),
        ("nobody listens to him about the remote office", "be-heard"),
    ],
)
def test_a_playbook_of_their_own_takes_part_by_its_words(words: str, playbook: str) -> None:
    """What a team has written for itself comes first where its words were typed, and nowhere else."""
    assert WITH_OWN.rank(words)[0].playbook_id == playbook


def test_a_playbook_of_their_own_quotes_what_it_fits_by() -> None:
    """The reason is what was typed, not what its author wrote."""
    assert WITH_OWN.why("Her VPN dropping again", "own-1") == "VPN, dropping"
