"""What somebody reads who was added to the team."""

from __future__ import annotations

from bot.directory.model import Person
from bot.people.cards.team import roles
from bot.say.language import _
from bot.say.messages import Message, Section, text


def you_were_added(by: str, person: Person) -> Message:
    """Tell somebody about their new role."""
    return Message.of(
        _("You're on the support team"),
        Section(
            text=text(
                _("{by} made you {roles}. When a customer gets rough, type `/calm` and what is happening."),
                by=by,
                roles=roles(person),
            )
        ),
    )
