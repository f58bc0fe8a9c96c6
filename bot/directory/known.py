"""Whom and what a team knows by name, for reading what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, literal, select

from bot.directory.actors import Origin
from bot.directory.model import Conversation, ConversationKind, Identity, Person, Workspace
from bot.typing.mentions import Kind, Known, Mention

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


_HERE = (Workspace.platform == bindparam("platform"), Workspace.address == bindparam("workspace"))
_PEOPLE = (
    select(literal(Kind.PERSON.value), Person.name, Identity.address)
    .join(Workspace, Workspace.organisation_id == Person.organisation_id)
    .outerjoin(Identity, and_(Identity.person_id == Person.id, Identity.workspace_id == Workspace.id))
    .where(*_HERE, ~Person.is_nobody)
)
_CHANNELS = (
    select(literal(Kind.CHANNEL.value), Conversation.name, Conversation.address)
    .join(Workspace, Workspace.id == Conversation.workspace_id)
    .where(*_HERE, Conversation.kind == ConversationKind.CHANNEL)
)
_KNOWN = _PEOPLE.union_all(_CHANNELS)


def known_at(session: Session, origin: Origin) -> Known:
    """List everybody of an organisation, and the channels of the workspace where something is typed."""
    here = {"platform": origin.platform, "workspace": origin.workspace}
    found = [
        Mention(Kind(kind), address or "", name)
        for kind, name, address in session.execute(_KNOWN, here)
        if name != address  # until somebody acts, their account may be all we know
    ]
    return Known(
        people=tuple(one for one in found if one.kind is Kind.PERSON),
        channels=tuple(one for one in found if one.kind is Kind.CHANNEL),
    )
