"""The outbox: what waits or was given up is seen without its words, sent again, or dropped."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.errors import ConversationGone, NothingFound, OutcomeUnknown, WrongUse
from bot.run.operating.listing import live_incidents, open_handoffs
from bot.run.operating.opening import change, look_into
from bot.run.operating.outbox import WAITING, drop, entries, retry
from bot.run.operating.reasons import DROPPED, in_words
from bot.run.settings import Settings
from bot.say.aloud import plain_message
from tests.core.test_doctor import tell
from tests.databases import SECRET
from tests.stage import Cast, FakeStage

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.run.operating.outbox import Entry

    Deed = Callable[..., list[tuple[str, str]]]

A_DAY = timedelta(days=1)


def settings_of(stage: FakeStage, key: str = SECRET) -> Settings:
    return Settings(database_url=stage.database.url, secret_key=key)


def outbox(stage: FakeStage, *states: str, key: str = SECRET) -> list[Entry]:
    look = partial(entries, now=stage.clock.now(), states=states or WAITING, within=A_DAY)
    return look_into(settings_of(stage, key), look)


def do(
    deed: Callable[..., list[tuple[str, str]]], stage: FakeStage, *names: str, dry_run: bool = False
) -> dict[str, str]:
    return dict(change(settings_of(stage), partial(deed, now=stage.clock.now(), names=names), dry_run=dry_run))


async def test_what_waits_is_seen_with_any_key_and_without_its_words(stage: FakeStage) -> None:
    """Kind, place, age, state: the words stay sealed, so no key is needed to look."""
    await tell(stage)
    (entry,) = outbox(stage, key="another secret, just as long as it has to be")

    assert (entry.about, entry.platform, entry.place, entry.state) == ("x", "web", "@Ana", "pending")
    assert entry.name.startswith("notice:")
    assert "words" not in repr(entry)


async def test_what_was_given_up_is_listed_for_a_day_and_can_go_out_again(stage: FakeStage) -> None:
    """The reason says what to mend; after that one command sends it as if for the first time."""
    await tell(stage)
    stage.messenger.failures.append(ConversationGone())
    await stage.program.sender.drain()
    (dead,) = outbox(stage)
    tried = do(retry, stage, dead.name, dry_run=True)
    still = outbox(stage)
    done = do(retry, stage, dead.name)
    await stage.program.sender.drain()

    assert (dead.state, dead.error) == ("dead", "ConversationGone")
    assert "invite the bot again" in in_words(dead.error)
    assert tried == done == {dead.name: "goes out again"}
    assert still == [dead]
    assert outbox(stage) == []
    assert [entry.name for entry in outbox(stage, "sent")] == [dead.name]
    assert do(retry, stage, dead.name) == {dead.name: "left as it is: it was sent"}
    stage.clock.move(timedelta(days=2))
    assert outbox(stage, "sent") == []


async def test_what_may_have_arrived_says_so_when_it_is_sent_again(stage: FakeStage) -> None:
    """Nobody knows whether it arrived, so whoever reads it twice reads why."""
    await tell(stage)
    stage.messenger.failures.extend([OutcomeUnknown()] * 20)
    for _try in range(20):
        await stage.program.sender.drain()
        stage.clock.move(timedelta(minutes=1))
    stage.messenger.failures.clear()
    (unknown,) = outbox(stage)
    do(retry, stage, unknown.name)
    await stage.program.sender.drain()

    assert unknown.state == "unknown"
    assert "You may have seen this already" in plain_message(stage.messenger.posts[-1].message)


async def test_what_is_dropped_is_never_sent_and_its_words_are_gone(stage: FakeStage) -> None:
    """It is no longer a fault that the doctor names, and cannot be brought back."""
    await tell(stage)
    (waits,) = outbox(stage)
    assert do(drop, stage, waits.name, dry_run=True) == {waits.name: "dropped"}
    assert do(drop, stage, waits.name) == {waits.name: "dropped"}
    await stage.program.sender.drain()
    (dropped,) = outbox(stage)

    assert (dropped.state, dropped.error, dropped.readable) == ("dead", DROPPED, False)
    assert do(retry, stage, waits.name) == {waits.name: "left as it is: its words are erased, as a day after its end"}


@pytest.mark.parametrize("name", ["12", "notice:", "notice:x", "letter:1", "notice:999999"])
async def test_a_message_that_is_none_is_said(stage: FakeStage, name: str) -> None:
    """Nothing is changed, and where names come from is said."""
    with pytest.raises((WrongUse, NothingFound), match="zanshin outbox list"):
        do(drop, stage, name)


async def test_handoffs_and_incidents_are_listed_without_anybodys_words(stage: FakeStage) -> None:
    """How far they are and what is due; not who stepped out, nor why, nor a title."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.omar.in_("incidents").types("/incident open sev2 Cards fail")
    (handoff,) = look_into(settings_of(stage), open_handoffs)
    (incident,) = look_into(settings_of(stage), live_incidents)

    assert (handoff.state, handoff.rung, handoff.due_at is not None) == ("searching", "best", True)
    assert (incident.number, incident.severity, incident.place, incident.reminded) == (1, 2, "#incidents", "quiet")
    assert not any(word in repr((handoff, incident)) for word in ("Ana", "CASE", "charged", "Cards"))
