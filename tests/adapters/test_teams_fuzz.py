"""Whatever arrives at the door: no error of ours, nothing done that Teams has not signed, and what is right is done."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.door.guard import Answered
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.teams_stage import TeamsStage
from tests.adapters.test_slack_fuzz import counted, mutated
from tests.fakes.teams_rules import BOT
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.store.database import Database

FEW, MANY = 1_000, 25_000
VALID = 10  # one in so many is right
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def recorded(stage: TeamsStage) -> list[dict[str, Any]]:
    """One activity of every kind, each a valid one."""
    press = {"action": {"type": "Action.Execute", "verb": "calm", "data": {"command": "calm", "fields": {}}}}
    mention = {"type": "mention", "text": "<at>Zanshin</at>", "mentioned": {"id": BOT, "name": "Zanshin"}}
    message = {"messagePayload": {"body": {"content": "<p>help</p>", "contentType": "html"}}}
    query = {"commandId": "playbook-sentences", "parameters": [{"name": "words", "value": "hold"}]}
    return [
        stage.activity("message", "ana", "@ana", text="calm she keeps shouting"),
        stage.activity("message", "ana", "support", text="<at>Zanshin</at> calm", entities=[mention]),
        stage.activity("message", "ana", "@ana", value=press["action"]["data"], replyToId="1:1"),
        stage.activity("invoke", "ana", "@ana", name="adaptiveCard/action", value=press, replyToId="1:1"),
        stage.activity("invoke", "ana", "support", name="composeExtension/query", value=query),
        stage.activity(
            "invoke", "ana", "support", name="composeExtension/fetchTask", value={"commandId": "recuse-me", **message}
        ),
        stage.activity("conversationUpdate", "ana", "support", membersAdded=[{"id": BOT}]),
        stage.activity("typing", "ana", "@ana"),
    ]


class Door:
    """The guard and everything behind it, without the wire."""

    def __init__(self, stage: TeamsStage, seed: int) -> None:
        self.stage = stage
        self.dice = random.Random(seed)  # noqa: S311  no secret
        self.bodies = [json.dumps(one).encode() for one in recorded(stage)]
        self.statuses: Counter[int] = Counter()
        self.token = stage.teams.token()
        self.wrong = (
            "",
            "Bearer x",
            f"Bearer {stage.teams.token(key=STRANGER)}",
            f"Bearer {stage.teams.token(aud='x')}",
        )

    async def knock(self, raw: bytes, authorization: str) -> int:
        platform = self.stage.served
        found = await platform.guard.examine(raw, authorization)
        if not isinstance(found, Answered):
            assert platform.adapter is not None
            found = await platform.adapter.take(found)
        self.statuses[found.status] += 1
        return found.status

    async def nasty(self) -> None:
        raw = mutated(self.dice.choice(self.bodies), self.dice)
        if self.dice.randrange(3):
            assert await self.knock(raw, self.dice.choice(self.wrong)) in (400, 401)
        else:
            assert await self.knock(raw, f"Bearer {self.token}") in (200, 400, 401, 403)

    async def right(self, number: int) -> None:
        """Send something right; it changes exactly the rows it is about."""
        words, expected = self.dice.choice(
            (
                (f"incident note 1 Call {number}", {"incident_events": 1, "inbox": 1}),
                ("calm she keeps shouting at me", {}),
                (f"zanshin nonsense{number}", {}),
                ("incident list", {}),
            )
        )
        sent = self.stage.activity("message", "ana", "@ana", text=words)
        before = await self.stage.database.read(counted)
        assert await self.knock(json.dumps(sent).encode(), f"Bearer {self.token}") == 200
        after = await self.stage.database.read(counted)

        assert dict(after - before) == expected, words
        assert not before - after


async def attacked(database: Database, cases: int, seed: int) -> Counter[int]:
    """Send so many activities, one in ten of them right."""
    stage = TeamsStage(database, SHIPPED_PLAYBOOKS)
    await stage.open()
    try:
        await stage.seat()
        cast = Cast(stage)
        await cast.omar.privately.types("/incident open sev2 Card payments fail")
        await cast.ana.privately.types("/incident list")  # from now on her chat is known
        door = Door(stage, seed)
        for number in range(cases):
            await (door.right(number) if number % VALID == 0 else door.nasty())
        return door.statuses
    finally:
        await stage.close()


async def test_no_activity_breaks_anything(sqlite_alone: Database) -> None:
    """Mutated activities of every kind are refused, or answered; what is right among them is done."""
    statuses = await attacked(sqlite_alone, FEW, seed=1)

    assert set(statuses) <= {200, 400, 401, 403}
    assert min(statuses[status] for status in (200, 400, 401)) > FEW // 20


async def test_nothing_is_done_that_teams_has_not_signed(sqlite_alone: Database) -> None:
    """A whole and valid activity under a wrong token changes nothing and asks Teams nothing."""
    stage = TeamsStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    await stage.seat()
    door = Door(stage, 3)
    before, calls = await stage.database.read(counted), len(stage.teams.calls)
    statuses = {await door.knock(door.dice.choice(door.bodies), door.dice.choice(door.wrong)) for _case in range(FEW)}
    after = await stage.database.read(counted)
    made = len(stage.teams.calls)
    await stage.close()

    assert statuses == {401}
    assert (after, made) == (before, calls)


@pytest.mark.long
@pytest.mark.parametrize("seed", [11, 12])
async def test_many_activities_break_nothing(sqlite_alone: Database, seed: int) -> None:
    """As above, for as long as a coffee."""
    statuses = await attacked(sqlite_alone, MANY, seed)

    assert set(statuses) <= {200, 400, 401, 403}
