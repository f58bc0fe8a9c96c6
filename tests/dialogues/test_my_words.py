"""One's own sentences stand first and are read by nobody else; what worked moves up for everybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.steps.wording import is_name
from bot.store.content import SHIPPED_PLAYBOOKS, gaps

if TYPE_CHECKING:
    from tests.stage import Cast

MINE = "Right, let me take this off your plate."
FIRST = load_catalogue(SHIPPED_PLAYBOOKS).playbooks["restrain"].steps[0]


async def test_my_own_sentence_stands_first_and_only_for_me(cast: Cast) -> None:
    """Written once, it is there the next time; a colleague reads the step as it was."""
    before = await cast.ana.types("/calm restrain")
    await cast.ana.presses("My words")
    kept = await cast.ana.fills(mine_1=f"  {MINE}  ")
    again = await cast.ana.types("/calm restrain")
    bens = await cast.ben.types("/calm restrain")

    assert MINE not in before.text
    assert kept is not None
    assert "for your eyes only" in kept.text
    assert again.text.index(MINE) < min(again.text.index(line.text) for line in FIRST.say if line.text in again.text)
    assert MINE not in bens.text
    assert [button.label for button in again.buttons] == [button.label for button in before.buttons]


async def test_the_card_from_before_shows_what_holds_now(cast: Cast) -> None:
    """Where the old card still stands after saving, a press on it goes nowhere unseen: it reads as it does now."""
    before = await cast.ana.types("/calm restrain")
    await cast.ana.presses("My words", before)
    await cast.ana.fills(mine_1=MINE)
    shown = await cast.ana.presses("Next", before)

    assert shown is not None
    assert FIRST.title in shown.text
    assert MINE in shown.text


async def test_my_sentences_are_changed_and_taken_out(cast: Cast) -> None:
    """The form holds what there is; what is emptied is gone, here and from what is kept."""
    await cast.ana.types("/calm restrain")
    await cast.ana.presses("My words")
    await cast.ana.fills(mine_1=MINE, mine_2="One second, I'm all yours.")
    two = await cast.ana.types("/zanshin privacy")
    await cast.ana.presses("My words")
    changed = await cast.ana.fills(mine_1="", mine_2="One minute, I'm all yours.")
    one = await cast.ana.types("/zanshin privacy")

    assert "Sentences of your own in playbooks (2)" in two.text
    assert changed is not None
    assert MINE not in changed.text
    assert "One minute, I'm all yours." in changed.text
    assert "Sentences of your own in playbooks (1)" in one.text


async def test_what_worked_moves_up_for_the_team_and_counts_once_a_day(cast: Cast) -> None:
    """A second tick of the same day changes nothing, another day counts again, and a tick is taken back."""
    await cast.ana.types("/calm restrain")
    asked = await cast.ana.presses("My words")
    assert asked is None or cast.ana.form is not None
    last = len([line for line in FIRST.say if not gaps(line.text)])
    ticked = {f"worked_{number}": "yes" if number == last else "" for number in range(1, len(FIRST.say) + 1)}
    wanted = [line for line in FIRST.say if not gaps(line.text)][-1].text
    await cast.ana.fills(**ticked)
    bens = await cast.ben.types("/calm restrain")
    await cast.ana.presses("My words")
    moved = {"worked_1": "yes", **{f"worked_{number}": "" for number in range(2, len(FIRST.say) + 1)}}
    await cast.ana.fills(**moved)
    once = await cast.ana.types("/zanshin privacy")
    await cast.ana.presses("My words")
    await cast.ana.fills(**dict.fromkeys(moved, ""))
    undone = await cast.ana.types("/zanshin privacy")

    assert min((line.text for line in FIRST.say if line.text in bens.text), key=bens.text.index) == wanted
    assert "Which sentences you said had worked (1)" in once.text
    assert "Which sentences you said had worked" not in undone.text


async def test_the_one_open_incident_fills_the_time(cast: Cast) -> None:
    """Its promise stands in the sentence; of two incidents nobody knows which one is meant."""
    await cast.ana.in_("incidents").types("/incident open sev4 Cards fail")
    await cast.ben.types("/calm keep-posted")
    one = await cast.ben.presses("An update is due")
    await cast.ana.in_("incidents").types("/incident open sev4 Parcels are late")
    await cast.ben.types("/calm keep-posted")
    two = await cast.ben.presses("An update is due")

    assert "[time of the next update]" not in one.text
    assert re.search(r"You'll hear from me by (\w+ )?\d\d:\d\d", one.text)
    assert "You'll hear from me by [time of the next update]" in two.text


async def test_the_one_case_in_hand_fills_the_names(cast: Cast) -> None:
    """Whoever handed it on introduces who has it; whoever took it knows how the customer is called."""
    await cast.ana.types("/recuse CASE-42 heated: she keeps shouting")
    await cast.ana.privately.presses("Add to the note")
    await cast.ana.privately.fills(customer="Hamid Öztürk")
    await cast.ben.privately.presses("I take it")
    for who in (cast.ana, cast.ben):
        await who.types("/calm someone-else")
        for label in ("Next", "Next", "They want the supervisor anyway", "Next", "Next", "Yes"):
            card = await who.presses(label)
        assert card is not None
        introduced = "this is Ben" if who is cast.ana else "this is [colleague's name]"
        assert f"Hamid Öztürk, {introduced}, who can decide on this." in card.text


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        ("Hamid Öztürk", True),
        ("Mrs. O’Neill-Núñez", True),
        ("cust-4711", False),
        ("ana@example.com", False),
        ("4711", False),
        ("the angry one", False),
    ],
)
def test_only_a_name_is_said_to_a_customer(reference: str, *, named: bool) -> None:
    """Nobody is called by a number or an address."""
    assert is_name(reference) is named
