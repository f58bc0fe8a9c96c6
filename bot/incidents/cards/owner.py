"""What the owner of an incident reads, and whoever is asked to own it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.commands import AcceptOwnership, AskForOwner
from bot.say.language import _
from bot.say.messages import Choice, Message, Section, moment, text

if TYPE_CHECKING:
    from datetime import datetime

    from bot.incidents.scene import Scene


def own_it(scene: Scene, by: str) -> Message:
    """Ask somebody to own an incident."""
    return Message.of(
        _("Will you own #{number}?").format(number=scene.incident.number),
        Section(text=text(_("{by} asks you: **{title}**"), by=by, title=scene.incident.title)),
        Section(text=text(_("Its next update is promised by {time}."), time=moment(scene.incident.promise_at))),
        Choice(buttons=(AcceptOwnership(number=scene.incident.number).button(_("I own it"), "primary"),)),
    )


def owned(scene: Scene) -> Message:
    """Close the question who owns it."""
    line = text(_("{name} owns it."), name=scene.owner.name)
    return Message.of(scene.incident.heading, Section(text=line, tone="good"))


def note_over(scene: Scene, what: str) -> Message:
    """Close the question for an owner who is there; `what` may name them."""
    return Message.of(scene.incident.heading, Section(text=(_(what).format(name=scene.owner.name),), tone="quiet"))


def you_are_away(scene: Scene) -> Message:
    """Tell an owner who leaves what stays with them."""
    line = text(
        _("You are away and own this: news is promised by {time}. Supervisors were asked for another owner."),
        time=moment(scene.incident.promise_at),
    )
    button = AskForOwner(number=scene.incident.number).button(_("Hand it over …"), "primary")
    return Message.of(scene.incident.heading, Section(text=line, tone="warning"), Choice(buttons=(button,)))


def hand_over_before_you_go(scene: Scene, ends_at: datetime) -> Message:
    """Ask an owner whose shift ends to hand over."""
    return Message.of(
        _("Your shift ends soon: who owns #{number} then?").format(number=scene.incident.number),
        Section(
            text=text(
                _("It ends at {end}, and news of **{title}** is promised by {time}."),
                end=moment(ends_at),
                title=scene.incident.title,
                time=moment(scene.incident.promise_at),
            )
        ),
        Choice(buttons=(AskForOwner(number=scene.incident.number).button(_("Hand it over …"), "primary"),)),
    )
