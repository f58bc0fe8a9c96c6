"""An agent under attack asks for a playbook and walks through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.content import SHIPPED_PLAYBOOKS
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from bot.store.database import Database


async def test_words_find_the_playbook_that_fits_for_their_eyes_only(cast: Cast) -> None:
    """The fitting playbook comes at once, says why, shows its first step, and nobody else sees it."""
    answer = await cast.ana.types("/calm she keeps shouting at me")

    assert answer.text.startswith("Keep calm")
    assert "It fits because you wrote" in answer.text
    assert "shouting" in answer.text
    assert answer.buttons[0].label == "Start: Keep calm"
    assert len(answer.buttons) == 4
    assert answer.buttons[3].label == "Didn't fit"
    assert answer.private
    assert await cast.ben.sees() == []


async def test_words_that_fit_several_or_none_are_answered_with_an_offer(cast: Cast) -> None:
    """Where nothing is sure the card says so, offers three, and quotes nothing as a reason."""
    vague = await cast.ana.types("/calm he wants to")
    talk = await cast.ana.types("/calm the lobby plants look nice")
    noise = await cast.ana.types("/calm zzqx")

    for answer in (vague, talk, noise):
        assert answer.text.startswith("I'm not sure which one fits")
        assert "It fits because" not in answer.text
        assert len([one for one in answer.buttons if one.label != "Call a supervisor now"]) == 3
        for button in answer.buttons:
            assert answer.text.count(button.label) == 1, "each playbook is named once"


async def test_who_is_kept_waiting_while_nothing_is_sure_gets_something_to_say(cast: Cast) -> None:
    """A case that fits nothing for sure comes with a sentence that is never wrong; small talk does not."""
    case = await cast.ana.types("/calm he wants me to look into what he told somebody the other day")
    talk = await cast.ana.types("/calm the lobby plants look nice")
    odd = await cast.ana.types("/calm customer wants us to sing to his cactus")
    quoted = await cast.ana.types('/calm "is this just what you do to people?"')

    assert "Tell me the one thing that can't wait" in quoted.text
    assert "Tell me the one thing that can't wait" in odd.text
    assert case.text.startswith("I'm not sure which one fits")
    assert "Tell me the one thing that can't wait" in case.text
    assert "Let them finish." in case.text
    assert "I'll say back what" not in talk.text


async def test_first_words_use_what_was_typed_whichever_playbook_fits(cast: Cast) -> None:
    """A matter we have an opening for begins with it, sure of a playbook or not; what calms oneself stays."""
    parcel = "parcel says delivered and she has nothing"
    sure = await cast.ana.types(f"/calm {parcel}, she keeps repeating herself and says nobody listens to her")
    moment = await cast.ana.types(f"/calm {parcel}, we made a mistake and I owe her an apology")
    unsure = await cast.ana.types(f"/calm {parcel}")
    calm = await cast.ana.types(f"/calm {parcel}, I'm about to lose my temper")

    assert moment.buttons[0].label == "Start: Own it and apologise"
    assert moment.text.count("sorry") == 1
    assert sure.buttons[0].label == "Start: Be heard"
    assert sure.text.splitlines()[1].startswith("Leave the tracking aside.")
    assert "I'm starting a search now." in sure.text
    assert unsure.text.splitlines()[:2] == [
        "Start with this",
        "Leave the tracking aside. Start the search while they're with you.",
    ]
    assert "I'll say back what" not in unsure.text
    assert calm.buttons[0].label == "Start: Keep calm"
    assert "Leave the tracking aside." not in calm.text
    assert "I'm starting a search now." in calm.text


async def test_an_opening_stands_over_no_danger_and_no_limit(cast: Cast) -> None:
    """Words of danger get the card of danger alone, and abuse aimed at oneself gets the limit."""
    parcel = "parcel says delivered and she has nothing"
    danger = await cast.ana.types(f"/calm {parcel}, she says she'll kill herself")
    abuse = await cast.ana.types(f"/calm {parcel}, she spams slurs in chat at me, racist stuff about my name")

    for answer in (danger, abuse):
        assert "Leave the tracking aside." not in answer.text
        assert "I'm starting a search now." not in answer.text
    assert "If this goes on, I'll end it here." in abuse.text


async def test_what_a_customer_wrote_finds_the_playbook_as_well(cast: Cast) -> None:
    """A message pasted as it is, slips and all, is quoted by what decided and by no filler."""
    answer = await cast.ana.types("/calm I want to speack to your SUPERVISER, now. You people are a joke!")

    assert "Start: They want someone else" in [button.label for button in answer.buttons]
    assert "SUPERVISER" in answer.text.partition("It fits because you wrote")[2].partition("”.")[0]
    assert "want" not in answer.text.partition("It fits because you wrote")[2].partition("”.")[0]


async def test_what_did_not_fit_is_counted_without_a_word_of_it(cast: Cast) -> None:
    """One press says so and asks for a better one; supervisors see which playbooks were offered and chosen."""
    answer = await cast.ana.types("/calm she keeps shouting at me")
    other = answer.buttons[1].label
    asked = await cast.ana.presses("Didn't fit")
    started = await cast.ana.presses(other, asked)
    await cast.ben.types("/calm she keeps shouting at me")
    await cast.ben.presses(other)
    seen = await cast.sofia.types("/calm own")

    assert asked.text.startswith("Thanks for saying that it didn’t fit")
    assert started.buttons
    assert "Keep calm, and nothing was chosen instead: 1×" in seen.text
    assert "was chosen instead: 2×" in seen.text
    assert "shouting" not in seen.text
    assert "instead" not in (await cast.ana.types("/calm own")).text


async def test_calm_alone_offers_the_most_used_and_a_search(cast: Cast) -> None:
    """Without words the playbooks used most come first, with a box to search."""
    await cast.ben.types("/calm restrain")
    answer = await cast.ana.types("/calm")

    assert answer.text.startswith("What is happening?")
    assert "In your own words" in answer.text
    assert [button.label for button in answer.buttons] == ["Restrain", "Be heard", "Keep calm"]


async def test_a_run_shows_one_step_at_a_time(cast: Cast) -> None:
    """Next, Back and Stop here walk through a playbook, one step on the card."""
    await cast.ana.types("/calm be-heard")
    second = await cast.ana.presses("Next")
    first = await cast.ana.presses("Back")
    await cast.ana.presses("Next")
    left = await cast.ana.presses("Stop here")

    assert second.text.startswith("Give the feeling a name")
    assert first.text.startswith("Say back what you heard")
    assert left.text.startswith("You stopped here")
    assert len(await cast.ana.sees()) == 1


async def test_only_a_playbook_walked_to_its_end_is_called_finished(cast: Cast) -> None:
    """Whoever goes on past the last step reads so; whoever leaves before is not told that it is finished."""
    card = await cast.ana.types("/calm be-heard")
    while walks := [one.label for one in card.buttons if one.command in ("take-step", "choose-way")]:
        card = await cast.ana.presses(walks[0])
    over = await cast.ana.presses("Done")

    assert over.text.startswith("That was the last step")
    assert "is finished" in over.text


async def test_a_playbook_can_be_named_by_its_title(cast: Cast) -> None:
    """Its title in words starts a playbook as well as its id does."""
    assert (await cast.ana.types("/calm Keep Calm")).text.startswith("May I ask them to hold?")


async def test_an_open_run_offers_to_go_on_where_it_stands(cast: Cast) -> None:
    """Somebody who was interrupted goes on at the step they were at."""
    await cast.ana.types("/calm restrain")
    await cast.ana.presses("Next")
    await cast.ana.presses("Next")
    offer = await cast.ana.types("/calm")
    again = await cast.ana.presses("Go on at step 3")

    assert "You're at step 3 of 4 of Restrain." in offer.text
    assert again.text.startswith("Lower and slower")


async def test_a_playbook_that_was_only_looked_at_is_not_offered_again(cast: Cast) -> None:
    """It would stand under every later card, whatever that is about."""
    await cast.ana.types("/calm restrain")
    offers = [await cast.ana.types("/calm"), await cast.ana.types("/calm she wants her refund")]

    assert not [offer for offer in offers if "You're at step" in offer.text]


async def test_whoever_looks_for_the_list_gets_all_of_it(cast: Cast) -> None:
    """Each beside its button, and what it is for; words that only begin so are looked up as ever."""
    offered, looked_up = [await cast.ana.types(f"/calm {words}") for words in ("list", "all of them shout")]

    assert offered.text.startswith("All playbooks")
    assert len([button for button in offered.buttons if button.command == "start-run"]) > 20
    assert not looked_up.text.startswith("All playbooks")


async def test_a_run_survives_a_restart(database: Database) -> None:
    """Nothing of a run lives in the program: another process goes on with it."""
    before = Cast(await _stage(database))
    await before.ana.types("/calm restrain")
    await before.ana.presses("Next")
    after = Cast(FakeStage(database, SHIPPED_PLAYBOOKS))
    offer = await after.ana.types("/calm")

    assert "You're at step 2 of 4 of Restrain." in offer.text


async def test_only_its_owner_can_walk_through_a_run(cast: Cast) -> None:
    """A button of somebody else's run does nothing for anybody else."""
    await cast.ana.types("/calm restrain")
    card = await cast.ana.presses("Next")
    answer = await cast.ben.presses("Next", card)
    still = await cast.ana.types("/calm")

    assert answer.text.startswith("This run isn't here.")
    assert "You're at step 2" in still.text


