"""What the other domains bring to the help, to the board, to Home, and to a change of the team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.availability import Occupied
from bot.directory.model import Person
from bot.typing.grammar import Phrase
from bot.work.domain import Kept
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.work.domain import BoardSection, Domain, Hindrance


class Surroundings:
    """All domains of the program, this one too: they are known when it is composed, and asked for when it runs."""

    def __init__(self, domains: Callable[[], Sequence[Domain]]) -> None:
        self._domains = domains

    @property
    def phrases(self) -> Sequence[Phrase]:
        """Everything that can be typed, in the order of the help."""
        return [phrase for domain in self._domains() for phrase in domain.phrases]

    @property
    def board(self) -> Sequence[BoardSection]:
        """What stands on the status board, from top to bottom."""
        return [section for domain in self._domains() for section in domain.board]

    @property
    def home(self) -> Sequence[BoardSection]:
        """What stands on Home, from top to bottom."""
        return [section for domain in sorted(self._domains(), key=lambda one: one.home_rank) for section in domain.home]

    @property
    def hindrances(self) -> Sequence[Hindrance]:
        """What may keep two sides from becoming one."""
        return [domain.hinders for domain in self._domains()]

    def occupied(self, work: Work, only: Person | None = None) -> Mapping[int, Occupied]:
        """Say who is available and still not asked, and why; `only` asks about one person."""
        return {who: found for domain in self._domains() for who, found in domain.occupied(work, only).items()}

    def kept(self, work: Work, person: Person) -> Sequence[Kept]:
        """List what is kept about somebody: first who they are, then what they did."""
        return [one for domain in reversed(self._domains()) for one in domain.kept(work, person)]

    def team_changed(self, work: Work) -> None:
        """Tell every domain that somebody came, left, or can do something else."""
        for domain in self._domains():
            domain.team_changed(work)
