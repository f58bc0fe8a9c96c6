"""Loading all readers, before anybody asks."""

from __future__ import annotations

from bot.understanding.details import FILES, details_in
from bot.understanding.drafts import check
from bot.understanding.matters import german_matters, matters
from bot.understanding.meaning import meaning
from bot.understanding.mirror.faults import may_be_ours
from bot.understanding.second_look import second_look
from bot.understanding.stages import stages_in
from bot.understanding.understood import Understood

# Everyday words, of which many rules are made: those are compiled when they are first tried.
_WORDS = "I am not sure what he wants from us: he is going to call until it ends, and they do not want to be on hold"


def get_ready() -> None:
    """Have each read something, once."""
    told = Understood(_WORDS)
    _read = told.heat, told.glance, told.may_be_danger, told.heard.is_pressure
    for language in FILES:
        details_in(_WORDS, language)
        stages_in(language)
    may_be_ours(_WORDS)
    meaning()
    matters()
    german_matters()
    second_look()
    check("We are ready.", lambda _draft: ())  # the first update of a day is checked within a transaction
