"""What is kept about somebody in incidents: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.incidents.model import Incident, IncidentEvent
from bot.say.language import _, ngettext
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    owned = work.session.scalars(select(func.count(Incident.id)).where(Incident.owner_id == person.id)).one()
    by_them = (IncidentEvent.person_id == person.id) | (IncidentEvent.told_by_id == person.id)
    done = work.session.scalars(select(func.count(IncidentEvent.id)).where(by_them)).one()
    readers = _("the team, and the channels it's posted in")
    until = _("the words go {days} after the end; who did what when stays").format(days=in_days(retention.incidents))
    entries = ngettext("What you did in incidents ({count} entry)", "What you did in incidents ({count} entries)", done)
    counted = ((_("Incidents you own ({count})"), owned), (entries, done))
    return [Kept(what=words.format(count=count), readers=readers, until=until) for words, count in counted if count]
