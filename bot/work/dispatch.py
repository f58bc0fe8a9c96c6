"""A command, carried out: inbox, permission, its use case in one transaction, its reply."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from pydantic import ValidationError

from bot.directory.actors import Actor, Origin, enrol, recognise
from bot.directory.known import known_at
from bot.directory.model import ConversationKind
from bot.errors import BotError, CommitUnclear, DatabaseAway, NotUnderstood, Refusal
from bot.ports import Clock
from bot.say.language import speaking
from bot.say.replies import Private, Reply
from bot.say.staying import STAYS
from bot.store.database import Database, in_short
from bot.store.seal import WrongKey
from bot.typing.answering import answer_in
from bot.typing.command import Command
from bot.typing.grammar import Grammar
from bot.typing.mentions import NOBODY, Known
from bot.typing.talking import as_command
from bot.watch.metrics import Metrics, Result
from bot.watch.traces import traced
from bot.work.acquaintances import Acquaintance, Acquaintances
from bot.work.bucket import Buckets
from bot.work.crowd import Crowd, TooMany
from bot.work.inbox import close_entry, open_entry
from bot.work.memory import Memory, Thoughts
from bot.work.permissions import check
from bot.work.questions import asked_once_more
from bot.work.refusals import (
    as_message,
    bad_fields,
    bug,
    database_away,
    spoken,
    stale_button,
    too_many,
    too_often,
    unclear,
    unreadable,
    with_line,
    with_words,
)
from bot.work.trail import Trail
from bot.work.unsure import Unsure
from bot.work.work import NeedsRows, NeedsTime, Work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from bot.work.questions import Question
    from bot.work.work import Engaged

    Questions = Callable[[Work], Sequence[Question]]

T = TypeVar("T")

log = structlog.get_logger()


class Dispatch:
    """Carries out what people want done. Replies always; raises nothing of its own."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        grammar: Grammar,
        use_cases: Mapping[type[Command], Callable[[Any, Work], Reply]],
        wake: Callable[[], None],
        metrics: Metrics | None = None,
        memory: Memory | None = None,
        engaged: Engaged | None = None,
        trail: Trail | None = None,
        buckets: Buckets | None = None,
        crowd: Crowd | None = None,
        questions: Sequence[Questions] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._grammar = grammar
        self._use_cases = use_cases
        self._by_name = {command.called(): command for command in use_cases}
        self._wake = wake
        self._metrics = metrics or Metrics()
        self._memory = memory or Memory()
        self._acquaintances = Acquaintances(database, clock, self._memory)
        self._engaged = engaged
        self._trail = trail or Trail()
        self._unsure = Unsure()
        self._buckets = buckets or Buckets()
        self._crowd = crowd or Crowd()
        self._questions = questions
        self._thinking = Crowd()  # those who wait for a thread: a database that hangs holds none of them up

    async def say(self, typed: str, origin: Origin) -> Reply:
        """Carry out typed words."""
        with self._speaking_to(origin):
            if origin.kind is ConversationKind.DIRECT:
                if (answered := await self._answered(typed, origin)) is not None:
                    return with_line(answered, typed)
                typed = as_command(typed, self._grammar)
            try:
                known = await self._known_at(origin) if self._grammar.asks_who(typed) else NOBODY
            except DatabaseAway:
                return Private(message=database_away(), fleeting=True, undone=True)
            understood = self._grammar.read(typed, known)
            if isinstance(understood, NotUnderstood):
                return with_line(Private(message=as_message(understood), undone=True), typed)
            return with_line(await self.carry_out(understood, origin), typed)

    async def _answered(self, typed: str, origin: Origin) -> Reply | None:
        """Take words for the answer to the one question that waits for whoever types them, or ask which it is."""
        if (said := answer_in(typed)) is None:
            return None
        try:
            known = await self._acquaintances.look_up(origin)
            questions = await self._database.read(partial(self._asked, origin, known))
        except (DatabaseAway, TooMany):
            return None  # they are read as ever, which says so
        if not questions or (said == "no" and all(one.no is None for one in questions)):
            return None
        button = questions[0].yes if said == "yes" else questions[0].no
        if len(questions) == 1 and said != "perhaps" and button is not None:
            return await self.carry_out(self._read_fields(button.command, button.fields), origin)
        return Private(message=asked_once_more(questions, typed, self._grammar.read(as_command(typed, self._grammar))))

    def _asked(self, origin: Origin, known: Acquaintance, session: Session) -> list[Question]:
        work = Work(session, now=self._clock.now(), actor=known.actor, origin=origin, engaged=self._engaged)
        with speaking(known.actor.locale), work:
            return [one for questions in self._questions for one in questions(work)]

    async def _known_at(self, origin: Origin) -> Known:
        return await self._database.read(partial(known_at, origin=origin))

    async def press(self, name: str, fields: Mapping[str, str], origin: Origin) -> Reply:
        """Carry out a button."""
        asked = {key: value for key, value in fields.items() if key != STAYS}
        with self._speaking_to(origin):
            try:
                command = self._read_fields(name, asked)
            except (KeyError, ValidationError):
                return Private(message=stale_button(), undone=True)
            return spoken(await self.carry_out(command, replace(origin, pressed=True, stays=fields.get(STAYS, ""))))

    async def submit(self, name: str, fields: Mapping[str, str], origin: Origin) -> Reply:
        """Carry out a form; an answer that cannot be read keeps it open and says so beside the question."""
        with self._speaking_to(origin):
            try:
                command = self._read_fields(name, fields)
            except KeyError:
                return with_words(Private(message=stale_button(), undone=True), fields)
            except ValidationError as wrong:
                return bad_fields(wrong)
            return with_words(await self.carry_out(command, replace(origin, pressed=True)), fields)

    def _speaking_to(self, origin: Origin) -> AbstractContextManager[None]:
        return speaking(self._acquaintances.language_of(origin))

    def _answer(self, origin: Origin, actor: Actor, reply: Reply) -> Reply:
        self._acquaintances.note_language(origin, actor)
        return reply

    def _read_fields(self, name: str, fields: Mapping[str, str]) -> Command:
        return self._by_name[name].model_validate({key: value for key, value in fields.items() if value.strip()})

    async def carry_out(self, command: Command, origin: Origin) -> Reply:
        """Carry out one command of a person."""
        return await self._counted(command, self._unless_too_much(command, origin))

    async def _counted(self, command: Command, carried_out: Awaitable[tuple[Reply, Result]]) -> Reply:
        began = time.perf_counter()
        reply, result = await traced("command", carried_out, lambda done: done[1], command=command.called())
        self._metrics.carried_out(command.called(), result, time.perf_counter() - began)
        return reply

    async def _unless_too_much(self, command: Command, origin: Origin) -> tuple[Reply, Result]:
        if excess := self._buckets.take(command, origin):
            return Private(message=too_often(excess), fleeting=True, undone=True), Result.LIMITED
        try:
            # What is answered out of memory waits for nobody.
            with nullcontext() if command.reads else self._in_line(command):
                return await self._carry_out(command, origin)
        except TooMany:
            return Private(message=too_many(), fleeting=True, undone=True), Result.LIMITED

    def _in_line(self, command: Command) -> AbstractContextManager[None]:
        return self._crowd.one_more(partial(self._buckets.cannot_wait, command))

    async def _carry_out(self, command: Command, origin: Origin) -> tuple[Reply, Result]:
        try:
            if command.reads:
                known = await self._who_acts(command, origin)
                reply, then = await self._look(command, origin, known)
                for one in then:
                    with self._crowd.one_more(lambda: True):  # it belongs to what is answered already
                        key = f"{origin.key}:{one.called()}"
                        await self._counted(one, self._carry_out(one, replace(origin, key=key)))
                return self._answer(origin, known.actor, reply), Result.DONE
            actor, reply, work = await self._write_once(command, origin)
        except TooMany:
            raise
        except Refusal as refusal:
            return self._refuse(command, refusal), Result.REFUSED
        except DatabaseAway as away:
            log.warning("The database is away.", action="database_away", command=command.called(), cause=in_short(away))
            says = unclear() if isinstance(away, CommitUnclear) else database_away()
            return Private(message=says, fleeting=True, undone=True), Result.DATABASE_AWAY
        except WrongKey:
            log.warning("Stored words need a key that is not named.", action="wrong_key", command=command.called())
            return Private(message=unreadable(), undone=True), Result.BUG
        except Exception:
            reference = secrets.token_hex(2).upper()
            log.exception("A command failed.", action="bug", command=command.called(), reference=reference)
            return Private(message=bug(reference), undone=True), Result.BUG
        if work is not None:
            self._trail.waits = True
            self._memory.forget(work.touched)
            if work.sends:
                self._wake()
        return self._answer(origin, actor, reply), Result.DONE

    async def _write_once(self, command: Command, origin: Origin) -> tuple[Actor, Reply, Work | None]:
        """Carry out what changes something; what may have been carried out a moment ago is asked for under its key."""
        asked = self._unsure.recognise(command, origin)
        try:
            done = await self._write_or_look_up(command, asked)
        except DatabaseAway as away:
            if asked is origin and not isinstance(away, CommitUnclear):
                raise
            self._unsure.note(command, asked)
            raise CommitUnclear from away
        self._unsure.settle(command, origin)
        return done

    async def _write_or_look_up(self, command: Command, origin: Origin) -> tuple[Actor, Reply, Work | None]:
        """Carry out what changes something; where the commit broke off, its key says whether it was carried out."""
        write = partial(self._write, command, origin)
        try:
            return await self._database.write(write)
        except CommitUnclear as unsure:
            log.warning("A commit broke off; its key is looked up.", action="commit_unclear", cause=in_short(unsure))
        try:
            actor, reply, work = await self._database.write(write)
        except DatabaseAway as away:
            raise CommitUnclear from away
        self._memory.forget({actor.organisation_id})  # whichever of the two it was
        self._wake()
        return actor, reply, work

    async def _look(self, command: Command, origin: Origin, known: Acquaintance) -> tuple[Reply, list[Command]]:
        """Answer out of memory, where that is enough; otherwise out of the database."""
        with speaking(known.actor.locale):
            check(known.actor, command.needs)
        read = partial(self._read, command, origin, known, Thoughts())
        with suppress(NeedsRows):
            try:
                return read(None)
            except NeedsTime:
                with self._thinking.one_more(partial(self._buckets.cannot_wait, command)):
                    return await asyncio.to_thread(read, None, aside=True)
        with self._in_line(command):
            return await self._database.read(read)

    def _read(
        self,
        command: Command,
        origin: Origin,
        known: Acquaintance,
        thoughts: Thoughts,
        session: Session | None,
        *,
        aside: bool = False,
    ) -> tuple[Reply, list[Command]]:
        actor, now = known.actor, self._clock.now()
        work = Work(
            session,
            now=now,
            actor=actor,
            origin=origin,
            recollection=known.recollection,
            engaged=self._engaged,
            aside=aside,
            thoughts=thoughts,
        )
        with speaking(actor.locale), work:
            return self._use_cases[type(command)](command, work), work.then

    def _write(self, command: Command, origin: Origin, session: Session) -> tuple[Actor, Reply, Work | None]:
        now = self._clock.now()
        seen = open_entry(session, origin.key, now)
        acting = recognise(session, origin, now)
        if acting is None or not acting.actor.on_team:
            acting = enrol(session, origin, now)
        actor = acting.actor
        if seen is not None:
            return actor, seen, None
        with speaking(actor.locale):
            check(actor, command.needs)
            with Work(
                session,
                now=now,
                actor=actor,
                origin=origin,
                organisation=acting.organisation,
                person=acting.person,
                engaged=self._engaged,
            ) as work:
                reply = self._use_cases[type(command)](command, work)
        close_entry(session, origin, reply, actor=actor, command=command.called(), now=now)
        return actor, reply, work

    async def _who_acts(self, command: Command, origin: Origin) -> Acquaintance:
        known = self._acquaintances.recall(origin)
        if known is None:
            with self._in_line(command):
                known = await self._acquaintances.look_up(origin)
        return known

    def _refuse(self, command: Command, refusal: Refusal) -> Reply:
        log.info("A command was refused.", action="refused", command=command.called(), rule=type(refusal).__name__)
        # Never in place of the card: what was pressed stays there to be pressed again.
        return Private(message=as_message(refusal), undone=True)


async def or_reference(work: Awaitable[T], *expected: type[Exception]) -> T | str:
    """Wait for work of an adapter; a bug in it is logged, and the reference to be told comes back instead."""
    known: tuple[type[Exception], ...] = (BotError, *expected)
    try:
        return await work
    except known:
        raise
    except Exception:
        reference = secrets.token_hex(2).upper()
        log.exception("An adapter failed.", action="bug", reference=reference)
        return reference
