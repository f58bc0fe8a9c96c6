"""When Slack, the network or the database fails, or somebody is too quick: nobody is left without an answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from adapters.slack import answers, line
from bot.delivery.model import Notice
from bot.directory.model import Conversation, Person
from bot.errors import DatabaseAway
from bot.incidents.model import IncidentEvent
from tests.adapters.slack_office import CHANNEL, Office
from tests.fakes.slack import Fault, rate_limited

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.database import Database

TIMES = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with Office(database) as opened:
        await opened.type("/zanshin", who="U0SOFIA")
        await opened.database.write(lambda session: session.execute(update(Conversation).values(is_support=True)))
        for name in ("ANA", "BEN", "OMAR"):
            await opened.type("/zanshin back", who=f"U0{name}")
        yield opened


async def notes(office: Office) -> int:
    """Count what was written down about incidents."""
    wanted = select(func.count()).select_from(IncidentEvent).where(IncidentEvent.kind == "noted")
    return await office.database.read(lambda session: session.scalar(wanted) or 0)


def slash(office: Office, words: str, who: str = "U0ANA") -> dict[str, Any]:
    name, _space, text = words.partition(" ")
    return {
        "team_id": "T0TEAM",
        "channel_id": CHANNEL,
        "channel_name": "support",
        "user_id": who,
        "user_name": who,
        "command": name,
        "text": text,
        "response_url": office.slack.response_url(CHANNEL, who),
        "trigger_id": office.slack.trigger(who),
    }


# --- forms ----------------------------------------------------------------------------------------


async def test_a_form_that_comes_too_late_is_offered_again(office: Office) -> None:
    """After three seconds Slack opens none; one press opens it with everything that was typed."""
    sent = slash(office, "/incident open sev2")
    office.clock.move(timedelta(seconds=4))
    answer = await office.send(sent)
    [button] = [element for block in answer["blocks"] if block["type"] == "actions" for element in block["elements"]][
        :1
    ]
    await office.send(office.pressed(button["action_id"].partition(":")[0], {"severity": "2"}))
    shown = office.slack.modal("U0ANA")

    assert "The form didn't open." in answer["text"]
    assert shown is not None
    assert shown.view["title"]["text"] == "Open an incident"


@pytest.mark.parametrize("fault", [Fault(error="internal_error"), Fault(reset=True), Fault(status=503, body="-")])
async def test_a_form_slack_does_not_open_is_said(office: Office, fault: Fault) -> None:
    """Whatever the cause, the answer says so, and what to do."""
    office.slack.fail("views.open", fault)

    assert "The form didn't open." in (await office.type("/incident open"))["text"]
    assert "[" not in (await office.type("/calm"))["response_type"]


# --- answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault(status=404, body="used_url"), Fault(reset=True)])
async def test_an_answer_that_cannot_be_given_in_place_comes_by_direct_message(office: Office, fault: Fault) -> None:
    """An address that was used up, or a connection that broke: the words arrive all the same."""
    await office.type("/calm keep-calm")
    office.slack.fail("response_url", fault, fault)
    await office.send(office.pressed("take-step", {"run": "1", "version": "1"}))

    assert office.reads("U0ANA", "@")


async def test_a_press_does_not_wait_for_every_way_around(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack takes no answer, and does not say so: the press is acknowledged, and the words come by direct message."""
    monkeypatch.setattr(answers, "PATIENCE", 0.05)
    monkeypatch.setattr(line, "PATIENCE", 0.2)
    await office.type("/calm keep-calm")
    office.slack.fail("response_url", Fault(hang=True), Fault(hang=True))
    await office.send(office.pressed("take-step", {"run": "1", "version": "1"}))
    waiting = office.reads("U0ANA", "@")
    await office.client.close()

    assert not waiting
    assert office.reads("U0ANA", "@")


# --- the same thing twice -------------------------------------------------------------------------


async def test_what_slack_delivers_again_acts_once(office: Office) -> None:
    """The same bytes, with headers of a retry or without, change nothing more and are answered the same."""
    await office.type("/incident open sev2 Card payments fail")
    sent = slash(office, "/incident note 1 The vendor has called")
    first = await office.send(sent)
    again = await office.send(sent)
    retried = await office.send(sent, headers=TIMES)

    assert await notes(office) == 1
    assert first == again == retried


async def test_two_presses_at_the_same_moment_act_once(office: Office) -> None:
    """A double click is two requests; one of two colleagues gets the case, and gets it once."""
    await office.type("/recuse CASE-1 heated: she shouts")
    await office.settle()
    office.clock.move(timedelta(seconds=21))
    await office.settle()
    mine = office.pressed("accept-handoff", {"handoff": "1"}, who="U0BEN")
    presses = [mine, mine, office.pressed("accept-handoff", {"handoff": "1"}, who="U0OMAR")]
    await asyncio.gather(*map(office.send, presses))
    await office.settle()
    took = [
        name
        for name in ("BEN", "OMAR")
        if any("She shouts" in one or "she shouts" in one for one in office.reads(f"U0{name}", "@"))
    ]

    assert len(took) == 1


