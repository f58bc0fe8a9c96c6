"""Whose rows are counted: an organisation, or one team of it that is large enough for nobody to be singled out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.directory.model import Person
from bot.insights.period import did_you_mean
from bot.insights.values import Complaint
from bot.say.language import _, listing, quoted
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session
    from sqlalchemy.sql.elements import SQLCoreOperations

    from bot.insights.period import Period

FEWEST = 5  # a smaller group is not broken down: it would tell of one person
MOST_KNOWN = 2000  # groups whose totals follow from what is told: enough for ten teams that share nobody


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
    named = {skill.lower(): skill for one in on_team for skill in one.skills}
    teams = {
        skill: frozenset(one.id for one in on_team if skill in {mine.lower() for mine in one.skills}) for skill in named
    }
    if team.lower() not in teams:
        return _unknown(team, sorted(named.values()))
    if team.lower() not in broken_down(frozenset(one.id for one in on_team), teams):
        return Complaint(
            _("I don't break figures down for {team}.").format(team=quoted(team)),
            _("It, or what is left of a larger team without it, is fewer than five people: one could guess who."),
            _("Leave the team out, to read about everybody together."),
        )
    return Population(work.session, organisation_id, teams[team.lower()])


def broken_down(everybody: frozenset[int], teams: Mapping[str, frozenset[int]]) -> list[str]:
    """List the teams that are told of: the largest first, and none whose numbers, taken from others, leave too few.

    Whoever subtracts one total from another has the total of those who are in the one alone: this is followed up for
    whatever can be subtracted, one after the other.
    """
    known, told = {everybody}, []
    for name in sorted(teams, key=lambda one: (-len(teams[one]), one)):
        new = {teams[name]} | _left(teams[name], known)
        if all(len(group) >= FEWEST for group in new if group):
            told.append(name)
            known |= set(islice(new, max(0, MOST_KNOWN - len(known))))
    return told


def _left(team: frozenset[int], known: Iterable[frozenset[int]]) -> set[frozenset[int]]:
    """List what is left of whatever holds a team without it, and of the team without whatever it holds."""
    return {one - team if team < one else team - one for one in known if team < one or one < team}


def _unknown(team: str, skills: list[str]) -> Complaint:
    slip = did_you_mean(team)
    what = _("There is no team called {team} here.").format(team=quoted(team[:40]))
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
