"""Whatever people read is said in every language we have, with the same gaps and the same commands."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from bot.say.dates import written_weekday
from bot.say.language import _, ngettext, speaking
from bot.typing.german import all_german, in_english
from tests.texts import ROOT, collect, languages, untranslated
from tests.typing.test_grammar import grammar, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

GAP = re.compile(r"\{\w*\}")
COMMAND = re.compile(r"`[^`]+`")
_OURS = r"/(?:zanshin|incident|recuse|calm)\b"
TYPED = re.compile(rf"(?<=`){_OURS}[^`]*|(?<![\w`]){_OURS}[^`.,:“]*")
SMALL_TALK = {"hallo": "hello", "hier": "here"}  # said to the bot without a command
ENGLISH = re.compile(r"\b(?:because|what|until|month|week|every|off|to|name|channel|friday)\b")
MANY = 60
STRONG = re.compile(r"\*\*")
LETTERS = re.compile(r"\{\w*\}|[^a-zA-Z]|\bsev\b")

# Words that are the same in a language and in English.
SAME = {"de": {"[calm|recuse|incident|away|team|report|causes]", "Japan", "Name", "Situation", "in #{place}"}}

EVERY = pytest.mark.parametrize("locale", languages())


def phrase_of(typed: str) -> str:
    """Name the phrase that is typed here, in English, and nothing of what follows it; other words stay as they are."""
    words = in_english(typed.strip("`")) + " "
    begun = (one.starts for one in grammar().phrases if words.startswith(f"{one.starts} "))
    return max(begun, key=len, default=SMALL_TALK.get(typed.strip("`"), typed.strip("`")))


def catalogue(locale: str) -> Catalog:
    """Read what translators wrote."""
    with languages()[locale].open("rb") as file:
        return read_po(file, locale=locale)


def pairs(locale: str) -> Iterator[tuple[str, str]]:
    """Lay every English sentence beside the other, each plural beside each; what is not written yet is told once."""
    for message in catalogue(locale):
        if not all(message.string if isinstance(message.string, tuple) else (message.string,)):
            continue
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string or (), strict=True)
        elif message.id:
            yield str(message.id), str(message.string)


def test_german_is_spoken() -> None:
    """The catalogue is found where it is looked for."""
    assert "de" in languages()


@EVERY
def test_every_sentence_is_said(locale: str) -> None:
    """`make texts` gives a language what is new, empty; somebody has to write it."""
    wanting = untranslated(catalogue(locale))
    assert not wanting, (
        f"{languages()[locale].relative_to(ROOT)} says nothing for {wanting}: run `make texts`, write each there by ear"
        f" (docs/german.md says how), and put it into SAME above where both languages say the same."
    )
    kept_up = {message.id for message in catalogue(locale)} == {message.id for message in collect()} | {""}
    assert kept_up, f"{languages()[locale].relative_to(ROOT)} has not the sentences there are: run `make texts`."


@EVERY
def test_gaps_and_commands_are_the_same(locale: str) -> None:
    """What is filled in, what is typed and what is bold stands in both."""
    for english, said in pairs(locale):
        for kind in (GAP, STRONG):
            assert sorted(kind.findall(said)) == sorted(kind.findall(english)), said
        assert sorted(map(phrase_of, COMMAND.findall(said))) == sorted(map(phrase_of, COMMAND.findall(english))), said
        assert (said[:1] == " ", said[-1:] == " ") == (english[:1] == " ", english[-1:] == " "), said


def test_german_sentences_name_german_commands() -> None:
    """Wherever a German sentence names a command it is a German one, and is read as the English one beside it is."""
    wrong, compared = [], 0
    for english, said in pairs("de"):
        typed, meant = (sorted(TYPED.findall(one), key=phrase_of) for one in (said, english))
        compared += len(typed)
        for german, other in zip(typed, meant, strict=True):
            starts = all_german(phrase_of(german)) or phrase_of(german)
            if not german.startswith(starts) or ENGLISH.search(GAP.sub("", german)) or read(german) != read(other):
                wrong.append((german, other))
    assert wrong == []
    assert compared > MANY


@EVERY
def test_nothing_stays_english(locale: str) -> None:
    """A sentence is the English one only where both languages say it so."""
    same = {said for english, said in pairs(locale) if said == english and LETTERS.sub("", said)}

    assert same <= SAME[locale]


@EVERY
def test_sentences_end_alike(locale: str) -> None:
    """What is a question or goes on with a list does so in both."""
    for english, said in pairs(locale):
        if english[-1:] in {"?", ":", "…"} and len(english) > 1:
            assert said[-1:] == english[-1:], said


@pytest.mark.parametrize("locale", ["de", "de-DE", "de_DE", "de-AT", "de_CH"])
def test_german_is_found_by_every_name_of_it(locale: str) -> None:
    """Slack says de-DE, others de_AT: all of them read German, with its plurals."""
    with speaking(locale):
        assert _("Take it back") == "Zurückziehen"
        assert ngettext("{count} day", "{count} days", 1) == "{count} Tag"
        assert ngettext("{count} day", "{count} days", 2) == "{count} Tage"


def test_a_near_day_is_written_as_its_reader_writes_it() -> None:
    """A promise of next week reads right in either language."""
    assert written_weekday(date(2026, 11, 27)) == "Fri 27 Nov"
    with speaking("de-DE"):
        assert written_weekday(date(2026, 11, 27)) == "Fr., 27. Nov."


@pytest.mark.parametrize("locale", ["", "..", "dex", "d", "_"])
def test_what_is_no_language_is_english(locale: str) -> None:
    """Platforms name languages as they like; nothing of it opens another file."""
    with speaking(locale):
        assert _("Take it back") == "Take it back"


@EVERY
def test_sie_is_written_large(locale: str) -> None:
    """German says Sie to everybody: never du, and never in another spelling of quotation marks."""
    if locale != "de":
        pytest.skip("German has its own manners")
    for _english, said in pairs(locale):
        assert not re.search(r"\b(?:du|dich|dir|dein\w*)\b", said, re.IGNORECASE), said
        assert "“" not in said or "„" in said or "Not: “" in said, said
