"""What Teams brings to naming people beforehand: the tenant of the settings, and ids of its directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from adapters.teams.model import TeamsReference
from adapters.teams.settings import read_teams_settings
from adapters.teams.workspaces import meet
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class SettledTenants:
    """Tenants as the settings name them."""

    def put_in_place(self, session: Session) -> None:
        """Have the tenants that are named."""
        settings = read_teams_settings()
        if settings.app_id is None:
            return
        for tenant in filter(None, (settings.app_tenant, *settings.tenants)):
            meet(session, tenant=tenant, now=SystemClock().now())

    def account_of(self, session: Session, workspace: str, named: str) -> str:
        """Find the account of somebody who has been here, by their id in the directory."""
        found = session.scalar(
            select(TeamsReference).where(
                TeamsReference.tenant == workspace, TeamsReference.directory_id == named, TeamsReference.team == ""
            )
        )
        return found.address.removeprefix("@") if found is not None else ""
