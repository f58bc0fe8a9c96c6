"""Grants that are doubled, raced and taken back: whatever comes at once, one thing happens and everybody reads it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.gestures.model import Grant, GrantAsk, GrantState
from bot.say.aloud import plain_message
from bot.say.replies import FieldErrors, Private, Replace
from tests.handoffs.crowd import another_organisation, join, rows
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.say.replies import Reply
    from tests.stage import FakeStage

CREDIT = {"kind": "credit", "name": "Sorry", "per_case": "€20", "per_day": "€50", "per_customer": "€40"}
ASKED = {"gesture": "1", "amount": "35", "case": "CASE-1", "customer": "Ines Ortega"}


def said(reply: Reply) -> str:
    if isinstance(reply, FieldErrors):
        return str(reply.errors)
    assert isinstance(reply, Private | Replace), reply
    return plain_message(reply.message)


async def submit(stage: FakeStage, who: str, command: str, fields: dict[str, str], key: str) -> Reply:
    """Do something in one's direct chat, under a key of its own."""
    return await stage.program.dispatch.submit(command, fields, stage.origin(who, f"@{who}", key))


async def in_the_catalogue(stage: FakeStage) -> None:
    await submit(stage, "sofia", "save-gesture", CREDIT, "catalogue")


async def asked_for(stage: FakeStage) -> None:
    """Ana asks for more than she may give alone; two supervisors can decide."""
    await join(stage, ["noor"], supervisors=True)
    await in_the_catalogue(stage)
    await submit(stage, "ana", "make-gesture", ASKED | {"mark": "one"}, "asks")
    await stage.settle()


async def grants(stage: FakeStage) -> list[tuple[str, Decimal]]:
    return [(one.state, one.amount) for one in await rows(stage, Grant)]


async def test_of_two_supervisors_at_once_the_first_decides(stage: FakeStage) -> None:
    """A yes and a no in one moment: one holds, and both read which."""
    await asked_for(stage)
    replies = await asyncio.gather(
        submit(stage, "sofia", "grant-gesture", {"grant": "1"}, "yes"),
        submit(stage, "noor", "refuse-gesture", {"grant": "1", "instead": "10"}, "no"),
    )
    await stage.settle()

    [grant] = await rows(stage, Grant)
    decided = "granted it at" if grant.state == GrantState.GRANTED else "said no at"
    assert grant.state in (GrantState.GRANTED, GrantState.REFUSED)
    assert all(decided in said(reply) for reply in replies)
    told = [one.text for one in await stage.seen("ana", "@ana")][-1]
    assert ("granted it." in told) == (grant.state == GrantState.GRANTED)


async def test_two_presses_at_once_grant_it_once(stage: FakeStage) -> None:
    """Both read the same, and the agent is told once."""
    await asked_for(stage)
    replies = await asyncio.gather(
        *(submit(stage, "sofia", "grant-gesture", {"grant": "1"}, f"yes-{number}") for number in range(6))
    )
    await stage.settle()

    assert {said(reply).splitlines()[1].partition(" at ")[0] for reply in replies} == {"Sofia granted it"}
    assert await grants(stage) == [(GrantState.GRANTED, Decimal(35))]
    assert [one.text.startswith("€35.00: Sorry") for one in await stage.seen("ana", "@ana")].count(True) == 1


async def test_a_form_sent_twice_makes_one_gesture(stage: FakeStage) -> None:
    """Somebody under stress presses twice; the customer gets it once."""
    await in_the_catalogue(stage)
    fields = ASKED | {"amount": "20", "mark": "same"}
    replies = await asyncio.gather(*(submit(stage, "ana", "make-gesture", fields, f"twice-{n}") for n in range(6)))

    assert len({said(reply) for reply in replies}) == 1
    assert await grants(stage) == [(GrantState.GRANTED, Decimal(20))]


async def test_what_is_taken_back_while_it_is_granted(stage: FakeStage) -> None:
    """Whichever comes first holds; neither the agent nor the supervisor reads what is not so."""
    await asked_for(stage)
    cancelled, decided = await asyncio.gather(
        submit(stage, "ana", "cancel-gesture", {"grant": "1"}, "back"),
        submit(stage, "sofia", "grant-gesture", {"grant": "1"}, "yes"),
    )
    await stage.settle()

    [grant] = await rows(stage, Grant)
    if grant.state == GrantState.GRANTED:
        assert "It was granted before you took it back." in said(cancelled)
        assert "Sofia granted it at" in said(decided)
    else:
        assert grant.state == GrantState.CANCELLED
        assert "before anybody granted it" in said(cancelled)
        assert "It was taken back." in said(decided)


