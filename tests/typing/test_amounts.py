"""Amounts of money: how people type them, how a place writes them, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typing.amounts import MOST, AmountNotUnderstood, Money, currency_of, manners_of, read_amount, written

READ = [
    # typed, where, amount, currency
    ("20", "en_GB", "20.00", "GBP"),
    ("20", "de_DE", "20.00", "EUR"),
    (" 20 euros ", "en_GB", "20.00", "EUR"),
    ("€20", "en_GB", "20.00", "EUR"),
    ("20€", "de_DE", "20.00", "EUR"),
    ("EUR 20", "de_DE", "20.00", "EUR"),
    ("20 eur", "en_US", "20.00", "EUR"),
    ("£12.50", "en_GB", "12.50", "GBP"),
    ("£ 12,50", "en_GB", "12.50", "GBP"),
    ("12.5", "de_DE", "12.50", "EUR"),
    ("1.200,50 €", "de_DE", "1200.50", "EUR"),
    ("1.200 €", "de_DE", "1200.00", "EUR"),
    ("1,200.50", "en_GB", "1200.50", "GBP"),
    ("1,200.50 €", "de_DE", "1200.50", "EUR"),
    ("1,200", "en_US", "1200.00", "USD"),
    ("1 200,50", "fr_FR", "1200.50", "EUR"),
    ("1\u202f200,50 €", "fr_FR", "1200.50", "EUR"),
    ("1'200.50", "de_CH", "1200.50", "CHF"),
    ("CHF 20.–", "de_CH", "20.00", "CHF"),
    ("20,-", "de_DE", "20.00", "EUR"),
    ("20.- Fr.", "de_CH", "20.00", "CHF"),
    ("1,00,000", "en_IN", "100000.00", "INR"),
    ("Rs. 500", "en_IN", "500.00", "INR"),
    ("Rs 500", "en_GB", "500.00", "INR"),
    ("₹1,500", "en_IN", "1500.00", "INR"),
    ("$15", "en_US", "15.00", "USD"),
    ("$15", "en_AU", "15.00", "AUD"),
    ("$15", "en_GB", "15.00", "USD"),
    ("A$15", "en_GB", "15.00", "AUD"),
    ("15 bucks", "en_US", "15.00", "USD"),
    ("10 quid", "en_GB", "10.00", "GBP"),
    ("50p", "en_GB", "0.50", "GBP"),
    ("99 cents", "de_DE", "0.99", "EUR"),
    ("99 cents", "en_US", "0.99", "USD"),
    (".50", "en_GB", "0.50", "GBP"),
    ("0,5", "de_DE", "0.50", "EUR"),
    ("¥1,200", "ja_JP", "1200", "JPY"),
    ("1.200 BHD", "en_GB", "1.200", "BHD"),
    ("200 kr", "nb_NO", "200.00", "NOK"),
    ("200 kr", "sv_SE", "200.00", "SEK"),
    ("٢٠", "en_GB", "20.00", "GBP"),
    ("２０", "ja_JP", "20", "JPY"),
    ("999,999.99", "en_GB", "999999.99", "GBP"),
]

REFUSED = [
    # typed, where, what is said
    ("", "en_GB", "Write an amount, such as £20.00."),
    ("lots", "en_GB", "Write the amount in digits, such as £20.00."),
    ("twenty pounds", "en_GB", "Write the amount in digits, such as £20.00."),
    ("10%", "de_DE", "I can't work out a share of something. Write the amount, such as 20,00\xa0€."),
    ("20 or 30", "en_GB", "I see more than one number. Write one amount, such as £20.00."),
    ("20-30", "en_GB", "I see more than one number. Write one amount, such as £20.00."),
    ("-20", "en_GB", "An amount has to be more than nothing. Write it like £20.00."),
    ("−£20", "en_GB", "An amount has to be more than nothing. Write it like £20.00."),
    ("£-20", "en_GB", "An amount has to be more than nothing. Write it like £20.00."),
    ("0", "en_GB", "An amount has to be more than nothing. Write it like £20.00."),
    ("0,00 €", "de_DE", "An amount has to be more than nothing. Write it like 20,00\xa0€."),
    ("20 bottles", "en_GB", "I don't know the currency “bottles”. Write the amount like £20.00."),
    ("2k", "en_GB", "I don't know the currency “k”. Write the amount like £20.00."),
    ("£20 EUR", "en_GB", "Which one is it: EUR / GBP? Write one currency."),
    ("1.200", "en_GB", "“1.200” could be £1,200.00 or £1.20. Which one do you mean?"),
    ("1,200", "de_DE", "“1,200” could be 1.200,00\xa0€ or 1,20\xa0€. Which one do you mean?"),
    ("12.3456", "en_GB", "GBP has fewer decimals. Write it like £20.50."),
    ("20.50 JPY", "ja_JP", "JPY has fewer decimals. Write it like ￥20."),
    ("1,20,5", "en_GB", "I can't read “1,20,5” as one amount. Write it like £1,200.50."),
    ("1.2.3", "de_DE", "I can't read “1.2.3” as one amount. Write it like 1.200,50\xa0€."),
    ("1,200.50.10", "en_GB", "I can't read “1,200.50.10” as one amount. Write it like £1,200.50."),
    ("1000000", "en_GB", "That's more than I can record. Write less than £1,000,000.00."),
    ("9" * 400, "en_GB", "That's more than I can record. Write less than £1,000,000.00."),
]


@pytest.mark.parametrize(("typed", "locale", "amount", "currency"), READ, ids=[f"{one[0]} {one[1]}" for one in READ])
def test_amounts_are_read_as_people_type_them(typed: str, locale: str, amount: str, currency: str) -> None:
    """Signs, codes, words and either mark before the decimals; exactly as many decimals as the currency has."""
    read = read_amount(typed, locale)

    assert (str(read.amount), read.currency) == (amount, currency)


@pytest.mark.parametrize(("typed", "locale", "said"), REFUSED, ids=[f"{one[0][:12]} {one[1]}" for one in REFUSED])
def test_what_is_no_amount_gets_a_clear_sentence(typed: str, locale: str, said: str) -> None:
    """Whoever typed it reads what is wrong, and an example written as they write."""
    with pytest.raises(AmountNotUnderstood) as refused:
        read_amount(typed, locale)

    assert str(refused.value) == said


def test_without_a_sign_the_currency_asked_for_holds() -> None:
    """A limit in francs is not changed to euros by a number alone."""
    assert read_amount("20", "de_DE", "CHF") == Money(Decimal("20.00"), "CHF")
    assert read_amount("$20", "en_US", "CAD") == Money(Decimal("20.00"), "CAD")


@pytest.mark.parametrize(
    ("zone", "locale", "currency"),
    [
        ("Europe/London", "en_GB", "GBP"),
        ("Europe/Berlin", "en_DE", "EUR"),
        ("Asia/Kolkata", "en_IN", "INR"),
        ("America/New_York", "en_US", "USD"),
        ("UTC", "en_GB", "GBP"),
        ("Nowhere/Else", "en_GB", "GBP"),
    ],
)
def test_a_place_is_guessed_from_its_zone(zone: str, locale: str, currency: str) -> None:
    """Until somebody says how amounts are written, the time zone does."""
    assert (manners_of(zone), currency_of(manners_of(zone))) == (locale, currency)


@given(
    st.integers(1, int(MOST) * 100 - 1),
    st.sampled_from(["en_GB", "de_DE", "de_CH", "fr_FR", "en_IN", "en_US", "sv_SE", "de_AT", "pl_PL"]),
    st.sampled_from(["EUR", "GBP", "INR", "USD", "CHF", "PLN"]),
)
def test_what_we_write_can_be_typed(hundredths: int, locale: str, currency: str) -> None:
    """An amount copied from a card is read as the same amount, wherever it was written."""
    money = Money(Decimal(hundredths) / 100, currency)

    assert read_amount(written(money, locale), locale) == money


@given(st.text(max_size=40))
def test_whatever_is_typed_is_an_amount_or_a_sentence(typed: str) -> None:
    """No words bring the reader down, and nothing impossible comes out of it."""
    read = _read(typed)

    assert read.endswith((".", "?")) if isinstance(read, str) else 0 < read.amount < MOST


def _read(typed: str) -> Money | str:
    try:
        return read_amount(typed, "en_GB")
    except AmountNotUnderstood as refused:
        return str(refused)
