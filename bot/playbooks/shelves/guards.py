"""What was typed that rules an opening out, or another one in, whatever was learned. Pure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.playbooks.first_words import OWN_IT, admits
from bot.understanding.mirror.faults import may_be_ours, tells_of_slip, was_their_slip, was_theirs
from bot.understanding.rules import holds, kind_in, plainly

if TYPE_CHECKING:
    from bot.playbooks.openings import Opening

FOR_SOLVED = frozenset(("solved-closing", "follow-up-later", "thankful-customer"))
# Stages in which somebody else was sent something, or does not answer whoever answers.
OF_SILENCE = frozenset(("log-says-sent", "supplier-silent", "stonewalled-inside"))
# What rules an opening out where it is told.
_UNLESS = {
    **dict.fromkeys(FOR_SOLVED, "unsolved"),
    **dict.fromkeys(OF_SILENCE, "theirs-to-us"),
    "wants-manager": "no-manager-wanted",
    "cannot-be-given-back": "goes-on",
}
# In these it is asked for what may be given, whatever was said of that before.
ASKING_FOR_IT = frozenset(
    (
        *("fee-waive", "fee-late", "fee-no-show", "small-gesture", "modest-ask", "price-haggler"),
        *("demands-compensation", "wants-compensation", "wants-discount", "wants-goodwill", "fee-refused"),
    )
)
# In the order in which they are tried: what is told most exactly goes first.
_PLAIN = ("playbooks/shelves/plain_inside", "playbooks/shelves/moments", "playbooks/shelves/plain")
INSIDE = frozenset(
    ("boss-was-harsh", "blamed-by-boss", "boss-finds-me-slow", "colleague-was-harsh", "colleague-annoyed-at-me")
)
_GOOD = frozenset(("thankful-customer", "praise-for-colleague", "good-news", "exception-once"))
_tells = partial(holds, "playbooks/shelves/guards")


def named_plainly(text: str) -> str | None:
    """Name the opening that a text asks for in so many words, whatever was learned."""
    plain = plainly(text)
    return next((kind for file in _PLAIN if (kind := kind_in(file, plain)) is not None), None)


def is_good(text: str) -> bool:
    """Say whether a text tells of praise or of good news, and of no farewell: there is no heat in it, nor danger."""
    return named_plainly(text) in _GOOD and not _tells("farewell", plainly(text))


def is_inside(text: str) -> bool:
    """Say whether a text tells of a boss or a colleague: no customer whose call could be ended."""
    return named_plainly(text) in INSIDE


def ends_the_call(text: str) -> bool:
    """Say whether somebody is insulted once more by whom they have warned: a limit has been drawn already."""
    plain = plainly(text)
    return _tells("warned", plain) and not _tells("not-warned", plain) and _tells("insulted", plain)


def may_stand(opening: Opening, text: str) -> bool:
    """Say whether an opening may answer a text: not where what it is about is not named, or is not over after all."""
    kind = _UNLESS.get(opening.id)
    return opening.is_named_in(text) and (kind is None or not _tells(kind, plainly(text)))


def says_no(text: str) -> bool:
    """Say whether whoever answers tells that they may not give what is asked for."""
    return _tells("says-no", plainly(text))


def takes_their_blame(opening: Opening | None, text: str, moment: str | None = None) -> bool:
    """Say whether words for our own mistake would answer what a customer did; sorry for a death is no such word."""
    if was_their_slip(text):
        return True
    admitted = admits(opening.say) if opening is not None else moment == OWN_IT or tells_of_slip(text)
    return admitted and was_theirs(text) and not may_be_ours(text) and not _tells("sorrow", plainly(text))
