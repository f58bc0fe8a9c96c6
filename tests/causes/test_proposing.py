"""Which cause is proposed first, by the words of a title, a note and the playbooks that were used."""

from __future__ import annotations

import pytest

from bot.causes.decisions.proposing import Candidate, propose, read_hints
from bot.causes.facts import Ended, proposed
from bot.causes.model import Cause
from bot.causes.shipped import SHIPPED
from bot.incidents.model import Incident
from bot.say.language import speaking

OURS = [Candidate(number, read_hints(one.hints)) for number, one in enumerate(SHIPPED.values())]
NUMBERS = {key: number for number, key in enumerate(SHIPPED)}

TABLE = [
    ("Card payments fail in the shop", "bill"),
    ("Invoices of October charged twice", "bill"),
    ("Parcels from Łódź arrive a week late", "late"),
    ("Zoë's courier never came, tracking says delivered", "late"),
    ("The kettle came DAMAGED", "broken"),
    ("Search is slow", "outage"),
    ("API unavailable since the maintenance", "outage"),
    ("Nobody can log in", "access"),
    ("She waited on hold for an hour, and nobody called her back", "wait"),
    ("Our salesperson promised a free upgrade", "promise"),
    ("Customers don't understand the instructions", "unclear"),
    ("The policy doesn't allow an exception", "rule"),
    ("VAT wrong on receipts", "bill"),
    ("Direct debit taken two days early", "bill"),
    ("Voucher from the newsletter not accepted", "bill"),
    ("Warehouse in Leipzig shut", "late"),
    ("App freezes when opening the basket", "broken"),
    ("Zipper comes off after one wash", "broken"),
    ("The sofa came with a torn cushion", "broken"),
    ("Login page times out", "outage"),
    ("API returns 500", "outage"),
    ("No dial tone in Bavaria", "outage"),
    ("Two-factor codes not arriving", "access"),
    ("Nobody answers chat on Sundays", "wait"),
    ("He has called three times and nobody rang back", "wait"),
    ("Advert said 20% off, shop charges full", "promise"),
    ("Customers confused by new tariff names", "unclear"),
    ("Can't cancel online, only by letter", "rule"),
]


@pytest.mark.parametrize(("title", "key"), TABLE)
def test_a_title_speaks_for_a_cause(title: str, key: str) -> None:
    """The cause it tells of is proposed; where several are, it is among them."""
    assert NUMBERS[key] in propose([title], OURS)


@pytest.mark.parametrize("title", ["", "CASE-42", "…", "👋", "Hello there"])
def test_words_that_speak_for_nothing_propose_nothing(title: str) -> None:
    """Nobody is led to a cause by words that say none."""
    assert propose([title], OURS) == ()


def test_the_one_with_more_words_comes_first_and_ties_keep_the_order_of_the_list() -> None:
    """All texts count together; what is proposed is short."""
    causes = [Candidate(1, ("late",)), Candidate(2, ("refund", "bill")), Candidate(3, ("fee",)), Candidate(4, ("fee",))]

    assert propose(["a late refund", "the bill, and a fee"], causes) == (2, 1, 3)


def test_a_short_hint_is_a_whole_word_and_a_longer_one_may_begin_a_word() -> None:
    """A fee is not in feedback, and deliver is in delivery."""
    causes = [Candidate(1, ("fee",)), Candidate(2, ("deliver",))]

    assert propose(["feedback on the delivery"], causes) == (2,)


def test_hints_are_read_whatever_stands_between_them() -> None:
    """Spaces, capitals and accents make no difference, and what is said twice counts once."""
    assert read_hints(" Gebühr,, gebuhr , Credit  Card") == ("gebuhr", "credit card")


@pytest.mark.parametrize("reader", ["en", "de"])
@pytest.mark.parametrize("title", ["Parcel lost twice", "Paket ist verloren"])
def test_words_of_one_language_speak_to_a_reader_of_another(reader: str, title: str) -> None:
    """Who wrote a note and who ends the case may speak different languages."""
    causes = [Cause(id=number, key=key) for key, number in NUMBERS.items()]

    with speaking(reader):
        assert [one.key for one in proposed(Ended(incident=Incident(title=title)), causes)] == ["late"]
