"""Our playbooks in the languages they were written in besides English: whichever is missing there reads in English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Catalogue, Playbook, load_catalogue
from bot.say.language import PUBLIC
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping


def translated(catalogue: Catalogue, language: str) -> Catalogue:
    """Put ours into a language; what somebody has laid over one of ours stays as they wrote it."""
    ours = _shipped(PUBLIC)
    theirs = {
        name: playbook
        for name, playbook in _shipped(language).items()
        if name in ours and catalogue.playbooks.get(name) == ours[name]
    }
    return Catalogue({**catalogue.playbooks, **theirs}, catalogue.problems)


@cache
def _shipped(language: str) -> Mapping[str, Playbook]:
    return load_catalogue(SHIPPED_PLAYBOOKS, language).playbooks
