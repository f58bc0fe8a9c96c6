"""Typed words become commands; whatever people type, the answer is never an error."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import build_domains, build_grammar
from bot.errors import NotUnderstood
from bot.handoffs.commands import Recuse
from bot.people.commands import GoAway
from bot.playbooks.commands import Calm
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.typing.command import Command
from bot.typing.grammar import Grammar, tidy
from tests.phrases import PHRASES
from tests.stage import bookcase_of


@cache
def grammar() -> Grammar:
    bookcase = bookcase_of(SHIPPED_PLAYBOOKS)
    return build_grammar(bookcase.books.catalogue, build_domains(bookcase))


def read(typed: str) -> str:
    found = grammar().read(typed)
    return "lost" if isinstance(found, NotUnderstood) else found.called()


def test_the_list_is_long_enough() -> None:
    """At least two hundred different phrases are classified."""
    assert len({typed for typed, _command in PHRASES}) >= 200


@pytest.mark.parametrize(("typed", "command"), PHRASES)
def test_phrases_are_read_as_meant(typed: str, command: str) -> None:
    """What people type becomes the command they mean, or is said to be none."""
    assert read(typed) == command


@pytest.mark.parametrize("example", [example for phrase in grammar().phrases for example in phrase.examples])
def test_every_example_of_the_help_is_understood(example: str) -> None:
    """Whoever copies an example from the help gets a command, with its slash and without."""
    found = grammar().read(example)

    assert isinstance(found, Command)
    assert grammar().read(example.removeprefix("/")) == found
    assert grammar().read(f"  {example.replace(' ', '   ')} ") == found


def test_every_phrase_has_help_and_an_example() -> None:
    """Nothing can be typed that the help keeps quiet about."""
    assert [phrase.starts for phrase in grammar().phrases if not (phrase.help and phrase.examples)] == []


@given(st.text(max_size=300))
def test_reading_never_raises(words: str) -> None:
    """Any text at all is a command or is said to be none."""
    for typed in (
        words,
        f"/calm {words}",
        f"/zanshin {words}",
        f"/zanshin team add {words}",
        f"/zanshin shift {words}",
        f"/recuse {words}",
        *(f"{phrase.starts} {words}" for phrase in grammar().phrases if phrase.starts.startswith("/incident")),
    ):
        assert isinstance(grammar().read(typed), Command | NotUnderstood)


@pytest.mark.parametrize("starts", sorted({phrase.starts for phrase in grammar().phrases}))
@pytest.mark.parametrize("words", ["word " * 800, "12 " + "word " * 800, "x" * 4000, "@" + "y" * 4000])
def test_what_is_too_long_is_said(starts: str, words: str) -> None:
    """However much somebody pastes behind a command, it is taken or refused in words."""
    assert isinstance(grammar().read(f"{starts} {words}"), Command | NotUnderstood)


@given(st.text(max_size=300))
def test_every_way_out_of_a_slip_works(words: str) -> None:
    """The buttons offered for unknown words are commands that exist, with labels that fit."""
    found = grammar().read(f"/{words}")
    if isinstance(found, NotUnderstood):
        assert found.what
        assert found.hint
        assert len(found.buttons) <= 3
        assert all(button.label for button in found.buttons)


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing_more(words: str) -> None:
    """Words that were tidied are tidy."""
    assert tidy(tidy(words)) == tidy(words)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("/incident owner 1 mary o\u2019neil", "/incident owner 1 mary o\u2019neil"),
        ("/calm \u201cgive me my money\u201d", '/calm "give me my money"'),
        ("/zanshin shift mon\u2013fri 9\u201417", "/zanshin shift mon-fri 9-17"),
        ("/zanshin\u00a0away\u202f30m", "/zanshin away 30m"),
        ("/ca\u200dlm", "/calm"),
        (
            "/calm \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "/calm \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("/calm x \U0001f468\u200d\U0001f469", "/calm x \U0001f468\u200d\U0001f469"),
        (":fire: incident open Cards fail", "incident open Cards fail"),
        ("\U0001f525 /incident open Cards fail", "/incident open Cards fail"),
        ("/incident :fire: open Cards fail", "/incident open Cards fail"),
        ("/incident open :fire: Cards fail", "/incident open :fire: Cards fail"),
        ("\U0001f525", "\U0001f525"),
    ],
)
def test_signs_are_brought_into_one_spelling(typed: str, tidied: str) -> None:
    """What phones make of quotes, dashes and spaces changes no command, and what joins a word stays in it."""
    assert tidy(typed) == tidied


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("/ calm she keeps shouting at me", "/calm she keeps shouting at me"),
        ("/cam she keeps shouting at me", "/calm she keeps shouting at me"),
        ("/clam", "/calm"),
        ("/calmm keep-calm", "/calm keep-calm"),
        ("/zanshn help", "/zanshin help"),
        ("/zanshin hlep", "/zanshin help"),
        ("/zanshin staus", "/zanshin status"),
        ("/zanshin awya 30m lunch", "/zanshin away 30m lunch"),
        ("/keep-clam", "/calm keep-calm"),
        ("/restrain", "/calm restrain"),
        ("cam", "/calm"),
        ("/zanshin team ad @ben", "/zanshin team add @ben"),
        ("/zanshin team please", "/zanshin team"),
        ("/zanshin teem remove @ben", "/zanshin team remove @ben"),
        # In the wrong place.
        ("/zanshin recuse CASE-42", "/recuse CASE-42"),
        ("/zanshin calm she shouts", "/calm she shouts"),
        ("/zanshin incident list", "/incident list"),
        ("/zanshin open sev2 Cards fail", "/incident open sev2 Cards fail"),
        ("/zanshin resolve 2", "/incident resolve 2"),
        ("/zanshin done", "/recuse done"),
        ("/incident away 30m", "/zanshin away 30m"),
        ("/incident recuse CASE-42", "/recuse CASE-42"),
        ("/incident sev2 Cards fail", "/incident open sev2 Cards fail"),
        ("/incident cards are failing for everyone", "/incident open cards are failing for everyone"),
        ("/incident opne sev2 Cards fail", "/incident open sev2 Cards fail"),
        ("/recuse away 30m", "/zanshin away 30m"),
    ],
)
def test_a_slip_of_the_fingers_is_mended_by_one_press(typed: str, mended: str) -> None:
    """The nearest right command is the first button, with the words kept."""
    found = grammar().read(typed)

    assert isinstance(found, NotUnderstood)
    assert found.buttons[0].label.strip() == mended


def test_forty_thousand_characters_are_read_as_far_as_anybody_would() -> None:
    """A pasted novel is cut, not refused."""
    found = grammar().read("/calm " + "why is nobody helping me " * 1600)

    assert isinstance(found, Command)
    assert len(str(found.model_dump()["words"])) <= 4000


def test_a_word_of_ours_in_front_of_a_sentence_is_no_command() -> None:
    """Whoever asks for help with somebody is not sent to the list of commands."""
    assert read("/calm help") == "help"
    assert read("/calm help me with somebody who shouts") == "calm"


def test_a_button_carries_only_what_is_set() -> None:
    """A field that is new and left alone is unknown to the version before, which an upgrade runs beside this one."""
    for command in (Recuse(), Recuse(note="x"), Calm(), GoAway(minutes=15)):
        fields = command.button("Go").fields
        assert set(fields) == command.model_fields_set
