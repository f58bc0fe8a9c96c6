"""Wordings in German: the same kinds with the same gaps, found by titles in either language."""

from __future__ import annotations

import pytest

from bot.incidents.updates.wordings import Sentences, load_wordings
from bot.store.content import SHIPPED_PLAYBOOKS, gaps

SHIPPED = load_wordings(SHIPPED_PLAYBOOKS)
GERMAN = SHIPPED.read_in("de-AT")


def test_each_kind_is_said_in_german() -> None:
    """Nobody who reads German meets an English wording among the others."""
    assert SHIPPED.problems == ()
    assert SHIPPED.others["de"].keys() == SHIPPED.kinds.keys()


@pytest.mark.parametrize("kind", SHIPPED.kinds)
def test_a_german_wording_has_the_same_gaps(kind: str) -> None:
    """What is known of a case is filled into either language."""
    for moment in Sentences.model_fields:
        english, said = getattr(SHIPPED.kinds[kind], moment), getattr(GERMAN.kinds[kind], moment)
        assert [frozenset(gaps(one)) for one in said] == [frozenset(gaps(one)) for one in english]
    assert len(GERMAN.kinds[kind].duties) == len(SHIPPED.kinds[kind].duties)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Zahlungen in der App scheitern", "payments-fail"),
        ("Anmeldung geht nicht", "cannot-sign-in"),
        ("Stromausfall in der Filiale", "power-or-building"),
        ("Rückruf: Akku wird heiß", "product-unsafe"),
        ("Kartenzahlungen schlagen fehl", "payments-fail"),
        ("Kartenzahlungen gehen nicht", "payments-fail"),
        ("Karten werden abgelehnt", "payments-fail"),
        ("Kunden können nicht zahlen", "payments-fail"),
        ("Anrufe werden getrennt", "calls-drop"),
        ("Logins klappen nicht", "cannot-sign-in"),
        ("Pakete kommen zu spät", "delivery-late"),
        ("Ware kommt beschädigt an", "delivery-damaged"),
        ("Die App stürzt ab", "down"),
        ("E-Mails kommen nicht an", "messages-late"),
        ("Erstattungen kommen nicht", "refund-late"),
        ("Seiten laden langsam", "slow"),
        ("Doppelte Abbuchungen", "wrong-charge"),
        ("Techniker kommen nicht", "visit-missed"),
        ("Zahlen stimmen nicht", "wrong-data"),
        ("Kundendaten sichtbar", "data-exposed"),
        ("Lieferengpässe bei Heizkörpern", "sold-out"),
        ("Flüge gestrichen", "event-changed"),
        ("Payments fail", "payments-fail"),
        ("Etwas ganz anderes", None),
    ],
)
def test_titles_of_either_language_find_their_kind(title: str, kind: str | None) -> None:
    """A team of two languages names its incidents in both."""
    for wordings in (GERMAN, SHIPPED):
        found = wordings.fitting(title)
        assert (found.id if found else None) == kind
    if kind:
        assert GERMAN.for_title(title) is SHIPPED.others["de"][kind]


def test_another_language_reads_english() -> None:
    """Whoever reads Finnish gets the English ones."""
    assert SHIPPED.read_in("fi") is SHIPPED
