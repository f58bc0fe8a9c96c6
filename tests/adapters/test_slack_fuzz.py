"""Whatever arrives at the door: no error of ours, nothing done that Slack has not signed, and what is right is done."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update

from adapters.slack.guard import examine
from bot.directory.model import Conversation
from bot.door.guard import Answered
from migrations.tables import metadata
from tests.adapters.slack_office import Office
from tests.adapters.slack_payloads import SECRET, body_of, recorded, signature
from tests.fakes.slack_rules import TEAM

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.store.database import Database

FEW, MANY = 1_500, 25_000
VALID = 10  # one in so many is right
JUNK = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"%",
    b"%ff",
    b"&payload=",
    b"{",
    b"[[[[",
    b'"',
    b"null",
    b"\\ud800",
    b"e999",
    b"=" * 40,
)


def counted(session: Session) -> Counter[str]:
    """Count the rows of every table; the inbox counts, too."""
    return Counter(
        {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in metadata().sorted_tables}
    )


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """Change a few bytes, cut, double or insert something nasty."""
    for _time in range(dice.randint(1, 4)):
        place = dice.randrange(len(raw) + 1)
        match dice.randrange(5):
            case 0:
                raw = raw[:place] + bytes([dice.randrange(256)]) + raw[place + 1 :]
            case 1:
                raw = raw[:place]
            case 2:
                raw = raw[:place] + dice.choice(JUNK) + raw[place:]
            case 3:
                raw = raw[:place] + raw[place : place + dice.randrange(60)] * 2 + raw[place:]
            case _:
                raw = raw.replace(
                    dice.choice((b"U0ANA", b"T0TEAM", b"%22", b"C0SUPPORT", b"type")), dice.choice(JUNK), 1
                )
    return raw


class Door:
    """The guard and everything behind it, without the wire."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.dice = random.Random(seed)  # noqa: S311  no secret
        self.bodies = [body_of(payload) for payload in recorded().values()]
        self.statuses: Counter[int] = Counter()

    async def knock(self, raw: bytes, headers: dict[str, str]) -> int:
        """Send one request; give the status of its answer."""
        now = self.office.clock.now().timestamp()
        found = examine(raw, headers, secret=SECRET, now=now)
        if not isinstance(found, Answered):
            adapter = self.office.platform._adapter  # noqa: SLF001  the wire is what we leave out
            assert adapter is not None
            found = await adapter.take(found.payload, found.digest)
        self.statuses[found.status] += 1
        return found.status

    async def nasty(self) -> None:
        """Send something broken: signed by nobody, by somebody else, or by Slack all the same."""
        raw, headers = self.dice.choice(self.bodies)
        raw = mutated(raw, self.dice)
        now = int(self.office.clock.now().timestamp())
        match self.dice.randrange(4):
            case 0:
                assert await self.knock(raw, headers) in (200, 401)  # a certificate is looked at without a signature
            case 1:
                assert await self.knock(raw, headers | signature(raw, at=now, secret="a guess of somebody")) in (
                    200,
                    401,
                )
            case 2:
                late = signature(raw, at=now - self.dice.randrange(301, 9999))
                assert await self.knock(raw, headers | late) in (200, 401)
            case _:
                assert await self.knock(raw, headers | signature(raw, at=now)) in (200, 400)

    async def right(self, number: int) -> None:
        """Send something right; it changes exactly the rows it is about."""
        words, expected = self.dice.choice(
            (
                (f"/incident note 1 Call {number}", {"incident_events": 1, "inbox": 1}),
                ("/calm she keeps shouting at me", {}),
                (f"/zanshin nonsense{number}", {}),
                ("/incident list", {}),
            )
        )
        name, _space, text = words.partition(" ")
        raw, headers = body_of(
            {
                "team_id": TEAM,
                "channel_id": "C0SUPPORT",
                "channel_name": "support",
                "user_id": "U0ANA",
                "user_name": "ana",
                "command": name,
                "text": text,
                "trigger_id": f"{number}.fuzz",
            }
        )
        before = await self.office.database.read(counted)
        assert await self.knock(raw, headers | signature(raw, at=int(self.office.clock.now().timestamp()))) == 200
        after = await self.office.database.read(counted)

        assert dict(after - before) == expected, words
        assert not before - after


async def attacked(database: Database, cases: int, seed: int) -> Counter[int]:
    """Send so many requests, one in ten of them right."""
    async with Office(database) as office:
        await office.type("/zanshin", who="U0SOFIA")
        await office.database.write(lambda session: session.execute(update(Conversation).values(is_support=True)))
        await office.type("/incident open sev2 Card payments fail")
        door = Door(office, seed)
        for number in range(cases):
            await (door.right(number) if number % VALID == 0 else door.nasty())
        return door.statuses


async def unsigned(database: Database, cases: int, knock: Callable[[Door, bytes], dict[str, str]]) -> None:
    """Send requests that nobody signed; not a row and not a call comes of them."""
    async with Office(database) as office:
        await office.type("/zanshin", who="U0SOFIA")
        door = Door(office, 3)
        before, calls = await office.database.read(counted), len(office.slack.calls)
        for _case in range(cases):
            raw, headers = door.dice.choice(door.bodies)
            assert await door.knock(raw, headers | knock(door, raw)) == 401

        assert await office.database.read(counted) == before
        assert len(office.slack.calls) == calls


async def test_nothing_is_done_that_slack_has_not_signed(sqlite_alone: Database) -> None:
    """A whole and valid payload under a wrong, old or missing signature changes nothing and asks Slack nothing."""

    def wrongly(door: Door, raw: bytes) -> dict[str, str]:
        now = int(door.office.clock.now().timestamp())
        return door.dice.choice(
            (
                {},
                signature(raw, at=now, secret="a guess of somebody"),
                signature(raw, at=now - 301),
                signature(raw, at=now + 301),
                signature(raw + b" ", at=now),
                signature(raw, at=now) | {"x-slack-signature": "v0=ü"},
                signature(raw, at=now) | {"x-slack-request-timestamp": "now"},
            )
        )

    await unsigned(sqlite_alone, FEW, wrongly)


async def test_no_request_breaks_anything(sqlite_alone: Database) -> None:
    """Mutated payloads of every kind are refused, or answered; what is right among them is done."""
    statuses = await attacked(sqlite_alone, FEW, seed=1)

    assert set(statuses) <= {200, 400, 401}
    assert min(statuses[status] for status in (200, 400, 401)) > FEW // 20


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
async def test_a_hundred_thousand_requests_break_nothing(sqlite_alone: Database, seed: int) -> None:
    """As above, for longer."""
    statuses = await attacked(sqlite_alone, MANY, seed)

    assert statuses.total() == MANY
    assert set(statuses) <= {200, 400, 401}