@pytest.mark.parametrize("event_id", ["Ev1", "Ev2"])
async def test_one_message_told_under_several_ids_is_answered_once(office: Office, event_id: str) -> None:
    """The channel and the moment of a message say that it is the same."""
    told = office.happened(
        "message", event_id="Ev1", channel="D0U0ANA", channel_type="im", text="calm she keeps shouting at me"
    )
    await office.send(told)
    await office.send(told | {"event_id": event_id}, headers=TIMES)

    assert len([text for text in office.reads("U0ANA", "@") if "Keep calm" in text]) == 1


async def test_clicks_that_arrive_in_the_wrong_order_do_no_harm(office: Office) -> None:
    """The second step pressed before the first is known: the card shows where one is."""
    await office.type("/calm restrain")
    late = office.pressed("take-step", {"run": "1", "version": "1"})
    early = office.pressed("take-step", {"run": "1", "version": "2"})
    await office.send(early)
    await office.send(late)

    assert any("That button was from an earlier step." in text for text in office.reads("U0ANA"))


# --- sending --------------------------------------------------------------------------------------


async def test_a_pause_slack_asks_for_is_kept(office: Office) -> None:
    """Nothing is said in that chat before its end, and then it is; nobody else waits for it."""

    def boards(name: str) -> int:
        return sum("Right now" in text for text in office.reads(f"U0{name}", "@"))

    office.slack.fail("chat.postMessage", rate_limited(15))
    await office.type("/zanshin status", who="U0SOFIA")
    await office.settle()
    await office.type("/zanshin status", who="U0BEN")
    await office.settle()
    at_once = boards("SOFIA"), boards("BEN")
    office.clock.move(timedelta(seconds=10))
    await office.settle()
    soon = boards("SOFIA")
    office.clock.move(timedelta(seconds=20))  # a little is added by chance, so that not everybody comes at once
    await office.settle()

    assert at_once == (0, 1)
    assert soon == 0
    assert boards("SOFIA") == 1


async def test_a_send_nobody_knows_about_is_made_once_more_and_marked(office: Office) -> None:
    """The connection broke after Slack had taken an offer: it is offered again, and says so."""
    office.slack.fail("chat.postMessage", Fault(reset=True, after_acting=True))
    await office.type("/zanshin status", who="U0SOFIA")
    await office.settle()
    office.clock.move(timedelta(seconds=2))
    await office.settle()
    boards = [text for text in office.reads("U0SOFIA", "@") if "Right now" in text]

    assert len(boards) == 2
    assert ["You may have seen this already" in text for text in boards] == [False, True]


async def test_a_channel_it_may_not_speak_in_is_told_to_the_admins_once_a_day(office: Office) -> None:
    """Only somebody in Slack can mend it, so somebody in Slack hears of it."""
    await office.type("/zanshin help", who="U0SOFIA")
    sofia = update(Person).where(Person.name == "Sofia")
    await office.database.write(lambda session: session.execute(sofia.values(is_admin=True)))
    office.slack.rooms[CHANNEL].is_archived = True
    for title in ("Card payments fail", "Search is slow"):
        await office.type(f"/incident open sev1 {title}", who="U0OMAR")
        await office.settle()
    office.clock.move(timedelta(minutes=20))
    await office.settle()
    first_day = [text for text in office.reads("U0SOFIA", "@") if "in #support" in text]
    told = [text for text in first_day if "I can't speak in #support" in text]
    office.clock.move(timedelta(days=1, minutes=1))
    await office.settle()
    again = [text for text in office.reads("U0SOFIA", "@") if "I can't speak in #support" in text]

    assert told == first_day, "one channel is named once, whatever was to be said there"
    assert len(told) == 1
    assert "It's archived." in told[0]
    assert len(again) == 2
    assert not any("I can't speak" in text for text in office.reads("U0ANA", "@"))


async def test_a_channel_that_was_deleted_is_told_to_the_admins_once_a_day(office: Office) -> None:
    """Slack no longer finds it; a group of people that was never ours to speak in is told of to whoever asked there."""
    await office.type("/zanshin help", who="U0SOFIA")
    sofia = update(Person).where(Person.name == "Sofia")
    await office.database.write(lambda session: session.execute(sofia.values(is_admin=True)))
    await office.type("/incident open sev1 Card payments fail", who="U0OMAR")
    await office.settle()
    del office.slack.rooms[CHANNEL]
    for _step in range(3):
        office.clock.move(timedelta(minutes=21))
        await office.settle()
    told = [text for text in office.reads("U0SOFIA", "@") if "I can't speak in #support" in text]

    assert len(told) == 1
    assert "It was deleted, or it's private and I'm not in it." in told[0]


