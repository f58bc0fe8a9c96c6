"""An agent steps out of a heated case: one press, and somebody is asked until somebody takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stage import name_of

if TYPE_CHECKING:
    from tests.stage import Cast, Voice

BRIDGE = "I'm still here, and I'm finding the right person for this."


async def last(voice: Voice) -> str:
    """Read the last post of somebody's direct chat."""
    return (await voice.privately.sees())[-1]


async def card(voice: Voice, title: str) -> str:
    """Read the first post of somebody's direct chat that begins like this."""
    return next(text for text in await voice.privately.sees() if text.startswith(title))


async def test_one_press_starts_the_search_and_nothing_has_to_be_filled_in(cast: Cast) -> None:
    """The best colleague is asked at once, privately, and told why it is them."""
    answer = await cast.ana.types("/recuse")

    assert answer.text.startswith("Look into our direct chat")
    assert (await last(cast.ana)).startswith("I'm finding somebody for you\nAsking Ben …")
    assert "Write the note for them" in [button.label for button in answer.buttons]
    assert answer.private
    offer = await last(cast.ben)
    assert offer.startswith("Can you take over a case from Ana?")
    assert "You, because" in offer
    assert await cast.omar.privately.sees() == []
    assert await cast.sofia.privately.sees() == []


@pytest.mark.parametrize("place", ["support", "@ana"])
async def test_no_card_goes_on_asking_after_somebody_has_taken_it(cast: Cast, place: str) -> None:
    """What cannot be changed holds no state, and the one card that does follows."""
    await cast.ana.in_(place).types("/recuse")
    await cast.later(seconds=20)
    await cast.omar.privately.presses("I take it")
    seen = [*await cast.ana.sees(), *await cast.ana.privately.sees()]

    assert not [text for text in seen if "Asking" in text or "I go on alone" in text]
    assert len([text for text in seen if text.startswith("Omar takes over\nOmar has had the case since")]) == 1


async def test_looking_at_it_in_a_channel_points_to_the_direct_chat(cast: Cast) -> None:
    """Whoever looks at their own case elsewhere finds its card at the end of the direct chat."""
    await cast.ana.types("/recuse safety: he says he knows where I live")
    answer = await cast.ana.presses("See who is asked")
    card = await last(cast.ana)
    await cast.ben.privately.presses("I take it")

    assert answer.text.startswith("Look into our direct chat")
    assert card.startswith("I'm finding somebody for you")
    assert not [text for text in await cast.ana.sees() if "Asking" in text]


async def test_the_channel_reads_a_neutral_line(cast: Cast) -> None:
    """Reason, note and case are for whoever takes over and for supervisors."""
    await cast.ana.types("/recuse CASE-42 personal attack: called me an idiot")
    await cast.later(seconds=60)
    await cast.ben.privately.presses("I take it")
    public = await cast.omar.sees()

    assert public == ["Ben took over a case from Ana."]
    assert "idiot" not in "".join(await cast.omar.privately.sees())
    assert "personal" not in "".join(await cast.omar.privately.sees())


async def test_the_ladder_asks_one_then_all_then_the_supervisors_then_everybody_aloud(cast: Cast) -> None:
    """Twenty seconds each, the supervisors called again three times a minute apart, then the channel."""
    await cast.ana.types("/recuse")
    await cast.later(seconds=19)
    assert await cast.omar.privately.sees() == []
    await cast.later(seconds=1)
    assert (await last(cast.omar)).startswith("Can you take over a case from Ana?")
    assert await cast.sofia.privately.sees() == []
    await cast.later(seconds=20)
    assert (await last(cast.sofia)).startswith("Can you take over a case from Ana?")
    calls = await cast.sofia.privately.posts()
    for _call in range(3):
        await cast.later(seconds=60)
        calls += await cast.sofia.privately.posts()
    assert len(set(map(name_of, calls))) == len(calls) == 4
    assert not any("Nobody is left" in text for text in await cast.omar.sees())
    await cast.later(seconds=60)

    assert any(text.startswith("Nobody is left to take over a case from Ana") for text in await cast.omar.sees())
    assert (await last(cast.ana)).startswith("Nobody has taken it yet")
    for _call in range(8):
        await cast.later(minutes=5)
    [called] = await cast.omar.posts()
    await cast.later(minutes=5)
    [again] = await cast.omar.posts()
    assert again.text.startswith("Nobody is left")
    assert name_of(again) != name_of(called)


