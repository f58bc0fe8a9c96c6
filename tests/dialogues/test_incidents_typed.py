"""What people type about incidents: whatever is clear is done, and whatever is not is asked with nothing lost.

One or two spellings of each are played here; tests/incidents/test_typed.py reads all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage, Seen, Voice


async def opened(voice: Voice, *titles: str) -> Voice:
    """Open incidents in their channel, a while apart."""
    there = voice.in_("incidents")
    for title in titles:
        await there.types(f"/incident open {title}")
    return there


def filled(voice: Voice) -> dict[str, str]:
    """Read what stands in the open form already."""
    assert voice.form is not None
    return {question.name: question.value for question in voice.form.inputs}


def intro(voice: Voice) -> str:
    """Read what the open form says above its questions."""
    assert voice.form is not None
    return "".join(str(span) for span in voice.form.intro)


def labels(seen: Seen) -> list[str]:
    """Name the buttons of an answer."""
    return [button.label for button in seen.buttons]


async def card(cast: Cast, number: int = 1) -> str:
    """Read the living card of an incident."""
    posts = await cast.ben.in_("incidents").sees()
    return next(post for post in posts if post.startswith(f"#{number} ") and "Severity:" in post)


# --- how bad it is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "severity"),
    [
        ("SEV-1: Cards fail", "sev1"),
        ("Cards fail", "sev3"),
    ],
)
async def test_a_severity_is_read_however_it_is_written(cast: Cast, typed: str, severity: str) -> None:
    """It counts, and does not stay in the title."""
    answer = await cast.omar.in_("incidents").types(f"/incident open {typed}")

    assert answer.text.startswith("#1 Cards fail\n")
    assert f"Severity: {severity}" in await card(cast)


async def test_a_severity_that_is_not_clear_is_asked(cast: Cast) -> None:
    """One press opens the incident with the title that was typed."""
    omar = cast.omar.in_("incidents")
    asked = await omar.types("/incident open sev1 sev2 Cards fail")
    await omar.presses("sev2", asked)

    assert asked.text.startswith("I need a severity from 1 to 4.")
    assert labels(asked) == ["sev1", "sev2"]
    assert (await card(cast)).startswith("#1 Cards fail\nSeverity: sev2")


@pytest.mark.parametrize("typed", ["open sev1", "plan P1"])
async def test_a_severity_is_kept_by_the_form(cast: Cast, typed: str) -> None:
    """Whoever typed it does not choose it again."""
    await cast.omar.types(f"/incident {typed}")

    assert filled(cast.omar)["severity"] == "1"


async def test_a_change_of_severity_that_is_not_clear_is_one_press(cast: Cast) -> None:
    """The buttons carry the number of the incident."""
    omar = await opened(cast.omar, "sev3 Cards fail")
    asked = await omar.types("/incident severity 1 P0")
    await omar.presses("sev1", asked)

    assert "Severity: sev1" in await card(cast)


# --- which one is meant --------------------------------------------------------------------------


async def test_the_number_of_a_live_incident_comes_first(cast: Cast) -> None:
    """The documented way is one step, though another incident is open in the same channel."""
    omar = await opened(cast.omar, "sev2 Cards fail", "sev2 Search is slow")
    posted = await omar.tells("/incident update 2 Some searches fail. We add machines. Next update in 20m")
    noted = await omar.types("/incident note 1 vendor called")

    assert posted.text.startswith("#2 Search is slow\nReady to copy:")
    assert "\nSome searches fail. We add machines." in posted.text
    assert noted.text.startswith("#1 Cards fail\nNoted")


async def test_a_number_that_may_be_text_is_asked(cast: Cast) -> None:
    """What customers would read in the wrong place is never sent; one press tells where it belongs."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    asked = await ben.tells("/incident update 1 card in ten is declined. We look. in 20m")
    before = await card(cast), await card(cast, 2)
    posted = await ben.presses("For #2: “1 card in ten is…”", asked)

    assert asked.text.startswith("Is 1 the number of an incident?")
    assert labels(asked) == ["For #1 Cards fail", "For #2: “1 card in ten is…”"]
    assert "Told to customers" not in "".join(before)
    assert posted.text.startswith("#2 Search is slow")
    assert "1 card in ten is declined. We look." in posted.text


