"""What people write becomes steps, or they are told what cannot be read."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbooks.authoring.writing import CannotRead, own_playbook, read_steps
from bot.playbooks.catalogue import Avoidance, Line, Step

LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "“Yes.”",
            '"No."',
            "Not: “Calm down.” It sounds like an order.",
            "not: x",
            "{customer}",
            "{",
            "",
            "- ",
            "a" * 500,
        ]
    ),
)


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        ("Breathe", [Step(id="step-1", instruct="Breathe")]),
        ("- Breathe\n\n\n• Listen", [Step(id="step-1", instruct="Breathe"), Step(id="step-2", instruct="Listen")]),
        ("Hear them\nSay nothing.", [Step(id="step-1", title="Hear them", instruct="Say nothing.")]),
        ('"I hear you."', [Step(id="step-1", say=(Line(text="I hear you."),))]),
        ("Hear them\n„Ja.“", [Step(id="step-1", title="Hear them", say=(Line(text="Ja."),))]),
        ("“One.”\r\n“Two.”", [Step(id="step-1", say=(Line(text="One."), Line(text="Two.")))]),
        (
            "Stay\nNot: “Calm down.” It sounds like an order.",
            [
                Step(
                    id="step-1",
                    title="Stay",
                    avoid=(Avoidance(text="Calm down.", why="It sounds like an order."),),
                )
            ],
        ),
        (
            "Avoid: Calm down. It sounds like an order.",
            [Step(id="step-1", avoid=(Avoidance(text="Calm down.", why="It sounds like an order."),))],
        ),
        ("“Y”", [Step(id="step-1", instruct="“Y”")]),
        ("“  ”", [Step(id="step-1", instruct="“  ”")]),
        ("“Take it”, they say", [Step(id="step-1", instruct="“Take it”, they say")]),
    ],
)
def test_paragraphs_become_steps(written: str, steps: list[Step]) -> None:
    """What to do, what to say and what not to say are told apart as people would."""
    assert read_steps(written) == steps


@pytest.mark.parametrize(
    "written",
    ["", " \n \n", "Be kind, {name}", "Half a gap {", "Not: why?", "Not: x", "“Yes.”\n" * 9, f"“{'y' * 390}”\n" * 6],
)
def test_what_cannot_be_read_is_refused(written: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(CannotRead):
        read_steps(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Say it\n“Hello {name}.”", "Step 1: in braces stand only gaps"),
        ("Hello\n\nBe kind {", "Step 2: in braces stand only gaps"),
        ("Hello\nNot: “Calm down.”", "Step 1: say why it's better not said"),
        ("\n\n".join(["Breathe"] * 21), "At most 20 steps, and these are 21."),
        ("Hello\n" + "very " * 140, "Step 1: “very very very"),
    ],
)
def test_a_refusal_says_which_step_and_what_is_wrong(written: str, said: str) -> None:
    """Whoever wrote it finds the place at once."""
    with pytest.raises(CannotRead, match=said):
        read_steps(written)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_any_text_is_read_or_refused(written: str) -> None:
    """Whatever is written, it becomes a playbook that can be walked through, or its author hears why not."""
    with suppress(CannotRead):
        steps = read_steps(written)
        playbook = own_playbook(
            id_="own-1",
            title="Ours",
            situation="It happens.",
            words="one\ntwo\nthree",
            steps=written,
            author="Sofia",
            day=date(2026, 11, 24),
        )
        assert [step.id for step in playbook.steps] == [f"step-{number}" for number in range(1, len(steps) + 1)]
