"""What one text tells, for whoever answers it: each reader reads it when its answer is wanted, and once. Pure."""

from __future__ import annotations

from functools import cached_property

from bot.safety.hearing import Heard
from bot.understanding.danger import may_be_danger
from bot.understanding.heat import Heat, Level, heat_of
from bot.understanding.situations import Glance, situations


class Understood:
    """A text, as it is understood."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.heard = Heard(words)

    @cached_property
    def heat(self) -> Heat:
        """How heated it is, and by which signals."""
        return heat_of(self.words, self.heard, lambda: self.glance)

    @cached_property
    def glance(self) -> Glance:
        """Which situation it tells of at a glance."""
        return situations().glance(self.words)

    @property
    def is_abusive(self) -> bool:
        """Whether it is abusive or threatening."""
        return self.heat.level is Level.ABUSIVE

    @cached_property
    def may_be_danger(self) -> bool:
        """Whether it may tell of danger, though it tells of none clearly."""
        return may_be_danger(self.words, self.heard)
