"""Crash histories: several replicas in one process, by virtual time, whose network and database fail as a seed says.

`python -m tests.histories 1000` plays a thousand; a failing seed is printed with the fewest steps that still fail.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.compose import compose
from bot.delivery.model import KINDS, Card, DeliveryState, Notice
from bot.delivery.sender import Sender
from bot.errors import DatabaseAway, OutcomeUnknown, PlatformDown, RateLimited
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.incidents.model import EventKind, Incident, IncidentEvent
from bot.say.replies import Private, Reply
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from bot.work.auditing import Audit, audit
from tests.databases import SECRET, in_one_file
from tests.fakes.breaking import BreakingMemory, Broken
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakeMessenger
from tests.stage import FakeStage, bookcase_of, people_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.ports import Place
    from bot.say.messages import Message
    from bot.work.domain import ClockTask

Step = tuple[str, ...]

SAID = (
    ("omar", "incidents", "/incident open sev2 Trouble {n}"),
    ("sofia", "incidents", "/incident open sev1 Trouble {n}"),
    ("omar", "incidents", "/incident update {k} Some cards fail. We switch them now. Next update in 20m"),
    ("omar", "incidents", "/incident note {k} The vendor called about {n}"),
    ("omar", "incidents", "/incident resolve {k} All cards work again, and nothing was charged twice."),
    ("ana", "support", "/recuse CASE-{n} heated: they keep shouting"),
    ("ana", "support", "/recuse cancel"),
    ("ben", "support", "/calm keep-calm"),
)
PRESSED = (
    ("ben", "accept-handoff"),
    ("ana", "cancel-handoff"),
    ("ben", "decline-handoff"),
    ("ben", "complete-handoff"),
)
FATES = ("limited", "down", "lost", "late", "dies", "died")
PAUSES = (1, 10, 40, 300, 1500)  # seconds
HEALED_AFTER = timedelta(hours=3)  # by then every retry has been made
TICK = timedelta(seconds=20)


class FatefulMessenger(FakeMessenger):
    """Takes messages, or what its next fates are; counts how often nobody could know."""

    def __init__(self) -> None:
        super().__init__()
        self.fates: deque[str] = deque()
        self.unsure = 0

    async def show(self, place: Place, reference: str | None, message: Message) -> str:
        fate = self._before()
        shown = await super().show(place, reference, message)
        self._after(fate)
        return shown

    async def notify(self, place: Place, message: Message) -> str | None:
        fate = self._before()
        said = await super().notify(place, message)
        self._after(fate)
        return said

    def _before(self) -> str:
        fate = self.fates.popleft() if self.fates else ""
        self.unsure += fate in ("lost", "late", "dies", "died")
        match fate:
            case "limited":
                raise RateLimited(timedelta(seconds=30))
            case "down":
                raise PlatformDown
            case "lost":
                raise OutcomeUnknown
            case "dies":  # the replica, before the platform heard it
                raise asyncio.CancelledError
        return fate

    def _after(self, fate: str) -> None:
        if fate == "late":
            raise OutcomeUnknown
        if fate == "died":
            raise asyncio.CancelledError


@dataclass
class World:
    """Everything that replicas have in common, and what people were told."""

    database: BreakingMemory
    clock: FakeClock
    messenger: FatefulMessenger
    acknowledged: set[str] = field(default_factory=set)  # titles of incidents that people were told are open


class Replica:
    """One program; killed, another one with an empty memory stands in its place."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.start()
        self.send_anew()

    def start(self) -> None:
        world = self._world
        self.program = compose(
            database=world.database, clock=world.clock, bookcase=bookcase_of(SHIPPED_PLAYBOOKS), messengers={}
        )

    def send_anew(self) -> None:
        """Forget what was under way: only rows and their leases tell of it."""
        world = self._world
        self._sender = Sender(
            database=world.database,
            clock=world.clock,
            messengers={"web": world.messenger},
            real_clock=world.clock,
            jitter=lambda: 0.5,
            metrics=self.program.metrics,
        )

    async def round(self) -> None:
        with suppress(DatabaseAway):
            await self.program.ticker.tick()
        try:
            await self._sender.send_due()
        except asyncio.CancelledError:
            self.send_anew()


def history(seed: int, steps: int = 20) -> tuple[Step, ...]:
    """Make up what happens: the same seed, the same history."""
    dice = random.Random(seed)  # noqa: S311  nobody has to be unable to guess it
    return tuple(_step(dice, number) for number in range(steps))


def _step(dice: random.Random, number: int) -> Step:
    match dice.choices(("say", "press", "wait", "platform", "database", "kill"), (8, 4, 6, 4, 3, 1))[0]:
        case "say":
            who, where, words = dice.choice(SAID)
            said = words.format(n=number, k=dice.randint(1, 3))
            return "say", str(dice.randrange(4)), who, where, said, str(dice.randrange(3))
        case "press":
            who, button = dice.choice(PRESSED)
            return "press", str(dice.randrange(4)), who, button, str(dice.randint(1, 3))
        case "wait":
            return "wait", str(dice.choice(PAUSES))
        case "platform":
            return ("platform", *dice.choices(FATES, k=dice.randint(1, 4)))
        case "database":
            return ("database", *(one.value for one in dice.choices(tuple(Broken), k=dice.randint(1, 2))))
        case _:
            return "kill", str(dice.randrange(4))


