"""`zanshin simulate`: the day to come if nobody does anything, played on a copy by the same decisions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from bot.compose import Program, compose, read_bookcase
from bot.delivery.model import KINDS, Card, DeliveryState, in_state
from bot.directory.model import Conversation, ConversationKind, Person, Workspace
from bot.errors import WrongUse
from bot.run.doctor import key_of_texts
from bot.run.operating.places import place_name
from bot.store.seal import WrongKey

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import Place
    from bot.run.settings import Settings
    from bot.say.messages import Message
    from bot.store.database import Database

MOST_STEPS = 5000  # moments at which something is due


@dataclass(frozen=True, kw_only=True, order=True)
class Said:
    """One message that somebody would get."""

    at: datetime
    platform: str
    place: str
    about: str  # such as nag
    number: str  # which of them, as a number of the database


class StillClock:
    """Stands still until it is set: what happens at one moment happens at exactly that moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Say what time it is here."""
        return self._moment

    def be_at(self, moment: datetime) -> None:
        """Set it, never backwards."""
        self._moment = max(self._moment, moment)


class Recorder:
    """Takes every message and says nothing; a reference names the moment at which its message was new."""

    def __init__(self, clock: StillClock) -> None:
        self._clock = clock
        self._count = 0

    async def show(self, _place: Place, reference: str | None, _message: Message) -> str:
        """Take a card."""
        self._count += 1
        return reference or f"{_mark(self._clock.now())}{self._count}"

    async def notify(self, _place: Place, _message: Message) -> None:
        """Take a notice."""

    async def remove(self, _place: Place, _reference: str, /) -> None:
        """Take a card away."""


def simulated(scratch: Database, settings: Settings, now: datetime, during: tuple[datetime, datetime]) -> list[Said]:
    """Do what `simulate` does, for the command line."""
    return asyncio.run(simulate(scratch, settings, now, during))


async def simulate(
    scratch: Database, settings: Settings, now: datetime, during: tuple[datetime, datetime]
) -> list[Said]:
    """Let time pass on a copy; give what would be heard from the first moment to the second."""
    begins, ends = during
    key = await scratch.read(key_of_texts)
    if not key.fine:
        raise WrongKey(f"{key.found[:1].upper()}{key.found[1:]}, so nothing was played. To mend it, {key.mend}")
    clock = StillClock(now)
    program = await _program(scratch, settings, clock)
    said: list[Said] = []
    for _step in range(MOST_STEPS):
        due = await scratch.read(partial(_next_due, program=program))
        if due is None or due >= ends:
            break
        clock.be_at(due)
        while await program.ticker.act_once():
            pass
        await program.sender.drain()
        while await program.ticker.act_once():  # what came of it, such as an offer whose time begins
            await program.sender.drain()
        said += await scratch.read(partial(_heard, at=clock.now()))
    else:
        raise WrongUse(f"More than {MOST_STEPS} moments have something due by then. Choose an earlier day.")
    return sorted({one for one in said if one.at >= begins})


async def _program(scratch: Database, settings: Settings, clock: StillClock) -> Program:
    platforms = await scratch.read(lambda session: set(session.scalars(select(Workspace.platform))))
    await scratch.write(_let_go)
    return compose(
        database=scratch,
        clock=clock,
        bookcase=read_bookcase(settings.playbooks_dir),
        messengers=dict.fromkeys(platforms, Recorder(clock)),
        retention=settings.retention,
    )


def _let_go(session: Session) -> None:
    """Take what a server is sending just now as not sent yet: here nobody else sends."""
    for kind in KINDS:
        session.execute(update(kind).where(kind.lease_until.is_not(None)).values(lease_until=None))


def _next_due(session: Session, program: Program) -> datetime | None:
    tasks = [task for domain in program.domains for task in domain.clock]
    moments = [select(func.min(getattr(task.model, task.due))) for task in tasks]
    waits = [select(func.min(kind.try_at)).where(in_state(kind, DeliveryState.PENDING)) for kind in KINDS]
    found = session.execute(select(*(one.scalar_subquery() for one in (*moments, *waits)))).one()
    return min((at for at in found if at is not None), default=None)


def _heard(session: Session, at: datetime) -> list[Said]:
    """Find what was sent at a moment and is heard: a changed card and a page called Home make no sound."""
    said = []
    for kind in KINDS:
        sent = (
            select(kind.subject, Workspace.platform, place_name())
            .join(Conversation, Conversation.id == kind.conversation_id)
            .join(Workspace, Workspace.id == Conversation.workspace_id)
            .outerjoin(Person, Person.id == Conversation.person_id)
            .where(kind.state == DeliveryState.SENT, kind.ended_at == at, Conversation.kind != ConversationKind.HOME)
        )
        if kind is Card:
            sent = sent.where(Card.reference.startswith(_mark(at)))
        for subject, platform, place in session.execute(sent):
            said.append(Said(at=at, platform=platform, place=place, about=subject.kind, number=subject.which))
    return said


def _mark(at: datetime) -> str:
    return f"new at {at.isoformat()} "
