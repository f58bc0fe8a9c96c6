"""Overload: whoever would wait too long is asked at once to come again, and what cannot wait gets through."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from bot.compose import urgent_commands
from bot.playbooks.model import Run
from bot.say.aloud import plain_message
from bot.say.replies import Private
from bot.work.bucket import Buckets
from bot.work.crowd import FEW, LONGEST, Crowd
from bot.work.dispatch import Dispatch
from bot.work.memory import Memory
from tests.stage import FakeStage

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def many_in(crowd: Crowd, count: int) -> Iterator[None]:
    with ExitStack() as stack:
        for _one in range(count):
            stack.enter_context(crowd.one_more())
        yield


@pytest.mark.parametrize(
    ("waiting", "seconds", "is_long"),
    [(FEW, LONGEST + 0.1, True), (FEW, LONGEST - 0.1, False), (FEW - 1, LONGEST * 60, False), (0, 0, False)],
)
def test_a_crowd_is_many_who_have_waited_long(waiting: int, seconds: float, is_long: bool) -> None:
    """Few that hang hold nobody up, and neither do many who have just come."""
    now = 0.0
    crowd = Crowd(lambda: now)
    with many_in(crowd, waiting):
        now = seconds

        assert crowd.waits_long is is_long


def test_who_was_answered_is_no_crowd() -> None:
    """However many there were, whoever comes after them is let in."""
    now = 0.0
    crowd = Crowd(lambda: now)
    for _one in range(FEW * 3):
        with crowd.one_more():
            now += LONGEST

    assert not crowd.waits_long


def dispatch_in(stage: FakeStage, crowd: Crowd) -> Dispatch:
    program = stage.program
    return Dispatch(
        database=stage.database,
        clock=stage.clock,
        grammar=program.grammar,
        use_cases={command: use for one in program.domains for command, use in one.use_cases.items()},
        wake=lambda: None,
        buckets=Buckets(urgent=urgent_commands(program.domains)),
        crowd=crowd,
        memory=Memory(lambda: 0.0),  # however long a busy machine takes
    )


async def test_in_a_crowd_what_is_remembered_is_answered(stage: FakeStage) -> None:
    """While many hang, as behind a silent database, whoever was here a moment ago still has words for the customer."""
    now = 0.0
    crowd = Crowd(lambda: now)
    dispatch = dispatch_in(stage, crowd)
    await dispatch.say("/calm", stage.origin("ana", "support", "1"))
    with many_in(crowd, FEW):
        now = LONGEST * 2
        answered = await dispatch.say("/calm I am about to lose my temper", stage.origin("ana", "support", "2"))
        refused = await dispatch.say("/incident", stage.origin("ana", "support", "3"))

    assert isinstance(answered, Private)
    assert "Keep calm" in plain_message(answered.message)
    assert isinstance(refused, Private)
    assert plain_message(refused.message).startswith("Too many others")


async def test_in_a_crowd_only_what_cannot_wait_is_carried_out(stage: FakeStage) -> None:
    """They read at once that others come first, and nothing is changed; who wants out of a case gets out."""
    now = 0.0
    crowd = Crowd(lambda: now)
    dispatch = dispatch_in(stage, crowd)
    with many_in(crowd, FEW):
        now = LONGEST * 2
        refused = await dispatch.say("/calm restrain", stage.origin("ana", "support", "1"))
        out = await dispatch.say("/recuse CASE-1 heated", stage.origin("ana", "support", "2"))

    assert isinstance(refused, Private)
    assert plain_message(refused.message) == (
        "Too many others ask me something just now.\n"
        "You would have waited longer than your platform does, so nothing was changed.\n"
        "Please try again in a few seconds.\n"
        "Stepping out of a case, answering for one and words of danger always get through."
    )
    assert isinstance(out, Private)
    assert plain_message(out.message).startswith("Look into our direct chat")
    assert await stage.database.read(lambda session: session.scalar(select(func.count(Run.id)))) == 0
