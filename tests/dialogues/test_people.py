"""Who is here, who is free, who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.directory.following import Said
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def test_help_names_five_jobs_in_a_glance(cast: Cast) -> None:
    """Under attack nobody reads a manual: 90 words at most, a button for each job."""
    answer = await cast.ana.types("/zanshin help")

    assert len(answer.text.split()) <= 90
    assert [one.label for one in answer.buttons] == [
        "An angry customer",
        "Step out of a case",
        "Many are affected",
        "Breaks and hours",
        "Team and settings",
    ]


async def test_each_job_lists_what_can_be_typed(cast: Cast) -> None:
    """A press, or the job's name behind help, shows its typed forms; one press leads back."""
    await cast.ana.types("/zanshin help")
    away = await cast.ana.presses("Breaks and hours")
    back = await cast.ana.presses("All I can do")
    team = await cast.ana.types("/zanshin help settings")
    report = await cast.ana.types("/zanshin help report")
    causes = await cast.ana.types("/zanshin help causes")
    incident = await cast.ana.types("/incident help")

    assert "/zanshin away [30m | until 14:30] [why]" in away.text
    assert "/zanshin status" in away.text
    assert back.text.startswith("What I can do for you")
    assert "/zanshin team add" in team.text
    assert team.text.splitlines()[1].startswith("/zanshin team — ")  # what the job is about stands first
    assert "/zanshin settings" in team.text
    assert "/zanshin report" in report.text
    assert "/zanshin causes list" in causes.text
    assert "What I can do for you" not in report.text + causes.text
    assert "/incident snooze" in incident.text
    assert "/zanshin settings incidents" in incident.text
    assert "/calm" not in incident.text


async def test_help_is_no_search_for_a_playbook(cast: Cast) -> None:
    """What can be typed behind `/calm` is shown as for any other job."""
    asked = await cast.ana.types("/zanshin help calm")
    typed = [await cast.ana.types("/calm help"), await cast.ana.types("/calm Hilfe")]

    assert {one.text for one in typed} == {asked.text}


async def test_away_and_back(cast: Cast) -> None:
    """Somebody who takes a break is away until its end, and back with one press."""
    away = await cast.ana.types("/zanshin away 30m lunch")
    team = await cast.ben.types("/zanshin team")
    back = await cast.ana.presses("End my break")
    after = await cast.ben.types("/zanshin team")

    assert away.text.startswith("Enjoy your break")
    assert "agent · away until" in team.text
    assert back.text.startswith("Welcome back")
    assert "away" not in after.text


@pytest.mark.parametrize(
    "typed",
    [
        "back!",
        "back 5 minutes early",
        "back after lunch",
        "wieder da!",
        "wieder da 5 Minuten früher",
        "zurück nach dem Essen",
    ],
)
async def test_whoever_was_away_is_back_however_they_say_it(cast: Cast, typed: str) -> None:
    """No length of time that is only told begins another break."""
    await cast.ana.types("/zanshin away")

    assert (await cast.ana.types(f"/zanshin {typed}")).text.startswith(("Welcome back", "Willkommen zurück"))


async def test_back_after_lunch_is_asked_of_whoever_is_there(cast: Cast) -> None:
    """They say when they will be back rather than that they are."""
    asked = await cast.ana.types("/zanshin back after lunch")
    away = await cast.ana.types("/zanshin back in 5 minutes")

    assert asked.text.startswith("I can't read until when you're away: back after lunch.")
    assert away.text.startswith("Enjoy your break")


async def test_whoever_is_back_and_still_not_asked_reads_why(cast: Cast) -> None:
    """A case they have, a rest, a search of their own, or their hours: what keeps them from being asked."""
    await cast.ana.types("/recuse CASE-42")
    searching = await cast.ana.types("/zanshin back")
    await cast.ben.privately.presses("I take it")
    has = await cast.ben.types("/zanshin back")
    rests = await cast.ana.types("/zanshin back")
    await cast.omar.types("/zanshin shift daily 14-18")
    off = await cast.omar.types("/zanshin back")
    await cast.ben.types("/recuse done")
    free = await cast.ben.types("/zanshin back")

    assert "leave you alone until 10:30" in searching.text
    assert "You still have CASE-42. I ask you again once it's done." in has.text
    assert "You stepped out of a case, so I leave you alone until 10:30" in rests.text
    assert "You're off shift until 14:00" in off.text
    assert "You're available again." in free.text
    assert "available again" not in has.text + rests.text + off.text