async def test_a_click_on_an_old_card_shows_where_one_is_now(cast: Cast) -> None:
    """The second of two clicks on one button changes nothing and says what holds."""
    card = await cast.ana.types("/calm restrain")
    await cast.ana.presses("Next", card)
    late = await cast.ana.presses("Next", card)

    assert late.text.startswith("One fact, one next step")
    assert "That button was from an earlier step." in late.text


async def test_a_click_on_a_finished_run_says_that_it_is_over(cast: Cast) -> None:
    """A finished run stays finished."""
    card = await cast.ana.types("/calm restrain")
    await cast.ana.presses("Stop here", card)
    late = await cast.ana.presses("Next", card)

    assert late.text.startswith("This run is over")


async def test_starting_another_playbook_leaves_the_first(cast: Cast) -> None:
    """One run at a time: the one before is over."""
    first = await cast.ana.types("/calm restrain")
    await cast.ana.types("/calm be-heard")

    assert (await cast.ana.presses("Next", first)).text.startswith("This run is over")


async def test_a_slip_in_a_playbooks_name_gets_the_right_one_as_a_button(cast: Cast) -> None:
    """A name typed in a hurry is understood, and one press starts it; where other words may be meant, that is asked."""
    sure = await cast.ana.types("/calm restrian")
    started = await cast.ana.presses("Start: Restrain")
    asked = await cast.ana.types("/calm keep callm")

    assert sure.text.startswith("Restrain\n")
    assert started.text.startswith("Hands off the keys")
    assert "Did you mean the playbook Keep calm?" in asked.text


