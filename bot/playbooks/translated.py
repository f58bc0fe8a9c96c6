"""Our playbooks in the languages they were written in besides English: whichever is missing there reads in English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Catalogue, Playbook, load_catalogue
from bot.say.language import PUBLIC
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping


def language_of(locale: str) -> str:
    """Name the language we have for a locale, which a platform may write in many ways; English for one unknown."""
    language = locale.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return language if language in _languages() else PUBLIC


def translated(catalogue: Catalogue, language: str) -> tuple[Catalogue, frozenset[str]]:
    """Put ours into a language, and name those; what somebody has laid over one of ours stays as they wrote it."""
    ours = _shipped(PUBLIC)
    theirs = {
        name: playbook
        for name, playbook in _shipped(language).items()
        if name in ours and catalogue.playbooks.get(name) == ours[name]
    }
    return Catalogue({**catalogue.playbooks, **theirs}, catalogue.problems), frozenset(theirs)


@cache
def _languages() -> frozenset[str]:
    return frozenset(one.name for one in SHIPPED_PLAYBOOKS.iterdir() if any(one.glob("*.yaml")))


@cache
def _shipped(language: str) -> Mapping[str, Playbook]:
    return load_catalogue(SHIPPED_PLAYBOOKS, language).playbooks
