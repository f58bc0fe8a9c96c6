"""What may be meant in two ways about an incident is asked before customers read it, or anything ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_incidents import channel, opened
from tests.dialogues.test_incidents_typed import filled, intro, labels

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_a_number_that_counts_is_asked_though_one_incident_is_open(cast: Cast) -> None:
    """Customers never read "in 5 customers can't pay."; one press says it whole."""
    omar = await opened(cast)
    asked = await omar.types("/incident update 1 in 5 customers can't pay. We look. Next update in 15 min")
    posted = await omar.presses(labels(asked)[1], asked)

    assert asked.text.startswith("Is 1 the number of an incident?")
    assert labels(asked) == ["For #1 Card payments fail", "For #1: “1 in 5 customers…”"]
    assert "\n1 in 5 customers can't pay. We look." in posted.text


@pytest.mark.parametrize("words", ["2 users see errors", "2 searches are slow", "1 payments fail", "1 Kunden warten"])
async def test_an_ordinary_update_is_not_asked_about_its_number(cast: Cast, words: str) -> None:
    """It is that of the incident, whether one is open or two."""
    omar = await opened(cast)
    await omar.types("/incident open sev3 Search is slow")
    posted = await omar.types(f"/incident update {words}. We restart. Next update in 20 min")

    assert posted.text.startswith(f"#{words[0]} ")
    assert f"\n{words[2:]}. We restart." in posted.text


async def test_an_ordinary_last_word_is_not_asked_about_its_number(cast: Cast) -> None:
    """Several that can pay again are not one of them."""
    omar = await opened(cast)
    await omar.types("/incident resolve 1 customers can pay again")

    assert "Resolved:" in (await channel(cast))[0]


async def test_several_are_asked_about_where_they_fit_another_incident(cast: Cast) -> None:
    """Shops that cannot pay belong to the payments rather than to the search."""
    omar = await opened(cast)
    await omar.types("/incident open sev3 Search is slow")
    asked = await omar.types("/incident update 2 shops cannot pay. We look. Next update in 15 min")

    assert asked.text.startswith("Is 2 the number of an incident?")


async def test_the_number_of_another_incident_that_counts_ends_nothing(cast: Cast) -> None:
    """Of two that are open here each is offered, with the words whole; #2 alone is certain."""
    omar = await opened(cast)
    await omar.types("/incident open sev3 Search is slow")
    asked = await omar.types("/incident resolve 2 of the shops work again, and we watch the rest.")
    await omar.presses("For #1: “2 of the shops work…”", asked)
    ended = (await omar.types("/incident list resolved")).text

    assert labels(asked) == [
        "For #2 Search is slow",
        "For #1: “2 of the shops work…”",
        "For #2: “2 of the shops work…”",
    ]
    assert "#1 Card payments fail" in ended
    assert "#2 Search is slow" not in ended


async def test_a_note_keeps_what_its_number_counts(cast: Cast) -> None:
    """Nobody has to choose where both readings end in the same place."""
    omar = await opened(cast)
    noted = await omar.types("/incident note 1 customer called in")

    assert "1 customer called in" in (await omar.types("/incident history 1")).text
    assert noted.text.startswith("#1 Card payments fail\nNoted")


@pytest.mark.parametrize("said", ["by lunch", "when Jim says so"])
async def test_customers_read_no_time_that_nobody_keeps(cast: Cast, said: str) -> None:
    """What stands behind "Next update" goes where the time is asked, and is read nowhere else."""
    omar = await opened(cast)
    await omar.types(f"/incident update Some cards fail. We look. Next update {said}")
    before = filled(omar)
    await omar.fills(by="10:15")

    assert (before["doing"], before["by"]) == ("We look.", f"Next update {said}")
    assert said not in "".join(await channel(cast))


async def test_the_form_says_when_once(cast: Cast) -> None:
    """A vague promise beside the one that is kept is refused where it stands."""
    omar = await opened(cast)
    await omar.presses("Update")
    await omar.fills(notice="Cards fail.", doing="We look. Next update by lunch.", by="10:15")

    assert omar.errors == {
        "doing": "“Next update by lunch.” says when customers hear more, too. Say it in the last question alone."
    }


async def test_a_last_word_that_promises_news_is_asked_about(cast: Cast) -> None:
    """It becomes an update whose promise is kept, or the end, once that is said."""
    omar = await opened(cast)
    asked = await omar.types("/incident resolve 1 Cards work again. We'll send a full report by 10:15")
    still = (await channel(cast))[0]
    await omar.presses("Resolve it all the same", asked)

    assert asked.text.startswith("Nobody would remind you of that promise.")
    assert "promise news by 10:15" in asked.text
    assert labels(asked) == ["Make it an update", "Resolve it all the same"]
    assert "Next update by: 10:20" in still
    assert "Resolved:" in (await channel(cast))[0]


async def test_the_form_of_the_end_asks_about_a_promise_once(cast: Cast) -> None:
    """Sent again it is meant; nothing that was typed is lost."""
    omar = await opened(cast)
    await omar.presses("Resolve")
    await omar.fills(words="Cards work again since 9:58. Next update at 10:15")
    asked, kept = intro(omar), filled(omar)["words"]
    await omar.fills()

    assert "Your words promise news by 10:15" in asked
    assert kept == "Cards work again since 9:58. Next update at 10:15"
    assert "Resolved:" in (await channel(cast))[0]


