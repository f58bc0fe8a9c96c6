"""Which opening is shown: ours as was learned from many matched by hand, a team's own by their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playbooks.first_words import (
    ACCOUNTS_DIFFER,
    DRAWS_A_LIMIT,
    ENDS_THE_CALL,
    GESTURE,
    NO_NOT_ACCEPTED,
    OF_NO_CASE,
    OWN_DOING,
    OWN_TEMPER,
    UNKNOWN_TO_THEM,
)
from bot.playbooks.openings import shipped_openings, somebody_waits
from bot.playbooks.shelves.guards import (
    ASKING_FOR_IT,
    ends_the_call,
    may_stand,
    named_plainly,
    says_no,
    takes_their_blame,
)
from bot.understanding.matters import NONE, PLAIN, matters_in, shares_of
from bot.understanding.mirror.faults import is_disputed
from bot.understanding.own_heat import tells_of_own
from bot.understanding.quoting import tells
from bot.understanding.signals import Signal
from bot.understanding.stages import stage_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.playbooks.openings import Opening, Openings
    from bot.understanding.understood import Understood

FOR_SLIGHTS = frozenset(("insulted-mildly", "swears-at-the-matter"))  # too little where somebody was abused
_OF_COLLEAGUES = re.compile(r"\b(?:my|our|the) (?:\w+ )?(?:boss|manager|lead|supervisor|director|ceo)\b", re.IGNORECASE)
NO_MATTER = 0.4  # from this share on a text may tell of no matter at all, nor of a stage
FITS = 0.6  # from this share on an opening is shown: one that is wrong helps less than none
_NO_CASE = "no case"


def match(
    openings: Openings,
    language: str,
    told: Understood,
    moment: str | None,
    step_aside: Callable[[], None] = lambda: None,
) -> Opening | None:
    """Give the opening of a language that answers a text and suits the moment; steps aside before it takes time.

    A team's own are found by their words, and go first where those say most, or where none of ours is likely.
    """
    if (first := _before_all(openings, told.words)) is not None:
        return first
    met = openings.met(told.words)
    suits = [one for one in met if one.suits(moment) and may_stand(one, told.words)]
    if suits and not _is_learned(suits[0], language):
        return suits[0]
    shares = _read(told, language, met, step_aside)
    known = (openings.by_id.get(name) for name, share in shares.items() if share >= FITS)
    likely = (one for one in known if one is not None and _is_learned(one, language) and _suits(one, moment))
    ours = _guarded(next((one for one in likely if may_stand(one, told.words)), None), openings, told, moment)
    return ours or next((one for one in suits if not _is_learned(one, language)), None)


def _guarded(ours: Opening | None, openings: Openings, told: Understood, moment: str | None) -> Opening | None:
    """Give what stands in the place of a likely one where somebody is insulted, or it would be wrong to own up."""
    if ours is not None and ours.stage and not _is_insulted(told):
        return ours
    if is_disputed(told.words):
        return openings.by_id.get(ACCOUNTS_DIFFER, ours)
    if _is_insulted(told) and (ours is None or ours.stage or ours.id in FOR_SLIGHTS):
        ours = openings.by_id.get(DRAWS_A_LIMIT, ours)
    is_asked_for = moment == GESTURE if ours is None else ours.id in ASKING_FOR_IT
    if is_asked_for and says_no(told.words):
        return openings.by_id.get(NO_NOT_ACCEPTED, ours)
    if takes_their_blame(ours, told.words, moment):
        own = openings.by_id.get(OWN_DOING)
        return own if own is not None and _suits(own, moment) else None
    return ours


def _before_all(openings: Openings, text: str) -> Opening | None:
    """Give the opening that others make way for, whatever was learned."""
    if tells_of_own(text) and (own := openings.by_id.get(OWN_TEMPER)) is not None:
        return own
    if ends_the_call(text):
        return openings.by_id.get(ENDS_THE_CALL)
    named = named_plainly(text)
    return openings.by_id.get(named) if named is not None else None


def _read(told: Understood, language: str, met: Sequence[Opening], step_aside: Callable[[], None]) -> dict[str, float]:
    """Say how likely each of ours is, the likeliest first; take the time for it where that is not plain at a glance.

    A stage goes before a matter if that leaves room for it. Nothing is likely where nothing but filler was typed.
    """
    reader = matters_in(language)
    if reader is None or not any(tells(token.word) for token in told.tokens):
        return {}
    glance = reader.glance(told.words, signs_of(told.words, met, language), met_first(met), told.tokens)
    quick = shares_of(glance)
    if max(quick.values()) >= PLAIN:
        return quick
    if reader.takes_time:
        step_aside()
    place = told.glance.place if reader.takes_time else None
    shares = shares_of(reader.look(glance, place))
    if shares.get(NONE, 0.0) >= NO_MATTER:
        return shares
    is_answered = max(shares.values()) >= FITS or is_disputed(told.words)
    stage = stage_in(language, told.words, place, is_answered=is_answered)
    return {stage: 1.0} if stage is not None else shares


def met_first(met: Sequence[Opening]) -> str | None:
    """Name the matter whose words were met first; a kind of trouble is met too easily to tell anything."""
    first = next((one for one in met if not one.stage), None)  # stages are told by a reader of their own
    return first.id if first is not None and not first.last else None


def signs_of(text: str, met: Sequence[Opening], language: str) -> list[str]:
    """Name what phrases say of a text: which matters they find, which of them first, and that nobody waits."""
    found = [one.id for one in met if not one.stage]
    return [*found, *(f"first {name}" for name in found[:1]), *([] if somebody_waits(text, language) else [_NO_CASE])]


def _is_insulted(told: Understood) -> bool:
    """Say whether a customer insults whoever answers: a boss is no customer whose call is ended."""
    abused = told.is_abusive and Signal.INSULT in told.heat.signals
    return abused and _OF_COLLEAGUES.search(told.words) is None


def _suits(opening: Opening, moment: str | None) -> bool:
    """Say whether a likely opening may be shown in a moment.

    Where nothing is wrong with a case, or the customer knows nothing of it, it has to say that it suits that;
    so has one about how somebody behaves, where it is asked what may be given.
    """
    if moment == GESTURE and opening.general:
        return opening.suits(moment)
    return (moment not in OF_NO_CASE and moment != UNKNOWN_TO_THEM) or opening.suits(moment)


def _is_learned(opening: Opening, language: str) -> bool:
    """Say whether it is ours, as it stood when the texts were matched, and enough of them were."""
    ours, reader = shipped_openings().get(language), matters_in(language)
    is_ours = ours is not None and ours.by_id.get(opening.id) is opening
    return is_ours and reader is not None and (opening.stage or opening.id in reader.known)
