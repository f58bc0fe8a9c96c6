"""How an organisation keeps its promises: cadences, quiet hours, and where customers read along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.directory.shifts import Shift, read_shifts
from bot.incidents.cadence import Quiet
from bot.incidents.model import CADENCES, IncidentSettings
from bot.typing.times.moments import WorkingDay

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.directory.model import Organisation, Person


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings of incidents as the domain uses them."""

    cadences: dict[int, timedelta]
    hours: tuple[Shift, ...]  # outside of them sev3 and sev4 wait; none: never quiet
    places: tuple[int, ...]  # conversations that customers read

    @property
    def day(self) -> WorkingDay:
        """The working day that "end of day" and "before we open" mean."""
        return WorkingDay(self.hours[0].start, self.hours[0].end) if self.hours else WorkingDay()

    def quiet_for(self, person: Person, organisation: Organisation) -> Quiet:
        """Say when somebody is not to be disturbed, in their own zone."""
        return Quiet(self.hours, person.zone_in(organisation))


def rules_of(session: Session, organisation_id: int) -> Rules:
    """Read the settings of an organisation."""
    found = session.get(IncidentSettings, organisation_id)
    if found is None:
        return Rules(cadences={one: timedelta(minutes=length) for one, length in CADENCES.items()}, hours=(), places=())
    lengths = (found.cadence_1_min, found.cadence_2_min, found.cadence_3_min, found.cadence_4_min)
    return Rules(
        cadences={number: timedelta(minutes=length) for number, length in enumerate(lengths, 1)},
        hours=read_shifts(found.hours_text) if found.hours_text else (),
        places=tuple(found.customer_places),
    )
