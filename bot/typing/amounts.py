"""The one reader of amounts of money, and their writer: pure. What cannot be one gets a sentence that says why."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NoReturn

from babel.core import Locale, UnknownLocaleError, get_global
from babel.numbers import (
    format_currency,
    get_currency_precision,
    get_decimal_symbol,
    get_group_symbol,
    get_territory_currencies,
    list_currencies,
)

from bot.say.language import _

MOST = Decimal(1_000_000)  # nobody gives away more than this by a chat
USUAL = "en_GB"  # how amounts are written where nobody has said, and the time zone tells nothing

_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₴": "UAH", "₱": "PHP"}
_WORDS = {
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("pound", "pounds", "quid", "sterling", "pounds sterling"), "GBP"),
    **dict.fromkeys(("rupee", "rupees"), "INR"),
    **dict.fromkeys(("fr", "sfr", "franken", "swiss francs"), "CHF"),
    **dict.fromkeys(("złoty", "zloty", "zł"), "PLN"),
    "yen": "JPY",
    "us$": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "nz$": "NZD",
    "s$": "SGD",
}
# Names that several currencies bear: the one of the place, if it is among them, or else the first.
_SHARED = {
    **dict.fromkeys(
        ("$", "dollar", "dollars", "buck", "bucks"), ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN")
    ),
    **dict.fromkeys(("rs", "re"), ("INR", "PKR", "LKR", "NPR", "MUR")),
    **dict.fromkeys(("kr", "krona", "kronor", "krone", "kroner"), ("SEK", "NOK", "DKK", "ISK")),
    **dict.fromkeys(("franc", "francs"), ("CHF", "XOF", "XAF")),
}
_HUNDREDTHS = {
    **dict.fromkeys(("cent", "cents", "ct", "c"), ("EUR", "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "ZAR")),
    **dict.fromkeys(("p", "penny", "pence"), ("GBP",)),
    **dict.fromkeys(("paisa", "paise"), ("INR", "PKR", "NPR")),
}

_SEPARATORS = ".,'’ "
_NUMBER = re.compile(rf"[.,]?\d(?:[{_SEPARATORS}]*\d)*")
_NOTHING_BEHIND = re.compile(r"(?<=\d)[.,] ?[-–—]{1,2}(?!\d)")  # "20,-" and "20.–"
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{3})+|\d{1,2}(?:\D\d{2})*\D\d{3}")  # 1,200,000 and 12,00,000
_THOUSAND = 3  # digits


class AmountNotUnderstood(ValueError):
    """What was typed is no amount, and why, in words for whoever typed it."""


@dataclass(frozen=True)
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str  # as ISO 4217 calls it


def written(money: Money, locale: str) -> str:
    """Write an amount as a place does."""
    return format_currency(money.amount, money.currency, locale=manners(locale))


def manners_of(zone: str) -> str:
    """Guess from its time zone how a place writes amounts, in the words of English."""
    return str(manners(f"en_{get_global('zone_territories').get(zone, 'GB')}"))


@cache
def manners(locale: str) -> Locale:
    """Find how a place writes amounts; one we know nothing of writes them as usual."""
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(USUAL)


@cache
def currency_of(locale: str) -> str:
    """Name the currency of a place."""
    here = get_territory_currencies(manners(locale).territory or "GB")
    return str(here[0]) if here else "GBP"


def read_amount(typed: str, locale: str, currency: str = "", *, zero: bool = False) -> Money:
    """Read "20", "€20", "12.50 pounds" or "1.200,50 €"; what names no currency is in this one, or the place's."""
    usual = currency or currency_of(locale)
    words = _plain(typed)
    numbers = _NUMBER.findall(words)
    _refuse_what_is_none(words, numbers, usual, locale)
    around = _NUMBER.sub(" ", words, count=1)
    currency, hundredths = _named(around, usual, locale)
    amount = _value(numbers[0].strip(), currency, locale)
    if hundredths:
        amount /= 100
    if amount or not zero:
        _refuse_impossible(amount, currency, locale)
    return Money(amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency))), currency)


def _plain(typed: str) -> str:
    """Write digits, spaces and signs of all scripts as those of ours."""
    letters = (str(unicodedata.digit(one)) if one.isdigit() else one for one in unicodedata.normalize("NFKC", typed))
    spaced = " ".join("".join(letters).split())
    return _NOTHING_BEHIND.sub("", spaced.replace("−", "-").replace("٫", ".").replace("٬", ","))


def _refuse_what_is_none(words: str, numbers: list[str], currency: str, locale: str) -> None:
    like = _like(currency, locale)
    if not words:
        _refuse(_("Write an amount, such as {example}.").format(example=like))
    if "%" in words:
        _refuse(_("I can't work out a share of something. Write the amount, such as {example}.").format(example=like))
    if not numbers:
        _refuse(_("Write the amount in digits, such as {example}.").format(example=like))
    if len(numbers) > 1:
        _refuse(_("I see more than one number. Write one amount, such as {example}.").format(example=like))
    if re.search(r"-\s*[^\w\s]?\s*\d", words):
        _refuse(_("An amount has to be more than nothing. Write it like {example}.").format(example=like))


