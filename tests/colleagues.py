"""Colleagues with names of several words: on every stage, on no team until somebody adds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Identity, Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.directory.model import Workspace

COLLEAGUES = {"mary": "Mary Jane O'Neil", "zoe": "Zoë Álvarez", "linh": "Nguyen, Linh (Acme)"}


def seat_colleagues(
    session: Session, workspace: Workspace, now: datetime, *, account: Callable[[str], str] = str
) -> None:
    """Put them in place, each called as the platform calls them; once, also where a stage is opened again."""
    here = select(Identity.id).where(Identity.workspace_id == workspace.id, Identity.address == account("mary"))
    if session.scalar(here) is not None:
        return
    people = {name: Person(organisation_id=workspace.organisation_id, name=shown) for name, shown in COLLEAGUES.items()}
    session.add_all(people.values())
    session.flush()
    session.add_all(
        Identity(person_id=person.id, workspace_id=workspace.id, address=account(name), last_acted_at=now)
        for name, person in people.items()
    )
