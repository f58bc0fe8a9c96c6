"""Which incident is meant, and what is to be done with it: asked wherever the words leave it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters import slack_stage
from tests.dialogues.test_incidents import channel
from tests.dialogues.test_incidents_typed import card, filled, labels, opened
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


@pytest.mark.parametrize("typed", ["all", "both", "everything", "all of them", "alle", "beide Störungen"])
async def test_all_at_once_ends_nothing_unasked(cast: Cast, typed: str) -> None:
    """Each is offered, one's own first; none is over, and no word of it is noted."""
    omar = await opened(cast.omar, "sev1 Alpha fails")
    await opened(cast.sofia, "sev2 Beta fails")
    asked = await omar.types(f"/incident resolve {typed}")

    assert asked.text.startswith("I take one incident at a time.")
    assert labels(asked) == ["#1 Alpha fails"]  # the other isn't his to end
    assert not any("Resolved" in one for one in await channel(cast))


@pytest.mark.parametrize("typed", ["severity 2", "severity 2 down"])
async def test_the_number_of_an_incident_is_not_its_severity(cast: Cast, typed: str) -> None:
    """It may be either: each is one press."""
    omar = await opened(cast.sofia, "sev1 Refunds are paid twice", "sev3 Logo missing")
    asked = await omar.types(f"/incident {typed}")
    before = await card(cast)
    await omar.presses("#2: sev2", asked)

    assert asked.text.startswith("Is 2 an incident, or how bad one is?")
    assert labels(asked) == ["#1: sev2", "#2: sev1", "#2: sev2", "#2: sev4"]
    assert "Severity: sev1" in before
    assert "Severity: sev1" in await card(cast)
    assert "Severity: sev2" in await card(cast, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "severity 1 sev2 because half is fixed",
        "severity sev2 because half is fixed",
        "schweregrad 1 sev2, weil die Hälfte geht",
    ],
)
async def test_a_severity_may_have_a_reason(cast: Cast, typed: str) -> None:
    """It is answered with a sentence, and the record keeps why."""
    omar = await opened(cast.omar, "sev1 Refunds are paid twice")
    answer = await omar.types(f"/incident {typed}")
    again = await omar.types(f"/incident {typed}")
    record = await omar.types("/incident history 1")

    assert "It's sev2 now. The next update stays due by 10:20" in answer.text
    assert "It's sev2 already." in again.text
    assert "Severity: sev2" in await card(cast)
    assert "made it sev2: “" in record.text


async def test_only_what_one_may_do_is_offered_and_ones_own_first(cast: Cast) -> None:
    """Seven are open: of them Omar may snooze two, and may note something for any."""
    for who, title in (
        (cast.omar, "sev2 Alpha fails"),
        (cast.ben, "sev2 Beta fails"),
        (cast.ben, "sev2 Gamma fails"),
        (cast.ana, "sev2 Delta fails"),
        (cast.ana, "sev2 Epsilon fails"),
        (cast.sofia, "sev2 Zeta fails"),
        (cast.omar, "sev3 Eta fails"),
    ):
        await opened(who, title)
    omar = cast.omar.in_("incidents")
    snoozed = await omar.types("/incident snooze 20m because lunch")
    noted = await omar.types("/incident note the vendor called back")

    assert labels(snoozed) == ["#1 Alpha fails", "#7 Eta fails"]
    assert labels(noted)[:2] == ["#1 Alpha fails", "#7 Eta fails"]
    assert len(labels(noted)) == 5


