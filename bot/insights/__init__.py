"""What the team learns: figures and pictures of the work, never of one person."""

from __future__ import annotations

from bot.work.collecting import use_cases_of
from bot.work.domain import Domain


def domain() -> Domain:
    """Bring the insights to the program."""
    return Domain(use_cases=use_cases_of(__name__))