async def test_an_incident_in_a_group_of_people_we_are_not_in_is_told_to_its_opener(office: Office) -> None:
    """Slack lets commands be typed there, and us not speak: the opener chooses a place, and no admin is puzzled."""
    sent = slash(office, "/incident open sev2 Card payments fail", "U0OMAR")
    await office.send(sent | {"channel_id": "G0GROUP", "channel_name": "mpdm-omar--ana--ben-1"})
    for _turn in range(2):  # what came of it is heard after it was tried
        await office.settle()
    told = office.reads("U0OMAR", "@")

    assert "I can't post in its channel, so nobody there sees this incident." in told[-1]
    assert "Show it in #support" in str(office.slack.messages[-1].blocks)
    assert not any("mpdm" in text for text in told)
    assert not any("I can't speak" in text for text in office.reads("U0SOFIA", "@"))


# --- our own faults -------------------------------------------------------------------------------


async def test_a_database_that_is_away_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands, presses and forms get the same clear sentence, and never an error of HTTP."""

    async def away(_job: object) -> None:
        raise DatabaseAway

    monkeypatch.setattr(office.database, "write", away)
    monkeypatch.setattr(office.database, "read", away)
    typed = await office.type("/recuse")
    await office.send(office.pressed("take-step", {"run": "1", "version": "1"}))
    sent = {
        "type": "view_submission",
        "view": {
            "id": "V1",
            "private_metadata": '{"command": "open-incident"}',
            "state": {"values": {"title": {"title": {"type": "plain_text_input", "value": "Card payments fail"}}}},
        },
    }
    formed = await office.send(office.interaction("view_submission") | sent)

    assert "I can't reach my memory just now." in typed["text"]
    assert any("I can't reach my memory just now." in text for text in office.reads("U0ANA"))
    assert formed["response_action"] == "push"  # on top of the form: what was typed is still there
    assert "I can't reach my memory just now." in str(formed["view"])


async def test_a_fault_of_ours_is_answered_with_its_reference(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sees it can tell the admin; Slack sees nothing unusual."""

    def broken(*_anything: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("adapters.slack.answers.render", broken)
    answer = await office.type("/incident list")
    monkeypatch.undo()

    assert answer == {} or "Something went wrong" in answer["text"]
    assert (await office.type("/calm"))["text"].startswith("What is happening?")


# --- who, and where -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"is_stranger": True}, "I can't help you here."),
        ({"team": "T0OTHER"}, "I can't help you here."),
        ({"is_ultra_restricted": True}, "I can't help you here."),
        ({"is_restricted": True}, "What is happening?"),
        ({"is_bot": True}, ""),
        ({"deleted": True}, ""),
    ],
)
async def test_who_is_helped_goes_by_rule(office: Office, who: dict[str, Any], said: str) -> None:
    """Strangers and guests of one channel are told why not; bots and people who left are not answered."""
    office.slack.add_account("U0NEW", "New", **who)
    people = await office.database.read(lambda session: session.scalar(select(func.count()).select_from(Person)))
    answer = await office.type("/calm", who="U0NEW")
    now = await office.database.read(lambda session: session.scalar(select(func.count()).select_from(Person)))

    assert answer.get("text", "").startswith(said)
    assert answer or not said
    assert now == people + (said == "What is happening?")


async def test_a_mention_that_steps_out_has_one_card_that_follows(office: Office) -> None:
    """Said in a channel, a recuse has one living card in the direct chat; none goes on asking after it was taken."""
    said = office.slack.post(CHANNEL, "U0ANA", "<@U0BOT> recuse")
    await office.send(office.happened("app_mention", channel=CHANNEL, text=said.text, ts=said.ts))
    await office.settle()
    before = [str(one.blocks) for one in office.slack.seen_by("U0ANA", "@U0ANA")]
    await office.send(office.pressed("accept-handoff", {"handoff": "1"}, who="U0BEN"))
    await office.settle()
    after = [str(one.blocks) for one in office.slack.seen_by("U0ANA", "@U0ANA")]
    after += [str(one.blocks) for one in office.slack.seen_by("U0ANA", CHANNEL)]

    assert sum("Asking" in card for card in before) == 1
    assert not any("Asking" in card for card in after)
    assert sum("has had the case since" in card for card in after) == 1


