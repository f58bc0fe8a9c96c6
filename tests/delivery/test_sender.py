"""Delivery: in order, at least once, never too late, whoever dies on the way."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select
from sqlalchemy import text as sql
from structlog.testing import capture_logs

from bot.delivery.model import KINDS, Card, DeliveryState, IfUnknown, Notice
from bot.delivery.retry import LEFT_TO_OTHERS, MOST_ATTEMPTS, READ_AGAIN_AFTER, Decision, after_unreadable
from bot.delivery.sender import Sender
from bot.delivery.unread import note_unreadable
from bot.directory.actors import Actor
from bot.directory.model import Person
from bot.errors import (
    CardGone,
    ConversationGone,
    DatabaseAway,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)
from bot.ports import Subject
from bot.say.aloud import plain_message
from bot.say.messages import Message, Section
from bot.work.work import Work
from tests.fakes.clock import START, FakeClock
from tests.fakes.platform import FakeMessenger

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.ports import Place
    from tests.stage import FakeStage


JUNK = b"no key opens this, whatever it is"


def words(text: str) -> Message:
    return Message.of("", Section(text=(text,)))


async def change(stage: FakeStage, *jobs: Callable[[Work, Person], None]) -> None:
    """Do several things in one transaction, as the clock."""

    def job(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.name == "Ana")).one()
        actor = Actor(organisation_id=person.organisation_id, person_id=None)
        with Work(session, now=stage.clock.now(), actor=actor) as work:
            for one in jobs:
                one(work, person)

    await stage.database.write(job)


def tell(text: str, subject: str = "x:1", **how: object) -> Callable[[Work, Person], None]:
    return lambda work, person: work.tell(Subject.read(subject), person, lambda: words(text), **how)  # type: ignore[arg-type]


def show(text: str, subject: str = "x:1") -> Callable[[Work, Person], None]:
    return lambda work, person: work.show_to(Subject.read(subject), person, lambda: words(text))


def show_afresh(text: str, subject: str = "x:1") -> Callable[[Work, Person], None]:
    return lambda work, person: work.show_to(Subject.read(subject), person, lambda: words(text), afresh=True)


def correct(text: str, subject: str = "x:1") -> Callable[[Work, Person], None]:
    return lambda work, person: work.correct_for(Subject.read(subject), person, lambda: words(text))


async def states(stage: FakeStage, kind: type[Card | Notice] = Notice) -> list[str]:
    return await stage.database.read(lambda session: list(session.scalars(select(kind.state).order_by(kind.id))))


def seen(stage: FakeStage) -> list[str]:
    return [plain_message(post.message) for post in stage.messenger.posts]


def standing(stage: FakeStage) -> list[str]:
    return [plain_message(post.message) for post in stage.messenger.posts if post.conversation]


async def test_nothing_is_sent_before_the_commit(stage: FakeStage) -> None:
    """A transaction that fails says nothing."""

    def fail(_work: Work, _person: Person) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await change(stage, tell("half done"), fail)
    await stage.program.sender.drain()

    assert seen(stage) == []


async def test_rows_of_one_subject_arrive_in_the_order_they_were_asked_for(stage: FakeStage) -> None:
    """Order holds within a transaction and across transactions."""
    await change(stage, show("card"), tell("one"), tell("two"))
    await change(stage, tell("three"))
    await stage.program.sender.drain()

    assert seen(stage) == ["card", "one", "two", "three"]


async def test_only_the_latest_version_of_a_card_is_shown(stage: FakeStage) -> None:
    """Versions that were overtaken before they were sent are never seen, and the message is edited in place."""
    await change(stage, show("first"))
    await change(stage, show("second"))
    await stage.program.sender.drain()
    await change(stage, show("third"))
    await change(stage, show("fourth"))
    await stage.program.sender.drain()

    assert seen(stage) == ["fourth"]
    assert [plain_message(one) for one in stage.messenger.posts[0].versions] == ["second"]


async def test_a_row_that_waits_holds_back_its_own_subject_only(stage: FakeStage) -> None:
    """What the platform refuses for now delays what follows it about the same thing, and nobody else."""
    await change(stage, tell("one"), tell("two"), tell("other", "y:1"))
    stage.messenger.failures.extend([RateLimited(timedelta(seconds=30))])
    await stage.program.sender.drain()
    assert seen(stage) == ["other"]

    stage.clock.move(timedelta(seconds=40))
    await stage.program.sender.drain()
    assert seen(stage) == ["other", "one", "two"]


@pytest.mark.parametrize("failure", [RateLimited(timedelta(seconds=30)), PlatformDown(), OutcomeUnknown()])
async def test_what_is_said_afresh_never_stands_twice(stage: FakeStage, failure: DeliveryError) -> None:
    """Where the message there was cannot be taken away now, the new one waits for it."""
    await change(stage, show("asked"))
    await stage.program.sender.drain()
    stage.messenger.failures.append(failure)
    await change(stage, show_afresh("asked again"))
    await change(stage, show("asked again, with a note"))
    await stage.program.sender.drain()
    waiting = standing(stage)
    stage.clock.move(timedelta(seconds=60))
    await stage.program.sender.drain()

    assert (waiting, standing(stage)) == (["asked"], ["asked again, with a note"])
    assert len(stage.messenger.posts) == 2


@pytest.mark.parametrize("failure", [CardGone(), ConversationGone()])
async def test_what_cannot_be_taken_away_holds_nothing_up(stage: FakeStage, failure: DeliveryError) -> None:
    """Somebody deleted it, or the platform does not let us: the new message comes all the same."""
    await change(stage, show("asked"))
    await stage.program.sender.drain()
    stage.messenger.failures.append(failure)
    await change(stage, show_afresh("asked again"))
    await stage.program.sender.drain()

    assert standing(stage)[-1] == "asked again"


async def test_too_late_is_never_sent(stage: FakeStage) -> None:
    """A notice that waited past its time is expired."""
    await change(stage, tell("go back now", lasts=timedelta(seconds=20)))
    stage.messenger.failures.append(RateLimited(timedelta(seconds=60)))
    await stage.program.sender.drain()
    stage.clock.move(timedelta(seconds=70))
    await stage.program.sender.drain()

    assert seen(stage) == []
    assert await states(stage) == [DeliveryState.EXPIRED]


@pytest.mark.parametrize(
    ("failure", "policy", "state", "sent"),
    [
        (ConversationGone(), IfUnknown.AGAIN, DeliveryState.DEAD, 0),
        (OutcomeUnknown(), IfUnknown.LEAVE, DeliveryState.UNKNOWN, 0),
        (OutcomeUnknown(), IfUnknown.AGAIN, DeliveryState.SENT, 1),
        (PlatformDown(), IfUnknown.LEAVE, DeliveryState.SENT, 1),
    ],
)
async def test_every_failure_ends_as_its_kind_says(
    stage: FakeStage, failure: DeliveryError, policy: IfUnknown, state: DeliveryState, sent: int
) -> None:
    """Dead is not tried again, unknown as the kind of message wants it, the rest until it works."""
    await change(stage, tell("hello", if_unknown=policy))
    stage.messenger.failures.append(failure)
    for _round in range(3):
        await stage.program.sender.drain()
        stage.clock.move(timedelta(seconds=5))

    assert await states(stage) == [state]
    assert len(seen(stage)) == sent


async def test_what_may_have_been_seen_already_says_so(stage: FakeStage) -> None:
    """A second sending is marked as such."""
    await change(stage, tell("please take over", if_unknown=IfUnknown.AGAIN))
    stage.messenger.failures.append(OutcomeUnknown())
    await stage.program.sender.drain()
    stage.clock.move(timedelta(seconds=5))
    await stage.program.sender.drain()

    assert seen(stage) == ["You may have seen this already: I couldn't tell whether it arrived.\nplease take over"]


async def test_a_minute_in_which_nothing_is_known_loses_nothing(stage: FakeStage) -> None:
    """A platform that breaks every call for a minute has the message afterwards, and a card in its place."""
    await change(stage, tell("customers read this"), show("the card", "y:1"))
    began = stage.clock.now()
    for _second in range(180):
        if stage.clock.now() - began < timedelta(seconds=60):
            stage.messenger.failures.extend([OutcomeUnknown(), OutcomeUnknown()])
        else:
            stage.messenger.failures.clear()
        await stage.program.sender.drain()
        stage.clock.move(timedelta(seconds=1))

    assert await states(stage) == [DeliveryState.SENT]
    assert [words.partition("\n")[2] for words in sorted(seen(stage))] == ["customers read this", "the card"]


async def test_what_stays_unknown_is_not_repeated_for_ever(stage: FakeStage) -> None:
    """After minutes nobody is told the same once more, and the row says that nobody knows."""
    await change(stage, tell("hello"))
    for _minute in range(30):
        stage.messenger.failures.append(OutcomeUnknown())
        await stage.program.sender.drain()
        stage.clock.move(timedelta(seconds=60))

    assert await states(stage) == [DeliveryState.UNKNOWN]


class DyingMessenger(FakeMessenger):
    """Takes the message, and the process dies before that can be recorded."""

    async def notify(self, place: object, message: Message) -> str | None:
        await super().notify(place, message)  # type: ignore[arg-type]
        raise asyncio.CancelledError

    async def show(self, place: object, reference: str | None, message: Message) -> str:
        await super().show(place, reference, message)  # type: ignore[arg-type]
        raise asyncio.CancelledError


def another_process(stage: FakeStage, messenger: FakeMessenger, real: FakeClock) -> Sender:
    return Sender(database=stage.database, clock=stage.clock, messengers={"web": messenger}, real_clock=real)


async def let_leases_run_out(stage: FakeStage) -> None:
    """Move every lease into the past: on PostgreSQL they go by a clock that no test moves."""

    def move(session: Session) -> None:
        for kind in KINDS:
            for row in session.scalars(select(kind).where(kind.lease_until.is_not(None))):
                row.lease_until = START - timedelta(days=1)

    if not stage.database.is_sqlite:
        await stage.database.write(move)


async def test_a_crash_between_commit_and_send_loses_nothing(stage: FakeStage) -> None:
    """Whatever was committed is sent by whoever starts next."""
    await change(stage, tell("one"), show("card", "y:1"))
    after = FakeMessenger()
    await another_process(stage, after, FakeClock()).drain()

    assert sorted(plain_message(post.message) for post in after.posts) == ["card", "one"]


@pytest.mark.parametrize(("policy", "times"), [(IfUnknown.AGAIN, 2), (IfUnknown.LEAVE, 1)])
async def test_a_crash_between_send_and_record_follows_the_policy(
    stage: FakeStage, policy: IfUnknown, times: int
) -> None:
    """After its lease ran out the row is sent once more, marked, or left, and never stays undecided."""
    real = FakeClock()
    await change(stage, tell("hello", if_unknown=policy))
    dying = DyingMessenger()
    with pytest.raises(asyncio.CancelledError):
        await another_process(stage, dying, real).send_due()
    survivor = FakeMessenger()
    sender = another_process(stage, survivor, real)
    await sender.drain()
    assert survivor.posts == []

    real.move(timedelta(seconds=31))
    await let_leases_run_out(stage)
    await sender.drain()
    assert len(dying.posts) + len(survivor.posts) == times
    assert await states(stage) == [DeliveryState.SENT if times == 2 else DeliveryState.UNKNOWN]


async def test_two_processes_never_send_the_same_row(stage: FakeStage) -> None:
    """While one has claimed a row, the other leaves it alone."""
    await change(stage, *(tell(str(number), f"x:{number}") for number in range(40)))
    messenger = FakeMessenger()
    real = FakeClock()
    await asyncio.gather(*(another_process(stage, messenger, real).drain() for _process in range(4)))

    assert sorted(int(plain_message(post.message)) for post in messenger.posts) == list(range(40))


class HangingMessenger(FakeMessenger):
    """Takes a message, and takes its time to say so."""

    def __init__(self) -> None:
        super().__init__()
        self.taken, self.answers = asyncio.Event(), asyncio.Event()

    async def notify(self, place: Place, message: Message) -> str | None:
        said = await super().notify(place, message)
        self.taken.set()
        await self.answers.wait()
        return said


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_machines_whose_clocks_differ_send_nothing_twice(stage: FakeStage) -> None:
    """One is 40 seconds ahead: what another has just claimed is still not its."""
    await change(stage, tell("hello"))
    messenger = HangingMessenger()
    first = asyncio.create_task(another_process(stage, messenger, FakeClock()).send_due())
    await messenger.taken.wait()
    await another_process(stage, messenger, FakeClock(START + timedelta(seconds=40))).drain()
    messenger.answers.set()
    await first

    assert seen_on(messenger) == ["hello"]


def seen_on(messenger: FakeMessenger) -> list[str]:
    return [plain_message(post.message) for post in messenger.posts]


async def test_what_was_taken_back_is_not_said(stage: FakeStage) -> None:
    """A notice that no longer holds is withdrawn before it goes out."""
    await change(stage, tell("go back"))
    await change(stage, lambda work, _person: work.withdraw(Subject.read("x:1")))
    await stage.program.sender.drain()

    assert seen(stage) == []


async def test_a_broken_messenger_stops_nobody_else(stage: FakeStage) -> None:
    """A bug in an adapter counts as unknown, and the sender goes on."""
    await change(stage, tell("one", if_unknown=IfUnknown.LEAVE), tell("two", "y:1"))
    stage.messenger.failures.append(ZeroDivisionError())
    await stage.program.sender.drain()

    assert seen(stage) == ["two"]
    assert await states(stage) == [DeliveryState.UNKNOWN, DeliveryState.SENT]


async def test_a_platform_that_is_not_configured_ends_its_rows(stage: FakeStage) -> None:
    """What cannot be sent from here does not wait for ever."""
    await change(stage, tell("one"))
    sender = Sender(database=stage.database, clock=stage.clock, messengers={})
    await sender.drain()

    assert await states(stage) == [DeliveryState.DEAD]


async def test_bodies_are_erased_a_day_after_their_end(stage: FakeStage) -> None:
    """What was said is not kept longer than it is of use."""
    await change(stage, tell("one"))
    await stage.program.sender.drain()
    bodies = partial(stage.database.read, lambda session: list(session.scalars(select(Notice.body))))
    stage.clock.move(timedelta(hours=23))
    await stage.program.ticker.tidy_up()
    assert await bodies() != [None]

    stage.clock.move(timedelta(hours=2))
    await stage.program.ticker.tidy_up()
    assert await bodies() == [None]


async def test_a_correction_changes_what_was_seen_and_takes_back_what_was_not(stage: FakeStage) -> None:
    """Nobody gets an offer that was over before it reached them, and everybody who saw it reads how it ended."""
    await change(stage, show("offer", "x:1"))
    await stage.program.sender.drain()
    await change(stage, show("offer", "y:1"), correct("over", "x:1"), correct("over", "y:1"), correct("over", "z:1"))
    await stage.program.sender.drain()

    assert seen(stage) == ["over"]
    assert await states(stage, Card) == [DeliveryState.SENT]


async def test_an_offer_that_waits_for_the_platform_is_taken_back(stage: FakeStage) -> None:
    """A card refused for a minute is not sent when it is over by then."""
    await change(stage, show("offer"))
    stage.messenger.failures.append(RateLimited(timedelta(seconds=60)))
    await stage.program.sender.drain()
    await change(stage, correct("over"))
    stage.clock.move(timedelta(seconds=70))
    await stage.program.sender.drain()

    assert seen(stage) == []
    assert await states(stage, Card) == [DeliveryState.EXPIRED]


async def spoil(stage: FakeStage) -> bytes:
    """Put junk in place of the first notice; give what it was."""
    body = await stage.database.read(lambda session: session.execute(sql("SELECT body FROM notices")).scalar_one())
    await put(stage, b"junk" * 9)
    return bytes(body)


async def put(stage: FakeStage, body: bytes) -> None:
    await stage.database.write(lambda session: session.execute(sql("UPDATE notices SET body = :body"), {"body": body}))


async def test_a_message_that_cannot_be_read_holds_up_nobody(stage: FakeStage) -> None:
    """A body that no key opens is given up with its error, after a minute; everything beside it goes out at once."""
    await change(stage, tell("broken", "x:1"))
    await spoil(stage)
    await change(stage, tell("fine", "y:1"))
    await stage.program.sender.drain()
    at_once = seen(stage), await states(stage)
    stage.clock.move(LEFT_TO_OTHERS)
    await stage.program.sender.drain()

    assert at_once == (["fine"], [DeliveryState.PENDING, DeliveryState.SENT])
    assert await states(stage) == [DeliveryState.DEAD, DeliveryState.SENT]


async def test_a_message_that_only_another_can_read_is_left_to_it(stage: FakeStage) -> None:
    """While versions are replaced, or a key is, one process may not read what the one beside it sends."""
    await change(stage, tell("from a later version"))
    body = await spoil(stage)
    await stage.program.sender.drain()
    await put(stage, body)
    stage.clock.move(READ_AGAIN_AFTER)
    await stage.program.sender.drain()

    assert seen(stage) == ["from a later version"]


async def test_reading_in_vain_is_no_attempt_at_sending(stage: FakeStage) -> None:
    """Whoever can read it at last has as many attempts as ever, and a platform that is down costs nothing."""
    await change(stage, tell("read late"))
    body = await spoil(stage)
    for _time in range(MOST_ATTEMPTS):
        await stage.program.sender.drain()
        stage.clock.move(READ_AGAIN_AFTER)
    await put(stage, body)
    stage.messenger.failures.append(PlatformDown())
    await stage.program.sender.drain()
    stage.clock.move(timedelta(minutes=2))
    await stage.program.sender.drain()

    assert seen(stage) == ["read late"]


@pytest.mark.parametrize("since", [timedelta(0), LEFT_TO_OTHERS])
async def test_what_another_has_sent_meanwhile_stays_sent(stage: FakeStage, since: timedelta) -> None:
    """Whoever could not read it touches nothing that is no longer due: neither its end nor a lease."""
    await change(stage, tell("sent by another"))
    await stage.program.sender.drain()
    now = stage.clock.now()
    note = partial(note_unreadable, kind=Notice, row_id=1, error="WrongKey", decision=after_unreadable(since))
    counted = await stage.database.write(partial(note, now=now, real_now=now))

    assert counted == []
    assert await states(stage) == [DeliveryState.SENT]


async def test_whoever_waits_for_the_outcome_hears_that_nobody_could_read_it(stage: FakeStage) -> None:
    """What is given up unread is an outcome like any other, told at once."""
    await change(stage, tell("unreadable"))
    await stage.database.write(lambda session: session.execute(sql("UPDATE notices SET outcome_to = 'x:1'")))
    now = stage.clock.now()
    note = partial(note_unreadable, kind=Notice, row_id=1, error="WrongKey", decision=Decision(kind="dead"))
    counted = await stage.database.write(partial(note, now=now, real_now=now))
    due = await stage.database.read(lambda session: session.scalar(select(Notice.outcome_due_at)))

    assert counted == [("web", DeliveryState.DEAD)]
    assert due == now


async def test_a_failed_version_of_a_card_does_not_hold_up_the_next(stage: FakeStage) -> None:
    """What the platform would never take is followed by what it takes."""
    await change(stage, show("far too long"))

    async def meanwhile(_place: object, _reference: object, _message: object) -> str:
        await change(stage, show("short"))
        stage.messenger.show = taking  # type: ignore[method-assign]
        raise MessageTooLong

    taking, stage.messenger.show = stage.messenger.show, meanwhile  # type: ignore[method-assign,assignment]
    await stage.program.sender.drain()

    assert seen(stage) == ["short"]


async def test_the_sender_outlives_whatever_breaks_in_a_round(stage: FakeStage) -> None:
    """A round that fails is logged, and the next one sends."""
    sender, sent = stage.program.sender, asyncio.Event()
    send_due = sender.send_due

    async def send_and_tell() -> int:
        count = await send_due()
        sent.set()
        return count

    async def break_once() -> int:
        sender.send_due = send_and_tell  # type: ignore[method-assign]
        raise ZeroDivisionError

    sender.send_due = break_once  # type: ignore[method-assign]
    await change(stage, tell("hello"))
    with capture_logs() as logged:
        sending = asyncio.create_task(sender.run())
        await sent.wait()
        sender.stop()
        await sending

    assert seen(stage) == ["hello"]
    assert [entry["action"] for entry in logged] == ["round_failed"]


async def test_stopping_lets_the_round_end(stage: FakeStage) -> None:
    """What was claimed when a program stops is sent, not left to a lease."""
    sender, notify, begun, go_on = stage.program.sender, stage.messenger.notify, asyncio.Event(), asyncio.Event()

    async def slowly(place: Place, message: Message) -> None:
        begun.set()
        await go_on.wait()
        await notify(place, message)

    stage.messenger.notify = slowly  # type: ignore[method-assign]
    await change(stage, tell("hello"))
    sending = asyncio.create_task(sender.run())
    await begun.wait()
    sender.stop()
    go_on.set()
    await sending

    assert seen(stage) == ["hello"]


async def test_a_slow_message_holds_up_no_other(stage: FakeStage) -> None:
    """While the platform does not answer about one, those asked for later go out, and it is recorded when it ends."""
    sender, notify, go_on = stage.program.sender, stage.messenger.notify, asyncio.Event()

    async def slowly(place: Place, message: Message) -> None:
        if plain_message(message) == "slow":
            await go_on.wait()
        await notify(place, message)

    stage.messenger.notify = slowly  # type: ignore[method-assign]
    await change(stage, tell("slow", "x:1"))
    await sender.send_due()
    await change(stage, tell("quick", "y:1"), tell("after the slow one", "x:1"))
    await sender.send_due()
    assert seen(stage) == ["quick"]
    assert await states(stage) == [DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.PENDING]

    go_on.set()
    await sender.drain()
    assert seen(stage) == ["quick", "slow", "after the slow one"]
    assert await states(stage) == [DeliveryState.SENT] * 3


async def test_many_at_once_take_no_more_statements_than_a_few(stage: FakeStage) -> None:
    """What is due together is claimed and recorded together, cards and notices alike."""

    async def statements(count: int) -> int:
        ran: list[str] = []

        def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            ran.append(statement)

        told, shown = ([f"{kind}:{count}:{number}" for number in range(count)] for kind in ("told", "shown"))
        await change(stage, *(tell("hello", one) for one in told), *(show("hello", one) for one in shown))
        for engine in stage.database.engines:
            event.listen(engine, "before_cursor_execute", hear)
        await stage.program.sender.send_due()
        for engine in stage.database.engines:
            event.remove(engine, "before_cursor_execute", hear)
        return len(ran)

    assert await statements(2) == await statements(30)
    assert set(await states(stage)) == set(await states(stage, Card)) == {DeliveryState.SENT}


async def test_what_was_sent_while_the_database_is_away_is_recorded_later(stage: FakeStage) -> None:
    """An outcome is kept until it can be written down, and nothing is sent twice."""
    sender, write = stage.program.sender, stage.database.write

    async def away(_job: object) -> None:
        raise DatabaseAway

    async def and_the_database_goes(place: Place, message: Message) -> None:
        await notify(place, message)
        stage.database.write = away  # type: ignore[method-assign,assignment]

    notify, stage.messenger.notify = stage.messenger.notify, and_the_database_goes  # type: ignore[method-assign]
    await change(stage, tell("hello"))
    with capture_logs():
        assert await sender.send_due() == 0
    stage.database.write = write  # type: ignore[method-assign]
    await sender.drain()

    assert seen(stage) == ["hello"]
    assert await states(stage) == [DeliveryState.SENT]