def _refuse(why: str) -> NoReturn:
    raise AmountNotUnderstood(why)


def _like(currency: str, locale: str) -> str:
    return written(Money(Decimal(20), currency), locale)


def _named(around: str, usual: str, locale: str) -> tuple[str, bool]:
    """Name the currency of the words around a number, and say whether they are its hundredths."""
    words = " ".join(re.sub(r"([€£₹¥₩₪₺₴₱])", r" \1 ", around.casefold()).replace(".", " ").split())
    if not words:
        return usual, False
    if words in _HUNDREDTHS:
        return _here(_HUNDREDTHS[words], usual, locale), True
    whole = _currency(words, usual, locale) or _signs_of(locale).get(around.casefold().strip(), "")
    found = {whole} if whole else {_currency(word, usual, locale) for word in words.split()}
    unknown = [word for word in words.split() if not whole and not _currency(word, usual, locale)]
    if unknown:
        _refuse(
            _("I don't know the currency “{word}”. Write the amount like {example}.").format(
                word=unknown[0][:20], example=_like(usual, locale)
            )
        )
    if len(found) > 1:
        names = " / ".join(sorted(one for one in found if one))
        _refuse(_("Which one is it: {names}? Write one currency.").format(names=names))
    return found.pop() or usual, False


def _currency(word: str, usual: str, locale: str) -> str:
    if word in _SHARED:
        return _here(_SHARED[word], usual, locale)
    known = _SIGNS.get(word) or _WORDS.get(word, "")
    return known or (word.upper() if len(word) == _THOUSAND and word.upper() in _codes() else "")


@cache
def _signs_of(locale: str) -> dict[str, str]:
    """List how a place itself writes currencies, such as $US and £GB in French."""
    return {sign.casefold(): code for code, sign in manners(locale).currency_symbols.items()}


def _here(shared: tuple[str, ...], usual: str, locale: str) -> str:
    return next((one for one in (usual, currency_of(locale)) if one in shared), shared[0])


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


def _value(number: str, currency: str, locale: str) -> Decimal:
    kinds = {mark for mark in number if not mark.isdigit()}
    last = max((number.rfind(mark) for mark in kinds), default=-1)
    if last < 0:
        return Decimal(number)
    mark, behind = number[last], len(number) - last - 1
    alone = number.count(mark) == 1
    divides = mark in ".," and alone and (len(kinds) > 1 or behind != _THOUSAND)
    if mark in ".," and alone and len(kinds) == 1 and behind == _THOUSAND:
        divides = _divides(number, mark, currency, locale)
    whole, part = (number[:last], number[last + 1 :]) if divides else (number, "")
    if not whole.isdigit() and whole and (len(set(_marks(whole))) > 1 or not _GROUPED.fullmatch(whole)):
        _refuse(
            _("I can't read “{number}” as one amount. Write it like {example}.").format(
                number=number[:30], example=written(Money(Decimal("1200.50"), currency), locale)
            )
        )
    return Decimal(f"{re.sub(r'[^0-9]', '', whole) or '0'}.{part or '0'}")


def _marks(number: str) -> str:
    return re.sub(r"\d", "", number)


def _divides(number: str, mark: str, currency: str, locale: str) -> bool:
    """Say whether a mark before three digits begins what is less than one; refuse where nobody could tell."""
    here = manners(locale)
    if mark == get_group_symbol(here):
        return False
    if mark == get_decimal_symbol(here) and get_currency_precision(currency) >= _THOUSAND:
        return True
    whole, part = number.replace(mark, ""), number.partition(mark)[0] + "." + number.partition(mark)[2][:2]
    _refuse(
        _("“{number}” could be {whole} or {part}. Which one do you mean?").format(
            number=number,
            whole=written(Money(Decimal(whole), currency), locale),
            part=written(Money(Decimal(part), currency), locale),
        )
    )


def _refuse_impossible(amount: Decimal, currency: str, locale: str) -> None:
    if amount <= 0:
        _refuse(
            _("An amount has to be more than nothing. Write it like {example}.").format(example=_like(currency, locale))
        )
    if amount >= MOST:
        most = written(Money(MOST, currency), locale)
        _refuse(_("That's more than I can record. Write less than {most}.").format(most=most))
    decimals = get_currency_precision(currency)
    if amount != amount.quantize(Decimal(1).scaleb(-decimals)):
        example = written(Money(Decimal("20.50").quantize(Decimal(1).scaleb(-decimals)), currency), locale)
        _refuse(_("{currency} has fewer decimals. Write it like {example}.").format(currency=currency, example=example))
