"""What is pressed late is no newest truth: an older update, and the last word of what is open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.say.messages import plain
from tests.dialogues.test_incidents import channel, opened

if TYPE_CHECKING:
    from tests.stage import Cast, Seen, Voice

OLDER = "/incident update Alpha fails for all. We look. Next update in 50m"
NEWER = "/incident update Alpha works for half. We go on. Next update in 15m"
OVER = "/incident resolve Gift cards work again since 10:02. Thank you for your patience."


async def two_updates(cast: Cast) -> tuple[Voice, Seen]:
    """Have customers told the newer of two updates that were prepared; return the older."""
    omar = await opened(cast, "sev2 Alpha fails")
    older = await omar.types(OLDER)
    newer = await omar.types(NEWER)
    await omar.presses("Customers have it", newer)
    return omar, older


async def ended_and_open_again(cast: Cast) -> tuple[Voice, Seen]:
    """Prepare a last word, and open the incident again before customers have it; return the last word."""
    omar = await opened(cast, "sev2 Gift cards are refused")
    last = await omar.types(OVER)
    await cast.later(minutes=5)
    await cast.ana.in_("incidents").types("/incident reopen 1")
    return omar, last


async def test_an_older_update_confirmed_late_does_not_replace_what_customers_read_since(cast: Cast) -> None:
    """It is asked about, however soon after the newer one it is pressed."""
    omar, older = await two_updates(cast)
    await omar.presses("Customers have it", older)
    card = (await channel(cast))[0]

    assert "Meanwhile customers were told: “Alpha works for half. We go on.”" in plain(omar.form.intro)
    assert "Alpha works for half" in card
    assert "Next update by: 10:15" in card


async def test_the_promise_that_was_told_last_is_kept_though_an_older_one_is_confirmed(cast: Cast) -> None:
    """Whoever owns it is reminded of what customers were told last."""
    omar, older = await two_updates(cast)
    await omar.presses("Customers have it", older)
    for _minute in range(17):
        await cast.later(minutes=1)
    asked = [one for one in [*await omar.sees(), *await omar.privately.sees()] if "promised news by" in one]

    assert any("10:15" in one for one in asked)


async def test_an_older_update_reaches_no_customers_once_it_is_over(cast: Cast) -> None:
    """It is written down, and posted nowhere: whoever reads along knows that it's over."""
    await cast.omar.types("/zanshin help")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(places="#support")
    omar = await opened(cast, "sev2 Alpha fails")
    older = await omar.types(OLDER)
    await omar.tells("/incident resolve 1 Alpha works again for everybody. Thank you.")
    answer = await omar.presses("Customers have it", older)
    record = await omar.types("/incident history 1")

    assert "posting it where they read along" not in answer.text
    assert "told customers: “Alpha fails for all. We look.”" in record.text
    assert not any("Alpha fails for all" in one for one in await cast.ana.sees())


async def test_last_words_of_an_incident_that_is_open_again_are_overtaken(cast: Cast) -> None:
    """In its channel nobody can press any more that customers have them, and it says why."""
    await ended_and_open_again(cast)
    posts = await cast.ben.in_("incidents").posts()
    [old] = [one for one in posts if "Gift cards work again" in one.text]

    assert "Overtaken: it was opened again since" in old.text
    assert not old.buttons


async def test_a_promise_is_not_kept_by_last_words_told_after_it_was_opened_again(cast: Cast) -> None:
    """Whoever presses late is asked what customers notice now."""
    omar, last = await ended_and_open_again(cast)
    await omar.presses("Customers have it", last)
    asked = plain(omar.form.intro)
    record = await omar.types("/incident history 1")

    assert "It's open again since that last word was written" in asked
    assert "promise kept" not in record.text
    assert "told customers" not in record.text


async def test_last_words_of_an_earlier_end_are_not_those_of_the_last(cast: Cast) -> None:
    """It was open again, and ended anew: the first last word is told to nobody."""
    omar, last = await ended_and_open_again(cast)
    await omar.types("/incident resolve 1 Gift cards work again since 10:07, for good.")
    answer = await omar.presses("Customers have it", last)
    record = await omar.types("/incident history 1")

    assert "Overtaken: it was opened again since" in answer.text
    assert "told customers" not in record.text


@pytest.mark.parametrize("again", ["", "/incident resolve 1 Gift cards work again since 10:07, for good."])
async def test_customers_do_not_read_that_it_is_over_once_it_is_open_again(cast: Cast, again: str) -> None:
    """Where a channel is read by customers, nothing is posted there by the late press."""
    await cast.omar.types("/zanshin help")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(places="#support")
    omar, last = await ended_and_open_again(cast)
    if again:
        await omar.types(again)
    await omar.presses("Customers have it", last)
    await cast.later(seconds=5)

    assert not any("since 10:02" in one for one in await cast.ana.sees())
