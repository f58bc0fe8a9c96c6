"""The rows of workspaces: made when one is first met, with its first admin; its channels keep their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select, update

from adapters.slack.places import PLATFORM
from bot.actors import enrol
from bot.people.model import Conversation, Organisation, Person, Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.actors import Origin


def add_workspace(session: Session, *, address: str, name: str, now: datetime) -> None:
    """Put a workspace in place, with an organisation of its own, once."""
    if _find(session, address) is not None:
        return
    organisation = Organisation(name=name, created_at=now)
    session.add(organisation)
    session.flush()
    session.add(Workspace(organisation_id=organisation.id, platform=PLATFORM, address=address, name=name))


def take_first_admin(session: Session, *, origin: Origin, now: datetime) -> bool:
    """Make this person admin if nobody is: a token does not say who installed it. Say whether they are the first."""
    workspace = _find(session, origin.workspace)
    if workspace is None:
        return False
    # Locked, so that of two people at the same moment one is the first.
    session.scalar(select(Organisation).where(Organisation.id == workspace.organisation_id).with_for_update())
    if session.scalar(select(exists().where(Person.organisation_id == workspace.organisation_id, Person.is_admin))):
        return False
    actor = enrol(session, origin, now)
    session.get_one(Person, actor.person_id).is_admin = True
    return True


def rename_channel(session: Session, *, workspace: str, channel: str, name: str) -> None:
    """Keep the new name of a channel, if we know it."""
    found = _find(session, workspace)
    if found is not None:
        session.execute(
            update(Conversation)
            .where(Conversation.workspace_id == found.id, Conversation.address == channel)
            .values(name=name)
        )


def _find(session: Session, address: str) -> Workspace | None:
    return session.scalar(select(Workspace).where(Workspace.platform == PLATFORM, Workspace.address == address))