@pytest.mark.parametrize("words", ["not yet", "noch nicht", "really?", "when Jim is back"])
async def test_words_that_sound_like_no_end_are_asked_about(cast: Cast, words: str) -> None:
    """Its reminders go on until somebody says that it's over."""
    omar = await opened(cast)
    asked = await omar.types(f"/incident resolve {words}")
    still = (await channel(cast))[0]
    await omar.presses("Resolve it all the same", asked)

    assert asked.text.startswith("#1 isn't resolved.")
    assert "Next update by: 10:20" in still
    assert "Resolved:" in (await channel(cast))[0]


async def test_a_newer_update_overtakes_the_one_before(cast: Cast) -> None:
    """Of what was prepared only the last can be confirmed by a press."""
    omar = await opened(cast)
    await omar.types("/incident update Some cards fail. We look. Next update 10:15")
    await omar.types("/incident update All cards fail. We switch over. Next update 10:10")
    seen = await channel(cast)

    assert sum("Nobody has said yet that customers have it" in one for one in seen) == 1
    assert any("Overtaken: a newer update was prepared since" in one and "Some cards fail." in one for one in seen)


@pytest.mark.parametrize(
    "words",
    [
        "should be ok now i think",
        "It seems to be fixed now",
        "Cards should work again for most of you.",
        "Müsste jetzt wieder gehen",
        "Zahlungen gehen wieder, glaube ich",
        "Looks good again, fingers crossed",
    ],
)
async def test_last_words_in_doubt_are_asked_about(cast: Cast, words: str) -> None:
    """Who isn't sure ends nothing by it; one press does."""
    omar = await opened(cast)
    asked = await omar.types(f"/incident resolve 1 {words}")
    still = (await channel(cast))[0]
    await omar.presses("Resolve it all the same", asked)

    assert "doesn't sound as if it were over" in asked.text
    assert "Next update by: 10:20" in still
    assert "Resolved:" in (await channel(cast))[0]


@pytest.mark.parametrize(
    "words",
    [
        "Cards work again. If anything seems wrong, write to us.",
        "Cards work again. Should you still see an error, please sign in anew.",
        "Karten gehen wieder. Falls noch etwas nicht zu gehen scheint, schreiben Sie uns.",
        "Cards work again, and we hope you had no trouble.",
    ],
)
async def test_last_words_that_are_sure_are_not_asked_about(cast: Cast, words: str) -> None:
    """A condition, or a wish, is no doubt."""
    omar = await opened(cast)
    await omar.types(f"/incident resolve 1 {words}")

    assert "Resolved:" in (await channel(cast))[0]


@pytest.mark.parametrize("said", ["ETA 10:25", "ETA: 10:25", "ETA in 25 min.", "eta 25 min"])
async def test_the_time_of_the_mending_is_not_the_time_of_the_next_news(cast: Cast, said: str) -> None:
    """It is asked whether customers hear more then, and stays in what they read."""
    omar = await opened(cast, "sev2 Logins fail")
    await omar.types(f"/incident update Logins fail. We restart. {said}")

    assert "Is that when customers hear more?" in intro(omar)
    assert said.rstrip(".") in filled(omar)["doing"]


async def test_a_list_keeps_its_lines(cast: Cast) -> None:
    """What was typed over several lines is read in lines."""
    omar = await opened(cast, "sev2 Logins fail")
    listed = "Here is where we are:\n- logins fail\n- orders are late\nWe restart both."
    await omar.types(f"/incident update {listed}\nNext update in 25m")
    read = " ".join((filled(omar)["notice"], filled(omar)["doing"]))

    assert "are:\n- logins fail\n- orders are late\nWe restart both." in read


async def test_better_last_words_take_the_place_of_the_first(cast: Cast) -> None:
    """Until customers have them they can be typed again; what waits in the channel is the better one."""
    omar = await opened(cast, "sev2 Gift cards are refused")
    await omar.types("/incident resolve 1 Gift cards work again since ten.")
    answer = await omar.types("/incident resolve 1 Gift cards work again. You can use yours as usual.")
    waiting = [one for one in await channel(cast) if "Nobody has said yet" in one]

    assert "Gift cards work again. You can use yours as usual." in answer.text
    assert "noted for the team" not in answer.text
    assert len(waiting) == 1
    assert "You can use yours as usual." in waiting[0]


async def test_an_update_after_the_end_may_be_its_last_words(cast: Cast) -> None:
    """It is asked, for it may be back."""
    omar = await opened(cast, "sev2 Gift cards are refused")
    await omar.types("/incident resolve 1 Gift cards work again since ten.")
    asked = await omar.types("/incident update 1 Gift cards work again. You can use yours as usual.")
    await omar.presses("They're its last words", asked)
    waiting = [one for one in await channel(cast) if "Nobody has said yet" in one]

    assert labels(asked) == ["They're its last words", "Reopen"]
    assert "You can use yours as usual." in waiting[0]


async def test_somebody_elses_last_words_are_not_written_over_unasked(cast: Cast) -> None:
    """Whoever types others reads them first; once customers have them, more is an update."""
    omar = await opened(cast, "sev2 Gift cards are refused")
    await omar.types("/incident resolve 1 Gift cards work again since ten.")
    sofia = cast.sofia.in_("incidents")
    asked = await sofia.types("/incident resolve 1 Gift cards work again. You can use yours as usual.")
    taken = await sofia.presses("Take mine", asked)
    await sofia.presses("Customers have it", taken)
    late = await omar.types("/incident resolve 1 All gift cards work again as they did before.")

    assert "Omar wrote a last word already." in asked.text
    assert "“Gift cards work again since ten.”" in asked.text
    assert "You can use yours as usual." in taken.text
    assert "Customers have a last word already" in late.text
