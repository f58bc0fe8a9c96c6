"""The slow reader: where texts stand among all texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.encoder import PIECES_MOST, Encoder
from bot.understanding.meaning import ENCODER, HEAD, load_meaning, meaning
from bot.understanding.situations import SURE, situations

if TYPE_CHECKING:
    from pathlib import Path

READER = Encoder.load(ENCODER)


def alike(one: str, two: str) -> float:
    return float(READER.encode(one) @ READER.encode(two))


def test_texts_that_mean_the_same_stand_near_each_other() -> None:
    """Without one word in common, a cat is a kitten and no invoice."""
    near, far = "A kitten rests on a rug", "Your invoice for March"

    assert alike("The cat sits on the mat", near) > 0.2 + alike("The cat sits on the mat", far)
    assert alike("He is SHOUTING", "he is shouting") == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("she keeps shouting", "she keeps shouting"),
        ("unaffable café!", "una ##ffa ##ble cafe !"),
        ("🤬", "[UNK]"),
        ("", ""),
    ],
)
def test_a_text_is_cut_into_known_pieces(text: str, pieces: str) -> None:
    """Words are cut greedily, accents and case left out, and what is not known is said to be."""
    with np.load(ENCODER, allow_pickle=False) as arrays:
        known = bytes(arrays["pieces"]).decode().split("\n")

    assert [known[place] for place in READER.pieces(text)] == ["[CLS]", *pieces.split(), "[SEP]"]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=400))
def test_any_text_stands_somewhere(text: str) -> None:
    """Whatever is typed has a direction of length one, and no more pieces are read than anybody needs."""
    assert len(READER.pieces(text)) <= PIECES_MOST
    assert np.linalg.norm(READER.encode(text)) == pytest.approx(1, abs=1e-4)


def test_without_its_files_the_quick_reader_answers_alone(tmp_path: Path) -> None:
    """What is missing or broken is nothing that stops anybody."""
    assert load_meaning(tmp_path) is None
    (tmp_path / HEAD.name).write_bytes(b"no weights")

    assert load_meaning(tmp_path) is None


def test_both_readers_know_the_same_situations() -> None:
    """They were trained on the same texts."""
    assert set(meaning().scores_at(meaning().place("she keeps shouting"))) == {*situations().known, "nothing"}


def test_what_is_plain_is_not_read_twice_and_what_is_not_gets_surer() -> None:
    """The slow reader is asked where words alone leave it open."""
    plain, open_ = "nobody listens to me", "The chap gets ruder with every sentence and I'm the target"

    assert situations().glance(plain).plain
    assert situations().read(plain) == situations().glance(plain)
    assert not situations().glance(open_).plain
    assert situations().read(open_) != situations().glance(open_)
    assert 0 < max(situations().read(open_).shares.values()) < 1 + SURE
