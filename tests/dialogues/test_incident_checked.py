"""Before customers read an update, words they do not need are pointed at; better ones are one press away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dialogues.test_incidents import channel, opened

if TYPE_CHECKING:
    from tests.stage import Cast

BLAMING = "Your orders are late because the packers didn't bother to read the labels. We are packing them again."
FINE = "Some cards are declined. We are switching to the other provider."


async def test_words_are_pointed_at_and_better_ones_taken_with_one_press(cast: Cast) -> None:
    """The update lies ready either way; the press changes it where it lies."""
    omar = await opened(cast)
    answer = await omar.types(f"/incident update {BLAMING} Next update by 10:40")

    assert "Before customers read it, look at this again:" in answer.text
    assert "that points at somebody. Say what happened, and what is being done." in answer.text
    assert "Your orders are late. We are packing them again." in answer.text

    taken = await omar.presses("Take these words")
    seen = await channel(cast)

    assert "points at somebody" not in taken.text
    assert "packers" not in seen[-1]
    assert "Your orders are late." in seen[-1]
    assert "We are packing them again." in seen[-1]


async def test_nobody_is_kept_from_sending_it_as_it_is(cast: Cast) -> None:
    """The record says what was pointed out, by its kind."""
    omar = await opened(cast)
    await omar.types(f"/incident update {BLAMING} Next update by 10:40")
    await omar.presses("Customers have it")
    record = (await omar.types("/incident history 1")).text

    assert "(sent although this was pointed out: blame)" in record


async def test_german_is_not_taken_for_english(cast: Cast) -> None:
    """Nothing was learned of it: nothing is pointed at, and nothing of it is cut."""
    omar = await opened(cast)
    german = "Die Idioten von der Bank sind schuld. Wir garantieren die Lösung."
    answer = await omar.types(f"/incident update {german} Next update by 10:40")

    assert german in answer.text
    assert "look at this again" not in answer.text


async def test_a_good_update_is_left_alone(cast: Cast) -> None:
    """Nothing is said of what customers need."""
    omar = await opened(cast)
    answer = await omar.types(f"/incident update {FINE} Next update by 10:40")

    assert "look at this again" not in answer.text


async def test_a_form_that_asks_for_the_rest_says_so_too(cast: Cast) -> None:
    """Words typed with something missing come back with what was noticed in them."""
    omar = await opened(cast)
    await omar.types("/incident update It was the packers' fault. Next update by 10:40")
    intro = "".join(omar.form.intro)

    assert "Nearly there" in intro
    assert "points at somebody" in intro


async def test_the_form_asks_once_more_where_we_post_it_ourselves(cast: Cast) -> None:
    """Where customers read along, it is shown before it is posted; posting it all the same is one press."""
    await cast.sofia.in_("support").types("/zanshin help")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(places="#support", jargon="Phoenix")
    omar = await opened(cast)
    await omar.types("/incident update")
    await omar.fills(notice="Phoenix is slow.", doing="We are adding machines.", by="10:40", sent="yes")

    assert "“Phoenix”: not everybody knows that. Say it in plain words." in "".join(omar.form.intro)

    answer = await omar.fills(anyway="yes")

    assert "Noted as told to customers" in answer.text


async def test_the_better_wording_is_ticked_in_the_form(cast: Cast) -> None:
    """What was pointed at is left out of what is posted."""
    await cast.sofia.in_("support").types("/zanshin help")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(places="#support")
    omar = await opened(cast)
    await omar.types("/incident update")
    await omar.fills(
        notice="Your orders are late because the packers didn't bother to read the labels.",
        doing="We are packing them again.",
        by="10:40",
        sent="yes",
    )
    answer = await omar.fills(better="yes")

    assert "Your orders are late. We are packing them again." in answer.text
    assert "packers" not in answer.text


async def test_better_words_are_other_words(cast: Cast) -> None:
    """Where nothing better is left, it is said what is missing: no press takes the mark away and keeps the words."""
    omar = await opened(cast, "sev1 Checkout fails")
    answer = await omar.types("/incident update #1 Checkout fails for all. We roll back. Next update 10:15")

    assert "“roll back”: not everybody knows that. Say it in plain words." in answer.text
    assert "Without these words too little is left" in answer.text
    assert "You could write:" not in answer.text
    assert "[Take these words]" not in answer.text


async def test_last_words_of_nothing_but_jargon_get_no_empty_proposal(cast: Cast) -> None:
    """What works again is to be said in plain words."""
    omar = await opened(cast, "sev1 Checkout fails")
    answer = await omar.types("/incident resolve 1 Our DNS failed over and the pods are healthy.")

    assert "say in plain ones what works again." in answer.text
    assert "You could write:" not in answer.text
