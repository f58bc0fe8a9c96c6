"""Which opening is shown: ours as was learned, a team's own by their words, and time is taken only where it helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playbooks.openings import Openings, load_openings, shipped_openings
from bot.playbooks.shelves.guards import FOR_SOLVED
from bot.playbooks.shelves.matching import match, signs_of
from bot.understanding.matters import matters
from bot.understanding.understood import Understood

if TYPE_CHECKING:
    from pathlib import Path

OURS = shipped_openings()["en"]
PARCEL = "parcel says delivered and she has nothing"
CRATE = """
- id: crate-came-empty
  words: [[crate*, parcel*], [empty, delivered], [nothing, seal]]
  do: Have them look at the seal.
  say: Is the seal still on it?
- id: yodelling
  words: [[yodel*]]
  do: Listen.
  say: That's a fine voice you've got.
"""


@pytest.fixture
def laid(tmp_path: Path) -> Openings:
    """Give a team's own, laid over ours."""
    path = tmp_path / "en" / "openings" / "crates.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(CRATE, encoding="utf-8")
    return load_openings(tmp_path).over(OURS)


def shown(openings: Openings, typed: str, moment: str | None = None) -> str | None:
    """Name the opening that is shown."""
    found = match(openings, "en", Understood(typed), moment)
    return found.id if found else None


@pytest.mark.parametrize(
    ("typed", "opening"),
    [
        (PARCEL, "parcel-says-delivered"),
        (f"{PARCEL}, I'm about to lose my temper", "parcel-says-delivered"),
        ("engineer no show third time, took unpaid day off for it", "engineer-no-show"),
        ("he is asking only for supervisor, supervisor is on another call", "manager-not-here"),
        ("The apology song by that band is stuck in my head.", None),
        ("jaw clenched so hard my teeth hurt. next one's in 20 secs", None),
        ("how many parcels were reported missing in march", None),
        ("good morning, are you working today lol", None),
        ("he wants to", None),
    ],
)
def test_ours_are_shown_as_was_learned(typed: str, opening: str | None) -> None:
    """Words that happen to stand there show nothing, and words that nobody wrote down may."""
    assert shown(OURS, typed) == opening


def test_a_team_s_own_goes_first_where_its_words_say_most(laid: Openings) -> None:
    """What was learned knows nothing of it."""
    assert shown(laid, PARCEL) == "crate-came-empty"
    assert shown(laid, "engineer no show third time, took unpaid day off for it") == "engineer-no-show"


def test_a_team_s_own_is_shown_where_none_of_ours_is_likely(laid: Openings) -> None:
    """Its words were met, though those of one of ours say as much."""
    assert shown(laid, "she yodels") == "yodelling"
    assert shown(laid, "hums") is None


def test_ours_that_a_team_has_replaced_is_found_by_their_words_alone(tmp_path: Path) -> None:
    """The same id may be about something else."""
    path = tmp_path / "en" / "openings" / "ours.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(CRATE.replace("crate-came-empty", "parcel-says-delivered"), encoding="utf-8")
    laid = load_openings(tmp_path).over(OURS)

    assert shown(laid, "the parcel came empty, nothing in it") == "parcel-says-delivered"
    assert shown(laid, "tracking claims it was handed over to her, it wasn't") != "parcel-says-delivered"


def test_in_a_moment_of_its_own_only_what_suits_it_is_shown() -> None:
    """An opening that burns is none for a customer who is happy; beside a gesture the matter is opened all the same."""
    assert shown(OURS, PARCEL, "customer-for-life") is None
    assert shown(OURS, PARCEL, "gesture") == "parcel-says-delivered"


def test_time_is_taken_only_where_a_glance_leaves_it_open() -> None:
    """Whoever reads on the loop is told to step aside before the slow reader begins."""
    asked: list[str] = []
    for typed in ("good morning, are you working today lol", "he tells me a story about it, on and on"):
        match(OURS, "en", Understood(typed), None, lambda typed=typed: asked.append(typed))  # type: ignore[misc]

    assert matters().takes_time
    assert asked == ["he tells me a story about it, on and on"]


