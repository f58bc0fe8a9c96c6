"""How much may be asked for: a bucket for each person and each workspace, and what always gets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.compose import urgent_commands
from bot.handoffs.commands import AcceptHandoff, Recuse
from bot.playbooks.commands import Calm
from bot.say.aloud import plain_message
from bot.say.replies import Private
from bot.typing.command import Command
from bot.work.bucket import Allowance, Buckets, Excess
from bot.work.dispatch import Dispatch
from tests.stage import FakeStage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.directory.actors import Origin

PEOPLE = Allowance(person=2)
EVERYBODY = Allowance(workspace=3)


def origin(account: str) -> Origin:
    return FakeStage.origin(None, account, "support", "key")  # type: ignore[arg-type]  # it needs no stage


@pytest.mark.parametrize(
    ("allowance", "asked", "expected"),
    [
        (Allowance(), [("ana", 0)] * 500, None),
        (PEOPLE, [("ana", 0)] * 2, None),
        (PEOPLE, [("ana", 0)] * 3, Excess("person", 2, 30.0)),
        (PEOPLE, [("ana", 0), ("ana", 0), ("ana", 15)], Excess("person", 2, 15.0)),
        (PEOPLE, [("ana", 0), ("ana", 0), ("ana", 30)], None),
        (PEOPLE, [("ana", 0), ("ana", 0), ("ben", 0)], None),
        (PEOPLE, [("ana", 600), ("ana", 600), ("ana", 600)], Excess("person", 2, 30.0)),  # it is never fuller than full
        (EVERYBODY, [("ana", 0), ("ben", 0), ("ana", 0), ("omar", 0)], Excess("workspace", 3, 20.0)),
        (EVERYBODY, [("ana", 0), ("ben", 0), ("ana", 0), ("omar", 20)], None),
    ],
)
def test_a_bucket_empties_and_fills_again(
    allowance: Allowance, asked: Sequence[tuple[str, float]], expected: Excess | None
) -> None:
    """So many at once, one more as time goes by, and nobody empties another one's."""
    now = 0.0
    buckets = Buckets(allowance, now=lambda: now)
    got: Excess | None = None
    for account, now in asked:  # noqa: B007  read by the buckets
        got = buckets.take(Calm(), origin(account))

    assert got == expected


@pytest.mark.parametrize(
    ("command", "gets_through"),
    [
        (Calm(words="He wants his money back"), False),
        (Calm(words="He says he will kill himself"), True),
        (Recuse(), True),
        (AcceptHandoff(handoff=1), True),
    ],
)
async def test_what_cannot_wait_gets_through(stage: FakeStage, command: Command, *, gets_through: bool) -> None:
    """Danger, stepping out and answers for a case are carried out whatever was asked for before."""
    buckets = Buckets(PEOPLE, urgent_commands(stage.program.domains), now=lambda: 0.0)
    for _time in range(2):
        buckets.take(Calm(), origin("ana"))

    assert (buckets.take(command, origin("ana")) is None) is gets_through


async def test_whoever_asks_too_often_is_told_when_to_come_again(stage: FakeStage) -> None:
    """They read how often, why, and when; it is counted, and nothing is changed."""
    dispatch = Dispatch(
        database=stage.database,
        clock=stage.clock,
        grammar=stage.program.grammar,
        use_cases={command: use for one in stage.program.domains for command, use in one.use_cases.items()},
        wake=lambda: None,
        metrics=stage.program.metrics,
        buckets=Buckets(PEOPLE, now=lambda: 0.0),
    )
    for number in range(3):
        reply = await dispatch.say("/zanshin status", stage.origin("ana", "support", str(number)))

    assert isinstance(reply, Private)
    assert plain_message(reply.message) == (
        "You asked for more than 2 things within a minute.\n"
        "I take a short breath, so that your colleagues are answered too. Nothing was changed.\n"
        "Please try again in 30 seconds.\n"
        "Stepping out of a case, answering for one and words of danger always get through."
    )
    assert 'result="limited"} 1.0' in stage.program.metrics.written().decode()
