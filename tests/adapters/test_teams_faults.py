"""What Teams refuses, what breaks on the way, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from adapters.teams.errors import ConnectorRefused, Deed, NotTaken, Remedy, judge
from adapters.teams.model import TeamsReference
from adapters.teams.pacing import WINDOWS, Pacing
from adapters.teams.places import direct
from bot.errors import (
    CardGone,
    ConversationGone,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.teams_stage import TeamsStage, account, channel
from tests.fakes.teams import Fault
from tests.fakes.teams_rules import BOT
from tests.stage import Cast, seated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

SUPPORT = channel("support")


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[TeamsStage]:
    """A tenant of Teams."""
    async with seated(TeamsStage(database, SHIPPED_PLAYBOOKS)) as stage:
        yield stage


@pytest.mark.parametrize(
    ("status", "code", "expected", "remedy"),
    [
        (400, "BadSyntax", ConversationGone, Remedy.GIVE_UP),
        (401, "BotNotRegistered", ConversationGone, Remedy.TELL_OPERATOR),
        (403, "BotDisabledByAdmin", ConversationGone, Remedy.ALLOW),
        (403, "BotNotInConversationRoster", ConversationGone, Remedy.INSTALL),
        (403, "ConversationBlockedByUser", ConversationGone, Remedy.FORGET),
        (403, "ForbiddenOperationException", ConversationGone, Remedy.INSTALL),
        (403, "MessageWritesBlocked", ConversationGone, Remedy.FORGET),
        (403, "Something new", ConversationGone, Remedy.INSTALL),
        (404, "ConversationNotFound", ConversationGone, Remedy.GIVE_UP),
        (412, "PreconditionFailed", PlatformDown, Remedy.RETRY),
        (413, "MessageSizeTooBig", MessageTooLong, Remedy.GIVE_UP),
        (429, "TooManyRequests", RateLimited, Remedy.RETRY),
        (500, "ServiceError", ConversationGone, Remedy.GIVE_UP),
        (502, "", PlatformDown, Remedy.RETRY),
        (503, "", PlatformDown, Remedy.RETRY),
        (504, "", PlatformDown, Remedy.RETRY),
        (418, "", ConversationGone, Remedy.GIVE_UP),
    ],
)
def test_every_refusal_means_something(status: int, code: str, expected: type[DeliveryError], remedy: Remedy) -> None:
    """Five are tried again, each 403 has its consequence, nothing else is repeated."""
    verdict = judge(ConnectorRefused(status, code, {}), Deed.SAY)

    assert type(verdict.error) is expected or isinstance(verdict.error, expected)
    assert verdict.remedy is remedy


def test_a_pause_that_was_asked_for_is_kept() -> None:
    """With any of the refusals that pass; one that cannot be read is a short one, and an endless one is an hour."""
    pauses = {
        written: judge(ConnectorRefused(429, "", {"Retry-After": written}), Deed.SAY).error
        for written in ("30", "soon", "", "999999999999")
    }

    assert [error.retry_after.total_seconds() for error in pauses.values() if isinstance(error, RateLimited)] == [
        30,
        2,
        2,
        3600,
    ]
    busy = judge(ConnectorRefused(503, "", {"Retry-After": "7"}), Deed.SAY).error
    assert isinstance(busy, RateLimited)


def test_a_broken_connection_tells_nothing_about_what_was_said() -> None:
    """Only of what says nothing is it certain that trying again does no harm."""
    assert isinstance(judge(ConnectionResetError(), Deed.SAY).error, OutcomeUnknown)
    for deed in (Deed.CHANGE, Deed.OPEN):
        assert isinstance(judge(ConnectionResetError(), deed).error, PlatformDown)


@given(st.lists(st.floats(min_value=0, max_value=40), min_size=1, max_size=300))
@example([0.25, *[0.0] * 7])
def test_no_thread_is_spoken_to_faster_than_teams_allows(steps: list[float]) -> None:
    """Whatever comes when: in no window more gets through than it holds, and whoever waits as told gets through."""
    now = 0.0
    pacing = Pacing(lambda: now)
    through: list[float] = []
    for step in steps:
        now += step / 10
        wait = pacing.take("thread")
        if wait:
            now += wait
            assert pacing.take("thread") == 0
        through.append(now)

    for length, most in WINDOWS:
        begun = length - 1e-9  # sums of fractions of seconds are off by less
        assert all(sum(at - begun < one <= at for one in through) <= most for at in through)


def test_threads_do_not_wait_for_each_other() -> None:
    """One at its limit leaves the others alone; a pause that Teams asked for holds its thread."""
    pacing = Pacing(lambda: 0.0)
    waits = [pacing.take("a") for _message in range(8)]
    pacing.hold("b", 5)

    assert (waits[:7], waits[7] > 0) == ([0] * 7, True)
    assert pacing.take("b") == 5
    assert pacing.take("c") == 0


@pytest.mark.parametrize(
    ("status", "code", "error"), [(404, "ActivityNotFoundInConversation", CardGone), (403, "", NotTaken)]
)
def test_a_message_that_cannot_be_changed_says_nothing_about_its_conversation(
    status: int, code: str, error: type[DeliveryError]
) -> None:
    """A deleted one is shown anew, one that is not ours to change is left; nobody has to mend anything."""
    verdict = judge(ConnectorRefused(status, code, {}), Deed.CHANGE)

    assert type(verdict.error) is error
    assert verdict.remedy is Remedy.GIVE_UP


# --- through to the rows ------------------------------------------------------------------------


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_what_passes_is_sent_again(stage: TeamsStage, status: int) -> None:
    """The offer arrives, once, after a pause."""
    cast = Cast(stage)
    stage.teams.fail("chat-29:ben", Fault(status, retry_after="2"))
    await cast.ana.types("/recuse @ben")
    missing = await cast.ben.privately.sees()
    await cast.later(seconds=3)

    assert missing == []
    assert len([text for text in await cast.ben.privately.sees() if "Can you take over" in text]) == 1


@pytest.mark.parametrize("status", [400, 404, 413, 500])
async def test_what_stays_so_is_not_sent_again(stage: TeamsStage, status: int) -> None:
    """The ladder goes on to the next colleague instead."""
    cast = Cast(stage)
    stage.teams.fail("chat-29:ben", Fault(status))
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=6)
    asked = [call for call in stage.teams.calls if "chat-29:ben" in call.path and "Can you take" in str(call.body)]

    assert len(asked) == 1
    assert any("Can you take over" in text for text in await cast.omar.privately.sees())


async def test_a_colleague_without_the_app_gets_a_neutral_line(stage: TeamsStage) -> None:
    """The channel reads that there is something for Ben, never that a case is heated; supervisors hear it once."""
    cast = Cast(stage)
    stage.teams.installed.discard(account("ben"))
    for _time in range(2):
        await cast.ana.types("/recuse @ben heated: charged twice")
        await cast.later(seconds=6)
        await cast.ana.types("/recuse cancel")
        await cast.later(minutes=31)
    lines = [text for text in await cast.ana.sees() if "can't write to you yet" in text]
    told = [text for text in await cast.sofia.privately.sees() if "I can't reach Ben" in text]

    assert len(lines) == 1
    assert "Ben, I have something for you" in lines[0]
    assert "heated" not in lines[0]
    assert len(told) == 1
    assert "press Add" in told[0]


async def test_once_they_have_added_it_they_are_reached_again(stage: TeamsStage) -> None:
    """The installation is the sign: what comes after it arrives."""
    cast = Cast(stage)
    stage.teams.installed.discard(account("ben"))
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=6)
    await cast.ana.types("/recuse cancel")
    stage.teams.installed.add(account("ben"))
    stage.bear(await stage.post(stage.activity("installationUpdate", "ben", "@ben", action="add")))
    await cast.later(minutes=31)
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=1)

    seen = await cast.ben.privately.sees()
    assert any("Hello, I'm Zanshin." in text for text in seen)
    assert any("Can you take over" in text for text in seen)


async def test_whoever_blocked_us_is_left_in_peace(stage: TeamsStage) -> None:
    """One refusal, and nothing more is tried until they speak to us."""
    cast = Cast(stage)
    stage.teams.fail("chat-29:ben", Fault(403, "ConversationBlockedByUser"))
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=6)
    before = [call for call in stage.teams.calls if "chat-29:ben" in call.path]
    await cast.ana.types("/recuse cancel")
    await cast.later(minutes=31)
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=1)

    assert [call for call in stage.teams.calls if "chat-29:ben" in call.path] == before


async def test_one_whom_an_admin_cuts_off_leaves_the_others_reached(stage: TeamsStage) -> None:
    """What waits for a colleague arrives after its pause; a supervisor hears once whom an admin has cut off."""
    cast = Cast(stage)
    stage.teams.fail("chat-29:omar", Fault(429, retry_after="20"))
    await cast.ana.types("/recuse @omar")
    stage.teams.fail("chat-29:ben", *[Fault(403, "BotDisabledByAdmin")] * 9)
    await cast.sofia.types("/recuse @ben")
    for _step in range(6):
        await cast.later(seconds=6)
    told = [text for text in await cast.sofia.privately.sees() if "I can't reach Ben" in text]

    assert any("Can you take over" in text for text in await cast.omar.privately.sees())
    assert len(told) == 1
    assert "An admin of Teams has switched Zanshin off for them" in told[0]


async def test_whoever_an_admin_lets_hear_us_again_is_reached(stage: TeamsStage) -> None:
    """Nothing is written down for good: the next message is simply tried."""
    cast = Cast(stage)
    stage.teams.fail("chat-29:ben", Fault(403, "BotDisabledByAdmin"))
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=6)
    await cast.ana.types("/recuse cancel")
    await cast.later(minutes=31)
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=1)

    assert any("Can you take over" in text for text in await cast.ben.privately.sees())


async def test_a_chat_that_teams_forgot_is_opened_anew_once(stage: TeamsStage) -> None:
    """What was to be said arrives in the new chat, and nobody has to hear of it."""
    cast = Cast(stage)
    await cast.ben.privately.types("zanshin team")
    stage.teams.fail("chat-29:ben", Fault(404, "ConversationNotFound"))
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=6)
    opened = [call for call in stage.teams.calls if call.path == "/v3/conversations" and "29:ben" in str(call.body)]

    assert len([text for text in await cast.ben.privately.sees() if "Can you take over" in text]) == 1
    assert len(opened) == 1
    assert not any("can't reach Ben" in text for text in await cast.sofia.privately.sees())


async def test_a_chat_that_cannot_be_opened_anew_is_told_of(stage: TeamsStage) -> None:
    """One attempt; then a supervisor hears that Ben cannot be reached, and somebody else is asked."""
    cast = Cast(stage)
    await cast.ben.privately.types("zanshin team")
    stage.teams.fail("chat-29:ben", *[Fault(404, "ConversationNotFound")] * 9)
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=6)
    opened = [call for call in stage.teams.calls if call.path == "/v3/conversations" and "29:ben" in str(call.body)]

    assert len(opened) == 1
    assert any("I can't reach Ben" in text for text in await cast.sofia.privately.sees())
    assert any("Can you take over" in text for text in await cast.omar.privately.sees())


async def test_a_card_that_was_deleted_is_shown_in_a_new_message(stage: TeamsStage) -> None:
    """Somebody deletes the card of an incident in the channel: its next version stands there anew."""
    cast = Cast(stage)
    await cast.ana.types("/incident open sev2 The checkout fails")
    stage.teams.posts.remove((await cast.omar.posts())[-1].handle)
    missing = [text for text in await cast.omar.sees() if "[Resolve]" in text]
    await cast.ana.types("/incident note 1 The vendor looks into it")
    await cast.ana.types("/incident severity 1 sev1")

    assert missing == []
    assert len([text for text in await cast.omar.sees() if "[Resolve]" in text]) == 1


async def test_a_card_that_cannot_be_changed_mutes_nothing(stage: TeamsStage) -> None:
    """One refusal to change a message: the reminder of the same incident still moves on in the channel."""
    cast = Cast(stage)
    await cast.ana.types("/incident open sev2 The checkout fails")
    card = (await cast.omar.posts())[-1].handle
    stage.teams.fail(f"activities/{card.id}", *[Fault(403, "Forbidden")] * 9)
    for _step in range(16):
        await cast.later(minutes=5)

    [reminder] = [text for text in await cast.omar.sees() if "Still no update" in text]
    assert "I'm calling the supervisors." in reminder


async def test_references_survive_a_restart_and_follow_a_moved_connector(stage: TeamsStage) -> None:
    """They are rows; the latest address is the one that is used."""
    ben = Cast(stage).ben.privately
    await ben.types("zanshin team")

    def references(session: Session) -> dict[str, tuple[str, str]]:
        rows = session.scalars(select(TeamsReference))
        return {row.address: (row.conversation, row.service_url) for row in rows}

    known = await stage.database.read(references)
    assert known["@29:ben"] == ("a:chat-29:ben", stage.teams.service_url)

    moved = stage.teams.service_url + "moved/"
    await stage.database.write(
        lambda session: session.execute(update(TeamsReference).values(service_url=moved)) and None
    )
    stage.clock.move(timedelta(minutes=2))
    await ben.types("zanshin team")
    known = await stage.database.read(references)
    assert known["@29:ben"] == ("a:chat-29:ben", stage.teams.service_url)


async def test_somebody_new_is_asked_though_the_last_we_heard_of_has_left(stage: TeamsStage) -> None:
    """Sofia never wrote to us, and Ben's removal is the latest news of the tenant: it says nothing about her."""

    def never_wrote(session: Session) -> None:
        session.execute(delete(TeamsReference).where(TeamsReference.address == direct(account("sofia"))))

    cast = Cast(stage)
    await stage.database.write(never_wrote)
    await cast.ana.types("/incident open sev2 The checkout fails")
    stage.clock.move(timedelta(minutes=2))
    await cast.ben.privately.types("zanshin team")
    stage.bear(await stage.post(stage.activity("installationUpdate", "ben", "@ben", action="remove")))
    for _step in range(16):
        await cast.later(minutes=5)

    assert any("The checkout fails" in text for text in await cast.sofia.privately.sees())


