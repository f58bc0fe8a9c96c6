"""Figures of playbooks: which situations people met, what did not fit, what is due for review."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.insights.figures.definitions import figure
from bot.insights.values import Share
from bot.playbooks.authoring.publishing import REVIEWED_EVERY
from bot.playbooks.model import Misfit, OwnPlaybook, Run
from bot.playbooks.suggest import CRISIS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.insights.figures.population import Population
    from bot.insights.period import Period


def runs(population: Population, period: Period) -> Counter[str]:
    """Count the playbooks that were started in a period."""
    rows = population.session.execute(
        select(Run.playbook, func.count())
        .where(*population.within(period, Run.organisation_id, Run.person_id, Run.started_at), Run.playbook != CRISIS)
        .group_by(Run.playbook)
    )
    return Counter({name: count for name, count in rows})  # noqa: C416  rows are typed, dict() is not


@figure("Situations most met")
def situations_met(counted: Counter[str]) -> Mapping[str, Share]:
    """Which playbooks people walked through, each as a share of all: the situations they met most.

    - Population: every playbook somebody started; of a team, those its people started. Never what was typed.
    - Clock: when it was started.
    - Zone: the days of the period are those of the organisation.
    - Left out: what is said in danger, which is nobody's business; playbooks that were found and not started; runs
      that are no longer kept (docs/privacy.md). A period that reaches behind that time is not compared.
    """
    return {name: Share(count, counted.total()) for name, count in counted.most_common()}


@figure("Offers that did not fit")
def did_not_fit(population: Population) -> Sequence[tuple[str, str, int]]:
    """How often a playbook offered first did not fit, and what was chosen instead.

    - Population: the whole organisation, whatever the team: it is kept without people.
    - Clock: none. It is counted from the first day on, not by period.
    - Zone: none.
    - Left out: offers nobody said anything of.
    """
    rows = population.session.execute(
        select(Misfit.playbook, Misfit.instead, Misfit.count)
        .where(Misfit.organisation_id == population.organisation_id, Misfit.count > 0)
        .order_by(Misfit.count.desc(), Misfit.playbook, Misfit.instead)
    )
    return [(playbook, instead, count) for playbook, instead, count in rows]


@figure("Playbooks due for review")
def due_for_review(population: Population, now: datetime) -> Sequence[str]:
    """Which playbooks of a team's own nobody has called right for half a year.

    - Population: what the organisation has written and published, whatever the team.
    - Clock: 180 days since somebody last said that it is still right, or changed it; seen from now, not by period.
    - Zone: none is needed.
    - Left out: playbooks that came with the program, and retired ones.
    """
    return population.session.scalars(
        select(OwnPlaybook.title)
        .where(
            OwnPlaybook.organisation_id == population.organisation_id,
            OwnPlaybook.live,
            OwnPlaybook.reviewed_at <= now - REVIEWED_EVERY,
        )
        .order_by(OwnPlaybook.reviewed_at, OwnPlaybook.id)
    ).all()
