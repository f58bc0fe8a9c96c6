"""Loading all readers, before anybody asks."""

from __future__ import annotations

from bot.understanding.drafts import check
from bot.understanding.heat import heat_of
from bot.understanding.meaning import meaning
from bot.understanding.second_look import second_look
from bot.understanding.situations import situations


def get_ready() -> None:
    """Load them, once."""
    situations()
    heat_of("ready")
    meaning()
    second_look()
    check("We are ready.", lambda _draft: ())  # the first update of a day is checked within a transaction
