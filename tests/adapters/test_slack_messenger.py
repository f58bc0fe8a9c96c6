"""Saying things in Slack: where they arrive, how they change, and what becomes of them when Slack will not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from adapters.slack.errors import NotLetIn, Remedy
from adapters.slack.messenger import SlackMessenger
from adapters.slack.pacing import Pacing
from adapters.slack.troubles import tell_admins
from bot.directory.model import Identity, Organisation, Person, Workspace
from bot.door.troubles import Trouble, Troubles
from bot.errors import (
    AccessRevoked,
    CardGone,
    ConversationGone,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)
from bot.ports import Place
from bot.say.messages import Message, PersonRef, Section
from tests.fakes.clock import START, FakeClock
from tests.fakes.slack import TEAM, TOKEN, Fault, Slack, rate_limited

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

HELLO = Message.of("Hello", Section(text=("there",)))
CHANNEL = Place(platform="slack", workspace=TEAM, conversation="C1")
DIRECT = Place(platform="slack", workspace=TEAM, conversation="@U0ANA", kind="direct", account="U0ANA")
HOME = Place(platform="slack", workspace=TEAM, conversation="home:U0ANA", kind="home", account="U0ANA")


class Keys:
    """Keeps the tokens in memory."""

    def __init__(self, **tokens: str) -> None:
        self.tokens = tokens

    async def token_for(self, workspace: str) -> str:
        if workspace not in self.tokens:
            raise AccessRevoked
        return self.tokens[workspace]

    async def revoked(self, workspace: str, token: str) -> None:
        assert self.tokens.pop(workspace) == token


class Set:
    """A messenger in front of a Slack of our own."""

    def __init__(self, slack: Slack, database: Database, base_url: str) -> None:
        self.slack = slack
        self.keys = Keys(**{TEAM: TOKEN})
        self.trouble: list[Trouble] = []
        self.messenger = SlackMessenger(
            self.keys,
            database,
            base_url,
            pacing=Pacing(lambda: slack.clock.now().timestamp()),
            on_trouble=self._hear,
        )

    async def _hear(self, trouble: Trouble) -> None:
        self.trouble.append(trouble)

    async def fails(self, place: Place = CHANNEL, reference: str | None = None) -> DeliveryError:
        """Try to show something, and give the error."""
        with pytest.raises(DeliveryError) as failed:
            await self.messenger.show(place, reference, HELLO)
        return failed.value


def seat(session: Session) -> None:
    session.add(Organisation(id=1, name="Acme", created_at=START))
    session.flush()
    session.add(Workspace(id=1, organisation_id=1, platform="slack", address=TEAM, name="Acme"))
    session.add(Person(id=1, organisation_id=1, name="Ana"))
    session.flush()
    session.add(Identity(person_id=1, workspace_id=1, address="U0ANA", last_acted_at=START))


@pytest.fixture
async def on(sqlite_alone: Database) -> AsyncIterator[Set]:
    await sqlite_alone.write(seat)
    slack = Slack(FakeClock())
    slack.add_account("U0ANA", "Ana")
    slack.add_account("U0BEN", "Ben")
    slack.add_channel("C1", "support", "U0ANA")
    slack.add_channel("C2", "incidents", "U0ANA")
    async with slack.serving() as base_url:
        stand = Set(slack, sqlite_alone, base_url)
        yield stand
        await stand.messenger.close()
    assert slack.problems == []


# --- where things arrive --------------------------------------------------------------------------


async def test_a_card_is_shown_and_edited_in_place(on: Set) -> None:
    """A card is one message; a new version takes the place of the old."""
    reference = await on.messenger.show(CHANNEL, None, HELLO)
    again = await on.messenger.show(CHANNEL, reference, Message.of("Taken"))

    [card] = on.slack.seen_by("U0ANA", "C1")
    assert (again, reference) == (reference, f"C1:{card.ts}")
    assert (card.text, [text for text, _blocks in card.versions]) == ("Taken", ["Hello\nthere"])


async def test_a_notice_is_a_message_of_its_own(on: Set) -> None:
    """What is said twice is two messages: edits draw no attention."""
    await on.messenger.notify(CHANNEL, HELLO)
    await on.messenger.notify(CHANNEL, HELLO)

    assert len(on.slack.seen_by("U0ANA", "C1")) == 2


async def test_a_direct_chat_is_opened_once(on: Set) -> None:
    """How Slack calls a direct chat is asked for once, and nobody else reads along in it."""
    reference = await on.messenger.show(DIRECT, None, HELLO)
    await on.messenger.notify(DIRECT, HELLO)

    assert reference.startswith("D0U0ANA:")
    assert on.slack.called("conversations.open") == [{"users": "U0ANA"}]
    assert len(on.slack.seen_by("U0ANA", "@U0ANA")) == 2
    assert on.slack.seen_by("U0BEN", "@U0ANA") == []


async def test_a_direct_chat_that_is_gone_is_opened_anew_once(on: Set) -> None:
    """Its name of yesterday may lead nowhere; whoever is not there either is given up."""
    await on.messenger.notify(DIRECT, HELLO)
    on.slack.fail("chat.postMessage", Fault(error="channel_not_found"))
    await on.messenger.notify(DIRECT, HELLO)
    stale = Place(platform="slack", workspace=TEAM, conversation="D0STALE", kind="direct", account="U0ANA")
    await on.messenger.notify(stale, HELLO)
    on.slack.fail("chat.postMessage", *[Fault(error="channel_not_found")] * 2)

    assert isinstance(await on.fails(stale), ConversationGone)
    assert len(on.slack.seen_by("U0ANA", "@U0ANA")) == 3


async def test_a_thread_that_is_gone_is_answered_in_its_channel(on: Set) -> None:
    """Somebody deleted what it hung on: the words are said all the same."""
    await on.messenger.notify(Place(platform="slack", workspace=TEAM, conversation="C1:1700000000.000100"), HELLO)

    [said] = on.slack.seen_by("U0ANA", "C1")
    assert (said.text, said.thread_ts) == ("Hello\nthere", None)


async def test_a_direct_chat_that_is_known_needs_no_opening(on: Set) -> None:
    """Where Slack has told its name, nothing is asked."""
    known = on.slack.direct("U0ANA").id

    await on.messenger.notify(replace(DIRECT, conversation=known), HELLO)

    assert on.slack.called("conversations.open") == []
    assert len(on.slack.seen_by("U0ANA", known)) == 1


async def test_a_thread_is_answered_in_the_thread(on: Set) -> None:
    """A conversation with a colon is a thread."""
    first = on.slack.post("C1", "U0ANA", "she keeps shouting")

    await on.messenger.notify(Place(platform="slack", workspace=TEAM, conversation=f"C1:{first.ts}"), HELLO)

    assert on.slack.seen_by("U0ANA", "C1")[-1].thread_ts == first.ts


async def test_home_is_published(on: Set) -> None:
    """A Home is a card whose reference is its address."""
    assert await on.messenger.show(HOME, None, HELLO) == "home:U0ANA"
    assert on.slack.homes["U0ANA"].view["blocks"][0]["text"]["text"] == "Hello"


async def test_people_are_mentioned_by_their_account(on: Set) -> None:
    """Whoever has an account in that workspace is mentioned, and everybody else is named."""
    message = Message.of("", Section(text=(PersonRef(person_id=1, name="Ana"), PersonRef(person_id=2, name=" Ben"))))

    await on.messenger.notify(CHANNEL, message)

    assert on.slack.seen_by("U0ANA", "C1")[0].blocks[0]["text"]["text"] == "<@U0ANA>@ Ben"


async def test_nothing_said_is_looked_through_for_links_and_names(on: Set) -> None:
    """Slack is told to take words as words, and not to draw what a link leads to."""
    await on.messenger.notify(CHANNEL, HELLO)

    arguments = on.slack.seen_by("U0ANA", "C1")[0].arguments
    assert {name: arguments[name] for name in ("parse", "link_names", "unfurl_links", "unfurl_media")} == {
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(error="channel_not_found"), ConversationGone),
        (Fault(error="msg_too_long"), MessageTooLong),
        (Fault(error="fatal_error"), OutcomeUnknown),
        (Fault(status=503, body="busy", content_type="text/html"), PlatformDown),
        (Fault(status=500, body="{", content_type="application/json"), OutcomeUnknown),
        (Fault(body="hello", content_type="text/plain"), OutcomeUnknown),
        (Fault(body="[1]"), OutcomeUnknown),
        (Fault(reset=True), OutcomeUnknown),
        (rate_limited(7), RateLimited),
    ],
)
async def test_a_failure_is_an_error_of_delivery(on: Set, fault: Fault, error: type[DeliveryError]) -> None:
    """Whatever Slack or the line does, the sender hears it in its own words, and nothing is tried a second time."""
    on.slack.fail("chat.postMessage", fault)

    assert type(await on.fails()) is error
    assert len(on.slack.called("chat.postMessage")) == 1


async def test_a_server_that_is_not_there_took_nothing(sqlite_alone: Database, unused_tcp_port: int) -> None:
    """Where nobody listens nothing can have arrived: it is simply sent again."""
    messenger = SlackMessenger(Keys(**{TEAM: TOKEN}), sqlite_alone, f"http://127.0.0.1:{unused_tcp_port}/api/")

    with pytest.raises(PlatformDown):
        await messenger.notify(CHANNEL, HELLO)
    await messenger.close()


async def test_a_message_that_arrived_before_the_line_broke_is_there_once(on: Set) -> None:
    """Slack took it, then the connection was reset: we do not know, and do not say it again by ourselves."""
    on.slack.fail("chat.postMessage", Fault(reset=True, after_acting=True))

    assert type(await on.fails()) is OutcomeUnknown
    assert len(on.slack.seen_by("U0ANA", "C1")) == 1


async def test_opening_a_direct_chat_can_always_be_done_again(on: Set) -> None:
    """A reset before anything was said leaves nobody in doubt."""
    on.slack.fail("conversations.open", Fault(reset=True))

    assert type(await on.fails(DIRECT)) is PlatformDown
    assert on.slack.called("chat.postMessage") == []


async def test_a_direct_chat_with_nobody_is_gone(on: Set) -> None:
    """Somebody who left cannot be written to, and an address without a name is nobody's."""
    on.slack.add_account("U0CY", "Cy", deleted=True)

    assert type(await on.fails(replace(DIRECT, account="U0CY"))) is ConversationGone
    assert type(await on.fails(replace(DIRECT, account=""))) is ConversationGone


