"""Playbooks in another language: the same ways through, and the reader's own words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playbooks.catalogue import Catalogue, load_catalogue
from bot.playbooks.shelves.shelf import Books
from bot.playbooks.shelves.translated import translated
from bot.playbooks.suggest import Suggester
from bot.store.content import SHIPPED_PLAYBOOKS, gaps, language_of

if TYPE_CHECKING:
    from bot.playbooks.catalogue import Playbook, Step

ENGLISH, GERMAN = load_catalogue(SHIPPED_PLAYBOOKS), load_catalogue(SHIPPED_PLAYBOOKS, "de")


def _bones(step: Step) -> tuple[object, ...]:
    ways = tuple(way.goto for way in step.choose)
    said = tuple((frozenset(gaps(line.text)), bool(line.chat), bool(line.email)) for line in step.say)
    wait = (step.wait.pause, step.wait.seconds) if step.wait else None
    told = (bool(step.instruct), len(step.avoid), bool(step.rule))
    return step.id, ways, step.next, step.do, step.hold, step.part, step.points, said, wait, told


def test_german_playbooks_can_all_be_read() -> None:
    """No German file is broken."""
    assert GERMAN.problems == ()
    assert GERMAN.playbooks.keys() == ENGLISH.playbooks.keys()


@pytest.mark.parametrize("playbook", GERMAN.playbooks.values(), ids=lambda one: one.id)
def test_a_german_playbook_goes_the_same_ways(playbook: Playbook) -> None:
    """Whoever changes language in the middle of a run stands at the same step, with the same answers."""
    assert [*map(_bones, playbook.steps)] == [*map(_bones, ENGLISH.playbooks[playbook.id].steps)]


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"),
        ("de-DE", "de"),
        ("de_AT", "de"),
        ("DE-ch", "de"),
        ("en-GB", "en"),
        ("fi", "en"),
        ("../de", "en"),
        ("", "en"),
    ],
)
def test_the_language_follows_the_locale(locale: str, language: str) -> None:
    """Platforms write locales in many ways; one we have nothing for reads English."""
    assert language_of(locale) == language


def test_what_is_laid_over_ours_stays_as_it_was_written() -> None:
    """A firm's own keep-calm is read by everybody as the firm wrote it."""
    theirs = ENGLISH.playbooks["keep-calm"].model_copy(update={"title": "Our way"})
    mixed = translated(Catalogue({**ENGLISH.playbooks, "keep-calm": theirs}), "de")
    assert mixed.playbooks["keep-calm"] is theirs
    assert mixed.playbooks["restrain"].title == "Sich zurückhalten"
    assert mixed.playbooks.keys() == ENGLISH.playbooks.keys()


def test_german_words_find_a_german_playbook() -> None:
    """What a German agent types in a hurry leads to the playbook, by its own words."""
    books = Books(ENGLISH, Suggester(ENGLISH)).read_in("de-DE")
    assert books.suggester.rank("mir zittern die Hände", 1)[0].playbook_id == "keep-calm"
    assert books.read_in("en") is books


@pytest.mark.parametrize("playbook", GERMAN.playbooks.values(), ids=lambda one: one.id)
def test_a_german_playbook_is_as_short(playbook: Playbook) -> None:
    """German has long words and no more of them: it is read in the same three seconds, on the same buttons."""
    assert len(playbook.title) <= 24
    assert playbook.now is not None
    assert len(f"{playbook.now.do} {playbook.now.say}".split()) <= 45
    assert 10 <= len(playbook.words) <= 80
    for step in playbook.steps:
        own = " ".join((step.title, step.instruct or "", step.wait.text if step.wait else ""))
        assert len(own.split()) <= 25, step.id
        assert len(step.title) <= 40, step.id
        assert all(len(way.label) <= 36 for way in step.choose), step.id


@pytest.mark.parametrize("playbook", GERMAN.playbooks.values(), ids=lambda one: one.id)
def test_a_german_sentence_reads_right_with_any_gap(playbook: Playbook) -> None:
    """What an agent puts in is a clause or a name, and stands after a colon where German would bend it."""
    for step in playbook.steps:
        for line in step.say:
            for said in filter(None, (line.text, line.chat, line.email)):
                for name in ("issue", "fact", "cause", "step", "instead"):
                    assert f"{{{name}}}" not in said or f": {{{name}}}" in said, said
