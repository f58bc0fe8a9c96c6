"""What comes after an incident: what this domain brings to the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.afterwards.forgetting import erase_old
from bot.afterwards.kept import kept
from bot.afterwards.typed import PHRASES
from bot.work.collecting import use_cases_of
from bot.work.domain import Domain

if TYPE_CHECKING:
    from bot.work.retention import Retention


def domain(retention: Retention) -> Domain:
    """Bring what comes after to the program."""
    return Domain(
        use_cases=use_cases_of(__name__),
        phrases=PHRASES,
        erase_old=partial(erase_old, retention=retention),
        kept=partial(kept, retention=retention),
    )