async def test_a_conversation_we_left_is_not_spoken_in(stage: TeamsStage) -> None:
    """Removed from a channel: nothing is tried there."""
    removed: dict[str, Any] = {"membersRemoved": [{"id": BOT}]}
    await Cast(stage).omar.in_("incidents").types("/incident")
    stage.bear(await stage.post(stage.activity("conversationUpdate", "omar", "incidents", **removed)))
    before = len(stage.teams.calls)
    await Cast(stage).omar.in_("incidents").types("/zanshin help")
    spoken = [call for call in stage.teams.calls[before:] if SUPPORT not in call.path]

    assert all("chat-29:omar" in call.path or "/members" in call.path for call in spoken)


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_a_channel_with_members_of_its_own_is_named_to_nobody(stage: TeamsStage, kind: str) -> None:
    """A supervisor who is not in it is led to its incident by a link that keeps its name to itself."""
    opens = stage.activity("message", "omar", "incidents", text="<at>Zanshin</at> incident open sev1 Cards fail")
    opens |= {"entities": [{"type": "mention", "text": "<at>Zanshin</at>", "mentioned": {"id": BOT}}]}
    opens["channelData"]["channel"] |= {"name": "layoffs", "type": kind}
    stage.bear(await stage.post(opens))
    cast = Cast(stage)
    await cast.later(minutes=30)
    read = "\n".join([*await cast.sofia.privately.sees(), *await cast.omar.privately.sees()])

    assert "Cards fail" in read
    assert "layoffs" not in read


async def test_renamed_channels_keep_their_new_names(stage: TeamsStage) -> None:
    """What supervisors choose from says how people call it."""
    renamed = {
        "channelData": {
            "tenant": {"id": stage.activity("x", "ana", "@ana")["channelData"]["tenant"]["id"]},
            "eventType": "channelRenamed",
            "channel": {"id": channel("incidents"), "name": "outages"},
        }
    }
    stage.bear(await stage.post(stage.activity("conversationUpdate", "ana", "incidents", **renamed)))
    await Cast(stage).sofia.types("/zanshin settings")
    form = stage._form["sofia"].shown_to(account("sofia"))  # noqa: SLF001  what she sees

    assert "#outages" in str(form)
