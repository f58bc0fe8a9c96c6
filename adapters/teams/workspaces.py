"""The rows of tenants, and of the card that Home is in a direct chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from adapters.teams.model import TeamsReference
from adapters.teams.places import PLATFORM
from bot.delivery.model import Card
from bot.directory import addresses
from bot.directory.actors import Origin
from bot.directory.model import Conversation, Workspace
from bot.directory.workspaces import add_workspace

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.teams.places import Spot


def meet(session: Session, *, tenant: str, now: datetime) -> None:
    """Put the workspace of a tenant in place; what the tenant is called, Teams does not say."""
    add_workspace(session, platform=PLATFORM, address=tenant, name=f"Teams {tenant[:8]}", now=now)


def begin_home_anew(session: Session, *, who: Origin) -> None:
    """Have the Home of somebody shown in a new message the next time it is drawn."""
    places = (
        select(Conversation.id)
        .join(Workspace, Workspace.id == Conversation.workspace_id)
        .where(
            Workspace.platform == PLATFORM,
            Workspace.address == who.workspace,
            Conversation.address == addresses.home(who.account),
        )
    )
    session.execute(
        update(Card)
        .where(Card.conversation_id.in_(places))
        .values(reference=None)
        .execution_options(synchronize_session=False)
    )


def is_support_team(session: Session, *, spot: Spot) -> bool:
    """Say whether a team holds the channel the support team works in."""
    channel = (
        select(TeamsReference.id)
        .join(Workspace, Workspace.address == TeamsReference.tenant)
        .join(Conversation, Conversation.workspace_id == Workspace.id)
        .where(
            Workspace.platform == PLATFORM,
            TeamsReference.tenant == spot.tenant,
            TeamsReference.team == spot.team,
            TeamsReference.address == Conversation.address,
            Conversation.is_support,
        )
    )
    return bool(session.scalar(select(channel.exists())))
