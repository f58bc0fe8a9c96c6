"""Who is called for an incident: supervisors on duty whom messages reach, and who comes after them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot.delivery.reached import out_of_reach
from bot.directory.availability import AvailabilityState
from bot.directory.roster import availability_of, team
from bot.people.leads import tell_leads
from bot.ports import Subject
from bot.work.named import supervisors_on_duty

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.directory.model import Person
    from bot.incidents.facts import IncidentFacts
    from bot.work.work import TextWriter, Work


def tell_deciders(what: str, facts: IncidentFacts, write: TextWriter, work: Work) -> Sequence[Person]:
    """Tell supervisors on duty what somebody else decided about an incident; say who is told."""
    told = [one for one in supervisors_on_duty(work) if one.id != work.actor.person_id]
    tell_leads(work, told, write, Subject.of(what, work.actor.person_id or 0, facts.incident.id))
    return told


class Leads:
    """Supervisors and admins of an organisation, as they can be called now; looked up when somebody has to be."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.said: set[Subject] = set()  # what they were told in this look, so that one channel is named once

    @cached_property
    def supervisors(self) -> list[Person]:
        """The supervisors to call: those on duty, or else all; where none can be reached, the admins."""
        return self._best([one for one in self._team if one.is_supervisor]) or self.admins

    @cached_property
    def admins(self) -> list[Person]:
        """The admins to call: those on duty, or else all."""
        return self._best([one for one in self._team if one.is_admin])

    def further(self, but: Collection[int]) -> list[Person]:
        """Find who else can be called when some could not be reached: supervisors, or else admins."""
        others = [one for one in self._team if one.id not in but]
        return self._best([one for one in others if one.is_supervisor]) or self._best(
            [one for one in others if one.is_admin]
        )

    def is_on_duty(self, person: Person) -> bool:
        """Say whether somebody is here now."""
        there = availability_of(person, self._work.organisation, self._work.now)
        return there.state is AvailabilityState.AVAILABLE

    def _best(self, people: list[Person]) -> list[Person]:
        reached = [one for one in people if one.id not in self._silent]
        return [one for one in reached if self.is_on_duty(one)] or reached

    @cached_property
    def _team(self) -> list[Person]:
        return team(self._work.session, self._work.actor.organisation_id)

    @cached_property
    def _silent(self) -> set[int]:
        leads = [one.id for one in self._team if one.is_supervisor or one.is_admin]
        return out_of_reach(self._work.session, leads, self._work.now)