async def test_the_other_press_takes_the_number_off(cast: Cast) -> None:
    """The words without it go to the incident of that number."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    asked = await ben.tells("/incident update 1 Some cards fail. We look. in 20m")
    posted = await ben.presses("For #1 Cards fail", asked)

    assert posted.text.startswith("#1 Cards fail\nReady to copy:")
    assert "\nSome cards fail. We look." in posted.text


async def test_a_number_of_no_incident_is_text_only_when_that_is_said(cast: Cast) -> None:
    """A slip in a number sends nothing to the customers of another incident."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    asked = await omar.tells("/incident update 3 cards are declined. We look. in 20m")
    before = await card(cast)
    posted = await omar.presses("For #1: “3 cards are…”", asked)

    assert asked.text.startswith("There's no incident #3.")
    assert "Told to customers" not in before
    assert "3 cards are declined. We look." in posted.text


async def test_a_number_is_no_text_with_its_sign(cast: Cast) -> None:
    """Whoever writes #1 means the incident."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    posted = await ben.tells("/incident update #1: some cards fail. We look. in 20m")
    unknown = await ben.tells("/incident update #3 cards are declined. We look. in 20m")

    assert "some cards fail. We look." in posted.text
    assert posted.text.startswith("#1 Cards fail")
    assert unknown.text.startswith("There's no incident #3.")
    assert unknown.buttons == ()


async def test_a_note_that_begins_with_a_number_is_kept_whole(cast: Cast) -> None:
    """Where no incident has that number, it belongs to the note."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    await omar.types("/incident note 3 customers called")

    assert "noted: “3 customers called”" in (await omar.types("/incident history 1")).text


async def test_the_wrong_incident_is_not_resolved(cast: Cast) -> None:
    """Last words that begin with a number end what they are meant for, once that is said."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    asked = await ben.tells("/incident resolve 1 index was broken, and is whole again.")
    open_still = await card(cast, 2)
    await ben.presses("For #2: “1 index was broken,…”", asked)

    assert "Open since" in open_still
    assert "Open since" in await card(cast)
    assert "Resolved:" in await card(cast, 2)


@pytest.mark.parametrize("who", ["me", "@you"])
async def test_people_name_themselves_as_they_speak(cast: Cast, who: str) -> None:
    """Nobody has to know how the platform calls them."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = cast.ben.in_("incidents")
    answer = await ben.types(f"/incident owner {who}")

    assert "Ben owns it." in answer.text
    assert "Owner: Ben" in await card(cast)


async def test_whoever_may_not_end_it_can_own_it(cast: Cast) -> None:
    """The refusal has the button that leads on."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = cast.ben.in_("incidents")
    refused = await ben.types("/incident severity 1 sev1")
    await ben.presses("I own it", refused)

    assert "Omar owns #1." in refused.text
    assert "Owner: Ben" in await card(cast)


# --- rests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("snooze 30 because the fix rolls out", "10:30"),
        ("pause till 11:30 because the fix rolls out", "11:30"),
        ("snooze 1 until 14.30h because the fix rolls out", "14:30"),
        ("pause 1 until 14 h 30 because the fix rolls out", "14:30"),
    ],
)
async def test_a_rest_is_understood_however_it_is_said(cast: Cast, typed: str, until: str) -> None:
    """A length, a time, or a bare number of minutes where no incident has that number."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    answer = await omar.types(f"/incident {typed}")

    assert f"No reminder before {until}" in answer.text
    assert "“the fix rolls out”" in (await omar.types("/incident history 1")).text