async def test_a_mention_takes_no_private_words_and_answers_in_private(office: Office) -> None:
    """The rest was said where everybody reads along: it is not taken, and the answer says why."""
    said = office.slack.post(CHANNEL, "U0ANA", "<@U0BOT> calm she keeps shouting, account 4711")
    await office.send(office.happened("app_mention", channel=CHANNEL, text=said.text, ts=said.ts, thread_ts="1.1"))

    [answer] = [one for one in office.slack.seen_by("U0ANA", CHANNEL) if one.only_for == "U0ANA"]

    assert "I left out what you wrote" in answer.text
    assert answer.thread_ts == "1.1"
    assert "4711" not in answer.text
    assert office.reads("U0ANA", "@") == []


async def test_what_was_left_out_of_a_handoff_is_asked_for_as_its_note(office: Office) -> None:
    """Nobody who steps out is led to a playbook."""
    said = office.slack.post(CHANNEL, "U0ANA", "<@U0BOT> recuse CASE-9 he threatens to go")
    await office.send(office.happened("app_mention", channel=CHANNEL, text=said.text, ts=said.ts))

    [answer] = [one for one in office.slack.seen_by("U0ANA", CHANNEL) if one.only_for == "U0ANA"]

    assert "/recuse note CASE-42 …" in str(answer.blocks) + answer.text
    assert "calm" not in answer.text
    assert [text for text in office.reads("U0BEN") if "4711" not in text and "shouting" in text] == []
    assert office.slack.called("reactions.add")[0] | {} == {
        "channel": CHANNEL,
        "timestamp": said.ts,
        "name": "eyes",
    }


@pytest.mark.parametrize("said", ["recuse she threatened me", "calm he threatened me", ", recuse: threatened me"])
async def test_danger_told_aloud_is_never_repeated_in_the_channel(office: Office, said: str) -> None:
    """Whoever reads along learns nothing from us of a threat that was typed behind our name."""
    await office.send(office.happened("app_mention", channel=CHANNEL, text=f"<@U0BOT> {said}"))
    asked = [one for one in office.slack.seen_by("U0ANA", CHANNEL) if one.only_for == "U0ANA"]

    assert asked
    assert not any("threatened" in one.text for one in office.slack.seen_by("U0BEN", CHANNEL))
    assert not any("threatened" in text for text in office.reads("U0BEN"))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("<@U0BOT> incident open sev1 Card payments fail", "#1 Card payments fail"),
        ("<@U0BOT>, away 30m lunch", "Enjoy your break"),
        ("<@U0BEN> <@U0BOT> hello", "Hello"),
        ("<@U0BOT> :wave: she shouts at me", "What is happening?"),
        ("<@U0BOT> he has a gun", "Somebody is armed or violent"),
    ],
)
async def test_what_is_not_private_runs_in_a_channel(office: Office, words: str, read: str) -> None:
    """It is answered where it was said, in the main part of the channel, to nobody else."""
    await office.send(office.happened("app_mention", channel=CHANNEL, text=words))
    answers = [one for one in office.slack.seen_by("U0ANA", CHANNEL) if one.only_for == "U0ANA"]

    assert read.lower() in answers[-1].text.lower()
    assert answers[-1].thread_ts is None
    assert not any(one.only_for for one in office.slack.seen_by("U0BEN", CHANNEL))


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_changed", "message": {"text": "calm"}},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message", "bot_id": "B0X", "text": "calm"},
        {"bot_id": "B0X", "text": "calm"},
        {"subtype": "channel_join", "text": "calm"},
        {"user": "USLACKBOT", "text": "calm"},
        {"user": "U0BOT", "text": "calm"},
        {"channel_type": "channel", "channel": CHANNEL, "text": "calm"},
        {"channel_type": "mpim", "channel": "G0GROUP", "text": "calm"},
    ],
)
async def test_messages_that_are_none_to_us_are_left_alone(office: Office, event: dict[str, Any]) -> None:
    """Edits, deletions, other bots, joining, what we said ourselves, what is said among people."""
    before = len(office.slack.messages)
    told = office.happened("message", **{"channel": "D0U0ANA", "channel_type": "im"} | event)
    await office.send(told)

    assert len(office.slack.messages) == before


@pytest.mark.parametrize(("kind", "called"), [("channel_rename", "helpdesk"), ("group_rename", "")])
async def test_a_renamed_channel_is_called_by_its_new_name(office: Office, kind: str, called: str) -> None:
    """What we say about it follows; a private one is named to nobody, as those outside would read it, too."""
    await office.send(
        office.happened(kind, user=None) | {"event": {"type": kind, "channel": {"id": CHANNEL, "name": "helpdesk"}}}
    )
    names = await office.database.read(
        lambda session: list(session.scalars(select(Conversation.name).where(Conversation.address == CHANNEL)))
    )

    assert names == [called]
    assert (
        await office.database.read(lambda session: session.scalar(select(func.count()).select_from(Notice))) is not None
    )
