"""Which opening is shown: ours in English as was learned from many matched by hand, all others by their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.first_words import OF_NO_CASE
from bot.playbooks.openings import shipped_openings, somebody_waits
from bot.say.language import PUBLIC
from bot.understanding.matters import PLAIN, matters, shares_of
from bot.understanding.quoting import tells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.playbooks.openings import Opening, Openings
    from bot.understanding.understood import Understood

FITS = 0.5  # from this share on an opening is shown: one that is wrong helps less than none
_NO_CASE = "no case"


def match(
    openings: Openings, told: Understood, moment: str | None, step_aside: Callable[[], None] = lambda: None
) -> Opening | None:
    """Give the opening that answers a text and suits the moment; steps aside before it takes time.

    A team's own are found by their words, and go first where those say most, or where none of ours is likely.
    """
    met = openings.met(told.words)
    suits = [one for one in met if one.suits(moment)]
    if suits and not _is_learned(suits[0]):
        return suits[0]
    likely = (openings.by_id.get(name) for name, share in _read(told, met, step_aside).items() if share >= FITS)
    ours = next((one for one in likely if one is not None and _is_learned(one) and _suits(one, moment)), None)
    return ours or next((one for one in suits if not _is_learned(one)), None)


def _read(told: Understood, met: Sequence[Opening], step_aside: Callable[[], None]) -> dict[str, float]:
    """Say how likely each of ours is, the likeliest first; take the time for it where that is not plain at a glance.

    Nothing is likely where nothing but filler was typed.
    """
    if not any(tells(token.word) for token in told.tokens):
        return {}
    reader = matters()
    glance = reader.glance(told.words, signs_of(told.words, met), met_first(met), told.tokens)
    quick = shares_of(glance)
    if max(quick.values()) >= PLAIN or not reader.takes_time:
        return quick
    step_aside()
    return shares_of(reader.look(glance, told.glance.place))


def met_first(met: Sequence[Opening]) -> str | None:
    """Name the opening whose words were met first; a kind of trouble is met too easily to tell anything."""
    return met[0].id if met and not met[0].last else None


def signs_of(text: str, met: Sequence[Opening]) -> list[str]:
    """Name what phrases say of a text: which openings they find, which of them first, and that nobody waits."""
    found = [one.id for one in met]
    return [*found, *(f"first {name}" for name in found[:1]), *([] if somebody_waits(text, PUBLIC) else [_NO_CASE])]


def _suits(opening: Opening, moment: str | None) -> bool:
    """Say whether a likely opening may be shown in a moment; where nothing is wrong with a case, it has to say so."""
    return moment not in OF_NO_CASE or opening.suits(moment)


def _is_learned(opening: Opening) -> bool:
    """Say whether it is ours, as it stood when the texts were matched, and enough of them were."""
    return shipped_openings()[PUBLIC].by_id.get(opening.id) is opening and opening.id in matters().known
