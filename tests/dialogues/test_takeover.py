"""Somebody has taken a case over: the warm note, the end, handing on, and what supervisors do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.messages import plain
from tests.dialogues.test_recuse import card, last

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_the_warm_note_comes_at_once_and_grows_as_it_is_written(cast: Cast) -> None:
    """The short form is there with the case; the rest appears on its card while the requester writes."""
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(case_url="https://desk.example.com/{case}")
    await cast.ana.types("/recuse CASE-42")
    short = await cast.ben.privately.presses("I take it")
    await cast.ana.privately.presses("Add to the note")
    saved = await cast.ana.privately.fills(
        customer="Mrs Finch",
        mood="furious",
        happened="Charged twice since May.",
        promised="A call by noon.",
        asked_for="Her money, today.",
        real_problem="The direct debit was never changed.",
        do_nots="Do not mention the terms.",
        reason="heated",
    )
    grown = await card(cast.ben, "You took over from Ana")

    assert "Case: CASE-42" in short.text
    assert "What Ana writes down appears here." in short.text
    assert "Ben reads it on the card of the case." in saved.text
    for words in (
        "Customer: Mrs Finch",
        "Mood: furious",
        "What happened: Charged twice since May.",
        "What was promised: A call by noon.",
        "What they ask for: Her money, today.",
        "What may be the real problem: The direct debit was never changed.",
        "Better not: Do not mention the terms.",
        "Reason: It's too heated between the two of us",
    ):
        assert words in grown
    assert (await last(cast.ben)).startswith("Ana changed the note")
    assert "I carry on from there" in grown


async def test_the_first_acceptance_wins_and_a_late_one_is_told_so(cast: Cast) -> None:
    """The cards of all others say who took it, and a click on the way is answered the same."""
    await cast.ana.types("/recuse")
    await cast.later(seconds=45)
    late = (await cast.omar.privately.posts())[-1]
    await cast.ben.privately.presses("I take it")
    answer = await cast.omar.privately.presses("I take it", late)
    no = await cast.omar.privately.presses("Not now", late)

    assert "Ben took it over at" in answer.text
    assert "Ben took it over at" in no.text
    assert not any(
        button.label == "I take it" for post in await cast.sofia.privately.posts() for button in post.buttons
    )
    assert "Ben takes over" in await card(cast.ana, "Ben takes over")


async def test_the_taker_is_done(cast: Cast) -> None:
    """Done by button or by word frees the taker for the next, and the requester's card says so."""
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("I take it")
    await cast.sofia.types("/zanshin status")
    assert "Has enough (1): Ben" in await last(cast.sofia)
    done = await cast.ben.types("/recuse done")
    again = await cast.ben.types("/recuse done")
    await cast.later(seconds=1)

    assert "You're done with it." in done.text
    assert again.text.startswith("You're not looking after a colleague's case.")
    assert "Ben is done with it." in (await cast.ana.privately.sees())[0]
    assert "Has enough" not in await last(cast.sofia)


async def test_a_case_can_be_handed_on_and_never_comes_back(cast: Cast) -> None:
    """The next colleague gets everything that is known; nobody who had the case is asked again."""
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    answer = await cast.ben.privately.presses("Hand it on")
    offers = [text for text in await cast.ana.privately.sees() if text.startswith("Can you take over")]
    taken = await cast.omar.privately.presses("I take it")
    await cast.omar.privately.presses("Hand it on")
    await cast.later(minutes=40)

    assert "You handed it on." in answer.text
    assert offers == []
    assert "What happened: charged twice" in taken.text
    assert any(text.startswith("Ben hands your case on") for text in await cast.ana.privately.sees())
    for voice in (cast.ana, cast.ben):
        assert not any("take over a case from Omar" in text for text in await voice.privately.sees())
    assert any("take over a case from Omar" in text for text in await cast.sofia.privately.sees())


async def test_recuse_with_the_number_of_a_case_taken_over_hands_it_on(cast: Cast) -> None:
    """Whoever took CASE-42 over and recuses from it is no second search beside the first."""
    await cast.ana.types("/recuse CASE-42")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse CASE-42 heated: same with me")

    assert "You handed it on." in await card(cast.ben, "The case from Ana")
    assert not any("take over a case from Ben" in text for text in await cast.ana.privately.sees())
    assert any("take over a case from Ben" in text for text in await cast.omar.privately.sees())


