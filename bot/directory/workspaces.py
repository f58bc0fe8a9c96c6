"""The rows of workspaces: made when one is first met, with its first admin; its channels keep their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select, update

from bot.directory.actors import Origin, enrol
from bot.directory.model import Conversation, Organisation, Person, Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def add_workspace(session: Session, *, platform: str, address: str, name: str, now: datetime) -> None:
    """Put a workspace in place, with an organisation of its own, once."""
    if find_workspace(session, platform, address) is not None:
        return
    organisation = Organisation(name=name, created_at=now)
    session.add(organisation)
    session.flush()
    session.add(Workspace(organisation_id=organisation.id, platform=platform, address=address, name=name))


def take_first_admin(session: Session, *, first: Origin, now: datetime) -> bool:
    """Make this person admin if nobody is: a token does not say who installed it. Say whether they are the first."""
    workspace = find_workspace(session, first.platform, first.workspace)
    if workspace is None:
        return False
    # Locked, so that of two people at the same moment one is the first.
    session.scalar(select(Organisation).where(Organisation.id == workspace.organisation_id).with_for_update())
    if session.scalar(select(exists().where(Person.organisation_id == workspace.organisation_id, Person.is_admin))):
        return False
    enrol(session, first, now).person.is_admin = True
    return True


def make_admin(session: Session, who: Origin, now: datetime) -> None:
    """Make somebody admin of a workspace that is in place: whoever installed us, for example."""
    enrol(session, who, now).person.is_admin = True


def rename_channel(session: Session, *, platform: str, workspace: str, channel: str, name: str) -> None:
    """Keep the new name of a channel, if we know it."""
    found = find_workspace(session, platform, workspace)
    if found is not None:
        session.execute(
            update(Conversation)
            .where(Conversation.workspace_id == found.id, Conversation.address == channel)
            .values(name=name)
        )


def find_workspace(session: Session, platform: str, address: str) -> Workspace | None:
    """Find a workspace by the platform's id of it."""
    return session.scalar(select(Workspace).where(Workspace.platform == platform, Workspace.address == address))
