"""The rows of workspaces: made when one is first met; its channels keep their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.directory.model import Conversation, Organisation, Workspace

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