async def play(steps: Sequence[Step], database: BreakingMemory, replicas: int) -> None:
    """Play a history on so many replicas; AssertionError if anything was lost, doubled or left in silence."""
    database.begin_anew()
    world = World(database, FakeClock(), FatefulMessenger())
    programs = [Replica(world) for _replica in range(replicas)]
    for number, step in enumerate(steps):
        await _take(step, number, world, programs)
    await _heal(world, programs)
    await _check(world, programs[0].program.ticker.tasks)


async def _take(step: Step, number: int, world: World, programs: list[Replica]) -> None:
    match step:
        case ("say", replica, who, where, words, repeats):
            for again in range(1 + int(repeats) // 2):  # platforms tell some things twice, to anybody
                program = programs[(int(replica) + again) % len(programs)].program
                origin = FakeStage.origin(None, who, where, f"key-{number}")  # type: ignore[arg-type]
                _note(await program.dispatch.say(words, origin), words, world)
        case ("press", replica, who, button, handoff):
            origin = FakeStage.origin(None, who, f"@{who}", f"key-{number}")  # type: ignore[arg-type]
            reply = await programs[int(replica) % len(programs)].program.dispatch.press(
                button, {"handoff": handoff}, origin
            )
            assert "went wrong" not in str(reply), (step, reply)
        case ("wait", seconds):
            world.clock.move(timedelta(seconds=int(seconds)))
        case ("platform", *fates):
            world.messenger.fates.extend(fates)
        case ("database", *breaks):
            world.database.breaks.extend(map(Broken, breaks))
        case ("kill", replica):
            programs[int(replica) % len(programs)].start()
            programs[int(replica) % len(programs)].send_anew()
    await programs[number % len(programs)].round()


def _note(reply: Reply, words: str, world: World) -> None:
    assert "went wrong" not in str(reply), (words, reply)
    title = words.partition("Trouble ")[2]
    if title and isinstance(reply, Private) and not reply.undone and f"Trouble {title}" in str(reply.message):
        world.acknowledged.add(f"Trouble {title}")


async def _heal(world: World, programs: list[Replica]) -> None:
    """Let everything work again, and time pass."""
    world.messenger.fates.clear()
    world.database.breaks.clear()
    until = world.clock.now() + HEALED_AFTER
    for one in itertools.cycle(programs):
        await one.round()
        waits = await world.database.read(
            lambda session: any(
                session.scalar(select(kind.id).where(kind.state == DeliveryState.PENDING).limit(1)) for kind in KINDS
            )
        )
        if not waits or world.clock.now() > until:
            return
        world.clock.move(TICK)


async def _check(world: World, tasks: Sequence[ClockTask]) -> None:
    read, now = world.database.read, world.clock.now()
    incidents = await read(lambda session: [one.title for one in session.scalars(select(Incident))])
    events = await read(lambda session: session.scalars(select(IncidentEvent)).all())
    noted = [one.words.note for one in events if one.kind == EventKind.NOTED and "vendor" in one.words.note]
    handoffs = await read(lambda session: session.scalars(select(Handoff)).all())
    offers = await read(lambda session: session.scalars(select(Offer)).all())
    cards = await read(lambda session: session.scalars(select(Card)).all())
    sent = await read(
        lambda session: session.scalar(
            select(func.count()).select_from(Notice).where(Notice.state == DeliveryState.SENT)
        )
    )
    found = await read(lambda session: audit(session, tasks, now, now))
    said = sum(post.notice for post in world.messenger.posts)

    assert found == Audit(), f"no next step in time: {found}"
    assert world.acknowledged <= set(incidents), "acknowledged and not there"
    assert len(incidents) == len(set(incidents)), "opened twice"
    assert len(noted) == len(set(noted)), "carried out twice"
    assert (sent or 0) <= said <= (sent or 0) + world.messenger.unsure, (sent, said, world.messenger.unsure)
    for one in handoffs:
        takers = [offer for offer in offers if offer.handoff_id == one.id and offer.state == OfferState.TOOK]
        assert len(takers) <= 1, "taken by two"
        assert (one.state == HandoffState.TAKEN) <= (one.taker_id is not None), "taken by nobody"
    for card in cards:
        assert card.state != DeliveryState.PENDING, f"never sent: {card.subject}"
        shown = card.reference is not None and int(card.reference) < len(world.messenger.posts)
        assert shown or card.state != DeliveryState.SENT, f"sent and not there: {card.subject}"


async def shrink(steps: tuple[Step, ...], database: BreakingMemory, replicas: int) -> tuple[Step, ...]:
    """Leave out every step without which it still fails."""
    for number in reversed(range(len(steps))):
        fewer = steps[:number] + steps[number + 1 :]
        try:
            await play(fewer, database, replicas)
        except Exception:  # noqa: BLE001  whatever it is, it fails
            steps = fewer
    return steps


async def seated(template: Path) -> BreakingMemory:
    """Give a database with the sample people, for one history after the other."""
    database = Database(f"sqlite:///{template}", Seal(SECRET))
    await people_of(FakeStage(database, SHIPPED_PLAYBOOKS))
    database.close()
    return BreakingMemory(in_one_file(template).read_bytes())


async def play_seed(seed: int, database: BreakingMemory) -> None:
    """Play the history of a seed; a failing one is told with the fewest steps that still fail."""
    steps, replicas = history(seed), 1 + seed % 4
    try:
        await play(steps, database, replicas)
    except Exception as failed:
        fewest = await shrink(steps, database, replicas)
        lines = "\n  ".join(map(str, fewest))
        raise AssertionError(f"Seed {seed}, {replicas} replicas: {failed!r}\n  {lines}") from failed