async def test_the_requester_is_told_at_every_turn(cast: Cast) -> None:
    """One card always shows how it stands, and what matters is said aloud."""
    await cast.ana.types("/recuse")
    title = "I'm finding somebody for you"
    assert "Asking Ben …" in await card(cast.ana, title)
    await cast.ben.privately.presses("Not now")
    turned = await card(cast.ana, title)
    assert "Asking everybody who is free: Omar …" in turned
    assert "Ben can't just now." in turned
    await cast.later(seconds=20)
    assert "Calling the supervisors: Sofia …" in await card(cast.ana, title)
    assert (await last(cast.ana)).startswith("I'm calling Sofia")
    await cast.omar.privately.presses("I take it")

    said = await cast.ana.privately.sees()
    assert [text.startswith("Omar takes over") for text in said] == [False, True]
    assert "the next step is my colleague Omar" in said[-1]


async def test_a_no_passes_to_the_next_at_once(cast: Cast) -> None:
    """Nobody waits for the end of twenty seconds after a no."""
    await cast.ana.types("/recuse")
    answer = await cast.ben.privately.presses("Not now")

    assert "You said not now." in answer.text
    assert (await last(cast.omar)).startswith("Can you take over a case from Ana?")


async def test_a_no_can_be_explained_to_supervisors_and_taken_back(cast: Cast) -> None:
    """The reason is optional, colleagues do not read it, and a change of mind is welcome."""
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("Not now")
    await cast.ben.privately.presses("Say why")
    await cast.ben.privately.fills(why="on a call until ten past")
    await cast.later(seconds=20)
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    asked = await cast.sofia.privately.presses("Who was asked?")
    taken = await cast.ben.privately.presses("I can take it after all")

    assert "said not now: “on a call until ten past”" in asked.text
    assert "on a call" not in "".join(await cast.ana.privately.sees())
    assert taken.text.startswith("You took over from Ana")


async def test_a_named_colleague_is_asked_first(cast: Cast) -> None:
    """The one who is wished for has twenty seconds, then the ladder begins."""
    await cast.ana.types("/recuse @omar")
    first, card = await last(cast.omar), await last(cast.ana)
    await cast.later(seconds=20)

    assert "Asking Omar …" in card
    assert "You, because they asked for you." in first
    assert (await last(cast.ben)).startswith("Can you take over a case from Ana?")


async def test_a_named_colleague_who_is_away_is_skipped_aloud(cast: Cast) -> None:
    """A wish that cannot be granted costs no time."""
    await cast.omar.types("/zanshin away 30m")
    await cast.ana.types("/recuse @omar")
    card = await last(cast.ana)

    assert "Asking Ben …" in card
    assert "Omar can't be asked just now, so I ask the others." in card


async def test_case_reason_and_note_are_read_from_one_line(cast: Cast) -> None:
    """What is typed behind the command fills the note in."""
    await cast.ana.types("/recuse CASE-42 heated: wants the manager")
    taken = await cast.ben.privately.presses("I take it")

    assert "Case: CASE-42" in taken.text
    assert "Reason: It's too heated between the two of us" in taken.text
    assert "What happened: wants the manager" in taken.text


async def test_recuse_while_one_is_open_shows_that_one_and_keeps_what_was_typed(cast: Cast) -> None:
    """A second press begins no second search, and no word of it is lost."""
    await cast.ana.types("/recuse")
    again = await cast.ana.types("/recuse heated: she swears at me")
    taken = await cast.ben.privately.presses("I take it")

    assert again.text.startswith("Look into our direct chat")
    assert "What happened: she swears at me" in taken.text
    assert len([text for text in await cast.ben.privately.sees() if "a case" in text]) <= 1


async def test_another_case_can_be_handed_over_as_well(cast: Cast) -> None:
    """With another number the bot asks before it looks for a second colleague."""
    await cast.ana.types("/recuse CASE-42")
    question = await cast.ana.types("/recuse CASE-99")
    await cast.ana.presses("Also hand over CASE-99", question)

    assert "I'm still finding somebody for CASE-42." in question.text
    assert "Case: CASE-99" in await last(cast.omar)


async def test_threats_call_a_supervisor_at_once_and_the_ladder_goes_on_beside(cast: Cast) -> None:
    """Safety does not wait its turn; a colleague who is asked reads of which kind it is, and no more than that."""
    await cast.ana.types("/recuse safety: he says he knows where I live")

    assert (await last(cast.ben)).startswith("Can you take over a case from Ana?")
    assert "There may be a threat." in await last(cast.sofia)
    assert "knows where I live" in await last(cast.sofia)
    assert "There may be a threat." in await last(cast.ben)
    assert "knows where I live" not in await last(cast.ben)


async def test_words_that_threaten_count_without_the_reason(cast: Cast) -> None:
    """A note that tells of a threat calls the supervisor too, also when it is written later."""
    await cast.ana.types("/recuse")
    assert await cast.sofia.privately.sees() == []
    await cast.ana.presses("Write the note for them")
    await cast.ana.fills(happened="he said he will come after me")

    assert "There may be a threat." in await last(cast.sofia)