async def test_a_board_asked_for_once_more_is_at_the_end_of_the_chat(cast: Cast) -> None:
    """It is shown anew below whatever came since, once, also to whoever types in the direct chat."""
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.types("/zanshin help")
    await cast.sofia.privately.types("/zanshin status")
    seen = await cast.sofia.privately.sees()

    assert seen[-1].startswith("Right now")
    assert len([text for text in seen if text.startswith("Right now")]) == 1


async def test_a_break_that_only_its_author_can_measure_is_asked_back(cast: Cast) -> None:
    """Nobody is away without an end because of "lunch"; the press keeps the reason."""
    asked = await cast.ana.types("/zanshin away lunch")
    before = await cast.ben.types("/zanshin team")
    away = await cast.ana.presses("Until 10:30", asked)
    after = await cast.ben.types("/zanshin team")

    assert "Until I'm back" in [one.label for one in asked.buttons]
    assert "Ana: agent · available" in before.text
    assert away.text.startswith("Enjoy your break")
    assert "Ana: agent · away until 10:30" in after.text


async def test_a_break_without_an_end_says_so_and_offers_one(cast: Cast) -> None:
    """Whoever goes with another reason reads that nobody is sent until they say so, and can set an end."""
    away = await cast.ana.types("/zanshin away dentist")
    ended = await cast.ana.presses("It ends in an hour", away)

    assert "until you say that you're back" in away.text
    assert "Until 11:00" in ended.text


async def test_a_break_ends_by_itself(cast: Cast) -> None:
    """After its end nobody has to say that they are back."""
    await cast.ana.types("/zanshin away 30m")
    await cast.later(minutes=31)

    assert "away" not in (await cast.ben.types("/zanshin team")).text


async def test_the_reason_of_a_break_is_nobodys_business(cast: Cast) -> None:
    """Why somebody is away is shown to no colleague."""
    await cast.ana.types("/zanshin away 30m doctor")

    assert "doctor" not in (await cast.ben.types("/zanshin team")).text


async def test_the_board_is_live(cast: Cast) -> None:
    """An open board changes by itself when somebody puts a customer on hold, and when it is over."""
    await cast.sofia.types("/zanshin status")
    quiet = (await cast.sofia.privately.sees())[-1]
    await cast.ana.types("/calm keep-calm")
    await cast.ana.presses("No, I can ask them to hold")
    await cast.ana.presses("I asked them to hold")
    await cast.later(seconds=1)
    waiting = (await cast.sofia.privately.sees())[-1]
    await cast.ana.presses("I'm back")
    await cast.later(seconds=1)
    over = (await cast.sofia.privately.sees())[-1]

    assert "Nobody is waiting." in quiet
    assert "On hold with Ana" in waiting
    assert "On hold" not in over
    assert len(await cast.sofia.privately.sees()) == 1


async def test_the_board_notices_the_end_of_a_break(cast: Cast) -> None:
    """What changes by itself with time changes on the board too."""
    await cast.ana.types("/zanshin away 30m")
    await cast.sofia.types("/zanshin status")
    before = (await cast.sofia.privately.sees())[-1]
    await cast.later(minutes=30)

    assert "Away (1)" in before
    assert "Away" not in (await cast.sofia.privately.sees())[-1].replace("Away for 30 min", "")


async def test_whoever_types_first_in_the_support_channel_joins_the_team(stage: FakeStage) -> None:
    """Somebody nobody knew becomes an agent with their first command where the team works."""
    cast = Cast(stage)
    await cast.voice("dana").types("/calm")

    assert "Dana: agent" in (await cast.sofia.types("/zanshin team")).text


