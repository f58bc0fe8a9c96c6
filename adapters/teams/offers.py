"""Whom and what a form offers to pick: people and channels we know in a tenant."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from adapters.teams.forms import Known
from adapters.teams.places import PLATFORM
from bot.directory.actors import Origin
from bot.directory.model import Conversation, ConversationKind, Identity, Person, Workspace
from bot.say.messages import Form
from bot.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


MOST = 100


class Offers:
    """Looks them up, for forms that ask for them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, origin: Origin, form: Form) -> Known:
        """Find what a form can offer. Raises DatabaseAway."""
        kinds = {one.kind for one in form.inputs}
        people = channels = {}
        if "person" in kinds:
            people = await self._database.read(partial(_people, tenant=origin.workspace))
        if "conversation" in kinds:
            channels = await self._database.read(partial(_channels, tenant=origin.workspace))
        return Known(people=people, channels=channels)


def _people(session: Session, *, tenant: str) -> dict[str, str]:
    """Name the people of a tenant: those on the team first."""
    rows = session.execute(
        select(Identity.address, Person.name)
        .join(Person, Person.id == Identity.person_id)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .where(Workspace.platform == PLATFORM, Workspace.address == tenant)
        .order_by((Person.is_agent | Person.is_supervisor).desc(), Person.name, Person.id)
        .limit(MOST)
    )
    return {f"<@{address}>": name for address, name in rows}


def _channels(session: Session, *, tenant: str) -> dict[str, str]:
    rows = session.execute(
        select(Conversation.address, Conversation.name)
        .join(Workspace, Workspace.id == Conversation.workspace_id)
        .where(
            Workspace.platform == PLATFORM,
            Workspace.address == tenant,
            Conversation.kind == ConversationKind.CHANNEL,
        )
        .order_by(Conversation.name, Conversation.id)
        .limit(MOST)
    )
    return {f"<#{address}>": name for address, name in rows}
