"""Two who write a note at once: neither overwrites the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.handoffs.commands import AskForNote
from bot.handoffs.decisions.notes import mark_of, together
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("charged twice", "", "charged twice"),
        ("", "wants the manager", "wants the manager"),
        ("charged twice", "charged twice", "charged twice"),
        ("charged twice, in March", "charged twice", "charged twice, in March"),
        ("charged twice", "in tears", "charged twice / in tears"),
        ("x" * 20, "y" * 20, None),
    ],
)
def test_both_are_kept(theirs: str, mine: str, both: str | None) -> None:
    """What says more is taken, what says something else is added, and what is too long is said to be."""
    assert together(theirs, mine, between=" / ", longest=30) == both


def test_a_note_is_marked_by_what_it_says() -> None:
    """The order of its answers makes no difference."""
    assert mark_of({"a": "1", "b": "2"}) == mark_of({"b": "2", "a": "1"})
    assert mark_of({"a": "1", "b": "2"}) != mark_of({"a": "2", "b": "1"})


async def test_whoever_saves_second_reads_both(stage: FakeStage) -> None:
    """The form stays open with what both have written, and is saved as it is then."""
    cast = Cast(stage)
    ana, sofia = cast.ana, cast.sofia
    await ana.types("/recuse CASE-42")
    post = (await ana.posts())[-1]
    for who in (ana, sofia):
        await stage.press(who.account, "support", post, AskForNote(handoff=1).button("Write"), f"{who.account}-opens")
    await ana.fills(happened="charged twice", mood="angry")
    await sofia.fills(happened="wants the manager", promised="a refund")
    again = sofia.form

    assert again is not None
    assert "Somebody else has saved this note" in str(again.intro)
    values = {one.name: one.value for one in again.inputs}
    assert values["happened"] == "charged twice\nwants the manager"
    assert (values["mood"], values["promised"], values["case"]) == ("angry", "a refund", "CASE-42")

    saved = await sofia.fills()

    assert saved is not None
    assert "Your note is saved" in saved.text
