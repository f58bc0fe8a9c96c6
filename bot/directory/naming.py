"""How people are named in what we say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.messages import PersonRef

if TYPE_CHECKING:
    from bot.directory.model import Person


def ref(person: Person) -> PersonRef:
    """Mention a person."""
    return PersonRef(person_id=person.id, name=person.name)