@pytest.mark.parametrize("typed", ["call off 1", "cancel 1", "call it off 1", "absagen 1"])
async def test_what_stands_on_a_button_can_be_typed(cast: Cast, typed: str) -> None:
    """“Call it off” opens the form that the button opens."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev3 tomorrow 14:00-15:00 Payment provider switch")
    await omar.types(f"/incident {typed}")

    assert list(filled(omar)) == ["words", "sent", "where"]


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("the record 1", "opened it"),
        ("look at 1", "Severity: sev2"),
        ("i own it 1", "Ana owns it."),
        ("all follow-ups", "No follow-ups"),
    ],
)
async def test_other_buttons_can_be_typed_too(cast: Cast, typed: str, reads: str) -> None:
    """What is read on a card does the same when it is typed."""
    await opened(cast.omar, "sev2 Emails bounce")
    answer = await cast.ana.in_("incidents").types(f"/incident {typed}")

    assert reads in answer.text


@pytest.mark.parametrize("typed", ["beenden", "beende", "1 beenden:"])
async def test_the_german_words_for_an_end_offer_no_new_incident(cast: Cast, typed: str) -> None:
    """The last word is taken."""
    ana = await opened(cast.ana, "sev2 Zahlungen scheitern")
    answer = await ana.types(f"/incident {typed} Zahlungen gehen wieder, alles wie gewohnt.")

    assert "Zahlungen gehen wieder, alles wie gewohnt." in answer.text
    assert "Resolved" in await card(cast)


async def test_the_number_of_an_open_incident_first_offers_its_update(cast: Cast) -> None:
    """What it is for is asked; an update comes first."""
    omar = await opened(cast.omar, "sev1 Checkout is down")
    asked = await omar.types("/incident 1 Checkout fails for all. We go back to last week's version. in 20 min")
    first = labels(asked)[0]
    await omar.presses(first, asked)

    assert first.startswith("/incident update 1 Checkout fails")
    assert [one.split(" ")[1] for one in labels(asked)] == ["update", "note", "open"]


@pytest.mark.parametrize("who", ["Zoë Álvarez", "zoë", "@zoe"])
async def test_a_follow_up_takes_a_name_without_an_at(cast: Cast, who: str) -> None:
    """As owner and team add do."""
    await cast.sofia.types("/zanshin team add Zoë Álvarez")
    omar = await opened(cast.omar, "sev2 Emails bounce")
    answer = await omar.types(f"/incident followup 1 {who} friday: write to the vendor")

    assert "Zoë Álvarez does it" in answer.text


@pytest.mark.parametrize(
    "typed", ["solved: Chat works again for everybody.", "behoben: Der Chat geht wieder für alle."]
)
async def test_in_the_direct_chat_an_end_is_read(cast: Cast, typed: str) -> None:
    """A sign behind the word says that the rest is the last word."""
    await opened(cast.omar, "sev2 Chat is down")
    await cast.omar.privately.types(typed)

    assert "Resolved" in await card(cast)


async def test_in_the_direct_chat_resolve_is_not_a_playbook(stage: FakeStage) -> None:
    """It asks for the last word of the one that is open."""
    cast = Cast(stage)
    await opened(cast.omar, "sev2 Chat is down")
    await cast.omar.privately.types("resolve")

    assert list(filled(cast.omar)) == ["words", "sent", "where"]


async def test_in_the_direct_chat_an_update_is_read_without_its_number(cast: Cast) -> None:
    """What is, what is done, and by when: nothing of a customer is said so."""
    await opened(cast.omar, "sev2 Chat is down")
    answer = await cast.omar.privately.types("update Chat is down for all. We restart it. Next update 10:20")
    customer = await cast.omar.privately.types("update my address, she says")

    assert "Chat is down for all. We restart it. Next update by 10:20" in answer.text
    assert "Ready to copy" not in customer.text


async def below_its_card(cast: Cast, who: str, words: str) -> list[str]:
    """Say something behind our name below the first card in #incidents; return what is new there for them."""
    stage = cast.stage
    if not hasattr(stage, "slack"):
        pytest.skip("in the threads of Slack")
    voice = cast.voice(who).in_("incidents")
    before = len(await voice.sees())
    where, text = slack_stage.channel("incidents", who), f"<@{slack_stage.BOT}> {words}"
    said = stage.slack.post(where, slack_stage.account(who), text)
    cards = (
        one.ts
        for one in stage.slack.messages
        if one.channel == where and one.user == slack_stage.BOT and not one.only_for
    )
    event = {"type": "app_mention", "user": slack_stage.account(who), "channel": where, "text": text, "ts": said.ts}
    body = {
        "type": "event_callback",
        "team_id": slack_stage.TEAM,
        "event_id": f"Ev{said.ts}".replace(".", ""),
        "event": event | {"event_ts": said.ts, "thread_ts": next(cards)},
        "authorizations": [{"team_id": slack_stage.TEAM, "user_id": slack_stage.BOT, "is_bot": True}],
    }
    await stage._send(who, said.ts, lambda: body)  # noqa: SLF001
    await stage.settle()
    return (await voice.sees())[before:]


@pytest.mark.parametrize(
    ("words", "reads"),
    [
        ("update Half can sign in again. We go on. Next update in 15m", "Half can sign in again."),
        ("note vendor says 2 hours", "Noted for the team."),
        ("I own it", "owns it"),
        ("notiz der Anbieter braucht 2 Stunden", "Noted for the team."),
    ],
)
async def test_below_the_card_of_an_incident_words_are_about_it(cast: Cast, words: str, reads: str) -> None:
    """Another one is open, too: neither a number nor the first word of a command is needed."""
    await opened(cast.omar, "sev2 Logins fail", "sev2 Mails are late")
    new = await below_its_card(cast, "ana" if "own" in words else "omar", words)

    assert any(one.startswith("#1 Logins fail") and reads in one for one in new), new
