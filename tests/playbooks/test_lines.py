"""The same sentence for the ear, for chat and for e-mail, and in the English of the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playbooks.catalogue import Line, Step
from bot.playbooks.steps.lines import Wordings, channels_of, differs_by_place
from bot.say.messages import plain
from tests.playbooks.test_catalogue import WAYS
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

PLAIN = Line(text="One moment.")
CHAT = Line(text="One moment.", chat="1 sec.")
MAIL = Line(text="One moment.", email="Please give me a moment.")
US = Line.model_validate({"text": "I apologise.", "us": "I apologize.", "in": "Kindly excuse me."})


@pytest.mark.parametrize(
    ("lines", "channels", "by_place"),
    [
        ((PLAIN,), (), False),
        ((PLAIN, CHAT), ("spoken", "chat"), False),
        ((CHAT, MAIL), ("spoken", "chat", "email"), False),
        ((US,), (), True),
    ],
)
def test_only_what_differs_is_offered(lines: tuple[Line, ...], channels: tuple[str, ...], *, by_place: bool) -> None:
    """A step that is said alike everywhere has no buttons for it."""
    step = Step(id="one", say=lines)

    assert channels_of(step) == channels
    assert differs_by_place(step) is by_place


def test_what_is_known_fills_its_gap() -> None:
    """A name we know is not left to the agent."""
    line = Line(text="This is {agent}. I'm getting {colleague}.")

    assert plain(Wordings(known={"agent": "Ana"}).say(line)) == "This is Ana. I'm getting [colleague's name]."


def test_a_gap_that_only_the_agent_can_fill_is_folded_away_where_enough_can_be_said_as_it_stands() -> None:
    """A card on a phone holds what can be said at once; what is filled in, and a fourth that needs nothing, stays."""
    ready = [Line(text=f"Sentence {number}.") for number in range(1, 5)]
    gap = Line(text="It's about {issue}.")
    said = [
        [plain(one) for one in Wordings(known=known).sentences(Step(id="one", say=lines))]
        for lines, known in (
            ((gap, *ready[:3]), {}),
            ((gap, *ready[:3]), {"issue": "the lift"}),
            (tuple(ready), {}),
            ((gap, *ready[:2]), {}),
        )
    ]

    assert said == [
        ["Sentence 1.", "Sentence 2.", "Sentence 3."],
        ["It's about the lift.", "Sentence 1.", "Sentence 2.", "Sentence 3."],
        ["Sentence 1.", "Sentence 2.", "Sentence 3.", "Sentence 4."],
        ["Sentence 1.", "Sentence 2.", "It's about [the issue]."],
    ]


async def test_an_agent_in_a_chat_reads_the_wording_for_chat(tmp_path: Path, database: Database) -> None:
    """One press words this run and the next for chat; an admin chooses whose English is spoken."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "slow-down.yaml").write_text(WAYS, encoding="utf-8")
    stage = FakeStage(database, tmp_path)
    await people_of(stage)
    cast = Cast(stage)
    spoken = await cast.ana.types("/calm slow-down")
    await cast.ana.presses("For chat")
    again = await cast.ana.types("/calm slow-down")
    aloud = await cast.ana.presses("To say aloud")
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(english="us")
    american = await cast.ana.types("/calm slow-down")

    assert "I apologise, [customer's name]. I'll look into it and ring you back." in spoken.text
    assert "For e-mail" not in [button.label for button in spoken.buttons]
    assert "Sorry, [customer's name]. Looking into it." in again.text
    assert "ring you back" in aloud.text
    assert "I apologize, [customer's name]." in american.text


async def test_after_the_call_is_another_part(tmp_path: Path, database: Database) -> None:
    """The button says where it leads, and the card says that this can wait."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "slow-down.yaml").write_text(WAYS, encoding="utf-8")
    stage = FakeStage(database, tmp_path)
    await people_of(stage)
    cast = Cast(stage)
    await cast.ana.types("/calm slow-down")
    last = await cast.ana.presses("Next")
    after = await cast.ana.presses("After the call")

    assert [button.label for button in last.buttons] == ["After the call", "Back", "Stop here"]
    assert "After the call" in after.text
    assert "Have some water." in after.text
