"""What is used most: counted once a minute, or after a start here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.playbooks.model import Run

if TYPE_CHECKING:
    from bot.work.work import Work

USED_WITHIN = timedelta(days=30)  # what counts as used
COUNTED = timedelta(minutes=1)


@dataclass(frozen=True)
class Usage:
    """How often an organisation uses which playbook."""

    _counted: dict[int, tuple[datetime, list[str]]] = field(default_factory=dict)  # by organisation

    def changed(self, organisation_id: int) -> None:
        """Count again: somebody has started one."""
        self._counted.pop(organisation_id, None)

    def most_used(self, work: Work) -> list[str]:
        """Name what was used in the last month, most used first."""
        organisation = work.actor.organisation_id
        at, used = self._counted.get(organisation, (None, []))
        if at is None or work.now - at > COUNTED:
            rows = work.session.execute(
                select(Run.playbook, func.count())
                .where(Run.organisation_id == organisation, Run.started_at > work.now - USED_WITHIN)
                .group_by(Run.playbook)
                .order_by(func.count().desc(), Run.playbook)
            )
            used = [name for name, _count in rows]
            self._counted[organisation] = work.now, used
        return used