@pytest.mark.parametrize("typed", ["snooze because the fix rolls out", "pause because the fix rolls out"])
async def test_a_reason_alone_is_kept(cast: Cast, typed: str) -> None:
    """The form asks for the time only."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    await omar.types(f"/incident {typed}")
    why = filled(omar)["why"]
    answer = await omar.fills(until="11:30")

    assert why == "the fix rolls out"
    assert "No reminder before 11:30" in answer.text


async def test_a_bare_number_of_a_live_incident_is_its_number(cast: Cast) -> None:
    """The form asks for how long, and the reason stands there already."""
    omar = await opened(cast.omar, "sev2 Cards fail", "sev2 Search is slow")
    await omar.types("/incident snooze 2 because the fix rolls out")
    why = filled(omar)["why"]
    answer = await omar.fills()

    assert why == "the fix rolls out"
    assert answer.text.startswith("#2 Search is slow\nNo reminder before 10:30")


async def test_a_press_that_cannot_be_done_says_why(cast: Cast) -> None:
    """Whoever chooses the incident is asked for the time again, with the reason kept."""
    await opened(cast.omar, "sev2 Cards fail", "sev2 Search is slow")
    sofia = cast.sofia.in_("incidents")
    asked = await sofia.types("/incident snooze -5m because the fix rolls out")
    await sofia.presses("#1 Cards fail", asked)

    assert asked.text.startswith("Which incident do you mean?")
    assert "doesn't lie ahead" in intro(sofia)
    assert filled(sofia) == {"until": "-5m", "why": "the fix rolls out"}


@pytest.mark.parametrize("typed", ["resume", "pause 1 off"])
async def test_a_rest_ends_when_that_is_typed(cast: Cast, typed: str) -> None:
    """The card forgets it, the record tells it, and what is overdue is said at once."""
    omar = await opened(cast.omar, "sev1 Cards fail")
    await omar.types("/incident pause until 12:00 because the fix rolls out")
    rests = await card(cast)
    await cast.later(minutes=25)
    quiet = await cast.ben.in_("incidents").sees()
    answer = await omar.types(f"/incident {typed}")

    assert "Paused until 12:00" in rests
    assert len(quiet) == 1
    assert "Reminders are back. News for customers was due by 10:20" in answer.text
    assert "Paused until" not in await card(cast)
    asked = (await cast.ben.in_("incidents").sees())[-1]
    assert "customers have waited for news since 10:20" in asked
    assert "late" not in asked  # it came when somebody wanted it
    assert "let reminders come again" in (await omar.types("/incident history 1")).text
    assert len(await cast.sofia.privately.sees()) == 1


async def test_a_rest_ends_with_one_press(cast: Cast) -> None:
    """On the answer and on the card, where it stands instead of the snooze."""
    omar = await opened(cast.omar, "sev1 Cards fail")
    rests = await omar.types("/incident snooze 15m because the fix rolls out")
    ended = await omar.presses("Resume", rests)
    await omar.types("/incident snooze 15m because the fix rolls out")
    [shown, *_] = await cast.ben.in_("incidents").posts()
    by_card = await omar.presses("Resume", shown)
    [after, *_] = await cast.ben.in_("incidents").posts()

    assert "The next update is promised by 10:20" in ended.text
    assert labels(shown) == ["Update", "No change", "Resume", "Owner …", "Resolve"]
    assert by_card is not None
    assert labels(after) == ["Update", "No change", "Snooze", "Owner …", "Resolve"]


async def test_no_form_opens_for_whoever_may_not_use_it(cast: Cast) -> None:
    """A colleague hears at once who owns it, and can own it with one press."""
    await opened(cast.omar, "sev1 Cards fail")
    ben = cast.ben.in_("incidents")
    answer = await ben.types("/incident snooze")
    await ben.presses("I own it", answer)

    assert "Omar owns #1." in answer.text
    assert ben.form is None
    assert "Owner: Ben" in await card(cast)


# --- what is over --------------------------------------------------------------------------------


async def ended(cast: Cast, *titles: str) -> Voice:
    """Open incidents and resolve them, one a minute."""
    omar = await opened(cast.omar, *titles)
    for number in range(1, len(titles) + 1):
        await cast.later(minutes=1)
        await omar.tells(f"/incident resolve #{number} All is well again.")
    return omar


async def test_what_is_over_is_listed_the_latest_first(cast: Cast) -> None:
    """What is open stands in the other list."""
    omar = await ended(cast, "Cards fail", "Search is slow")
    before = await omar.types("/incident list resolved")
    await omar.types("/incident open Mail is late")
    after = await omar.types("/incident list resolved")

    assert before.text.index("#2 Search is slow") < before.text.index("#1 Cards fail")
    assert labels(before) == ["#2", "#1"]
    assert "#3" not in after.text
    assert "#2" not in (await omar.types("/incident list")).text


async def test_what_was_over_long_ago_is_listed_with_its_day(stage: FakeStage) -> None:
    """A time alone would be taken for one of today."""
    cast = Cast(stage)
    omar = await ended(cast, "Cards fail")
    lately = await omar.types("/incident list resolved")
    await cast.later(days=17)
    long_ago = await omar.types("/incident list resolved")
    shown = await omar.types("/incident show 1")

    assert "was resolved at 10:01" in lately.text
    assert "was resolved at 2026-11-24 10:01" in long_ago.text
    assert "Resolved: 2026-11-24 10:01" in shown.text


async def test_nothing_is_over_yet(cast: Cast) -> None:
    """An empty list says so."""
    assert (await cast.omar.types("/incident list resolved")).text.startswith("Nothing is resolved yet")


@pytest.mark.parametrize(("typed", "said"), [("show", "Resolved:"), ("history", "opened it"), ("reopen", "open again")])
async def test_the_only_one_that_ended_lately_is_meant(cast: Cast, typed: str, said: str) -> None:
    """Nobody has to look up the number of what was resolved a moment ago."""
    omar = await ended(cast, "Cards fail")
    answer = await omar.types(f"/incident {typed}")

    assert answer.text.startswith("#1 Cards fail")
    assert said in answer.text


@pytest.mark.parametrize(("typed", "said"), [("show", "Resolved:"), ("history", "opened it"), ("reopen", "open again")])
async def test_of_several_that_ended_one_is_chosen(cast: Cast, typed: str, said: str) -> None:
    """The latest come first."""
    omar = await ended(cast, "Cards fail", "Search is slow")
    asked = await omar.types(f"/incident {typed}")
    answer = await omar.presses("#1 Cards fail", asked)

    assert asked.text.startswith("Which incident do you mean?")
    assert labels(asked) == ["#2 Search is slow", "#1 Cards fail"]
    assert said in answer.text


async def test_what_ended_long_ago_is_not_reopened_by_guessing(cast: Cast) -> None:
    """After a week it is asked, though there is only one."""
    omar = await ended(cast, "Cards fail")
    await cast.later(days=8)
    asked = await omar.types("/incident reopen")

    assert labels(asked) == ["#1 Cards fail"]
    assert "Resolved:" in await card(cast)


async def test_what_is_open_is_not_opened_again(cast: Cast) -> None:
    """The answer says that nothing was changed."""
    omar = await opened(cast.omar, "Cards fail")
    alone = await omar.types("/incident reopen")
    numbered = await omar.types("/incident reopen 1")

    assert alone.text.startswith("#1 is open already.")
    assert numbered.text == alone.text
    assert "opened it again" not in (await omar.types("/incident history 1")).text


async def test_a_note_is_taken_after_the_end(cast: Cast) -> None:
    """What is learnt later belongs to the record; the incident stays resolved."""
    omar = await ended(cast, "Cards fail")
    await omar.types("/incident note 1 the vendor sent a report")
    await omar.types("/incident note #1 it was their certificate")
    record = (await omar.types("/incident history 1")).text

    assert "noted: “the vendor sent a report”" in record
    assert "noted: “it was their certificate”" in record
    assert "Resolved:" in await card(cast)


# --- what is planned -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("The shop closes tomorrow at 6pm", "18:00"),
        ("tomorrow 18:00 to 20:00 The shop closes", "18:00"),
    ],
)
async def test_a_clear_time_is_taken_from_either_end(cast: Cast, typed: str, begins: str) -> None:
    """Of a range its beginning counts: customers notice it from then on."""
    answer = await cast.omar.in_("incidents").types(f"/incident plan {typed}")

    assert answer.text.startswith("#1 The shop closes\n")
    assert f"Begins: {begins}" in await card(cast)


@pytest.mark.parametrize(
    ("typed", "title", "starts", "said"),
    [
        ("yesterday 06:00 The shop closes", "The shop closes", "yesterday 06:00", "doesn't lie ahead"),
        ("The shop closes", "The shop closes", "", "When does it begin?"),
        ("tomorrow 18:00", "", "tomorrow 18:00", ""),
    ],
)
async def test_a_plan_that_is_not_clear_is_asked_with_nothing_lost(
    cast: Cast, typed: str, title: str, starts: str, said: str
) -> None:
    """The form has the title, the time and the severity, and says what is wrong with the time."""
    await cast.omar.in_("incidents").types(f"/incident plan sev2 {typed}")

    assert filled(cast.omar) == {"title": title, "starts": starts, "severity": "2"}
    assert said in intro(cast.omar)
    assert await cast.ben.in_("incidents").sees() == []


async def test_the_form_of_a_plan_asks_about_its_beginning(cast: Cast) -> None:
    """Everything that is missing is said at once."""
    await cast.omar.types("/incident plan")
    await cast.omar.fills(title=" ", starts=" ")

    assert cast.omar.errors == {
        "title": "Please fill this in.",
        "starts": "When does it begin? Such as tomorrow 06:00.",
    }


async def test_spaces_are_no_answer(cast: Cast) -> None:
    """A title or a reason of nothing but spaces is asked for again, and spaces around one are taken off."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open")
    await omar.fills(title="   ", severity="2")
    title = omar.errors
    await omar.fills(title="  Cards fail ", severity="2")
    await omar.types("/incident snooze")
    await omar.fills(why="   ")
    snooze = omar.errors
    await omar.types("/incident pause")
    await omar.fills(until=" ", why=" ")

    assert title == {"title": "Please fill this in."}
    assert (await card(cast)).startswith("#1 Cards fail\nSeverity: sev2")
    assert snooze == {"why": "Please fill this in."}
    assert omar.errors == {"until": "Please fill this in.", "why": "Please fill this in."}


