"""Openings: read strictly, laid over ours, and found by what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from bot.playbooks.openings import Finder, Opening, Openings, load_openings, shipped_openings

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = """
- id: late-parcel
  words: [[parcel*, "isn't here"], [late, not arrived]]
  without: [food]
  do: Look where it is.
  say: Let me look where it is.
- id: parcel
  words: [[parcel*]]
  do: Ask for the number.
  say: Which number stands on it?
"""


def write(folder: Path, text: str, name: str = "ours.yaml") -> Path:
    """Write a file of openings."""
    path = folder / "en" / "openings" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def opening(name: str, *words: list[str], without: tuple[str, ...] = ()) -> Opening:
    """Make an opening that is found by these lines."""
    data = {"id": name, "words": words, "without": without, "do": "Look.", "say": "Let me look."}
    return Opening.model_validate(data)


@pytest.mark.parametrize("language", sorted(shipped_openings()))
def test_every_opening_of_ours_is_found_by_its_examples(language: str) -> None:
    """Each has lines as agents type them, and they lead to it and to no other."""
    openings = shipped_openings()[language]
    found = {
        (one.id, typed): named.id if (named := openings.find(typed)) else None
        for one in openings.by_id.values()
        for typed in one.examples
    }

    assert openings.problems == ()
    assert {told: name for told, name in found.items() if told[0] != name} == {}
    assert [one.id for one in openings.by_id.values() if not one.examples] == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("the refund still not on her card after 14 days", "refund-waiting"),
        ("wants a refund, the 14 days are over", "return-too-late"),
        ("flight delay, missed connection to a funeral", "flight-missed-connection"),
        ("they lost our luggage with ashes of my dad, she says", "bereaved"),
        ("coupon code not working at checkout", "voucher-rejected"),
        ("asks for my supervisor to praise me", "thankful-customer"),
        ("customer wants gdpr data deleted", None),
        ("our courier ran over her cat", "pet-ill"),
        ("he wants to pay but our site is down, deadline midnight", "kind-broken"),
        ("his electricity was cut though he paid", "cut-off-threat"),
        ("bus driver left her standing in the rain", "train-trouble"),
        ("wrong name printed on the wedding rings", "kind-wrong"),
        ("boat trip cancelled because of weather, wants a full refund", "kind-cancelled"),
        ("she can't hear me, the line is crackling", None),
        ("hotel charged a no show but he was there", "kind-charged"),
        ("driver drove off with the groceries", None),
        ("customer cries of joy", None),
        ("school laptop broke the day before the exam", "kind-broken"),
        ("fridge died, insulin in it", "medicine-got-warm"),
        ("he keeps saying sweetheart and asks when i finish work", None),
    ],
)
def test_an_opening_of_another_matter_is_not_said(typed: str, found: str | None) -> None:
    """One word of the line may belong to many matters: what would be wrong or cruel to say stays away."""
    named = shipped_openings()["en"].find(typed)

    assert (named.id if named else None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gutscheincode geht nicht, kasse läuft ab", "voucher-rejected"),
        ("kunde will daten gelöscht haben dsgvo, droht mit anwalt", "privacy-complaint"),
        ("falscher name auf den eheringen", "kind-wrong"),
        ("kunde ist zufrieden, will den chef sprechen um mich zu loben", None),
    ],
)
def test_a_german_opening_of_another_matter_is_not_said(typed: str, found: str | None) -> None:
    """A ring needs no passport, and whoever praises is no complaint."""
    named = shipped_openings()["de"].find(typed)

    assert (named.id if named else None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("her parcels are late", "late-parcel"),
        ("PARCEL LATE!!", "late-parcel"),
        ("the late parcel of monday", "late-parcel"),
        ("it isnt here, he says it has not arrived", "late-parcel"),
        ("it is not here, not arrived", "late-parcel"),
        ("it isn’t here and late", "late-parcel"),
        ("a parcel", "parcel"),
        ("food parcel late", "parcel"),
        ("late again", None),
        ("not a word, arrived parc", None),
        ("", None),
        ("?!", None),
    ],
)
def test_an_opening_is_found_by_one_word_of_each_line(tmp_path: Path, typed: str, found: str | None) -> None:
    """Whole words in any order, a star for any ending, none of those it does without, and the more specific first."""
    write(tmp_path, WRITTEN)
    named = load_openings(tmp_path).find(typed)

    assert (named.id if named else None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("die Stromrechnung ist zu hoch", True),
        ("Rechnung zu hoch", True),
        ("Rechnungsnummer zu hoch", False),
        ("viel zu hoch war die Handyrechnung", True),
        ("zu Höhe der Rechnung", False),
    ],
)
def test_a_star_in_front_is_any_beginning(typed: str, found: bool) -> None:
    """Germans write a bill for power as one word, and its end says what it is."""
    finder = Finder([opening("bill", ["*rechnung"], ["zu *hoch", "viel zu"])])

    assert (finder.find(typed) is not None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("die Bestätigung ist noch nicht bei ihr angekommen", True),
        ("nicht angekommen", True),
        ("nicht da, sagt er, und gestern ist sie angekommen", False),
        ("angekommen ist sie nicht", False),
        ("wir buchen ihm jeden Monat weiter ab", True),
        ("ab morgen buchen", False),
    ],
)
def test_dots_in_a_phrase_stand_for_some_other_words(typed: str, found: bool) -> None:
    """A German verb is taken apart, and "not" stands far from it."""
    finder = Finder([opening("far", ["nicht ... angekommen", "buch* ... ab"])])

    assert (finder.find(typed) is not None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("anschlusflug verpasst", True),
        ("anschlussflgu verpasst", True),
        ("anschlussflüg verpasst", True),
        ("kundigung verpasst", True),
        ("Anschlussfleg verpasst", False),
        ("sie schreit, anschlusflug verpasst", True),
        ("verpas nix, er will anschlussflug", False),
    ],
)
def test_a_slip_of_the_fingers_hides_no_matter(typed: str, found: bool) -> None:
    """In a long word: letters swapped, left out or too many. Another letter may be another word."""
    shouts = opening("shouts", ["schreit"]).model_copy(update={"general": True})
    finder = Finder([shouts, opening("missed", ["anschlussflug", "kündigung"], ["verpasst"])])
    named = finder.find(typed)

    assert (named is not None and named.id == "missed") == found


def test_a_stop_behind_a_figure_ends_no_phrase() -> None:
    """Germans write "zum 3. Mal" for the third time."""
    finder = Finder([opening("again", ["zum 3. mal"])])

    assert finder.find("kaputt, zum 3. Mal in einer Woche") is not None
    assert finder.find("zum 3, mal sehen") is None


@pytest.mark.parametrize("typed", ["geht nix", "geht net", "geht ned meh", "goht nöd, chunde het nüt kriegt"])
def test_german_is_understood_as_it_is_spoken(typed: str) -> None:
    """Short forms and those of Austria, Bavaria and Switzerland are the written words."""
    finder = Finder([opening("broken", ["geht nichts", "geht nicht", "nichts bekommt"])])

    assert finder.find(typed) is not None


def test_more_lines_win_then_longer_phrases_then_the_first() -> None:
    """What says most of the matter is the right one."""
    one, two = opening("one", ["bill"], ["twice"]), opening("two", ["bill"], ["charged twice", "double"])
    three, four = opening("three", ["bill"]), opening("four", ["bill"])
    finder = Finder([three, four, one, two])
    found = [finder.find(typed) for typed in ("bill charged twice", "bill twice", "bill", "bill double")]

    assert [one.id if one else None for one in found] == ["two", "one", "three", "two"]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("  words: []", "at least 1"),
        ("  words: [[parcel], ['*']]", "words; a star"),
        ("  words: [[parcel], ['*bill*']]", "words; a star"),
        ("  words: [[parcel], ['not ...']]", "words; a star"),
        ("  words: [[parcel], ['... here']]", "words; a star"),
        ("  words: [[parcel], [no]]", "text; put it in quotes"),
        ("  words: [[parcel]]\n  sey: x", "no such field"),
        ("  words: [[parcel]]\n  chat: On its way, {customer}.", "without gaps"),
        ("  words: [[parcel]]\n  id: twice", "stands twice"),
        ("  words: [[&a parcel], [*a]]", "has an alias"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(tmp_path: Path, slip: str, said: str) -> None:
    """A slip in one opening takes neither the other files nor, where it can be read, its neighbours."""
    write(tmp_path, WRITTEN)
    write(tmp_path, f"- id: broken\n  do: Look.\n  say: Let me look.\n{slip}\n", "broken.yaml")
    read = load_openings(tmp_path)

    assert list(read.by_id) == ["late-parcel", "parcel"]
    assert {problem.path.name for problem in read.problems} == {"broken.yaml"}
    assert said in read.problems[0].expected


def test_an_id_stands_once(tmp_path: Path) -> None:
    """The second one is named, in the same file or in another, and the first is read."""
    write(tmp_path, WRITTEN + WRITTEN.replace("late-parcel", "third"), "a.yaml")
    write(tmp_path, WRITTEN.replace("late-parcel", "fourth"), "b.yaml")
    read = load_openings(tmp_path)

    assert list(read.by_id) == ["late-parcel", "parcel", "third", "fourth"]
    assert [problem.path.name for problem in read.problems] == ["a.yaml", "b.yaml"]


def test_theirs_lie_over_ours_and_what_is_broken_stays_as_it_was(tmp_path: Path) -> None:
    """The same id replaces, theirs are looked at first, and a broken file keeps what it said before."""
    ours = Openings({one.id: one for one in (opening("parcel", ["parcel"]), opening("bill", ["bill"]))})
    write(tmp_path, WRITTEN)
    before = load_openings(tmp_path)
    write(tmp_path, "- id: [")
    write(tmp_path, WRITTEN.replace("late-parcel", "new").replace("id: parcel", "id: newer"), "more.yaml")
    again = load_openings(tmp_path).keeping(before)
    laid = again.over(ours)

    assert list(again.by_id) == ["new", "newer", "late-parcel", "parcel"]
    assert list(laid.by_id) == ["new", "newer", "late-parcel", "parcel", "bill"]
    assert laid.by_id["parcel"] == before.by_id["parcel"]


def test_how_somebody_behaves_is_looked_at_where_no_matter_fits() -> None:
    """Words for a matter win over general ones, however many lines those have."""
    general = opening("general", ["shouts", "rude"], ["parcel"]).model_copy(update={"general": True})
    finder = Finder([general, opening("parcel", ["parcel"])])
    found = [finder.find(typed) for typed in ("she shouts, the parcel", "she shouts", "parcel")]

    assert [one.id if one else None for one in found] == ["parcel", None, "parcel"]
    assert Finder([general]).find("she shouts, the parcel") == general


def test_in_a_moment_of_its_own_only_what_suits_it_is_said() -> None:
    """A case that is over, say, is not opened with words for one that burns."""
    late, over = opening("late", ["parcel"], ["late"]), opening("over", ["parcel"])
    finder = Finder([late, over.model_copy(update={"fits": ("customer-for-life",)})])
    assert finder.find("parcel came late, she is happy") is late
    found = finder.find("parcel came late, she is happy", "customer-for-life")
    assert found is not None
    assert found.id == "over"
    assert finder.find("parcel came late", "gesture") is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("the flat has no heating, tenant furious", "heating-off"),
        ("tenant had no heating, that was fixed yesterday", None),
        ("how many tickets about no heating in the flat did we get", None),
        ("no heating in my own flat and i have to smile at customers", None),
        ("we're liars, she says, i can't stop thinking about it", "accuses-of-lying"),
    ],
)
def test_no_matter_is_opened_where_nobody_with_it_waits(typed: str, found: str | None) -> None:
    """What is over, counted, or the day of whoever types; how somebody behaves is answered all the same."""
    one = shipped_openings()["en"].find(typed)

    assert (one.id if one else None) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Heizung kalt, Mieterin sauer", "heating-off"),
        ("Heizung war kalt, ist gestern repariert worden, nur zur Info", None),
        ("wie viele Beschwerden wegen kalter Heizung hatten wir, Heizung kalt", None),
        ("meine eigene Heizung ist kalt und ich soll lächeln", None),
        ("Update: Router tot, ist gelöst, Kunde happy", None),
        ("wie schreibt man „Geld zurück“ auf französisch", None),
        ("Mein Paket ist nicht angekommen, schreibt er", "parcel-missing"),
        ("kurz vor Feierabend: Paket nicht da, er tobt", "parcel-missing"),
        ("alles gelöst, und er schreit immer noch", "shouting"),
    ],
)
def test_no_german_matter_is_opened_where_nobody_with_it_waits(typed: str, found: str | None) -> None:
    """The same in German: over, counted, a question to us, one's own day; what a customer says of theirs is opened."""
    one = shipped_openings()["de"].find(typed)

    assert (one.id if one else None) == found


def test_an_opening_suits_only_playbooks_of_a_moment_of_their_own() -> None:
    """Any other may be opened by any matter, so that naming it would mean nothing."""
    with pytest.raises(ValidationError, match="one of"):
        Opening.model_validate(opening("parcel", ["parcel"]).model_dump(by_alias=True) | {"fits": ["be-heard"]})