async def test_somebody_taken_off_the_team_stays_off(cast: Cast) -> None:
    """Typing in the support channel brings nobody back; being added again does."""
    await cast.sofia.types("/zanshin team remove @ana")
    refused = await cast.ana.types("/recuse")
    gone = await cast.sofia.types("/zanshin team")
    await cast.sofia.types("/zanshin team add @ana")

    assert refused.text.startswith("You're no longer on the support team.")
    assert "to join" not in refused.text
    assert "Ana" not in gone.text
    assert "Ana: agent" in (await cast.sofia.types("/zanshin team")).text


async def test_a_supervisor_is_added_by_name_and_told(cast: Cast) -> None:
    """Somebody given a role learns it from the bot."""
    answer = await cast.sofia.types("/zanshin team add Ben supervisor")

    assert "@Ben is now: agent and supervisor." in answer.text
    assert "Sofia made you agent and supervisor." in (await cast.ben.privately.sees())[-1]


async def test_nobody_is_welcomed_twice(cast: Cast) -> None:
    """Added again, nothing has changed; another role is news."""
    await cast.sofia.types("/zanshin team add Zoë Álvarez")
    await cast.sofia.types("/zanshin team add Zoë Álvarez")
    await cast.sofia.types("/zanshin team add Zoë Álvarez supervisor")
    zoes = await cast.voice("zoe").privately.sees()

    assert len([one for one in zoes if one.startswith("You're on the support team")]) == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/zanshin team remove @ben", "You're no longer on the support team"),
        ("/zanshin team remove @ben supervisor", "Sofia changed it: on the support team you're agent now."),
    ],
)
async def test_whoever_loses_a_role_hears_of_it(cast: Cast, typed: str, says: str) -> None:
    """Once; and nothing is said where nothing was taken."""
    await cast.sofia.types("/zanshin team add @ben supervisor")
    await cast.sofia.types(typed)
    await cast.sofia.types(typed)

    assert len([one for one in await cast.ben.privately.sees() if says in one]) == 1


async def test_an_agent_may_not_change_the_team(cast: Cast) -> None:
    """A refusal says what, why and what to do next."""
    answer = await cast.ana.types("/zanshin team add @ben supervisor")

    assert answer.text.splitlines() == [
        "That wasn't done.",
        "Only supervisors and admins can do this.",
        "Ask one of them: /zanshin team lists who they are.",
    ]


async def test_an_unknown_colleague_is_refused_with_the_nearest_name(cast: Cast) -> None:
    """A slip in a name is met with the right one."""
    answer = await cast.sofia.types("/zanshin team add Soffia")

    assert "I found nobody called “Soffia”." in answer.text
    assert "Did you mean Sofia?" in answer.text


async def test_the_last_admin_stays(cast: Cast) -> None:
    """Nobody can lock everybody out."""
    answer = await cast.sofia.types("/zanshin team remove @sofia admin")

    assert answer.text.startswith("Sofia stays admin.")
    assert "admin" in (await cast.ana.types("/zanshin team")).text


async def test_the_last_supervisor_goes_only_when_it_is_said_again(cast: Cast) -> None:
    """Without one nobody can be called in danger: that is said before, and pressed on purpose."""
    answer = await cast.sofia.types("/zanshin team remove @sofia supervisor")
    kept = (await cast.ana.types("/zanshin team")).text
    await cast.sofia.presses("Remove them anyway")

    assert answer.text.startswith("Sofia stays supervisor.")
    assert "I could call nobody" in answer.text
    assert "supervisor" in kept
    assert "supervisor" not in (await cast.ana.types("/zanshin team")).text


async def test_shifts(cast: Cast) -> None:
    """Weekly hours make somebody off shift outside of them, and can be taken back."""
    set_ = await cast.ana.types("/zanshin shift mon-fri 9-17")
    await cast.later(hours=8)
    team = await cast.ben.types("/zanshin team")
    off = await cast.ana.types("/zanshin shift off")

    assert "mon-fri 09:00-17:00" in set_.text
    assert "off shift until" in team.text
    assert "none set, so always" in off.text