async def test_a_card_that_was_deleted_is_gone(on: Set) -> None:
    """What somebody deleted is told apart from a place that is gone: its card can be shown in a new message."""
    assert type(await on.fails(reference="C1:1.000001")) is CardGone


async def test_a_workspace_that_removed_us_is_forgotten(on: Set) -> None:
    """A revoked token is given up at once, and nothing more is sent with it."""
    on.slack.tokens[TOKEN] = "token_revoked"

    assert type(await on.fails()) is AccessRevoked
    assert type(await on.fails()) is AccessRevoked
    assert len(on.slack.calls) == 1
    assert on.trouble == [Trouble(workspace=TEAM, where="C1", code="token_revoked", remedy=Remedy.UNINSTALL)]


async def test_a_channel_we_are_not_in_is_reported(on: Set) -> None:
    """Somebody has to invite us: whoever runs us hears of it, and the token is kept."""
    on.slack.add_channel("C9", "private", "U0ANA", bot=False)

    assert type(await on.fails(Place(platform="slack", workspace=TEAM, conversation="C9"))) is NotLetIn
    assert on.trouble == [Trouble(workspace=TEAM, where="C9", code="not_in_channel", remedy=Remedy.TELL_OWNER)]
    assert TEAM in on.keys.tokens


async def test_trouble_is_logged_without_any_words_of_people(on: Set, sqlite_alone: Database) -> None:
    """The log says what is wrong and where, and nothing of the message."""
    hear = Troubles("slack", sqlite_alone, on.slack.clock, tell_admins).hear
    messenger = SlackMessenger(on.keys, sqlite_alone, on.slack.base_url, on_trouble=hear)
    on.slack.fail("chat.postMessage", Fault(error="missing_scope"))

    with capture_logs() as logs, pytest.raises(DeliveryError):
        await messenger.notify(CHANNEL, HELLO)
    await messenger.close()

    assert [(log["code"], log["where"], log["remedy"]) for log in logs] == [("missing_scope", "C1", "tell the owner")]
    assert "there" not in str(logs)


