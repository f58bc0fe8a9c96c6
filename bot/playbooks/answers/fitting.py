"""The answer to words typed behind `/calm`: the playbook that fits, or what may, and first words for the matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playbooks.acknowledging import acknowledgement
from bot.playbooks.cards import suggestions
from bot.playbooks.first_words import (
    OF_NO_CASE,
    OWN_IT,
    FirstWords,
    acknowledged,
    as_told,
    first_words,
    moment_of,
    of_stage,
    on_no_side,
    without_sorry,
)
from bot.playbooks.shelves.guards import is_inside, named_plainly
from bot.playbooks.suggest import Suggestion, is_likely, is_sure
from bot.say.language import PUBLIC
from bot.understanding.details import Detail, details_in
from bot.understanding.mirror.faults import is_disputed, is_plainly_ours, may_be_ours, wounds
from bot.understanding.mirror.said_back import said_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.playbooks.catalogue import Channel, English, Playbook
    from bot.playbooks.shelves.shelf import Books
    from bot.say.messages import Message, Part
    from bot.understanding.mirror.said_back import Mirrored
    from bot.understanding.understood import Understood

OFFERED, CONSIDERED = 3, 6
# For whoever was insulted, and for whoever can't go on.
_FOR_THE_INSULTED, _FOR_THE_WEARY = ("not-personal", "recuse", "keep-calm"), ("recuse", "keep-calm", "not-personal")
_ANOTHER = re.compile(
    r"\b(?:he|she|they|him|her|them|his|er|sie|ihn|ihm|ihr|guest|gast|patient\w*|\w*mieter\w*)\b", re.IGNORECASE
)
_SOMEBODY = re.compile(  # who is spoken of, or whose words are quoted
    r"^\s*[\"“„«]|\b(?:man|woman|lady|guy|customer|client|caller|guest|kund(?:e|in|en)|anrufer(?:in)?)\b", re.IGNORECASE
)


def fitting(
    told: Understood,
    books: Books,
    found: Sequence[Suggestion],
    usual: Sequence[Playbook],
    around: tuple[Sequence[Part], Sequence[Part]],
    *,
    english: Callable[[], English],
    step_aside: Callable[[], None],
) -> Message:
    """Offer what fits; parts around it come before and at the end."""
    before, go_on = around
    aimed = _is_aimed(told)  # a limit that is drawn stands alone
    for_oneself = aimed or is_of_oneself(told)
    if for_oneself:
        found = _for_oneself(found, books, _FOR_THE_INSULTED if aimed else _FOR_THE_WEARY)
    best = [books.catalogue.playbooks[one.playbook_id] for one in found]
    names = {one.playbook_id for one in found}
    playbooks = [*best, *(one for one in usual if one.id not in names)]
    first = first_of(told, books, found, english, step_aside)
    if not is_sure(found):
        waits = (is_likely(found) or _SOMEBODY.search(told.words) is not None) and not for_oneself
        return suggestions.not_sure(playbooks[:OFFERED], before, go_on, first, customer_waits=waits)
    why = "" if for_oneself else books.suggester.why(told.words, best[0].id, told.glance)
    return suggestions.best_fit(playbooks[:CONSIDERED], why, before, go_on, first, is_for_oneself=for_oneself)


def _is_aimed(told: Understood) -> bool:
    """Say whether a customer goes for whoever answers; a boss or a colleague is answered otherwise."""
    return suggestions.is_aimed(told.heat) and not is_inside(told.words)


def is_of_oneself(told: Understood) -> bool:
    """Say whether somebody at the end of their strength tells of nobody but themselves: nobody waits for words."""
    return told.heard.is_weary and _SOMEBODY.search(told.words) is None and _ANOTHER.search(told.words) is None


def _for_oneself(found: Sequence[Suggestion], books: Books, kept: Sequence[str]) -> list[Suggestion]:
    """Offer what is for whoever answers, the likeliest for certain; what is for customers is no help to them."""
    likely = [one.playbook_id for one in found if one.playbook_id in kept]
    names = [name for name in dict.fromkeys((*likely, *kept)) if name in books.catalogue.playbooks]
    return [Suggestion(name, 0.0 if place else 1.0) for place, name in enumerate(names)] or list(found)


def first_of(
    told: Understood,
    books: Books,
    found: Sequence[Suggestion],
    english: Callable[[], English] = lambda: "gb",
    step_aside: Callable[[], None] = lambda: None,
) -> FirstWords | None:
    """Say what to do and say first, in the English of the team where that makes a difference."""
    if told.heard.danger or _is_aimed(told) or is_of_oneself(told):
        return None
    details = details_in(told.words, books.language)
    best = books.catalogue.playbooks[found[0].playbook_id] if is_sure(found) else None
    best = as_told(best, is_ours=is_plainly_ours(told.words))
    disputed = is_disputed(told.words)
    mirrored = None if disputed else _mirrored(told.words, books, details, best)
    said = "" if disputed else acknowledged(acknowledgement(details), mirrored)
    if said and (told.is_abusive or told.may_be_danger):  # then a figure is not what weighs most
        said = ""
    opening = books.opening(told, moment_of(best), step_aside)
    no_sorry = best is not None and best.id == OWN_IT and not may_be_ours(told.words)
    if opening is None:
        if no_sorry:
            return without_sorry()
        return first_words(None, said if best or mirrored or is_likely(found) else "", best)
    words = opening.said(_channel(details), english() if opening.differs_by_place else "gb")
    first = FirstWords(opening.id, opening.do, words)
    if opening.stage:
        return of_stage(first, said, best)
    return first_words(on_no_side(first) if disputed else first, said, None if no_sorry else best)


def _mirrored(
    words: str, books: Books, details: Mapping[Detail, Mapping[str, str]], best: Playbook | None
) -> Mirrored | None:
    """Say back what went wrong, in English, where somebody waits for an answer; what would wound is not retold."""
    is_over = Detail.DONE in details or (best is not None and best.id in OF_NO_CASE)
    is_unspoken = Detail.DIED in details or wounds(words) or named_plainly(words) is not None
    if books.language != PUBLIC or is_over or is_unspoken or not books.somebody_waits(words):
        return None
    return said_back(words)


def _channel(details: Mapping[Detail, Mapping[str, str]]) -> Channel:
    """Say how they speak with the customer, as far as it was typed."""
    if Detail.EMAIL in details:
        return "email"
    return "chat" if Detail.CHAT in details else "spoken"
