"""What supervisors read about incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.commands import AcceptOwnership, AskForOwner, ShowIncident
from bot.say.language import _
from bot.say.messages import Choice, Message, Section, moment, text

if TYPE_CHECKING:
    from bot.incidents.scene import Scene


def owner_is_away(scene: Scene) -> Message:
    """Ask supervisors for another owner."""
    line = (
        _("{name}, who owns it, cannot be reached. News is promised by {time}.")
        if scene.incident.unreached
        else _("{name}, who owns it, is not here. News is promised by {time}.")
    )
    said = text(line, name=scene.owner.name, time=moment(scene.incident.promise_at))
    return Message.of(
        scene.incident.heading,
        Section(text=said, tone="warning"),
        Choice(
            buttons=(
                AskForOwner(number=scene.incident.number).button(_("Choose an owner"), "primary"),
                AcceptOwnership(number=scene.incident.number).button(_("I own it")),
            )
        ),
    )


def paused(scene: Scene, by: str, why: str) -> Message:
    """Tell supervisors about a pause."""
    until = moment(scene.incident.resume_at or scene.now)
    return Message.of(
        scene.incident.heading,
        Section(text=text(_("{by} paused its reminders until {time}: “{why}”"), by=by, time=until, why=why)),
        Choice(buttons=(ShowIncident(number=scene.incident.number).button(_("Look at it")),)),
    )


def far_promise(scene: Scene, by: str) -> Message:
    """Show supervisors a promise that is further away than usual."""
    at = moment(scene.incident.promise_at)
    return Message.of(
        scene.incident.heading,
        Section(
            text=text(
                _("{by} promised the next update only by {time}: more than twice the usual for sev{severity}."),
                by=by,
                time=at,
                severity=scene.incident.severity,
            )
        ),
        Choice(buttons=(ShowIncident(number=scene.incident.number).button(_("Look at it")),)),
    )
