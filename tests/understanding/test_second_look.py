"""The second look at drafts: learned for the encoder that is there, and done without where it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.typing.times.mentioned import times_in
from bot.understanding.drafts import Flag, check
from bot.understanding.second_look import load_second_look, second_look

if TYPE_CHECKING:
    from pathlib import Path


def test_it_was_learned_for_the_encoder_that_is_there() -> None:
    """After another encoder has come: `python -m bot.playbooks.training second-look`."""
    assert second_look() is not None


def test_without_its_file_words_alone_count(tmp_path: Path) -> None:
    """Nothing fails, and the plainest drafts are read all the same."""
    draft = "Card payments fail. Next update by 15:00."

    assert load_second_look(tmp_path / "none.npz") is None
    assert check(draft, times_in, slowly=False).flags == {Flag.ISSUE, Flag.TIMEFRAME}
