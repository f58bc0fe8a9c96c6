"""Words as Slack and Teams really send them, one script for each kind that once went wrong, with others of its kind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from bot.handoffs.model import Handoff
from tests.adapters.slack_stage import SlackStage
from tests.adapters.slack_stage import account as slack_account
from tests.adapters.teams_stage import TeamsStage, account
from tests.colleagues import COLLEAGUES
from tests.fakes.slack_rules import BOT as SLACK_BOT
from tests.fakes.slack_rules import TEAM as SLACK_TEAM
from tests.fakes.teams_rules import BOT
from tests.stage import Cast


@pytest.fixture
async def slack(slack: SlackStage) -> Cast:
    """Everybody in Slack, with an incident open."""
    cast = Cast(slack)
    await cast.ana.in_("incidents").types("/incident open sev2 Checkout is slow")
    return cast


@pytest.fixture
async def teams(teams: TeamsStage) -> TeamsStage:
    """A tenant of Teams, with an incident open."""
    await Cast(teams).omar.in_("incidents").types("/incident open sev2 Cards fail")
    return teams


# What is typed in Slack, what the answer says, and what it never says.
TYPED = [
    ("/zanshin shift mon-fri 9-5", "09:00-17:00", "05:00"),
    ("/zanshin shift mon-fri 8-4", "08:00-16:00", "04:00"),
    ("/zanshin shift tue,thu 10-6", "10:00-18:00", "06:00"),
    ("/zanshin shift mon-fri 9.30-5.30", "09:30-17:30", "05:30"),
    ("/zanshin away until 14:30", "14:30", "until you say"),
    ("/zanshin away till 14.30h", "14:30", "until you say"),
    ("/zanshin away back 2:30pm", "14:30", "until you say"),
    ("/zanshin away 1/2 hour", "10:30", "10:01"),
    ("/zanshin away half an hour", "10:30", "10:01"),
    ("/zanshin away ½ hr", "10:30", "10:01"),
    ("/zanshin away 1 1/2 hours", "11:30", "10:01"),
    ("/incident snooze 1 until 14.30h because vendor", "14:30", "00:18"),
    ("/incident snooze 1 until half past two pm because vendor", "14:30", "00:18"),
    ("/incident pause 1 until 14 h 30 because vendor", "14:30", "00:30"),
    ("/incident pause 1 14h30 because vendor", "14:30", "00:30"),
    ("/incident owner 1 mary jane o’neil", "Mary Jane O'Neil", "found nobody"),
    ("/incident owner 1 Zoë Álvarez", "Zoë Álvarez", "found nobody"),
    ("/incident owner 1 zoe alvarez", "Zoë Álvarez", "found nobody"),
    ("/incident owner 1 “Linh Nguyen”", "Nguyen, Linh (Acme)", "found nobody"),
    ("/zanshin shift <!subteam^S0SUP|@support-team> mon-fri 9-17", "support-team is a group", "cannot read"),
    ("/zanshin shift <!subteam^S0SUP> mon-fri 9-17", "a group", "S0SUP"),
    ("/zanshin shift <#C0INCIDENT|incidents> mon-fri 9-17", "incidents is a channel", "cannot read"),
    ("/recuse <!subteam^S0SUP|@support-team> CASE-43", "support-team", "S0SUP"),
    ("/recuse <!subteam^S0SUP> CASE-43", "group", "S0SUP"),
    ("/recuse <!here> CASE-43", "@here is more than one person", "found nobody"),
]


@pytest.mark.parametrize(("typed", "says", "never"), TYPED)
async def test_what_is_typed_in_slack_is_read_or_asked_back(slack: Cast, typed: str, says: str, never: str) -> None:
    """Hours, breaks, rests, names and groups mean what their author means."""
    answer = await slack.ana.in_("incidents").types(typed)
    modal = str(slack.stage.slack.modal(slack_account("ana")))  # type: ignore[attr-defined]

    assert says in answer.text or says in modal, answer.text
    assert never not in answer.text


# An update as it is typed, and what customers read of it.
UPDATES = [
    ("Cards fail. We are on it. Next update at 13:00. Thanks for your patience!", "13:00"),
    ("Cards fail. We are on it. Next update 13.30h", "13:30"),
    ("Cards fail. We are on it. Next update 13:30 :pray:", "13:30"),
    ("Cards fail. We are on it. Next update by 1pm (all times UTC)", "13:00"),
    ("Cards fail. We are on it. News at 13:00 UTC. – Ana, Support", "13:00"),
]


@pytest.mark.parametrize(("typed", "at"), UPDATES)
async def test_an_update_promises_one_time_or_is_asked_back(slack: Cast, typed: str, at: str) -> None:
    """Whatever stands around the time, there is one promise in what customers read."""
    ana = slack.ana.in_("incidents")
    answer = await ana.types(f"/incident update {typed}")
    text = answer.text if ana.form is None else str({one.name: one.value for one in ana.form.inputs})

    assert at in text
    assert len(set(re.findall(r"\b\d{1,2}[:.]\d\d", text)) - {at, "10:00", at.replace(":", ".")}) == 0, text


NAMED = [
    ("Checkout is slow, <@U0ANA|ana> is on it. Next update in 45m", "Ana is on it"),
    ("Checkout is slow, <@U0ANA> is on it. Next update in 45m", "Ana is on it"),
    ("Checkout is slow. <@U0ZOE|zoe> works on it. Next update in 45m", "Zoë Álvarez works on it"),
    ("Checkout is slow. See <#C0INCIDENTS|incidents> for more. Next update in 45m", "#incidents"),
]


@pytest.mark.parametrize(("typed", "reads"), NAMED)
async def test_customers_read_names_and_no_ids(slack: Cast, typed: str, reads: str) -> None:
    """Whoever and whatever is mentioned is called as people call it."""
    ana = slack.ana.in_("incidents")
    answer = await ana.types(f"/incident update {typed.replace('U0ZOE', slack_account('zoe'))}")
    text = answer.text if ana.form is None else str({one.name: one.value for one in ana.form.inputs})

    assert reads in text
    assert not re.search(r"<[@#]|U0|C0|\|", text), text


LINKS = [
    (
        "<https://status.example.com/incidents/2026/11/24/payments-eu|status.example.com/incidents/2026/11/…>",
        "https://status.example.com/incidents/2026/11/24/payments-eu",
    ),
    ("<https://desk.example.com/a?b=1&c=2>", "https://desk.example.com/a?b=1&c=2"),
    ("<mailto:ops@example.com|ops@example.com>", "ops@example.com"),
    ("<tel:+15550123|+1 555 0123>", "+1 555 0123"),
]


@pytest.mark.parametrize(("sent", "kept"), LINKS)
async def test_the_whole_address_of_a_link_is_kept(slack: Cast, sent: str, kept: str) -> None:
    """Slack shortens labels; the record keeps where they lead."""
    ana = slack.ana.in_("incidents")
    await ana.types(f"/incident note 1 See {sent} now")
    history = await ana.types("/incident history 1")

    assert kept in history.text


CALLS = [
    "<@{ana}> <@{us}> calm",
    "<@{us}>, calm",
    "<@{us}>: calm!",
    "hey <@{us}> — calm",
    "<@{us}> <@{us}> calm",
    "<@{us}>\u00a0calm",
]


@pytest.mark.parametrize("words", CALLS)
async def test_words_around_our_name_in_slack_are_read(slack: Cast, words: str) -> None:
    """Punctuation, other mentions, any order: whoever calls is led to what they called for."""
    stage: Any = slack.stage
    text = words.format(us=SLACK_BOT, ana=slack_account("ana"))
    ts = stage.slack.ts()
    event = {"type": "app_mention", "user": slack_account("ana"), "channel": "C0SUPPORT", "text": text, "ts": ts}
    await stage._send(  # noqa: SLF001  an event, as Slack sends it
        "ana",
        ts,
        lambda: {
            "type": "event_callback",
            "team_id": SLACK_TEAM,
            "event_id": f"Ev{ts}".replace(".", ""),
            "event": event | {"event_ts": ts, "channel": stage_channel(stage)},
            "authorizations": [{"team_id": SLACK_TEAM, "user_id": SLACK_BOT, "is_bot": True}],
        },
    )
    await stage.settle()
    read = [one.text for one in await slack.ana.posts()] + await slack.ana.privately.sees()

    assert any("What is happening?" in one or "playbook" in one.lower() for one in read), read
    assert not any("don't know" in one for one in read)


def stage_channel(stage: Any) -> str:
    return next(one.id for one in stage.slack.rooms.values() if one.name == "support")


ALERTS = [
    {"text": "", "attachments": [{"title": "[FIRING:1] CheckoutErrors", "text": "error rate 40%", "fallback": "x"}]},
    {"text": "", "attachments": [{"fallback": "[FIRING:1] CheckoutErrors error rate 40%"}]},
    {"text": "", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "CheckoutErrors firing"}}]},
    {"text": None, "attachments": [{"pretext": "Alert", "fields": [{"title": "CheckoutErrors", "value": "40%"}]}]},
]


@pytest.mark.parametrize("alert", ALERTS)
@pytest.mark.parametrize("shortcut", ["open-incident", "recuse-me", "draft-update"])
async def test_the_words_of_an_alert_reach_every_shortcut(slack: Cast, alert: dict[str, Any], shortcut: str) -> None:
    """They stand in attachments, blocks or fields, and never in the text."""
    stage: Any = slack.stage
    message = {"type": "message", "subtype": "bot_message", "bot_id": "B1", "ts": "17.2"} | alert
    sent = stage._interaction("omar") | {  # noqa: SLF001  a shortcut, as Slack sends it
        "type": "message_action",
        "callback_id": shortcut,
        "message": message,
        "message_ts": "17.2",
        "channel": {"id": stage_channel(stage), "name": "support"},
        "response_url": stage.slack.response_url(stage_channel(stage), slack_account("omar")),
    }
    before = len(stage.slack.messages)
    await stage._send("omar", f"alert-{shortcut}", lambda: sent)  # noqa: SLF001  as above
    await stage.settle()
    notes = await stage.database.read(lambda session: session.scalars(select(Handoff.note_text)).all())
    said = [one.blocks for one in stage.slack.messages[before:]]
    shown = str((notes, stage.slack.modal(slack_account("omar")), said))

    assert "CheckoutErrors" in shown


# --- Teams --------------------------------------------------------------------------------------


def named(who: str, name: str, **more: str) -> dict[str, Any]:
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": who, "name": name} | more}


US = named(BOT, "Zanshin")
BEN = named("29:ben", "Ben Fox")
GENERAL = named("19:support", "General", type="channel")
LINH = named("29:linh", COLLEAGUES["linh"])


async def said(stage: TeamsStage, who: str, text: str, *entities: dict[str, Any], place: str = "", **more: Any) -> str:
    """Have somebody write; give what they read since in their direct chat."""
    for one in entities:
        if (one.get("mentioned") or {}).get("id", "").startswith("29:"):
            one["mentioned"]["id"] = account(one["mentioned"]["id"].removeprefix("29:"))
    voice = Cast(stage).voice(who)
    before = {id(one.handle): one.text for one in await voice.privately.posts()}
    activity = stage.activity("message", who, place or f"@{who}", text=text, entities=list(entities)) | more
    if place:
        activity["recipient"] = {"id": BOT}
    stage.bear(await stage.post(activity))
    await stage.settle()
    stage._look_for_form(who, [])  # noqa: SLF001  forms are read as they stand
    after = await voice.privately.posts()
    cards = [str(one.shown_to(account(who))) for one in stage.teams.posts[-3:]]
    return "\n".join([one.text for one in after if before.get(id(one.handle)) != one.text] + cards)


ASKED = [
    ("recuse <at>Ben Fox</at> CASE-42 heated: charged twice", [BEN]),
    ("/recuse <at>Ben Fox</at> CASE-42", [BEN]),
    ("recuse <at>Ben Fox</at>, CASE-42", [BEN]),
    ("<p>recuse <at>Ben Fox</at> CASE-42</p>", [BEN]),
    ("recuse&nbsp;<at>Ben Fox</at>&nbsp;CASE-42", [BEN]),
]


@pytest.mark.parametrize(("text", "entities"), ASKED)
async def test_a_colleague_named_in_teams_is_asked(
    teams: TeamsStage, text: str, entities: list[dict[str, Any]]
) -> None:
    """Names with spaces, in paragraphs, with spaces that do not break."""
    await said(teams, "ana", text, *[dict(one, mentioned=dict(one["mentioned"])) for one in entities])

    assert any("CASE-42" in one for one in await Cast(teams).ben.privately.sees())


CHANNEL_CALLS = [
    ("<at>Zanshin</at>, recuse", [US]),
    ("<at>Zanshin</at> recuse <at>Ben Fox</at>", [BEN, US]),
    ("<at>Zanshin</at>: recuse!", [US]),
    ("<div><at>Zanshin</at>&nbsp;recuse</div>", [US]),
    ("hi <at>Zanshin</at> – recuse", [US]),
    ("<at>Zanshin</at> recuse", [{"type": "mention", "text": None, "mentioned": {"id": BOT, "name": "Zanshin"}}, US]),
    ("<at>Zanshin</at> recuse", [*[{"type": "clientInfo"}] * 150, US]),
]


@pytest.mark.parametrize(("text", "entities"), CHANNEL_CALLS)
async def test_words_around_our_name_in_teams_are_read(
    teams: TeamsStage, text: str, entities: list[dict[str, Any]]
) -> None:
    """Punctuation, order, HTML, entities that cannot be read: the search begins."""
    copies = [dict(one, mentioned=dict(one["mentioned"])) if one.get("mentioned") else one for one in entities]
    await said(teams, "ana", text, *copies, place="support")

    assert any("finding somebody" in one or "Asking" in one for one in await Cast(teams).ana.privately.sees())


READ = [
    ("ben", '<quoted messageId="1727"/> calm she keeps shouting at me', [], "fits", "don't know"),
    ("ben", '<blockquote itemid="17">old words</blockquote> calm she shouts', [], "fits", "don't know"),
    ("ben", "<p>recuse heated: test</p>", [], "finding somebody", "don't know"),
    ("ben", "<div>calm</div>", [], "happening", "don't know"),
    ("sofia", "zanshin team add <at>General</at> agent", [GENERAL], "is a channel", "is now"),
    ("sofia", "zanshin team add <at>Nguyen, Linh (Acme)</at> agent", [LINH], "is now: agent", "found nobody"),
    ("sofia", "zanshin team add everyone", [], "That's everybody", "is now"),
]


@pytest.mark.parametrize(("who", "text", "entities", "says", "never"), READ)
async def test_what_is_typed_in_teams_is_read(  # noqa: PLR0917  a row of the table
    teams: TeamsStage, who: str, text: str, entities: list[dict[str, Any]], says: str, never: str
) -> None:
    """Quoted replies, HTML, channels and people are told apart."""
    copies = [dict(one, mentioned=dict(one["mentioned"])) for one in entities]
    answer = await said(teams, who, text, *copies)

    assert says in answer
    assert never not in answer


async def test_customers_of_a_team_in_teams_read_names(teams: TeamsStage) -> None:
    """A mention in an update becomes the name, never an account."""
    text = "incident update 1 Cards fail. <at>Ben Fox</at> restarts the gateway. Next update in 45m"
    answer = await said(teams, "sofia", text, dict(BEN, mentioned=dict(BEN["mentioned"])))

    assert "Ben Fox restarts the gateway." in answer
    assert "29:" not in answer.partition("restarts")[0][-40:]


SUBMITS: list[Any] = [{"foo": "bar"}, [], "words", 7, None, {"action": None}]


@pytest.mark.parametrize("value", SUBMITS)
async def test_a_press_that_cannot_be_read_is_answered(teams: TeamsStage, value: Any) -> None:
    """A client without Execute, a card of others: 200, and a sentence in the chat where it is a press at all."""
    sent = teams.activity("message", "ana", "@ana", value=value)
    status, _body = await teams.post(sent)
    await teams.settle()

    assert status == 200
    if value == {"foo": "bar"}:
        assert any("can't read this card" in one for one in await Cast(teams).ana.privately.sees())


EMPTY: list[Any] = [None, False, "", [], {}]


@pytest.mark.parametrize("answer", EMPTY)
async def test_an_empty_answer_of_a_form_is_an_answer(teams: TeamsStage, answer: Any) -> None:
    """Null, no or nothing in an optional question throws no form away."""
    cast = Cast(teams)
    sofia = cast.sofia
    await sofia.privately.types("zanshin settings")
    form = sofia.form
    assert form is not None
    posted = teams._form["sofia"]  # noqa: SLF001  the card that is being filled in
    card = posted.shown_to(account("sofia"))
    from tests.adapters.teams_stage import ANSWER, inputs, sends  # noqa: PLC0415  beside what they read

    sending = sends(card)
    assert sending is not None
    typed: dict[str, Any] = {ANSWER + name: one.get("value", "") for name, one in inputs(card).items()}
    typed[f"{ANSWER}time_zone"] = "Europe/Dublin"
    typed[f"{ANSWER}case_url"] = answer
    data = {"action": {"type": "Action.Execute", "verb": sending["verb"], "data": sending["data"] | typed}}
    activity = teams.activity("invoke", "sofia", "@sofia", name="adaptiveCard/action", value=data | {"trigger": "m"})
    status, body = await teams.post(activity | {"replyToId": posted.id})

    assert status == 200
    assert "Settings saved" in str(body) or "Begin with https" in str(body), body
