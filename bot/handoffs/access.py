"""What somebody is to a handoff, and so what they may do with it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from bot.commands import Need
from bot.errors import NotAllowed
from bot.handoffs.model import HandoffState
from bot.say.language import _
from bot.work.permissions import may

if TYPE_CHECKING:
    from bot.handoffs.scene import Scene
    from bot.work.work import Work


class Role(enum.Enum):
    """What somebody is to a handoff."""

    REQUESTER = "requester"  # asked for it, for themselves or for somebody else
    HOLDER = "holder"  # owes the customer the next step, since nobody is searched for
    ASKED = "asked"  # has an offer
    SUPERVISOR = "supervisor"


def roles(scene: Scene, work: Work) -> set[Role]:
    """Say what the actor is to a handoff."""
    me, handoff = work.actor.person_id, scene.handoff
    held = handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK) or handoff.closed_by_clock
    found = {
        Role.REQUESTER: me in (handoff.requester_id, handoff.started_by_id),
        Role.HOLDER: held and me == (handoff.taker_id or handoff.requester_id),
        Role.ASKED: me in scene.offers,
        Role.SUPERVISOR: may(work.actor, Need.SUPERVISOR),
    }
    return {role for role, held in found.items() if held}


def insist(scene: Scene, work: Work, *wanted: Role) -> None:
    """Let the actor through if they are one of these, or raise NotAllowed."""
    if not roles(scene, work).intersection(wanted):
        raise NotAllowed(
            _("That was not done."),
            _("This handoff is somebody else's."),
            _("Ask them, or a supervisor: `/zanshin team` lists who they are."),
        )
