"""Customers are told when somebody says that they have it; until then it is prepared, and the promise stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_incidents import LINE, channel, last, opened

if TYPE_CHECKING:
    from tests.stage import Cast

PREPARED = "Prepared by Omar. Nobody has said yet that customers have it:"


@pytest.mark.parametrize(
    "words",
    [
        "Some cards are declined. We switch to the other provider. Next update by 10:40",
        "1 Cards fail for some of you | Please pay by transfer | 10:35",
        "#1 Checkout is slow. We add machines. Next update in 30m",
        "Payments are down! You can pay by transfer. We write again in 25 minutes",
    ],
)
async def test_a_typed_line_is_prepared_and_nobody_is_told(cast: Cast, words: str) -> None:
    """One line typed in a hurry moves no promise: the channel and the record say that it only lies ready."""
    omar = await opened(cast)
    answer = await omar.types(f"/incident update {words}")
    seen = await channel(cast)
    record = (await omar.types("/incident history 1")).text

    assert "This is prepared, and I've sent it to nobody." in answer.text
    assert "Until customers have it, news is due by 10:20" in answer.text
    assert "Next update by: 10:20" in seen[0]
    assert "Update prepared at 10:00" in seen[0]
    assert PREPARED in seen[-1]
    assert "prepared an update, not confirmed: “" in record
    assert "told customers" not in record


async def test_one_press_says_that_customers_have_it(cast: Cast) -> None:
    """Whoever presses is named, with the time; from then on the new promise is kept."""
    omar = await opened(cast)
    await omar.types(f"/incident update {LINE} 10:40")
    await cast.later(minutes=3)
    answer = await cast.ben.in_("incidents").presses("Customers have it")
    seen = await channel(cast)
    record = (await omar.types("/incident history 1")).text

    assert "Noted as told to customers." in answer.text or "Told to customers at 10:03" in seen[0]
    assert "Next update by: 10:40" in seen[0]
    assert "Told to customers at 10:03" in seen[0]
    assert "not confirmed" not in "".join(seen)
    assert any("Ben told customers, as Omar wrote it:" in text for text in seen)
    assert "Omar: prepared an update" in record
    assert "Ben: told customers: “" in record
    assert record.index("prepared an update") < record.index("told customers")
    assert "(promise kept, 17 minutes early)" in record
    assert "First update after 3 minutes." in record


async def test_the_form_is_not_ticked_in_advance_and_asks_where(cast: Cast) -> None:
    """Nobody tells customers by pressing the big button; where they read it stands in the channel and the record."""
    omar = await opened(cast)
    await omar.types("/incident update")
    asked = {question.name: question.value for question in omar.form.inputs}
    await omar.fills(notice="Cards fail.", doing="We look.", by="10:30", sent="yes", where="status page, e-mail")
    await omar.types("/incident resolve 1")
    at_the_end = {question.name: question.value for question in omar.form.inputs}

    assert (asked["sent"], asked["where"]) == ("", "")
    assert at_the_end["sent"] == ""
    assert any("Omar told customers (status page, e-mail):" in text for text in await channel(cast))
    assert "told customers (status page, e-mail): “Cards fail." in (await omar.types("/incident history 1")).text


async def test_nags_say_that_it_was_prepared_and_not_confirmed(cast: Cast) -> None:
    """The promise stays open until somebody says that customers have it, and the nag has the press for it."""
    omar = await opened(cast)
    await cast.later(minutes=12)
    await omar.types(f"/incident update {LINE} 10:50")
    await cast.later(minutes=4)
    warned = await last(cast.omar)
    await cast.later(minutes=4)
    due = (await channel(cast))[-1]
    for minutes in (2, 4, 8, 6):
        await cast.later(minutes=minutes)
    called = await last(cast.sofia)
    await cast.later(seconds=1)
    await cast.sofia.privately.presses("Customers have it")
    record = (await omar.types("/incident history 1")).text

    for nag in (warned, due, called):
        assert "Update prepared at 10:12" in nag
        assert "not confirmed: do customers have it?" in nag
    assert "hasn't posted any" not in called
    assert "@Omar owns it." in called
    assert "Next update by: 10:50" in (await channel(cast))[0]
    assert record.index("Omar: prepared an update") < record.index("reminded the channel, when it was due")
    assert record.index("reminded the supervisors") < record.index("Sofia: told customers: “")
    assert record.endswith("(promise missed by 20 minutes)")


async def test_where_customers_read_along_it_is_posted_once_they_are_told(cast: Cast) -> None:
    """What is prepared stays out of their channels; the press posts it there, and the record names them."""
    await cast.sofia.in_("support").types("/zanshin help")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(places="#support")
    omar = await opened(cast)
    answer = await omar.types(f"/incident update {LINE} 10:40")
    before = await cast.ben.in_("support").sees()
    told = await omar.presses("Customers have it", answer)
    [post] = await cast.ben.in_("support").sees()

    assert before == []
    assert "That also posts it in the channels that customers read." in answer.text
    assert "Noted as told to customers (#support); I'm posting it where they read along." in told.text
    assert post.startswith("Some cards are declined.")
    assert "told customers (#support)" in (await omar.types("/incident history 1")).text


@pytest.mark.parametrize("note", ["done", "fixed", "all good now", "it was DNS", "Fixed!", "vendor fixed it"])
async def test_short_last_words_are_a_note_for_the_team(cast: Cast, note: str) -> None:
    """It is resolved, customers are not told "done", and the answer offers the words for them."""
    omar = await opened(cast)
    answer = await omar.types(f"/incident resolve 1 {note}")
    seen = "".join(await channel(cast))
    record = (await omar.types("/incident history 1")).text

    assert f"“{note}” is noted for the team. Customers weren't told that it's over." in answer.text
    assert "You could write:" in answer.text
    assert "Resolved: 10:00" in seen
    assert note not in seen
    assert f"resolved it: “{note}”; customers weren't told" in record


async def test_the_last_word_can_be_written_after_the_end(cast: Cast) -> None:
    """One press opens its form; it is prepared until somebody says that customers have it."""
    omar = await opened(cast)
    answer = await omar.types("/incident resolve 1 done")
    await omar.presses("Write the last word …", answer)
    written = await omar.fills(words="All cards work again. Nothing was charged twice.")
    prepared = (await omar.types("/incident history 1")).text
    await cast.later(minutes=5)
    told = await omar.presses("Customers have it", written)
    record = (await omar.types("/incident history 1")).text

    assert "This is prepared, and I've sent it to nobody." in written.text
    assert "prepared for customers, not confirmed: “All cards work again." in prepared
    assert "Noted as told to customers." in told.text
    assert "Omar: told customers that it's over: “All cards work again." in record
    assert "Promises kept: 1 of 1." in record


async def test_last_words_typed_in_one_line_are_prepared(cast: Cast) -> None:
    """Long enough for customers, they still wait for somebody who says that customers have them."""
    omar = await opened(cast)
    answer = await omar.types("/incident resolve 1 All cards work again, and nothing was charged twice.")
    seen = await channel(cast)
    again = await omar.types("/incident resolve 1 All cards really work again, be sure.")

    assert "This is prepared, and I've sent it to nobody." in answer.text
    assert PREPARED in "\n".join(seen)
    assert "All cards really work again, be sure." in again.text  # until customers have them


async def test_what_was_prepared_before_the_end_can_still_be_confirmed(cast: Cast) -> None:
    """The record learns that customers had it; no promise begins again."""
    omar = await opened(cast)
    answer = await omar.types(f"/incident update {LINE} 10:40")
    await omar.types("/incident resolve 1 done")
    await omar.presses("Customers have it", answer)
    await cast.later(hours=2)
    record = (await omar.types("/incident history 1")).text

    assert "told customers" in record
    assert "reminded" not in record
    assert "Resolved: 10:00" in (await channel(cast))[0]


@pytest.mark.parametrize(
    ("doing", "by", "reads"),
    [
        ("We switch. You will hear from me again by {next_update}.", "10:35", "again by 10:35 UTC."),
        ("We switch. My next message comes by [time of the next update].", "in 35m", "comes by 10:35 UTC."),
        ("We switch, and write again by 10:35, also if nothing has changed.", "10:35", "write again by 10:35, also"),
        ("We switch. Next update at 10:35. Thank you 🙏", "10:35", "We switch. Thank you 🙏 Next update by 10:35"),
        ("We switch. Next update by 10:35 (all times UTC)", "10:35", "We switch. Next update by 10:35"),
    ],
)
async def test_the_form_promises_once(cast: Cast, doing: str, by: str, reads: str) -> None:
    """A time in the sentences, typed or filled in from the last question, is not said a second time."""
    omar = await opened(cast)
    await omar.types("/incident update")
    answer = await omar.fills(notice="Cards fail.", doing=doing, by=by)

    assert reads in answer.text
    assert answer.text.count("10:35") == 1


@pytest.mark.parametrize(
    "doing",
    ["We look. Next update at 10:30.", "We look, and you hear from us again by 10:30.", "We look. More news at 10:30!"],
)
async def test_two_different_promises_are_refused_with_both(cast: Cast, doing: str) -> None:
    """The form asks which one it is, beside the sentence, and keeps what was typed."""
    omar = await opened(cast)
    await omar.types("/incident update")
    await omar.fills(notice="Cards fail.", doing=doing, by="10:35")

    [(where, asked)] = omar.errors.items()
    assert where == "doing"
    assert re.fullmatch(
        r"This promises news by 10:30 (UTC|GMT), and the last question says 10:35 (UTC|GMT)\. Which one is it\?", asked
    )


async def test_gaps_that_the_case_can_fill_are_filled(cast: Cast) -> None:
    """A prepared sentence typed as it stands knows since when, what, and by when customers hear more."""
    omar = await opened(cast)
    shown = await omar.types(
        "/incident update Since {since} you may notice this: {issue}. We switch. I write again by {next_update}. 10:35"
    )
    await omar.types("/incident update")
    hints = "".join(question.hint for question in omar.form.inputs)

    assert (
        "Since 10:00 UTC you may notice this: Card payments fail. We switch. I write again by 10:35 UTC." in shown.text
    )
    assert "Next update by" not in shown.text
    assert "time of the start" not in hints
