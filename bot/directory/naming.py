"""How people are named in what we say."""

from __future__ import annotations

from bot.directory.model import Person
from bot.say.messages import PersonRef


def ref(person: Person) -> PersonRef:
    """Mention a person."""
    return PersonRef(person_id=person.id, name=person.name)