async def test_after_two_hours_the_taker_is_asked_and_says_so(cast: Cast) -> None:
    """Still at it is asked about again two hours later."""
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("I take it")
    await cast.later(hours=1, minutes=59)
    assert not any(text.startswith("Still at the case") for text in await cast.ben.privately.sees())
    await cast.later(minutes=1)
    assert (await last(cast.ben)).startswith("Still at the case from Ana?")
    answer = await cast.ben.privately.presses("Still at it")
    await cast.later(hours=2)

    assert answer.text.startswith("All right, you're still at it")
    assert len([text for text in await cast.ben.privately.sees() if text.startswith("Still at the case")]) == 1


async def test_at_the_end_of_the_shift_it_is_closed_aloud(cast: Cast) -> None:
    """Whoever had it is told, and the supervisors, and it can be handed on."""
    await cast.ben.types("/zanshin shift daily 8-12")
    await cast.ana.types("/recuse CASE-42")
    await cast.ben.privately.presses("I take it")
    await cast.later(hours=2)
    told = await last(cast.ben)
    assert (await last(cast.sofia)).startswith("A case that Ben had was closed at the end of the shift")
    await cast.ben.privately.presses("Hand it on")

    assert told.startswith("I closed the case from Ana for you")
    assert any("take over a case from Ben" in text for text in await cast.omar.privately.sees())


async def test_the_reminder_is_over_with_the_case(cast: Cast) -> None:
    """Whoever is done elsewhere than on the card that asked is asked no more by it."""
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("I take it")
    await cast.later(hours=2)
    await cast.ben.types("/recuse done")
    await cast.later(seconds=1)
    posts = await cast.ben.privately.posts()

    assert not any(post.text.startswith("Still at the case") for post in posts)
    assert not any(button.label == "Still at it" for post in posts for button in post.buttons)


async def test_a_call_that_nobody_confirmed_is_closed_as_just_that(cast: Cast) -> None:
    """After twelve hours every card says that nobody said whether they were called, until somebody does."""
    for voice in (cast.ben, cast.omar):
        await voice.types("/zanshin away until 18:00")
    await cast.ana.types("/recuse CASE-50 exhausted")
    await cast.later(seconds=30)
    await cast.ana.privately.presses("We call them back")
    assert "Ana's customer will be called back." in await cast.omar.sees()
    await cast.later(hours=12)
    told, channel = await last(cast.ana), await cast.omar.sees()
    supervisors = await last(cast.sofia)
    cards = await cast.ana.privately.sees()
    called = await cast.ana.privately.presses("They were called")
    await cast.later(seconds=1)

    assert told.startswith("I closed your case\n")
    assert "I've heard nothing of it for twelve hours. Nobody said whether the customer was called." in told
    assert "Ana's case is closed. Nobody said whether the customer was called." in channel
    assert supervisors.startswith("A case that Ana had was closed after twelve hours\n")
    assert "Nobody said whether the customer was called." in supervisors
    assert any("I closed it, and nobody said whether the customer was called." in text for text in cards)
    assert not any("was called back" in text for text in [*cards, *channel])
    assert "The customer was called back." in called.text
    assert "Ana's customer was called back." in await cast.omar.sees()
    assert not any("nobody said" in text.lower() for text in await cast.ana.privately.sees())


async def test_whoever_stays_longer_keeps_it(cast: Cast) -> None:
    """A case closed by the clock is opened again with one press."""
    await cast.ben.types("/zanshin shift daily 8-12")
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("I take it")
    await cast.later(hours=2)
    await cast.ben.privately.presses("I'm still at it")

    assert "Done with it" in await card(cast.ben, "You took over from Ana")


async def test_a_supervisor_takes_a_case_over_from_whoever_has_it(cast: Cast) -> None:
    """Somebody in trouble with it is relieved, and everybody concerned is told."""
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("I take it")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    answer = await cast.sofia.privately.presses("Take it from Ben")

    assert answer.text.startswith("You have it")
    assert (await last(cast.ben)).startswith("Sofia carries on with the case from Ana")
    assert await card(cast.sofia, "You took over from Ana")
    assert (await last(cast.ana)).startswith("Sofia takes over")


async def test_a_stale_view_takes_nothing_from_whoever_has_it_by_now(cast: Cast) -> None:
    """A supervisor who saw that nobody has it reads who took it meanwhile, and is asked before they lose it."""
    await cast.ana.types("/recuse")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    view = next(post for post in await cast.sofia.privately.posts() if "Nobody has it yet" in post.text)
    await cast.ben.privately.presses("I take it")
    answer = await cast.sofia.privately.presses("I take it over", view)
    bens = await card(cast.ben, "You took over from Ana")
    taken = await cast.sofia.privately.presses("Take it from Ben")

    assert "Ben took it at 10:00" in answer.text
    assert "Nothing was changed." in answer.text
    assert "[Take it from Ben]" in answer.text
    assert "[Done with it]" in bens
    assert taken.text.startswith("You have it")
    assert (await last(cast.ben)).startswith("Sofia carries on with the case from Ana")


