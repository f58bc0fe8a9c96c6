"""Who may do what: the one place that answers."""

from __future__ import annotations

from bot.directory.actors import Actor
from bot.errors import NotAllowed
from bot.say.language import _
from bot.typing.command import Need


def check(actor: Actor, need: Need) -> None:
    """Let the actor through, or raise NotAllowed with the way to get there."""
    if need is Need.TEAM and not actor.on_team and actor.was_removed:
        raise NotAllowed(
            _("You're no longer on the support team."),
            _("Only the team can do this."),
            _("If it's a mistake, ask a supervisor or an admin to add you again: `/zanshin team` lists who they are."),
        )
    if need is Need.TEAM and not actor.on_team:
        raise NotAllowed(
            _("You're not on the support team yet."),
            _("Only the team can do this."),
            _("Type any command in the support channel to join, or ask an admin to add you."),
        )
    if need in (Need.SUPERVISOR, Need.ADMIN) and not actor.has_admin:
        raise NotAllowed(
            _("That wasn't done."), _("I have no admin yet, and only an admin can do this."), how_to_be_admin(actor)
        )
    if need is Need.SUPERVISOR and not (actor.is_supervisor or actor.is_admin):
        raise NotAllowed(
            _("That wasn't done."),
            _("Only supervisors and admins can do this."),
            _("Ask one of them: `/zanshin team` lists who they are."),
        )
    if need is Need.ADMIN and not actor.is_admin:
        raise NotAllowed(
            _("That wasn't done."),
            _("Only admins can do this."),
            _("Ask one of them: `/zanshin team` lists who they are."),
        )


def how_to_be_admin(actor: Actor) -> str:
    """Say how the first admin is named: never by being the first who types."""
    return _("Whoever runs my server can make you admin: `zanshin team add {account} --admin`.").format(
        account=actor.account
    )


def may(actor: Actor, need: Need) -> bool:
    """Say whether the actor would be let through, to offer only buttons that work."""
    try:
        check(actor, need)
    except NotAllowed:
        return False
    return True