async def test_many_at_once_never_go_beyond_a_limit(stage: FakeStage) -> None:
    """Ten forms in one moment for one case: what is granted alone stays within its limit, the rest is asked for."""
    await in_the_catalogue(stage)
    each = ASKED | {"amount": "8"}
    await asyncio.gather(
        *(submit(stage, "ana", "make-gesture", each | {"mark": f"form-{n}"}, f"many-{n}") for n in range(10))
    )

    found = await grants(stage)
    assert sum(amount for state, amount in found if state == GrantState.GRANTED) == Decimal(16)
    assert [state for state, _amount in found].count(GrantState.ASKED) == 8


async def test_colleagues_share_the_limits_of_a_case_and_a_customer(stage: FakeStage) -> None:
    """What Ben gave a customer counts for Ana, whatever the case; a new case of another customer is free."""
    await in_the_catalogue(stage)
    scenes = [
        ("ben", {"case": "CASE-1", "amount": "20"}, GrantState.GRANTED),
        ("ana", {"case": "#case-1", "amount": "1"}, GrantState.ASKED),
        ("ana", {"case": "CASE-2", "amount": "20", "customer": "ines  ORTEGA"}, GrantState.GRANTED),
        ("ben", {"case": "CASE-3", "amount": "1"}, GrantState.ASKED),
        ("ben", {"case": "CASE-4", "amount": "20", "customer": "Kwame Mensah"}, GrantState.GRANTED),
        ("ben", {"case": "CASE-5", "amount": "11", "customer": "Yuki Sato"}, GrantState.ASKED),
        ("ben", {"case": "CASE-6", "amount": "10", "customer": "Yuki Sato"}, GrantState.GRANTED),
    ]
    for number, (who, fields, _state) in enumerate(scenes):
        await submit(stage, who, "make-gesture", ASKED | fields | {"mark": f"{number}"}, f"scene-{number}")

    assert [state for state, _amount in await grants(stage)] == [state for _who, _fields, state in scenes]


BUTTONS: dict[str, dict[str, str]] = {
    "cancel-gesture": {"granted": "True"},
    "grant-gesture": {},
    "refuse-gesture": {"instead": "1"},
    "ask-to-refuse-gesture": {},
    "pass-gesture": {},
    "take-instead": {},
}


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("who", ["ben", "eve"])
async def test_whoever_may_not_changes_nothing(stage: FakeStage, button: str, who: str) -> None:
    """A colleague who is no supervisor, and somebody of another organisation, are refused every button."""
    await asked_for(stage)
    await another_organisation(stage, ["eve"])
    before = [(one.state, one.asks) for one in await rows(stage, GrantAsk)]
    where = stage.origin(who, f"@{who}", "tries")
    if who == "eve":
        where = replace(where, workspace="elsewhere")
    reply = await stage.program.dispatch.submit(button, {"grant": "1"} | BUTTONS[button], where)

    assert isinstance(reply, Private)
    assert await grants(stage) == [(GrantState.ASKED, Decimal(35))]
    assert [(one.state, one.asks) for one in await rows(stage, GrantAsk)] == before


async def test_an_agent_does_not_decide_about_their_own(stage: FakeStage) -> None:
    """Made supervisor meanwhile, they still need somebody else."""
    await asked_for(stage)
    await Cast(stage).sofia.types("/zanshin team add @ana supervisor")
    reply = await submit(stage, "ana", "grant-gesture", {"grant": "1"}, "own")

    assert said(reply).startswith("Nothing was decided.\nYou asked for it yourself.")
    assert await grants(stage) == [(GrantState.ASKED, Decimal(35))]


async def test_what_is_kept_is_sealed_and_goes(stage: FakeStage) -> None:
    """Case, customer and reasons go after half a year; how much was given stays."""
    await in_the_catalogue(stage)
    await submit(stage, "ana", "make-gesture", ASKED | {"amount": "5", "mark": "m", "why": "late"}, "gives")
    cast, kept = Cast(stage), []
    for days in (179, 2):
        await cast.later(hours=24 * days)
        await stage.program.ticker.tidy_up()
        [grant] = await rows(stage, Grant)
        kept.append((grant.case, grant.customer, grant.why_text, grant.case_hash is None))

    assert kept == [("CASE-1", "Ines Ortega", "late", False), (None, None, None, True)]
    assert grant.amount == Decimal(5)
