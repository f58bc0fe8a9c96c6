"""A colleague who is named while a search runs already: they are asked beside whoever is asked just then."""

from __future__ import annotations

from bot.directory.model import Person
from bot.handoffs.facts import CaseFacts
from bot.handoffs.search.searching import go_on
from bot.work.work import Work


def go_on_with(wish: Person, facts: CaseFacts, work: Work) -> bool:
    """Go on with a search in which somebody is wished for now; say whether that had them asked."""
    offer = facts.offers.get(wish.id)
    asked = offer.asks if offer is not None else 0
    if not asked:  # whoever was called as a supervisor stays one
        facts.know(wish)
        facts.handoff.wish_id = wish.id
    go_on(facts, work)
    offer = facts.offers.get(wish.id)
    return offer is not None and offer.asks > asked
