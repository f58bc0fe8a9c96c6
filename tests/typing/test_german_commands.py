"""What is typed behind a command is read in German, too."""

from __future__ import annotations

import pytest

from bot.say.language import speaking
from bot.typing.german import _IS_FOLLOWED, _MEANS_OURS, _STANDS_ALONE, in_english, in_german
from tests.texts import collect
from tests.typing.test_grammar import grammar, read


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Hilfe", "help"),
        ("/zanshin hilfe", "/zanshin help"),
        ("/zanshin hilfe recuse", "/zanshin help recuse"),
        ("/zanshin abwesend bis 14:30", "/zanshin away bis 14:30"),
        ("/zanshin Pause 30m", "/zanshin away 30m"),
        ("/zanshin zurück", "/zanshin back"),
        ("/zanshin zurueck", "/zanshin back"),
        ("/zanshin Übersicht", "/zanshin status"),
        ("/zanshin einstellungen störungen", "/zanshin settings incidents"),
        ("/zanshin ursachen liste", "/zanshin causes list"),
        ("/incident neu sev2 Kartenzahlung geht nicht", "/incident open sev2 Kartenzahlung geht nicht"),
        ("/incident oeffnen", "/incident open"),
        ("/incident wieder öffnen", "/incident reopen"),
        ("/incident Meldung 2", "/incident update 2"),
        ("/incident notiz 2 Vermittlung neu gestartet", "/incident note 2 Vermittlung neu gestartet"),
        ("/recuse fertig", "/recuse done"),
        ("/recuse abbrechen", "/recuse cancel"),
        ("/calm Kulanz 15 CASE-42", "/calm gesture 15 CASE-42"),
        ("/calm woche", "/calm week"),
    ],
)
def test_german_words_are_read_as_the_english_ones(german: str, english: str) -> None:
    """Whoever reads German types German, with umlauts or without."""
    assert in_english(german) == english
    assert read(german) == read(english) != "lost"


@pytest.mark.parametrize(
    "words",
    [
        "/recuse fertig mit den Nerven, er schreit nur noch",
        "/recuse zurück will er sein Geld, sofort",
        "/calm woche um woche dieselbe Beschwerde",
        "/calm eigene Schuld, sagt er",
        "/incident",
        "/zanshin",
        "abwesend",
        "",
    ],
)
def test_sentences_of_their_own_are_left_alone(words: str) -> None:
    """A word of ours at the beginning of somebody's sentence is no command."""
    assert in_english(words) == words


def test_each_german_word_stands_for_something_that_can_be_typed() -> None:
    """No word is left behind when a command changes its name."""
    phrases = {one.starts for one in grammar().phrases}
    assert phrases.issuperset((*_IS_FOLLOWED.values(), *_STANDS_ALONE.values()))
    assert all(any(ours.startswith(one) for one in phrases) for ours in _MEANS_OURS.values())


def test_help_says_every_command_in_words_that_are_read() -> None:
    """What a German help shows is read as the same command; what follows it is in German wherever it may be."""
    marked = {message.id for message in collect()}
    for phrase in grammar().phrases:
        said = in_german(phrase.starts)
        assert in_english(said) == phrase.starts
        assert phrase.takes in {"", *marked}, (
            f'{phrase.starts} takes what nobody translates: takes=N_("{phrase.takes}").'
        )


def test_a_line_of_help_speaks_the_language_of_whoever_reads_it() -> None:
    """Command and placeholders together."""
    away = next(one for one in grammar().phrases if one.starts == "/zanshin away")
    with speaking("de-AT"):
        german = away.shown

    assert german == ("/zanshin abwesend", "[30m | bis 14:30] [warum]")
    assert away.shown == ("/zanshin away", "[30m | until 14:30] [why]")
