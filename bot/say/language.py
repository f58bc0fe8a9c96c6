"""The languages we speak: gettext for every sentence, chosen per reader.

Texts are written in English in the code, wrapped in `_` or `ngettext`, and looked up in the language
of whoever will read them. Nothing else in the program may build a sentence for people.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import cache
from io import BytesIO
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from babel.core import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.units import format_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DOMAIN = "zanshin"
PUBLIC = "en"  # the language of channels
LOCALES = Path(__file__).parent / "locale"

MOST_SECONDS, MOST_MINUTES, MOST_HOURS = 120, 90, 36  # from then on the next larger unit leads

Written = TypeVar("Written")

_reader: ContextVar[str] = ContextVar("reader", default="en")


def reader() -> str:
    """Name the language sentences are said in just now."""
    return _reader.get()


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Say everything inside in the language of this reader."""
    token = _reader.set(locale)
    try:
        yield
    finally:
        _reader.reset(token)


@contextmanager
def in_public() -> Iterator[None]:
    """Say everything inside in the language of channels, whoever causes it."""
    with speaking(PUBLIC):
        yield


def once(write: Callable[[], Written]) -> Callable[[], Written]:
    """Have something written once in each language, however many people read it."""
    written: dict[str, Written] = {}

    def read() -> Written:
        reader = _reader.get()
        if reader not in written:
            written[reader] = write()
        return written[reader]

    return read


@cache
def translations(locale: str) -> gettext.NullTranslations:
    """Find the catalogue of a locale, or of its language: "de" for "de-AT"; English needs none."""
    spoken = locale.replace("-", "_")
    language = spoken.partition("_")[0]
    return _catalogue(spoken) or _catalogue(language) or gettext.NullTranslations()


@cache
def _catalogue(locale: str) -> gettext.NullTranslations | None:
    # Read as translators write it: nothing is compiled beforehand, so nothing can be out of date.
    path = LOCALES / Path(locale).name / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return None
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def load_all() -> None:
    """Read every catalogue, before anybody asks."""
    in_every_language("Close")


def forget() -> None:
    """Read every catalogue anew."""
    translations.cache_clear()
    _catalogue.cache_clear()


def _(sentence: str) -> str:
    """Translate a sentence for the reader."""
    return translations(_reader.get()).gettext(sentence)


def N_(sentence: str) -> str:  # noqa: N802  the name gettext's tools look for
    """Mark a sentence for translation where it stands; `_` translates it when it is said."""
    return sentence


def in_every_language(sentence: str) -> tuple[str, ...]:
    """Give a sentence in English and in every language there is a catalogue of."""
    there = sorted(path.parts[-3] for path in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return tuple(dict.fromkeys(translations(one).gettext(sentence) for one in (PUBLIC, *there)))


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a sentence whose form depends on a count."""
    return translations(_reader.get()).ngettext(one, many, count)


def length(delta: timedelta) -> str:
    """Write a length of time in words, for example "30 minutes" or "1 hour 31 minutes"; 39:59 are 40 minutes."""
    seconds, minutes, hours = (nearest(abs(delta), unit) for unit in (1, 60, 3600))
    if seconds < MOST_SECONDS:
        return _counted("second", seconds)
    if minutes < MOST_MINUTES:
        return _counted("minute", minutes)
    if hours < MOST_HOURS:
        return " ".join((_counted("hour", minutes // 60), *_rest("minute", minutes % 60)))
    return " ".join((_counted("day", hours // 24), *_rest("hour", hours % 24)))


def nearest(delta: timedelta, seconds: int) -> int:
    """Count units of so many seconds, the one way all of us round: to the nearest, and half of one is one."""
    return floor(delta / timedelta(seconds=seconds) + 0.5)


def _rest(unit: str, count: int) -> tuple[str, ...]:
    return (_counted(unit, count),) if count else ()


def _counted(unit: str, count: int) -> str:
    return format_unit(count, f"duration-{unit}", "long", locale=manners(_reader.get()))


def listing(words: Sequence[str]) -> str:
    """Write several words as one list, for example "Ana, Ben and Sofia"."""
    return format_list(list(words), locale=manners(_reader.get()))


def quoted(words: str) -> str:
    """Put words in the quotation marks of the reader's language."""
    return _("“{words}”").format(words=words)


@cache
def manners(locale: str) -> Locale:
    """Find how a language writes lists and lengths; platforms name languages we may never have heard of."""
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