async def test_a_slip_in_a_command_gets_the_right_one_as_a_button(cast: Cast) -> None:
    """A command typed in a hurry keeps its words."""
    answer = await cast.ana.types("/cam she keeps shouting at me")
    started = await cast.ana.presses("/calm she keeps shouting at me")

    assert answer.text.startswith("I don't know “/cam she keeps shouting at me”.")
    assert started.text.startswith("Keep calm")


async def test_a_playbooks_name_with_a_slash_is_understood(cast: Cast) -> None:
    """Somebody who types /restrain is offered the playbook."""
    await cast.ana.types("/restrain")

    assert (await cast.ana.presses("/calm restrain")).text.startswith("Hands off the keys")


async def test_plain_words_to_the_bot_run_calm(cast: Cast) -> None:
    """In the direct chat a cry for help without a command is met with its playbook at once."""
    answer = await cast.ana.privately.types("she keeps shouting at me")

    assert answer.text.startswith("Keep calm")


async def test_a_run_left_for_half_a_day_is_over(cast: Cast) -> None:
    """Tomorrow nobody is offered to go on with today's trouble."""
    await cast.ana.types("/calm restrain")
    await cast.later(hours=13)

    assert "You're at step" not in (await cast.ana.types("/calm")).text


async def test_words_that_say_nothing_are_not_said_to_fit(cast: Cast) -> None:
    """Where only pieces of words are alike, nothing is claimed, and three are offered all the same."""
    for words in ("zzqx", "🤬🤬", "refundierung", "<b>zz</b>"):
        answer = await cast.ana.types(f"/calm {words}")
        assert answer.text.startswith("I'm not sure which one fits"), words
        assert "It fits because" not in answer.text
        assert len([button for button in answer.buttons if button.command == "start-run"]) == 3


async def test_a_run_that_is_open_stands_below_what_was_asked_for(cast: Cast) -> None:
    """Somebody who asks for something new reads that first."""
    await cast.ana.types("/calm restrain")
    await cast.ana.presses("Next")
    answer = await cast.ana.types("/calm she keeps shouting at me")

    assert answer.text.startswith("Keep calm")
    assert "You're at step 2 of 4 of Restrain." in answer.text


async def _stage(database: Database) -> FakeStage:
    stage = FakeStage(database, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    return stage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("customer praised me in an email", "made my day"),
        ("customer wrote nice mail about my colleague", "passing it on word for word"),
        ("i'm calling him back with great news: bug is solved", "I've got good news"),
    ],
)
async def test_praise_and_good_news_are_met_with_no_alarm(cast: Cast, words: str, said: str) -> None:
    """Nothing in them is abuse, danger or a threat of lawyers."""
    answer = await cast.ana.types(f"/calm {words}")

    assert answer is not None
    assert said in answer.text
    assert not any(alarm in answer.text for alarm in ("abusive", "danger", "Lawyers"))


async def test_a_boss_who_shouts_is_answered_with_words_for_the_boss(cast: Cast) -> None:
    """The playbook for oneself stays, and no customer's call is ended."""
    answer = await cast.ana.types("/calm my teamleader yelled at me in front of all because of the ticket")

    assert answer is not None
    assert answer.text.startswith("Not personal")
    assert "I'd like to hear what I should do differently. In private" in answer.text
    assert "I'll end it here" not in answer.text
