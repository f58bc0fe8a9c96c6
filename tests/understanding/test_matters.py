"""Which opening answers a text: two readers that learned the same, and shares that are made of what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playbooks.openings import shipped_openings
from bot.playbooks.shelves.matching import match
from bot.playbooks.training.texts import SITUATIONS
from bot.understanding.linear import Linear
from bot.understanding.matters import MET, NONE, WEIGHTS, Matters, matters, shares_of
from bot.understanding.situations import situations
from bot.understanding.understood import Understood

KEPT_ASIDE = Path(__file__).parent / "openings-kept-aside.tsv"
TEXT = "the parcel says delivered and nothing is there"


@pytest.fixture(scope="module")
def quick() -> Matters:
    """Give the quick reader alone."""
    return Matters(Linear.load(WEIGHTS), None)


def test_both_readers_learned_the_same_openings_and_those_there_are() -> None:
    """What is no longer an opening would be learned for nothing, and never be shown."""
    place = situations().glance(TEXT).place
    glance = matters().glance(TEXT, (), None)

    assert matters().look(glance, place).keys() == glance.keys()
    assert matters().known <= shipped_openings()["en"].by_id.keys()


@pytest.mark.parametrize("name", ["of-situations.tsv", "texts.tsv"])
def test_every_text_is_matched_with_an_opening_that_there_is(name: str) -> None:
    """A name that has changed would take its texts with it."""
    text = (SITUATIONS.parent / "openings" / name).read_text(encoding="utf-8")
    header, *rows = [line.split("\t") for line in text.splitlines()]
    column = header.index("opening")

    assert {row[column] for row in rows} - {NONE} <= shipped_openings()["en"].by_id.keys()
    assert {len(row) for row in rows} == {len(header)}


def test_without_its_files_the_quick_reader_answers_alone(quick: Matters) -> None:
    """Nothing is added where there is no slow reader, or where nobody knows where the text stands."""
    glance = quick.glance(TEXT, (), None)

    assert not quick.takes_time
    assert quick.look(glance, situations().glance(TEXT).place) == glance
    assert matters().look(glance, None) == glance


def test_what_was_met_first_counts_more(quick: Matters) -> None:
    """Words that somebody wrote down for an opening are a hint; a name that was not learned is none."""
    plain, met = quick.glance(TEXT, (), None), quick.glance(TEXT, (), "parcel-says-delivered")

    assert met["parcel-says-delivered"] == pytest.approx(plain["parcel-says-delivered"] + MET)
    assert {name: odds for name, odds in met.items() if name != "parcel-says-delivered"} == {
        name: odds for name, odds in plain.items() if name != "parcel-says-delivered"
    }
    assert quick.glance(TEXT, (), "nobody-wrote-it") == plain


def test_shares_come_likeliest_first_and_are_one_together() -> None:
    """Equals stand in the order of their names."""
    shares = shares_of({"b": 1.0, "a": 1.0, "c": 4.0})

    assert list(shares) == ["c", "a", "b"]
    assert sum(shares.values()) == pytest.approx(1)
    assert list(shares_of({"sure": 9.0, "hardly": 1.0})) == ["sure"]


def test_what_is_shown_fits_more_often_than_not_where_nobody_has_tuned_anything() -> None:
    """Texts of eight trades, written and matched by somebody else: many are opened, and most of them rightly."""
    _header, *rows = [line.split("\t") for line in KEPT_ASIDE.read_text(encoding="utf-8").splitlines()]
    shown = [
        (match(shipped_openings()["en"], "en", Understood(text), None), fits.split(";"))
        for text, fits, *_playbooks in rows
    ]
    opened = [(one.id, fits) for one, fits in shown if one is not None]

    assert len(opened) > len(rows) * 0.6
    assert sum(name in fits for name, fits in opened) > len(opened) * 0.6