@pytest.mark.parametrize(
    ("language", "typed", "opening"),
    [
        ("en", "spilled coffee on the laptop herself", "own-doing"),
        ("en", "customer poured coffee over his own laptop", "own-doing"),
        ("en", "crypto wallet sent to wrong chain himself", "own-doing"),
        ("en", "customer forgot his appointment and blames us", "own-doing"),
        ("en", "he scratched the car himself, we have film", "own-doing"),
        ("de", "sie hat selbst die falsche Adresse eingegeben", "own-doing"),
        ("de", "Kundin hat selbst die falsche Größe bestellt", "own-doing"),
        ("en", "we spilled coffee on the laptop", "spilled-on-guest"),
        ("de", "wir haben selbst die falsche Adresse eingegeben", "we-made-mistake"),
        ("en", "second warning given, he still swears at me", "ends-the-call"),
        ("en", "she insults me a third time, I set the limit twice", "ends-the-call"),
        ("en", "again he calls me stupid, I warned him already", "ends-the-call"),
        ("de", "er hat mich schon wieder beschimpft, zweite Verwarnung war schon", "ends-the-call"),
        ("en", "he calls me an idiot", "limit-to-abuse"),
        ("en", "should have warned her about the delay, she calls me stupid", "limit-to-abuse"),
        ("en", "school bus left her 7 year old at the wrong stop, mother hysterical", "school-bus"),
        ("de", "schulbus ist ohne mein kind losgefahren", "school-bus"),
        ("en", "dog came back from our kennel limping, owner says nobody told her", "animal-hurt-in-care"),
        ("en", "finally solved, she is happy, how do I end this nicely", "solved-closing"),
    ],
)
def test_whose_doing_it_was_and_what_was_said_before_decide(language: str, typed: str, opening: str) -> None:
    """What a customer did is not owned up to, and a limit that was drawn is not drawn again."""
    found = match(shipped_openings()[language], language, Understood(typed), None)
    assert found is not None
    assert found.id == opening


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "was solved, broke again today"),
        ("en", "fixed, then it broke again"),
        ("en", "solved for her, not for the others"),
        ("en", "solved?"),
        ("en", "it came back after we solved it"),
        ("en", "not solved"),
        ("en", "nothing is solved and I have to close it"),
        ("en", "almost solved"),
        ("de", "gelöst?"),
        ("de", "war gelöst, heute wieder kaputt"),
        ("en", "the bus did not come"),
        ("de", "Bus fiel aus"),
        ("de", "Bus kam nicht, sie kam zu spät zur Arbeit"),
        ("en", "dog bit our courier"),
    ],
)
def test_what_is_not_over_or_not_named_is_not_answered(language: str, typed: str) -> None:
    """Nobody is glad with whoever waits still, and a bus alone is no lost child."""
    found = match(shipped_openings()[language], language, Understood(typed), None)
    assert found is None or found.id not in {*FOR_SOLVED, "school-bus", "animal-hurt-in-care"}


def test_an_opening_stands_only_where_what_it_is_about_is_named(tmp_path: Path) -> None:
    """Its other words may be met by chance."""
    path = tmp_path / "en" / "openings" / "only.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(CRATE.replace("  do: Listen.", "  only: [alp*]\n  do: Listen."), encoding="utf-8")
    laid = load_openings(tmp_path).over(OURS)

    assert shown(laid, "she yodels on the alps") == "yodelling"
    assert shown(laid, "she yodels") is None


def test_signs_name_what_phrases_found() -> None:
    """Every opening that was met, the first of them once more, and that nobody with a matter waits."""
    met = OURS.met(PARCEL)

    assert met[0].id == "parcel-says-delivered"
    assert signs_of(PARCEL, met, "en") == [*(one.id for one in met), "first parcel-says-delivered"]
    assert signs_of("how many tickets did we get", [], "en") == ["no case"]
