"""The card of a step: one thing to do stands out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.compose import DOABLE
from bot.playbooks.cards.steps import step_card
from bot.playbooks.catalogue import Playbook, Step, load_catalogue
from bot.playbooks.commands import StartRun
from bot.playbooks.model import Run
from bot.store.content import SHIPPED_PLAYBOOKS

SHIPPED = load_catalogue(SHIPPED_PLAYBOOKS).playbooks
STEPS = [(playbook, step) for playbook in SHIPPED.values() for step in playbook.steps]


@pytest.mark.parametrize(("playbook", "step"), STEPS, ids=[f"{one.id}-{step.id}" for one, step in STEPS])
def test_one_button_stands_out(playbook: Playbook, step: Step) -> None:
    """Whoever is under attack is not asked which of two bright buttons comes first."""
    run = Run(id=1, version=1, path=[step.id], playbook=playbook.id, started_at=datetime(2026, 11, 24, tzinfo=UTC))
    card = step_card(run, playbook, step, (1, len(playbook.steps)), hold=None, doable=DOABLE)

    assert len([button for button in card.buttons() if button.style != "plain"]) == 1


def test_where_something_may_be_given_one_press_opens_the_form() -> None:
    """A step that says `do: gesture` draws the button, and the team need not know the command."""
    gives = [(one, step) for one in SHIPPED.values() for step in one.steps if step.do == "gesture"]
    run = Run(id=1, playbook="gesture", path=["first"], version=1, channel="spoken")
    cards = [step_card(run, one, step, (1, 9), hold=None, doable=DOABLE) for one, step in gives]

    assert {one.id for one, _step in gives} >= {"gesture", "own-and-apologise"}
    assert all("ask-for-gesture" in {button.command for button in card.buttons()} for card in cards)


def test_only_a_start_in_the_middle_names_its_step() -> None:
    """Every other start can be pressed on a server of the version before, which knows of no such field."""
    assert "at" not in StartRun(playbook="crisis").button("Start").fields
    assert StartRun(playbook="crisis", at="accident").button("Start").fields["at"] == "accident"
