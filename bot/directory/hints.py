"""What platforms think of who is there: a hint that lowers somebody's rank for a while, and never more than that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from bot.directory.model import Identity, Person, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

FRESH = timedelta(seconds=60)  # a hint this young is not asked for again
AWAKE = timedelta(hours=1)  # where nobody has acted for longer, nobody is looked for


@dataclass(frozen=True)
class Hint:
    """What a platform thinks of somebody."""

    account: str
    quiet_until: datetime | None  # they seem not to be there, or not to want to be disturbed; None: there they are


def whom_to_look_for(session: Session, platform: str, now: datetime, *, at_most: int) -> dict[str, list[str]]:
    """List accounts of teams at work whose hints are old, by workspace: as many as one may ask, the oldest first."""
    awake = (
        select(Identity.workspace_id)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .where(Workspace.platform == platform, Identity.last_acted_at > now - AWAKE)
    )
    rows = session.execute(
        select(Workspace.address, Identity.address)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .join(Person, Person.id == Identity.person_id)
        .where(
            Identity.workspace_id.in_(awake),
            or_(Person.is_agent, Person.is_supervisor),
            Person.left_at.is_(None),
            or_(Person.hinted_at.is_(None), Person.hinted_at <= now - FRESH),
        )
        .order_by(Person.hinted_at.asc().nulls_first(), Person.id)
    )
    found: dict[str, list[str]] = {}
    for workspace, account in rows:
        found.setdefault(workspace, []).append(account)
    return {workspace: accounts[:at_most] for workspace, accounts in found.items()}


def take_hints(session: Session, platform: str, workspace: str, hints: Sequence[Hint], now: datetime) -> None:
    """Write down what a platform thinks."""
    for hint in sorted(hints, key=lambda one: one.account):
        person = (
            select(Identity.person_id)
            .join(Workspace, Workspace.id == Identity.workspace_id)
            .where(Workspace.platform == platform, Workspace.address == workspace, Identity.address == hint.account)
        )
        session.execute(
            update(Person)
            .where(Person.id.in_(person))
            .values(hinted_at=now, quiet_until=hint.quiet_until)
            .execution_options(synchronize_session=False)
        )