async def test_hours_that_cannot_be_read_change_nothing(cast: Cast) -> None:
    """Bad hours get an example of good ones."""
    await cast.ana.types("/zanshin shift mon-fri 9-17")
    answer = await cast.ana.types("/zanshin shift whenever I like")

    assert "I can't read these hours" in answer.text
    assert "mon-fri 09:00-17:00" in (await cast.ana.types("/zanshin shift")).text


async def test_a_supervisor_edits_a_person_in_a_form(cast: Cast) -> None:
    """Skills, capacity and hours are asked together; a wrong answer is met beside its question."""
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Ana")
    await cast.sofia.fills(skills="billing, refunds", capacity="many")
    wrong = cast.sofia.errors
    answer = await cast.sofia.fills(skills="billing, refunds", capacity="2")

    assert list(wrong) == ["capacity"]
    assert "knows billing and refunds" in answer.text


async def test_settings_are_a_form(cast: Cast) -> None:
    """An admin changes the settings, and is told beside the question what cannot be."""
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(time_zone="Europe/Nowhere", case_url="desk.example.com")
    wrong = cast.sofia.errors
    saved = await cast.sofia.fills(time_zone="Europe/Dublin", case_url="https://desk.example.com/{case}")

    assert sorted(wrong) == ["case_url", "time_zone"]
    assert saved.text.startswith("Settings saved")


async def test_a_shorter_hold_can_be_set(cast: Cast) -> None:
    """The times of the hold are the organisation's."""
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(hold_warning="20", hold_limit="30")
    await cast.ana.types("/calm keep-calm")
    await cast.ana.presses("No, I can ask them to hold")
    await cast.ana.presses("I asked them to hold")
    await cast.later(seconds=20)

    assert len(await cast.ana.privately.sees()) == 1


async def test_the_hours_of_somebody_are_shown_and_not_taken_away(cast: Cast) -> None:
    """Without hours behind the name nothing changes, and the zone they are meant in is named."""
    await cast.sofia.types("/zanshin shift @ben mon-fri 9-17")
    shown = await cast.sofia.types("/zanshin shift @ben")
    own = await cast.ben.types("/zanshin shift")

    assert "The hours of Ben: mon-fri 09:00-17:00." in shown.text
    assert "Times are those of UTC." in shown.text
    assert "mon-fri 09:00-17:00" in own.text


async def test_the_board_offers_to_end_a_break_only_during_one(cast: Cast) -> None:
    """Nobody takes "end my break" for "back with the customer", and the board stays a board."""
    await cast.ana.types("/zanshin status")
    before = [button.label for button in (await cast.ana.privately.posts())[0].buttons]
    await cast.ana.privately.presses("Away for 30 min")
    await cast.later(seconds=1)
    during = (await cast.ana.privately.posts())[0]
    await cast.ana.privately.presses("End my break")
    await cast.later(seconds=1)

    assert before == ["Away for 30 min"]
    assert during.text.startswith("Right now")
    assert [button.label for button in during.buttons] == ["End my break"]
    assert "Away (" not in (await cast.ana.privately.sees())[0]


async def test_what_was_just_set_up_is_not_said_to_be_missing(cast: Cast) -> None:
    """The answer to the mending itself knows that it is mended."""
    await cast.sofia.types("/zanshin team remove @sofia supervisor")
    await cast.sofia.presses("Remove them anyway")
    answer = await cast.sofia.types("/zanshin team add @sofia supervisor")

    assert "There's no supervisor" not in answer.text