async def test_a_database_that_is_away_holds_a_message_up(on: Set, sqlite_alone: Database) -> None:
    """Whom a message names cannot be looked up: it is sent later."""
    sqlite_alone.close()

    with pytest.raises(PlatformDown):
        await on.messenger.notify(CHANNEL, Message.of("", Section(text=(PersonRef(person_id=1, name="Ana"),))))


# --- the pace -------------------------------------------------------------------------------------


async def test_one_channel_takes_a_burst_and_then_one_a_second(on: Set) -> None:
    """The eleventh message at once is put off, while another channel is still spoken to."""
    for _ in range(10):
        await on.messenger.notify(CHANNEL, HELLO)

    error = await on.fails()

    assert isinstance(error, RateLimited)
    assert error.retry_after == timedelta(seconds=1)
    await on.messenger.notify(Place(platform="slack", workspace=TEAM, conversation="C2"), HELLO)
    on.slack.clock.move(timedelta(seconds=1))
    await on.messenger.notify(CHANNEL, HELLO)
    assert len(on.slack.called("chat.postMessage")) == 12


async def test_a_pause_slack_asked_for_holds_up_its_channel_alone(on: Set) -> None:
    """After a 429 that channel is left in peace for so long; the others are not."""
    on.slack.fail("chat.postMessage", rate_limited(7))
    await on.fails()

    error = await on.fails()

    assert isinstance(error, RateLimited)
    assert error.retry_after == timedelta(seconds=7)
    assert len(on.slack.called("chat.postMessage")) == 1
    await on.messenger.notify(Place(platform="slack", workspace=TEAM, conversation="C2"), HELLO)
    on.slack.clock.move(timedelta(seconds=7))
    await on.messenger.notify(CHANNEL, HELLO)


async def test_a_home_is_published_once_in_ten_seconds(on: Set) -> None:
    """A Home that changes often is drawn in its latest version, not in every one."""
    await on.messenger.show(HOME, None, HELLO)

    error = await on.fails(HOME)

    assert isinstance(error, RateLimited)
    assert error.retry_after == timedelta(seconds=10)
    on.slack.clock.move(timedelta(seconds=10))
    await on.messenger.show(HOME, "home:U0ANA", Message.of("Later"))
    assert on.slack.homes["U0ANA"].view["blocks"][0]["text"]["text"] == "Later"


async def test_cards_are_edited_without_end_at_the_pace_of_the_workspace(on: Set) -> None:
    """Edits have a pace of their own, for the workspace as a whole."""
    reference = await on.messenger.show(CHANNEL, None, HELLO)
    for _ in range(50):
        await on.messenger.show(CHANNEL, reference, HELLO)

    assert type(await on.fails(reference=reference)) is RateLimited
