"""A customer asks when it is over: the incident that is open has the answer, as far as customers know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dialogues.test_incidents import opened

if TYPE_CHECKING:
    from tests.stage import Cast

UPDATE = "/incident update Some cards are declined. We are switching to the second line. Next update by 10:30"


async def test_who_is_asked_when_gets_the_last_word_and_its_promise(cast: Cast) -> None:
    """Pasted after a command or bare into the direct chat: what customers heard last stands there to be said."""
    omar = await opened(cast)
    await omar.tells(UPDATE)
    typed = await cast.ana.types("/calm any ETA on the card payments??")
    bare = await cast.ana.privately.types("when will I be able to pay by card again?")
    other = await cast.ana.types("/calm she keeps shouting at me")

    for answer in (typed, bare):
        assert "It is about #1 Card payments fail" not in answer.text
        assert "If it is about #1 Card payments fail, answer with what customers heard last" in answer.text
        assert "Some cards are declined. We are switching to the second line. Next update by 10:30" in answer.text
    assert "customers heard last" not in other.text


async def test_a_broken_promise_is_not_repeated(cast: Cast) -> None:
    """The last word is still true; who owns the incident is asked before another time is named."""
    omar = await opened(cast)
    await omar.tells(UPDATE)
    await cast.later(hours=2)
    answer = await cast.ana.types("/calm how much longer till cards work")

    assert "Some cards are declined. We are switching to the second line." in answer.text
    assert "Next update by" not in answer.text
    assert "hasn't come. Ask Omar" in answer.text


async def test_who_has_heard_nothing_is_told_nothing(cast: Cast) -> None:
    """Without an update there is no answer yet, and the way to one; without an incident nothing is said of it."""
    nothing = await cast.ana.types("/calm any news on the outage?")
    await opened(cast)
    first = await cast.ana.types("/calm any news on the outage?")

    assert "They ask when" not in nothing.text
    assert "customers have heard nothing of it yet" in first.text
    assert "Write an update" in [button.label for button in first.buttons]


async def test_which_incident_is_asked_about_where_several_may_be(cast: Cast) -> None:
    """The words choose; where they cannot, a press does."""
    omar = await opened(cast)
    await omar.types("/incident open sev2 Logins are slow")
    named = await cast.ana.types("/calm when will logins work again")
    unclear = await cast.ana.types("/calm when will it be fixed?")

    assert "about #2 Logins are slow" in named.text
    assert "Is it about one of these?" in unclear.text
    assert {"#1 Card payments fail", "#2 Logins are slow"} <= {button.label for button in unclear.buttons}


async def test_short_words_and_german_ones_choose_the_incident_too(cast: Cast) -> None:
    """What everybody says when they ask tells nothing of which is meant; "VPN" does."""
    omar = await opened(cast)
    await omar.types("/incident open sev2 VPN is down")
    english = await cast.ana.types("/calm is the VPN back yet?")
    german = await cast.ana.types("/calm Geht das VPN immer noch nicht?")

    assert "about #2 VPN is down" in english.text
    assert "about #2 VPN is down" in german.text