async def test_a_form_says_what_can_be_written_and_keeps_what_was(cast: Cast) -> None:
    """Numbers that cannot be, and answers left out, are met beside their question."""
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(hold_warning="70", hold_limit="60")
    crossed = dict(cast.sofia.errors)
    await cast.sofia.fills(hold_warning="", hold_limit="5000")
    wrong = dict(cast.sofia.errors)
    await cast.sofia.fills(hold_warning="soon")

    assert crossed == {"hold_warning": "The first notice comes before the end: 60 seconds or less."}
    assert wrong == {"hold_warning": "Please fill this in.", "hold_limit": "Please write 900 or less."}
    assert cast.sofia.errors == {"hold_warning": "Please write a whole number."}


async def test_a_break_whose_length_cannot_be_read_is_no_break(cast: Cast) -> None:
    """Nobody is away for ever because of a slip."""
    answer = await cast.ana.types("/zanshin away 45 days")

    assert "I can't read until when you're away: 45 days." in answer.text
    assert "/zanshin away until 11:30" in answer.text  # still to come: it is ten
    assert "That's more than 30 days ahead." in answer.text
    assert "away" not in (await cast.ben.types("/zanshin team")).text


async def test_a_break_ends_when_it_was_said_to_end(cast: Cast) -> None:
    """A time of day ends a break as a length does, and the reason may come first."""
    for line in ("until 14:30", "lunch, back at 2:30pm", "1/2 hour", "lunch 30m"):
        assert (await cast.ana.types(f"/zanshin away {line}")).text.startswith("Enjoy your break")
        assert "away until" in (await cast.ben.types("/zanshin team")).text
        await cast.later(hours=8)
        assert "away" not in (await cast.ben.types("/zanshin team")).text
        await cast.later(hours=16)


async def test_a_break_whose_end_is_in_doubt_is_asked_back(cast: Cast) -> None:
    """What may be the beginning or the end is asked with a press, and until then nobody is away."""
    asked = await cast.ana.types("/zanshin away dentist at 15:00")
    before = await cast.ben.types("/zanshin team")
    answer = await cast.ana.presses("Until 15:00")

    assert "I can't tell whether it begins or ends then." in asked.text
    assert "away" not in before.text
    assert answer.text.startswith("Enjoy your break")
    assert "away until" in (await cast.ben.types("/zanshin team")).text


async def test_a_break_can_still_have_no_end(cast: Cast) -> None:
    """Whoever is asked for an end may choose to say when they are back."""
    await cast.ana.types("/zanshin away back soon")
    answer = await cast.ana.presses("Until I'm back")

    assert "until you say that you're back" in answer.text


async def test_the_other_admins_hear_that_the_last_supervisor_is_gone(cast: Cast) -> None:
    """Whoever takes the role away was asked; the others read it, with what mends it."""
    await cast.sofia.types("/zanshin team add @ben admin")
    await cast.sofia.types("/zanshin team remove @sofia supervisor")
    await cast.sofia.presses("Remove them anyway")
    await cast.later(seconds=1)
    [said] = [post for post in await cast.ben.privately.posts() if "no supervisor any more" in post.text]

    assert "Sofia was the last one." in said.text
    assert [button.label for button in said.buttons] == ["Name a supervisor"]


async def test_admins_hear_that_the_last_supervisor_has_left_the_workspace(stage: FakeStage) -> None:
    """Said by the platform, with nobody to ask first; one who stays makes it no news."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin team add @ben admin")
    await cast.sofia.types("/zanshin team add @omar supervisor")
    heard = []
    for account in ("omar", "sofia"):
        await stage.program.follow(Said(platform="web", workspace="playground", account=account, left=True))
        await stage.settle()
        heard.append([text for text in await cast.ben.privately.sees() if "no supervisor any more" in text])

    assert [len(said) for said in heard] == [0, 1]
    assert "Sofia was the last one." in heard[1][0]


async def test_nobody_is_sent_on_a_break_by_another(cast: Cast) -> None:
    """Who is named is not away, and whoever typed it is not either until they say so."""
    answer = await cast.ben.types("/zanshin away @sofia 30m")
    board = await cast.sofia.types("/zanshin status")

    assert answer.text.startswith("I can't send Sofia on a break.")
    assert [one.label for one in answer.buttons] == ["/zanshin away 30m"]
    assert "Away" not in board.text
