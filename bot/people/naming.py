"""Whom and what a team knows by name, for reading what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, select

from bot.directory.model import Conversation, ConversationKind, Identity, Person, Workspace
from bot.typing.mentions import Kind, Known, Mention

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.directory.actors import Origin

_HERE = (Workspace.platform == bindparam("platform"), Workspace.address == bindparam("workspace"))
_PEOPLE = (
    select(Person.name, Identity.address)
    .join(Workspace, Workspace.organisation_id == Person.organisation_id)
    .outerjoin(Identity, and_(Identity.person_id == Person.id, Identity.workspace_id == Workspace.id))
    .where(*_HERE)
    .order_by(Person.id)
)
_CHANNELS = (
    select(Conversation.name, Conversation.address)
    .join(Workspace, Workspace.id == Conversation.workspace_id)
    .where(*_HERE, Conversation.kind == ConversationKind.CHANNEL)
)


def known_at(session: Session, origin: Origin) -> Known:
    """List everybody of an organisation, and the channels of the workspace where something is typed."""
    here = {"platform": origin.platform, "workspace": origin.workspace}
    return Known(
        people=tuple(
            Mention(Kind.PERSON, address or "", name)
            for name, address in session.execute(_PEOPLE, here)
            if name != address  # until somebody acts, their account may be all we know
        ),
        channels=tuple(
            Mention(Kind.CHANNEL, address, name)
            for name, address in session.execute(_CHANNELS, here)
            if name != address
        ),
    )