async def test_a_recuse_inside_a_hold_reaches_the_supervisors_by_second_40(cast: Cast) -> None:
    """Rungs are skipped so that somebody can be there when the minute is over."""
    await cast.ana.types("/calm keep-calm")
    await cast.ana.presses("No, I can ask them to hold")
    await cast.ana.presses("I asked them to hold")
    await cast.later(seconds=15)
    await cast.ana.types("/recuse")
    assert (await last(cast.omar)).startswith("Can you take over a case from Ana?")
    assert (await last(cast.ben)).startswith("Can you take over a case from Ana?")
    assert await cast.sofia.privately.sees() == []
    await cast.later(seconds=25)

    assert (await last(cast.sofia)).startswith("Can you take over a case from Ana?")


async def test_a_hold_that_begins_during_a_search_hurries_it(cast: Cast) -> None:
    """The one clock counts from whenever the customer was asked to hold."""
    await cast.ana.types("/recuse")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.later(seconds=25)
    await cast.later(seconds=15)

    assert (await last(cast.sofia)).startswith("Can you take over a case from Ana?")


async def test_at_sixty_seconds_there_is_always_a_sentence_for_the_customer(cast: Cast) -> None:
    """On hold or not, found or not, the agent has something to say after a minute."""
    await cast.ana.types("/recuse")
    await cast.later(seconds=60)
    without = [text for text in await cast.ana.privately.sees() if BRIDGE in text]
    await cast.ana.privately.presses("I go on alone")

    await cast.omar.types("/recuse")
    await cast.omar.privately.presses("I asked them to hold")
    await cast.later(seconds=60)
    held = [text for text in await cast.omar.privately.sees() if BRIDGE in text]

    assert [text.splitlines()[0] for text in without] == ["A minute has passed: say a word to the customer"]
    assert [text.splitlines()[0] for text in held][-1] == "60 seconds on hold: go back now"


async def test_whoever_is_found_is_introduced_when_the_hold_is_over(cast: Cast) -> None:
    """The clock is the taker's from then on; the sentence that introduces them stands on the card; both clocks stop."""
    await cast.ana.types("/recuse")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.ben.privately.presses("I take it")
    await cast.later(seconds=60)
    notice, introduced = await last(cast.ben), await card(cast.ana, "Ben takes over")
    assert "On hold" in await card(cast.ben, "You took over from Ana")
    await cast.ben.privately.presses("I'm with the customer")

    assert notice.startswith("60 seconds on hold: go back now")
    assert "the next step is my colleague Ben" in introduced
    assert not any("go back now" in text for text in await cast.ana.privately.sees())
    assert "On hold" not in await card(cast.ben, "You took over from Ana")
    assert "On hold" not in await card(cast.ana, "Ben takes over")


async def test_nobody_is_left_until_somebody_comes_back(cast: Cast) -> None:
    """Whoever becomes available is asked the moment they do."""
    for voice in (cast.ben, cast.omar, cast.sofia):
        await voice.types("/zanshin away 2h")
    await cast.ana.types("/recuse")
    assert "Nobody has taken it yet, and nobody is free." in "".join(await cast.ana.privately.sees())
    await cast.later(minutes=2)
    await cast.ben.types("/zanshin back")
    await cast.later(seconds=1)

    assert (await last(cast.ben)).startswith("Can you take over a case from Ana?")
    assert "Everybody who is free was asked." not in await last(cast.ben)


async def test_the_end_of_a_break_brings_somebody_back_by_itself(cast: Cast) -> None:
    """A break that is over needs no "back" to be asked again."""
    await cast.ben.types("/zanshin away 7m")
    for voice in (cast.omar, cast.sofia):
        await voice.types("/zanshin away 2h")
    await cast.ana.types("/recuse")
    await cast.later(minutes=7)

    assert (await last(cast.ben)).startswith("Can you take over a case from Ana?")


async def test_anybody_in_the_channel_can_take_it_when_nobody_is_left(cast: Cast) -> None:
    """The call in the channel has a button, the note comes privately, and the line there says who has it."""
    for voice in (cast.ben, cast.omar, cast.sofia):
        await voice.types("/zanshin away 2h")
    await cast.ana.types("/recuse heated: a secret of the note")
    await cast.omar.presses("I take it")

    assert (await cast.omar.posts())[-1].text.startswith("You have it")
    assert (await cast.omar.posts())[-1].private
    assert "a secret of the note" in await last(cast.omar)
    public = await cast.ben.sees()
    assert "secret" not in "".join(public)
    assert "Omar took over a case from Ana. Thank you all." in public
    assert (await last(cast.ana)).startswith("Omar takes over")


