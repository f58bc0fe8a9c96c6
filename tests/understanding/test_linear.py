"""A linear model: texts in, scores and reasons out."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.features import READ_MOST, pieces_of, tokens_in, wholes_of
from bot.understanding.linear import Linear, pack
from bot.understanding.mending import Mender
from bot.understanding.situations import WEIGHTS, situations

if TYPE_CHECKING:
    from pathlib import Path

MIDDLE = 1 << 15
LEARNED = Linear.load(WEIGHTS)


@pytest.fixture
def small(tmp_path: Path) -> Linear:
    """Knows four features of two labels: `refund` is money, `shouting` and `keeps shouting` are anger."""
    features = ["refund", "shouting", "keeps shouting", "#_re"]
    weights = [1000, -1000, -1000, 1000, 0, 500, 200, 0]
    header = {"labels": ["money", "anger"], "intercepts": [-0.5, -0.25], "unit": 0.001, "words": ["refund", "shouting"]}
    path = tmp_path / "small.weights"
    path.write_bytes(
        pack(header, features, array("H", [4096] * 4), array("H", [weight + MIDDLE for weight in weights]))
    )
    return Linear.load(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He's SHOUTING!", ["hes", "shouting", "!"]),
        ("he’s on 0800-123, since 14:30", ["hes", "on", "0", "0", "since", "0", "0"]),
        ("why?? 🤬", ["why", "?", "?", "🤬"]),
        ("a_b, (c) - d", ["a", "b", "c", "d"]),
        ("ｆｕｌｌ width", ["full", "width"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_what_is_matched(text: str, words: list[str]) -> None:
    """Case, width and apostrophes do not matter; numbers are one, and few marks tell anything."""
    assert [token.word for token in tokens_in(text)] == words


def test_words_stand_where_they_were_typed() -> None:
    """What is quoted to people is their own text."""
    text = "So he’s angry!"

    assert [text[token.start : token.end] for token in tokens_in(text)] == ["So", "he’s", "angry", "!"]


def test_wholes_are_words_and_pairs_and_pieces_are_marked() -> None:
    """A piece is never taken for a word."""
    assert wholes_of(["we", "are", "here"]) == ["we", "are", "here", "we are", "are here"]
    assert pieces_of("we") == ("#_w", "#we", "#e_", "#_we", "#we_", "#_we_")


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("He wants a REFFUND!", "He wants a refund!"),
        ("shoutnig: refnud", "shouting: refund"),
        ("keep shootings away", "keep shootings away"),
        ("", ""),
    ],
)
def test_a_text_is_given_with_its_slips_mended(small: Linear, typed: str, mended: str) -> None:
    """Only what nobody knows is taken for a slip; the rest of a text stays as it was typed."""
    assert small.mended(typed, frozenset({"shootings"}).__contains__) == mended


def test_what_is_known_adds_up(small: Linear) -> None:
    """Known features count as of a text of length one, and the rest is what is always so."""
    assert small.scores("") == pytest.approx({"money": -0.5, "anger": -0.25})
    assert small.scores("refund") == pytest.approx({"money": 0.5 + 0.2, "anger": -1.25}, abs=1e-3)
    root = 2**-0.5
    assert small.scores("keeps shouting") == pytest.approx(
        {"money": -0.5 - root, "anger": -0.25 + 1.5 * root}, abs=1e-3
    )


def test_reasons_name_each_word_with_its_credit(small: Linear) -> None:
    """A pair's credit is shared between its words, and words nobody knows have none."""
    found = small.reasons("She keeps Shouting", "anger")

    assert [one.word for one in found] == ["She", "keeps", "Shouting"]
    assert [round(one.credit * 2**0.5, 2) for one in found] == [0.0, 0.25, 1.25]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refnud", "refund"),
        ("shoutng", "shouting"),
        ("shotuign", "shouting"),
        ("rfd", "rfd"),  # too short to guess at
        ("reband", "reband"),  # two slips in six letters are another word
        ("Vogel", "vogel"),
    ],
)
def test_slips_are_mended(typed: str, meant: str) -> None:
    """One slip in four letters and two in eight are forgiven; a known word is left alone."""
    (token,) = Mender(["refund", "shouting"]).mend(tokens_in(typed))

    assert token.word == meant


@given(st.text(max_size=300))
def test_any_text_has_scores(text: str) -> None:
    """Whatever is typed, every label has a finite score."""
    scores = LEARNED.scores(text)

    assert set(scores) == set(LEARNED.labels)
    assert all(abs(score) < 50 for score in scores.values())


@pytest.mark.parametrize("one", ["a", "a b ", "refund ", "🤬", "ab cd ef gh ij kl "])
def test_what_is_long_is_read_as_far_as_anybody_needs(one: str) -> None:
    """A megabyte of text counts as its beginning, and no lane runs over."""
    text = one * (1_000_000 // len(one))

    assert LEARNED.scores(text) == LEARNED.scores(text[:READ_MOST])
    assert all(abs(score) < 50 for score in LEARNED.scores(text).values())


def test_a_file_that_holds_no_weights_is_said_to(tmp_path: Path) -> None:
    """A broken file is an error with a name, no traceback of a decoder."""
    path = tmp_path / "broken"
    path.write_bytes(b"not at all")

    with pytest.raises(ValueError, match="holds no weights"):
        Linear.load(path)


def test_a_word_is_quoted_once() -> None:
    """Whoever pastes the same line twelve times reads its words once."""
    why = situations().why("each refund is late " * 12, "gesture")

    words = why.lower().replace(",", "").split()
    assert len(words) == len(set(words))
