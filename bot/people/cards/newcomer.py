"""What somebody reads who was added to the team, or whose roles are fewer."""

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


def your_roles_changed(by: str, person: Person) -> Message:
    """Tell somebody that a role of theirs, or every one, was taken."""
    if person.on_team:
        return Message.of(
            _("You have fewer roles"),
            Section(
                text=text(_("{by} changed it: on the support team you're {roles} now."), by=by, roles=roles(person))
            ),
        )
    return Message.of(
        _("You're no longer on the support team"),
        Section(text=(_("{by} took you off it: nobody hands you a case any more.").format(by=by),)),
        Section(text=(_("If it's a mistake, speak with them."),), tone="quiet"),
    )