async def test_a_view_opened_from_the_board_follows_the_case(cast: Cast) -> None:
    """Whoever looks at it reads who takes it and that it is done, and nothing stands there that no longer holds."""
    await cast.ana.types("/recuse")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    waiting = await card(cast.sofia, "A case from Ana")
    await cast.ben.privately.presses("I take it")
    taken = await card(cast.sofia, "A case from Ana")
    await cast.ben.types("/recuse done")
    done = await card(cast.sofia, "A case from Ana")

    assert "[I take it over]" in waiting
    assert "[End the search]" in waiting
    assert "Ben has it, since 10:00" in taken
    assert "[Take it from Ben]" in taken
    assert "I take it over" not in taken
    assert "End the search" not in taken
    assert "Done, since 10:00" in done
    assert "Take it" not in done


async def test_a_view_opened_again_stands_at_the_end(cast: Cast) -> None:
    """The one further up says so, and holds nothing to press."""
    await cast.ana.types("/recuse")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    await cast.sofia.privately.presses("Case from Ana")
    views = [post for post in await cast.sofia.privately.posts() if post.text.startswith("A case from Ana")]

    assert [bool(post.buttons) for post in views] == [False, True]
    assert "You opened it again: it's further down now." in views[0].text
    assert "Nobody has it yet" in views[1].text


async def test_a_view_opened_from_home_stands_in_the_direct_chat(cast: Cast) -> None:
    """Home says how the case stands and where it is followed."""
    await cast.ana.types("/recuse")
    await cast.sofia.opens_home()
    answer = await cast.sofia.at_home.presses("Case from Ana")

    assert "Nobody has it yet" in answer.text
    assert "It's in our direct chat" in answer.text
    assert answer.buttons == ()


async def test_a_stale_form_gives_nothing_away_that_somebody_took_meanwhile(cast: Cast) -> None:
    """Whoever took it while the supervisor chose keeps it; the form, opened again, says who has it."""
    await cast.ana.types("/recuse")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    await cast.sofia.privately.presses("Give it to …")
    await cast.ben.privately.presses("I take it")
    answer = await cast.sofia.privately.fills(who="<@omar>")
    bens = await card(cast.ben, "You took over from Ana")
    await cast.sofia.privately.presses("Give it to …")
    said = cast.sofia.form
    given = await cast.sofia.privately.fills(who="<@omar>")

    assert "Ben took it at 10:00" in answer.text
    assert "[Done with it]" in bens
    assert said is not None
    assert "Ben has it, since 10:00" in plain(said.intro)
    assert given.text.startswith("Omar has it now")


async def test_a_stale_view_leaves_a_promised_call_to_whoever_promised_it(cast: Cast) -> None:
    """A supervisor reads that the customer is called back before they take that over."""
    await cast.ana.types("/recuse")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    view = next(post for post in await cast.sofia.privately.posts() if "Nobody has it yet" in post.text)
    await cast.later(minutes=20)
    await cast.ana.privately.presses("We call them back")
    answer = await cast.sofia.privately.presses("I take it over", view)

    assert "Ana has promised the customer a call. Nothing was changed." in answer.text
    assert "[Take it from Ana]" in answer.text


async def test_a_supervisor_gives_a_case_to_somebody(cast: Cast) -> None:
    """Always said aloud: whoever gets it is told by whom."""
    await cast.ana.types("/recuse")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    await cast.sofia.privately.presses("Give it to …")
    answer = await cast.sofia.privately.fills(who="<@omar>")

    assert answer.text.startswith("Omar has it now")
    assert any(text.startswith("Sofia gave you a case from Ana") for text in await cast.omar.privately.sees())
    assert await card(cast.omar, "You took over from Ana")
    assert "Omar took it over" in await last(cast.ben)


async def test_a_supervisor_who_gives_it_away_reads_that_they_did(cast: Cast) -> None:
    """The card that called them thanks nobody for what they arranged themselves."""
    await cast.ana.types("/recuse safety: he knows where I live")
    await cast.sofia.privately.presses("Give it to …")
    await cast.sofia.privately.fills(who="<@omar>")
    seen = await cast.sofia.privately.sees()

    assert any("You gave it to Omar at 10:00" in text for text in seen)
    assert not any("Thank you." in text for text in seen)


