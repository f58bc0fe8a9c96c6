"""Whose rows are counted: an organisation, or one team of it that is large enough for nobody to be singled out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.directory.model import Person
from bot.insights.period import did_you_mean
from bot.insights.values import Complaint
from bot.say.language import _, listing
from bot.work.work import Work

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session
    from sqlalchemy.sql.elements import SQLCoreOperations

    from bot.insights.period import Period

FEWEST = 5  # a smaller group is not broken down: it would tell of one person


@dataclass(frozen=True, slots=True)
class Population:
    """Whose rows are counted."""

    session: Session
    organisation_id: int
    people: frozenset[int] | None = None  # of one team; None: everybody

    def within(
        self,
        period: Period,
        organisation: SQLCoreOperations[int],
        person: SQLCoreOperations[Any],
        at: SQLCoreOperations[Any],
    ) -> tuple[ColumnElement[bool], ...]:
        """Say which rows are of these people and of this period."""
        ours = (organisation == self.organisation_id, at >= period.begins, at < period.ends)
        return ours if self.people is None else (*ours, person.in_(sorted(self.people)))


def population_of(work: Work, team: str | None) -> Population | Complaint:
    """Find whose rows are meant; a team is everybody with one skill."""
    organisation_id = work.actor.organisation_id
    if not team:
        return Population(work.session, organisation_id)
    everybody = work.session.scalars(select(Person).where(Person.organisation_id == organisation_id)).all()
    on_team = [one for one in everybody if one.on_team]
    skills = sorted({skill for one in on_team for skill in one.skills})
    inside = [one for one in on_team if team.lower() in {skill.lower() for skill in one.skills}]
    if not inside:
        return _unknown(team, skills)
    if len(inside) < FEWEST or 0 < len(on_team) - len(inside) < FEWEST:
        return Complaint(
            _("I don't break figures down for {team}.").format(team=f"“{team}”"),
            _("It, or everybody who is not in it, is fewer than five people, and one could guess who is meant."),
            _("Leave the team out, to read about everybody together."),
        )
    return Population(work.session, organisation_id, frozenset(one.id for one in inside))


def _unknown(team: str, skills: list[str]) -> Complaint:
    slip = did_you_mean(team)
    what = _("There is no team called {team} here.").format(team=f"“{team[:40]}”")
    if not skills:
        return Complaint(
            what,
            _("A team is everybody with the same skill, and nobody has one yet."),
            slip or _("Leave it out, or name a period: `/zanshin report month`."),
        )
    return Complaint(
        what,
        _("A team is everybody with the same skill; there is {skills}.").format(skills=listing(skills[:10])),
        slip or _("Name one of these, or a period: `/zanshin report month`."),
    )