async def test_the_requester_goes_on_alone(cast: Cast) -> None:
    """A search can be ended, by button or by word, and whoever was asked reads it."""
    await cast.ana.types("/recuse")
    answer = await cast.ana.types("/recuse cancel")
    late = await cast.ben.privately.presses("I take it") if "I take it" in await last(cast.ben) else None

    assert answer.text.startswith("You go on with it")
    assert late is None
    assert "Ana goes on alone." in await last(cast.ben)
    assert await cast.omar.sees() == ["Ana goes on with the case."]
    await cast.later(minutes=10)
    assert await cast.omar.privately.sees() == []


async def test_a_promised_call_ends_the_search_and_is_not_forgotten(cast: Cast) -> None:
    """The supervisors learn of it, it stays on the board, and the requester is asked about it."""
    for voice in (cast.ben, cast.omar):
        await voice.types("/zanshin away until 18:00")
    await cast.ana.types("/recuse CASE-42")
    await cast.later(seconds=30)
    answer = await cast.ana.privately.presses("We call them back")
    assert answer.text.startswith("The customer is to be called back")
    assert "Nobody is looked for any more. The customer has waited since " in answer.text
    assert (await last(cast.sofia)).startswith("Ana promised a customer a call")
    await cast.sofia.types("/zanshin status")
    board = await last(cast.sofia)
    assert "Ana owes a call" in board
    assert "promised to a customer who has waited since " in board
    await cast.later(hours=2)
    assert (await last(cast.ana)).startswith("Was the customer called back?")
    done = await cast.ana.privately.presses("They were called")

    assert "The customer was called back." in done.text


async def test_a_supervisor_gets_somebody_else_out(cast: Cast) -> None:
    """Somebody who cannot type is got out by name, is told, and the supervisor learns who took it."""
    answer = await cast.sofia.types("/recuse for @ana CASE-7 safety: he is at the desk")
    taken = await cast.ben.privately.presses("I take it")

    assert answer.text.startswith("I'm finding somebody for Ana")
    assert any(text.startswith("Sofia is getting you out of this") for text in await cast.ana.privately.sees())
    assert "he is at the desk" in taken.text
    assert any(text.startswith("Ben takes over from Ana") for text in await cast.sofia.privately.sees())


async def test_a_kind_word_follows_an_attack(cast: Cast) -> None:
    """After an attack or a threat the agent hears something kind, privately, with a break to take."""
    await cast.ana.types("/recuse personal attack: called me names")
    await cast.ben.privately.presses("I take it")
    word = await last(cast.ana)
    rest = await cast.ana.privately.presses("15 minutes for me")

    assert word.startswith("How are you?")
    assert "it wasn't about you" in word
    assert rest.text.startswith("Enjoy your break")
    assert not any("How are you?" in text for text in await cast.ben.privately.sees())


async def test_whoever_recused_rests_for_half_an_hour(cast: Cast) -> None:
    """Nobody gets a heated case right after stepping out of one; the board shows it."""
    await cast.ana.types("/recuse")
    await cast.omar.types("/zanshin away until 18:00")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse")
    await cast.sofia.types("/zanshin status")

    assert not any("take over a case from Ben" in text for text in await cast.ana.privately.sees())
    board = await last(cast.sofia)
    assert "Cooling off (2): Ana until" in board
    await cast.later(minutes=31)
    assert any("take over a case from Ben" in text for text in await cast.ana.privately.sees())


async def test_the_ladder_starts_from_a_playbook(cast: Cast) -> None:
    """Where a playbook says to step out, one press does it, and the taker does not read which playbooks were used."""
    await cast.ana.types("/calm restrain")
    for _step in range(3):
        await cast.ana.presses("Next")
    await cast.ana.presses("No, it keeps coming back")
    answer = await cast.ana.presses("Find somebody to take over")
    taken = await cast.ben.privately.presses("I take it")

    assert answer.text.startswith("Look into our direct chat")
    assert "Playbooks used before" not in taken.text


async def test_skills_named_in_the_note_decide(cast: Cast) -> None:
    """Whoever knows what it is about is asked before the others, and told so."""
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Omar")
    await cast.sofia.fills(skills="refunds")
    await cast.ana.types("/recuse heated: a refund that is three weeks late")

    assert "because you know what it is about" in await last(cast.omar)
    assert await cast.ben.privately.sees() == []


async def test_the_times_are_the_organisations(cast: Cast) -> None:
    """An admin changes how long each step waits."""
    await cast.sofia.types("/zanshin settings handoffs")
    saved = await cast.sofia.fills(one="40", everybody="10")
    await cast.ana.types("/recuse")
    await cast.later(seconds=39)
    early = await cast.omar.privately.sees()
    await cast.later(seconds=1)

    assert saved.text.startswith("Times saved")
    assert early == []
    assert (await last(cast.omar)).startswith("Can you take over a case from Ana?")