async def test_a_hold_that_was_taken_over_is_the_takers_to_end(cast: Cast) -> None:
    """Whoever stepped out reads whose clock it is, and has no button for it."""
    await cast.ana.types("/recuse")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.ben.privately.presses("I take it")
    await cast.later(seconds=1)
    theirs = next(post for post in await cast.ana.privately.posts() if post.text.startswith("Ben takes over"))

    assert "I'm back" not in [button.label for button in theirs.buttons]
    assert "[I'm with the customer]" in await card(cast.ben, "You took over from Ana")


async def test_a_number_added_later_stands_on_every_open_offer(cast: Cast) -> None:
    """Whoever was asked before the number was known reads it, too."""
    await cast.ana.types("/recuse")
    before = await last(cast.ben)
    await cast.ana.types("/recuse CASE-42")
    await cast.later(seconds=1)
    offers = [text for text in await cast.ben.privately.sees() if text.startswith("Can you take over")]

    assert "CASE-42" not in before
    assert len(offers) == 1
    assert "Case: CASE-42" in offers[0]


async def test_a_supervisor_sees_why_each_person_was_asked_or_not(cast: Cast) -> None:
    """Everybody on the team is accounted for, and rules that were skipped are named."""
    await cast.omar.types("/zanshin away 1h")
    await cast.ana.types("/recuse")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    asked = (await cast.sofia.privately.presses("Who was asked?")).text

    assert "Ana: asked for help" in asked
    assert "Ben: asked at" in asked
    assert "Omar: not asked, away" in asked
    assert "Sofia: free, and their turn hasn't come" in asked
    assert "No case was named" in asked
    assert "No customer was named" in asked


async def test_the_board_shows_who_waits_and_who_has_what(cast: Cast) -> None:
    """Supervisors see each search with the way in; agents see that there is one, and no reason."""
    await cast.sofia.types("/zanshin status")
    await cast.omar.types("/zanshin status")
    await cast.ana.types("/recuse CASE-42 personal attack: called me names")
    await cast.later(seconds=1)
    waiting, seen = await last(cast.sofia), await card(cast.omar, "Right now")
    await cast.ben.privately.presses("I take it")
    await cast.later(seconds=1)

    assert "Ana needs somebody: waiting" in waiting
    assert "[Case from Ana]" in waiting
    assert "Ana needs somebody" in seen
    assert "[Case from Ana]" not in seen
    assert "names" not in seen
    assert "Ben took over: a case from Ana" in await last(cast.sofia)


async def test_nobody_who_stepped_away_from_a_customer_gets_them_again_today(cast: Cast) -> None:
    """Once the customer is named, whoever had enough of them today is out, also when they were asked before."""
    await cast.ben.types("/recuse")
    await cast.ben.presses("Write the note for them")
    await cast.ben.fills(customer="Mrs Finch")
    await cast.ana.privately.presses("I take it")
    await cast.later(hours=1)
    await cast.ana.types("/recuse done")
    await cast.ana.types("/recuse")
    before = await last(cast.ben)
    await cast.ana.presses("Write the note for them")
    await cast.ana.fills(customer="mrs  finch")
    after = await last(cast.ben)
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    asked = (await cast.sofia.privately.presses("Who was asked?")).text

    assert before.startswith("Can you take over a case from Ana?")
    assert "This one is better left to somebody else." in after
    assert (await last(cast.omar)).startswith("Can you take over a case from Ana?")
    assert "stepped away from this customer today" in asked


async def test_the_reason_of_the_first_is_not_said_to_be_the_takers(cast: Cast) -> None:
    """Ana was exhausted, not Ben: whoever takes it from him reads the note, and no reason he never gave."""
    await cast.ana.types("/recuse CASE-42 exhausted: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse back")
    await cast.omar.privately.presses("I take it")
    omars = await card(cast.omar, "You took over from Ben")

    assert "charged twice" in omars
    assert "exhausted" not in omars


async def test_the_form_of_the_note_says_once_who_reads_it(cast: Cast) -> None:
    """It stands above the questions, and not below each of them."""
    await cast.ana.types("/recuse CASE-42 exhausted: charged twice")
    await cast.ana.privately.presses("Add to the note")
    form = cast.ana.form

    assert form is not None
    assert "Whoever takes over and supervisors read it" in plain(form.intro)
    assert not any("supervisors" in one.hint for one in form.inputs)
