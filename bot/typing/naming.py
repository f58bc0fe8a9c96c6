"""Who is named without an @, where a phrase says that somebody may be: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.typing.grammar import Phrase
    from bot.typing.mentions import Known


def with_person(phrase: Phrase, rest: str, known: Known) -> str:
    """Find out who is named where a phrase takes a name without an @."""
    before = next((one for one in phrase.person_after if rest.lower().startswith(one)), None)
    if before is not None:
        rest = rest[: len(before)] + known.read_front(rest[len(before) :], phrase.sure.get(before))
    found = phrase.person_within.search(rest) if phrase.person_within is not None else None
    return rest[: found.end()] + known.read_front(rest[found.end() :], _is_meant) if found is not None else rest


def _is_meant(behind: str) -> bool:
    """Say whether it is the person, and nothing of theirs: "not omar's fault"."""
    return not behind.startswith(("'s", "’s"))