# --- what is told --------------------------------------------------------------------------------


async def test_a_time_that_cannot_be_promised_stays_where_it_belongs(cast: Cast) -> None:
    """It is mended beside its question, and nothing else is typed again."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    await omar.tells("/incident update Cards fail. We look. soon")
    form = filled(omar)

    assert (form["notice"], form["doing"], form["by"]) == ("Cards fail.", "We look.", "soon")
    assert "Told to customers" not in await card(cast)


async def test_an_update_promises_once_whatever_follows_the_time(cast: Cast) -> None:
    """Thanks behind the time stay, in the line and in the form, and the promise is said at the end alone."""
    omar = await opened(cast.omar, "sev1 Cards fail")
    typed = await omar.tells("/incident update Cards fail. We look. Next update at 10:30. Thanks for your patience!")
    await omar.types("/incident update")
    filled_in = await omar.fills(
        notice="Cards fail.", doing="We still look. Next update at 10:35. Thank you!", by="10:35", sent="yes"
    )

    for answer in (typed, filled_in):
        assert answer is not None
        assert answer.text.count("Next update") == 1
    assert "We look. Thanks for your patience!" in typed.text
    assert "Next update by 10:35" in filled_in.text


async def test_no_change_never_moves_a_promise_forward(cast: Cast) -> None:
    """While the promise that stands is further away than a cadence, it is kept."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    await omar.tells("/incident update Cards fail. We look. Next update in 48m")
    [shown, *_] = await cast.ben.in_("incidents").posts()
    await omar.presses("No change", shown)

    assert filled(omar)["by"] == "10:48"


