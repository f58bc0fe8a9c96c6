"""What one text tells, for whoever answers it: each reader reads it when its answer is wanted, and once. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from bot.safety.hearing import Heard
from bot.understanding.danger import may_be_danger
from bot.understanding.features import Token, tokens_in
from bot.understanding.heat import Heat, Level, heat_of
from bot.understanding.situations import Glance, glance_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Understood:
    """A text, as it is understood."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.heard = Heard(words)
        self._step_aside: Callable[[], None] = lambda: None
        self._is_exact = True

    def before_it_takes_time(self, step_aside: Callable[[], None]) -> Self:
        """Have whoever waits step aside before anything is read that takes time; that may raise.

        For them only abuse makes a difference, and the levels of heat below are not read twice.
        """
        self._step_aside, self._is_exact = step_aside, False
        return self

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Its words, cut once for every reader."""
        return tokens_in(self.words)

    @cached_property
    def heat(self) -> Heat:
        """How heated it is, and by which signals."""
        return heat_of(self.words, self, self._step_aside, is_exact=self._is_exact)

    @cached_property
    def glance(self) -> Glance:
        """Which situation it tells of at a glance."""
        return glance_at(self.words, self.tokens)

    @property
    def is_abusive(self) -> bool:
        """Whether it is abusive or threatening."""
        return self.heat.level is Level.ABUSIVE

    @cached_property
    def may_be_danger(self) -> bool:
        """Whether it may tell of danger, though it tells of none clearly."""
        return may_be_danger(self.words, self.heard, self.tokens)
