"""Every playbook walked to every end: each answer taken, each gap filled, and a long way on every platform."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING

import pytest

from bot.compose import DOABLE
from bot.playbooks.cards.steps import step_card
from bot.playbooks.catalogue import END, Channel, English, Playbook, Step, load_catalogue, targets
from bot.playbooks.model import Run
from bot.playbooks.steps.lines import Wordings
from bot.playbooks.steps.runs import after, choose, ends_first_aid, first, position
from bot.say.aloud import plain_message
from bot.store.content import PLACEHOLDERS, SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from tests.stage import Cast

SHIPPED = load_catalogue(SHIPPED_PLAYBOOKS).playbooks
PLAYBOOKS = pytest.mark.parametrize("playbook", SHIPPED.values(), ids=lambda one: one.id)

FILLED = {
    "customer": "Mrs Okonkwo",
    "agent": "Ana",
    "colleague": "Ben",
    "issue": "the parcel that went to Leeds",
    "fact": "it left the depot at noon",
    "feeling": "exhausting",
    "step": "send a new one",
    "eta": "by 14:30",
    "next_update": "15:00",
    "where": "the north of the city",
    "who": "whoever paid by card",
    "since": "9:10",
    "cause": "a wrong address on the label",
    "instead": "pay by transfer",
    "contact": "my direct line",
}
VOICES: tuple[tuple[Channel, English], ...] = tuple(product(("spoken", "chat", "email"), ("gb", "us", "in")))

Walk = tuple[tuple[str, int], ...]  # a step and the way taken there, up to an end


def _shortest(playbook: Playbook, start: str) -> dict[str, Walk]:
    """Find the shortest way from a step to every other, and to the end."""
    found: dict[str, Walk] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for way, target in enumerate(targets(playbook, playbook.step(here))):
            if target not in found:
                found[target] = (*found[here], (here, way))
                if target != END:
                    waiting.append(target)
    return found


def walks_of(playbook: Playbook) -> list[Walk]:
    """List walks that take every way of every step, each up to an end."""
    reach = _shortest(playbook, first(playbook))
    walks = []
    for step in playbook.steps:
        for way, target in enumerate(targets(playbook, step)):
            rest = () if target == END else _shortest(playbook, target)[END]
            walks.append((*reach[step.id], (step.id, way), *rest))
    return walks


def _card(playbook: Playbook, path: list[str], wordings: Wordings) -> str:
    run = Run(id=1, version=1, path=path, playbook=playbook.id, started_at=datetime(2026, 11, 24, tzinfo=UTC))
    step, place = playbook.step(path[-1]), position(playbook, path)
    return plain_message(step_card(run, playbook, step, place, hold=None, doable=DOABLE, wordings=wordings))


@PLAYBOOKS
def test_every_walk_comes_to_an_end(playbook: Playbook) -> None:
    """Whichever answer somebody gets, there is a next step until it is over, and the count of steps holds."""
    for walk in walks_of(playbook):
        path = [step_id for step_id, _way in walk]
        for (here, way), there in zip(walk, [*path[1:], None], strict=True):
            assert choose(playbook, here, way) == there
        for taken in range(1, len(path) + 1):
            number, total = position(playbook, path[:taken])
            assert 1 <= number <= total


@PLAYBOOKS
def test_every_gap_can_be_filled(playbook: Playbook) -> None:
    """In every wording each sentence reads whole: no gap is left, and no dot or blank stands twice."""
    for channel, english in VOICES:
        wordings = Wordings(channel, english, FILLED)
        for step in playbook.steps:
            card = _card(playbook, [step.id], wordings)
            for line in step.say:
                said = line.said(channel, english).format(**FILLED)
                assert said in card
                assert not any(slip in said for slip in ("..", "  ", " .", " ,", "{", "["))


def test_what_fills_the_gaps_is_known() -> None:
    """A new gap gets something to be filled with here."""
    assert set(FILLED) == set(PLACEHOLDERS)


def _label(playbook: Playbook, step: Step, way: int) -> str:
    """Name the button that takes this way."""
    if step.choose:
        return step.choose[way].label
    if after(playbook, step.id) is None:
        return "Done"
    return "After the call" if ends_first_aid(playbook, step.id) else "Next"


async def test_every_playbook_can_be_walked(cast: Cast) -> None:
    """The walk with the most steps of each playbook, button by button, up to its end."""
    for playbook in SHIPPED.values():
        card = await cast.ana.types(f"/calm {playbook.id}")
        if playbook.steps[0].title not in card.text:  # its name is a command of its own
            card = await cast.ana.types(f"/calm {playbook.title.lower()}")
        for step_id, way in max(walks_of(playbook), key=len):
            step = playbook.step(step_id)

            assert card is not None
            assert (step.title or playbook.title) in card.text, (playbook.id, step_id)
            card = await cast.ana.presses(_label(playbook, step, way))
        assert card is not None
        assert playbook.title in card.text