async def test_customers_are_told_of_a_plan_by_day(cast: Cast) -> None:
    """Half of the time that is left may be midnight: then the evening before counts."""
    await cast.later(hours=8)
    answer = await cast.omar.in_("incidents").types("/incident plan tomorrow 06:00 Payments are down")

    assert "Customers are told by 20:00" in answer.text


# --- in other words ------------------------------------------------------------------------------


async def test_the_incident_may_be_named_first(cast: Cast) -> None:
    """What is to be done follows, and the other one is left alone."""
    omar = await opened(cast.omar, "sev2 Cards fail", "sev2 Search is slow")
    noted = await omar.types("/incident #2: note vendor called")
    shown = await omar.types("/incident inc-1")

    assert noted.text.startswith("#2 Search is slow\nNoted")
    assert shown.text.startswith("#1 Cards fail")


async def test_two_at_once_are_asked_back(cast: Cast) -> None:
    """One press does it for one of them, with the words kept."""
    omar = await opened(cast.omar, "sev2 Cards fail", "sev2 Search is slow")
    asked = await omar.types("/incident snooze 1 and 2 20m because vendor")
    rests = await omar.presses("#2", asked)

    assert asked.text.startswith("I take one incident at a time.")
    assert rests.text.startswith("#2 Search is slow\nNo reminder before 10:20")


async def test_no_change_may_be_typed(cast: Cast) -> None:
    """It is the form that its button opens, and no sentence for customers."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    await omar.types("/incident update 1 no change")

    assert filled(omar)["notice"] != "no change."
    assert filled(omar)["by"]


@pytest.mark.parametrize("signs", ["?", "...", "- !?", "—"])
async def test_signs_are_no_title(cast: Cast, signs: str) -> None:
    """They name nothing anybody could look up: the form asks back, and nothing is opened."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open")
    await omar.fills(title=signs, severity="2")
    opened = omar.errors
    await omar.types("/incident plan")
    await omar.fills(title=signs, starts="tomorrow 06:00")

    assert opened == omar.errors == {"title": "Please say it in words."}
    await omar.types("/incident open sev1 !!!")
    assert omar.form is not None
    assert omar.form.command == "open-incident"
    await omar.fills(title="404", severity="2")
    assert (await card(cast)).startswith("#1 404\n")


async def test_customers_read_no_signature(cast: Cast) -> None:
    """What a phone puts below the words of an update is not a part of it."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    posted = await omar.types("/incident update Cards fail. We look. Next update in 25m.\nSent from my iPhone")

    assert "\nCards fail. We look. Next update by 10:25" in posted.text
    assert "iPhone" not in posted.text
