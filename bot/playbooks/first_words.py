"""What to do and say first: of the opening for this kind of matter, and of the playbook that fits. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bot.playbooks.catalogue import Playbook

# What these have somebody do is for themselves: that stays, whatever the matter is.
OF_ONESELF = frozenset(("keep-calm", "restrain", "recuse", "not-personal", "rethink-blame", "attention"))


class FirstWords(NamedTuple):
    """One thing to do, one sentence to say."""

    id: str | None  # of the opening
    do: str
    say: str


def first_words(opening: FirstWords | None, best: Playbook | None) -> FirstWords | None:
    """Put together what the card begins with; None where the playbook's own words are all there is."""
    if opening is not None and best is not None and best.now is not None and best.id in OF_ONESELF:
        return FirstWords(opening.id, best.now.do, opening.say)
    return opening
