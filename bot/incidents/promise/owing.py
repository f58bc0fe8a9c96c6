"""Who owes customers an update that is overdue: they are not free for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from bot.directory.availability import Occupied
from bot.incidents.model import Incident, IncidentState
from bot.say.language import N_, _

if TYPE_CHECKING:
    from bot.say.messages import Text
    from bot.work.work import Work


def engaged(work: Work) -> dict[int, Occupied]:
    """Find the owners of incidents whose update is overdue, unless their reminders rest."""
    due_at = func.coalesce(Incident.wanted_at, Incident.promise_at)
    owners = select(Incident.owner_id).where(
        Incident.organisation_id == work.actor.organisation_id,
        Incident.state == IncidentState.OPEN,
        or_(due_at <= work.now, Incident.promise_at <= work.now),
        or_(Incident.resume_at.is_(None), Incident.resume_at <= work.now),
    )
    found = Occupied(why=N_("Owes an update"), until=None, told=_you_owe_an_update)
    return dict.fromkeys(filter(None, work.session.scalars(owners)), found)


def _you_owe_an_update() -> Text:
    return (_("You still owe customers an update. I ask you again once they have it."),)
