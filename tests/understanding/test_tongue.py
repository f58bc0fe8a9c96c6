"""Which language a text is in: English, which we read, or another one."""

from __future__ import annotations

import re

import pytest

from bot.incidents.decisions.checking import check_draft, cut_draft
from bot.understanding.drafts import Flag, OwnWords
from bot.understanding.rules import rules
from bot.understanding.tongue import is_other_language


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("Die Idioten von der Bank sind schuld. Wir garantieren die Lösung.", True),
        ("Wir sind um 15 Uhr wieder für Sie da, bitte warten Sie.", True),
        ("Nous sommes désolés, les paiements ne sont pas possibles.", True),
        ("Los pagos con tarjeta no funcionan. Estamos trabajando en una solución para usted.", True),
        ("Card payments fail. We are on it, and the next news comes at 3 pm.", False),
        ("The people at Der Spiegel and Das Erste cannot log in.", False),
        ("Zahlungen gestört", True),
        ("Anmeldungen schlagen fehl. Wir arbeiten daran.", True),
        ("Die Zahlung schlägt fehl.", True),
        ("Login geht nicht.", True),
        ("Login kaputt.", False),  # too short to say
        ("Mr von Bergen shouts.", False),
        ("We cannot reach Herr Bitte.", False),
        ("Die cast parts are late.", False),
        ("", False),
        ("15:30 42 99 1 2 3 4 5", False),
    ],
)
def test_small_words_tell(text: str, *, is_other: bool) -> None:
    """They stand in nearly every sentence, and few are shared."""
    assert is_other_language(text) is is_other


def test_a_text_is_told_word_by_word() -> None:
    """Each word is looked at by itself, so none of the small ones may be two."""
    small = [one.pattern for patterns in rules("understanding/tongue").values() for one in patterns]
    assert not [pattern for pattern in small if re.search(r"\s", pattern)]


def test_another_language_is_read_for_its_times_and_own_words_alone() -> None:
    """Nothing that was learned speaks of it, and nothing of it is cut."""
    draft = "Die Idioten von der Bank sind schuld. Der Failover läuft. Wir sind bis 15:30 Uhr wieder da."
    found = check_draft(draft, OwnWords(jargon=("Failover",)))

    assert found.flags == {Flag.TIMEFRAME, Flag.JARGON}
    assert cut_draft(draft) == draft


@pytest.mark.parametrize("draft", ["We restarted pg-03 and the 15 nodes.", "Back at 15 on pg-03.", "15 of 03 fail."])
def test_a_number_is_no_jargon_by_itself(draft: str) -> None:
    """It may stand beside a word that is."""
    found = [draft[one.start : one.end] for one in check_draft(draft).found if one.flag is Flag.JARGON]

    assert all(any(letter.isalpha() for letter in one) for one in found)
