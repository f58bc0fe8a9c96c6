"""A clause that was typed is turned to the customer: only where every part of it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding.mirror.said_back import Mirrored, said_back


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("passenger missed her flight because of our late bus", "you missed your flight because of our late bus"),
        ("He found out from his neighbour, not from us", "you found out from your neighbour"),
        ("hotel lost her booking, three kids in tow", "the hotel lost your booking"),
        ("her dads hearing aid broke again, she screams", "your dad's hearing aid broke again"),
        ("internet bill went from 40 to 95", "your internet bill went from 40 to 95"),
        ("her cake came w/o candles for the party", "your cake came without candles for the party"),
        ("parcel shows delivered w/ photo", "your parcel shows delivered with a photo"),
        ("Bin not collected for 3 weeks", "your bin hasn't been collected for 3 weeks"),
        ("parcel stuck in customs 3 weeks", "your parcel has been stuck in customs for 3 weeks"),
        ("landlord entered flat while she was away", "your landlord entered your flat while you were away"),
        ("he can't log in since the update", "you can't log in since the update"),
        ("photo shows a door that isnt his", "the photo shows a door that isn't yours"),
        ("taxi came 40 min late, man missed flight", "the taxi came 40 minutes late, and you missed your flight"),
        ("gym fee taken twice", "the gym fee was taken twice"),
        ("nobody phoned her before going ahead", "nobody phoned you before going ahead"),
        ("guest's suitcase arrived with a broken wheel", "your suitcase arrived with a broken wheel"),
        ("parcel marked delivered but photo is of another door", "your parcel was marked delivered"),
        ("parcel marked delivered but nobody rang", "your parcel was marked delivered but nobody rang"),
        ("washing machine delivered dented TWICE now", "the washing machine was delivered dented twice"),
        ("export broken since mondays release", "your export has been broken since Monday's release"),
        ("router sent in april never arrived", "your router was sent in April and never arrived"),
        ("boiler installed in may still not working", "your boiler was installed in May and still isn't working"),
        (
            "solar panels installed in june still not connected to the grid",
            "your solar panels were installed in June and still aren't connected",
        ),
        ("parcel posted monday never arrived", "your parcel was posted Monday and never arrived"),
        ("laptop repaired twice not working", "your laptop was repaired twice and isn't working"),
        ("train missed because taxi was late", "your taxi was late"),
        ("flight delayed and money not back", "your flight was delayed"),
        ("Guest's room smells of smoke and we're full", "your room smells of smoke"),
    ],
)  # fmt: skip
def test_what_went_wrong_is_said_back(typed: str, said: str) -> None:
    """Who it happened to becomes "you", what is theirs "your", and what was left out in a hurry is put in."""
    assert said_back(typed) == Mirrored(said, is_ours=False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("I booked her for the 14th instead of the 4th", "I booked you for the 14th instead of the 4th"),
        ("our driver took him the long way round", "our driver took you the long way round"),
        ("we have no record of the booking", "we have no record of the booking"),
    ],
)
def test_what_we_did_is_told_apart(typed: str, said: str) -> None:
    """Only for that a sorry is due before anything is known."""
    assert said_back(typed) == Mirrored(said, is_ours=True)


@pytest.mark.parametrize(
    "typed",
    [
        "she is furious and yells at me",
        "he says our driver was drunk and our courier hit his gate",
        "customer called me an idiot",
        "guy wants manager NOW",
        "her son bit another child",
        "her dead husband still gets our letters",
        "we found a mistake in 40 invoices, do we tell them",
        "should I offer her money because the hotel lost her booking",
        "did the courier lose her parcel?",
        "train missed",
        "her order was delivered but we're out of stock",
        "boiler installed in may still no heat",
        "I forgot my headset at home",
        "lost luggage day five",
        "her parcel was lost lah, how",
        "we gave patient wrong time, she came 9 for 11",
        'he wrote "your shop lost my order"',
        "she did not answer our letter",
        "my boss promised the client a date, client is on the phone",
        "x" * 700 + " her parcel was lost by us",
        "",
    ],
)
def test_what_is_doubtful_is_not_said_back(typed: str) -> None:
    """A claim, a question, a feeling, how somebody behaves, what would blame them, what is somebody else's."""
    assert said_back(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "We lost our baby and the boxes keep arriving.",
        "I've paid the fine, it's about the letter",
        "You are invited to our webinar. Seats are limited!",
        "My son is ill, he's in rehab",
        "took it personally",
        "I told them about verification",
        "he had a go at me",
        "he's asked whether there's an adult",
        "closed her ticket as done",
        "the charge was correct",
        "his meter is in the store",
        "app is down, when do I tell the customers",
        "he put the parcel in the locker himself",
        "known fix, waiting on change board",
        "I read out a woman's address to her ex",
        "not one resident has been told",
    ],
)
def test_what_is_somebody_elses_is_not_said_back(typed: str) -> None:
    """What customers wrote themselves, what the agent did that day, what went well, and a crowd."""
    assert said_back(typed) is None


def test_what_people_typed_is_said_back_in_whole_sentences_or_not_at_all() -> None:
    """Lines in a hurry run two clauses together: only the first is said, up to where it ends cleanly."""
    table = Path(__file__).with_name("said-back.tsv").read_text(encoding="utf-8")
    _header, *rows = [line.split("\t") for line in table.splitlines()]
    told = [(typed, mirrored.said if (mirrored := said_back(typed)) else "") for typed, _said in rows]

    assert len(rows) > 150
    assert [one for one, (typed, said) in zip(told, rows, strict=True) if one != (typed, said)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "pet dog died in cargo",
        "he missed the deadline by 1 day",
        "he sent 2k by zelle to a scammer",
        "customer left the chat",
        "he posted 1 star google",
        "he doesn't know yet",
    ],
)
def test_a_death_and_what_they_did_themselves_are_not_said_back(typed: str) -> None:
    """The one wounds, the other accuses."""
    assert said_back(typed) is None
