"""What was typed that rules an opening out, or another one in, whatever was learned. Pure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.playbooks.first_words import admits
from bot.understanding.mirror.faults import may_be_ours, was_their_slip, was_theirs
from bot.understanding.rules import holds, kind_in, plainly

if TYPE_CHECKING:
    from bot.playbooks.openings import Opening

FOR_SOLVED = frozenset(("solved-closing", "follow-up-later", "thankful-customer"))
# Stages in which somebody else was sent something, or does not answer whoever answers.
OF_SILENCE = frozenset(("log-says-sent", "supplier-silent", "stonewalled-inside"))
_tells = partial(holds, "playbooks/shelves/guards")


def named_plainly(text: str) -> str | None:
    """Name the opening that a text asks for in so many words, whatever was learned."""
    return kind_in("playbooks/shelves/plain", plainly(text))


def ends_the_call(text: str) -> bool:
    """Say whether somebody is insulted once more by whom they have warned: a limit has been drawn already."""
    plain = plainly(text)
    return _tells("warned", plain) and not _tells("not-warned", plain) and _tells("insulted", plain)


def may_stand(opening: Opening, text: str) -> bool:
    """Say whether an opening may answer a text: not where what it is about is not named, or is not over after all."""
    if opening.id in FOR_SOLVED and _tells("unsolved", plainly(text)):
        return False
    if opening.id in OF_SILENCE and _tells("theirs-to-us", plainly(text)):
        return False
    return opening.is_named_in(text)


def takes_their_blame(opening: Opening | None, text: str) -> bool:
    """Say whether words for our own mistake would answer what a customer did; sorry for a death is no such word."""
    if was_their_slip(text):
        return True
    admitted = opening is not None and admits(opening.say)
    return admitted and was_theirs(text) and not may_be_ours(text) and not _tells("sorrow", plainly(text))
