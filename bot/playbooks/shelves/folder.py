"""A folder of playbooks of whoever runs the server: laid over ours, and read again when it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from bot.playbooks.catalogue import Catalogue, load_catalogue
from bot.playbooks.openings import Openings, files_in, openings_in, shipped_openings
from bot.store.content import SHIPPED_PLAYBOOKS, languages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Stamp = tuple[tuple[str, int, int], ...]  # of every file: its path, when it changed, its size

_log = structlog.get_logger()


@dataclass
class Folder:
    """Files that are laid over ours: the same id replaces ours, and a broken one leaves what was there before."""

    path: Path
    locale: str = "en"
    _ours: Catalogue = field(default_factory=lambda: load_catalogue(SHIPPED_PLAYBOOKS))
    _seen: Stamp = ()

    def changed(self) -> bool:
        """Say whether a file came, went or was written since it was read."""
        return self._stamp() != self._seen

    def read(self, before: Catalogue | None = None) -> Catalogue:
        """Read it; what is broken now stays as it was before."""
        self._seen = self._stamp()
        theirs = load_catalogue(self.path, self.locale)
        broken = {problem.path.stem for problem in theirs.problems}
        kept = {name: one for name, one in (before or self._ours).playbooks.items() if name in broken}
        if before is not None:
            _log.info("The playbooks were read again.", playbooks=len(theirs.playbooks), broken=len(broken))
        return Catalogue(self._ours.playbooks | kept | theirs.playbooks, theirs.problems)

    def openings(self, before: Mapping[str, Openings] | None = None) -> Mapping[str, Openings]:
        """Read the openings of every language; what is broken now stays as it was before."""
        ours, theirs = shipped_openings(), openings_in(self.path)
        kept = {name: one.keeping(before[name]) if before else one for name, one in theirs.items()}
        return {name: one.over(ours.get(name, Openings())) for name, one in kept.items()}

    def _stamp(self) -> Stamp:
        found = []
        openings = [path for language in sorted(languages()) for path in files_in(self.path, language)]
        for path in (*sorted((self.path / self.locale).glob("*.yaml")), *openings):
            try:
                stat = path.stat()
            except OSError:  # it went while we looked
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
        return tuple(found)
