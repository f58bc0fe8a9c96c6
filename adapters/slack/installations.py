"""Where Zanshin is installed: slack_sdk's installation store over our own encrypted table, a row for each place."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from sqlalchemy import delete, select

from adapters.slack.model import SlackInstallation
from adapters.slack.places import PLATFORM, in_direct, origin
from bot.delivery.ending import end_what_waits
from bot.directory.workspaces import add_workspace, make_admin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.store.database import Database


INSTALLER = "installer"  # under which an installation carries the name of whoever installed us


class Installations(AsyncInstallationStore):
    """Keeps installations; saving one again replaces it, and prunes what it makes worthless."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def logger(self) -> logging.Logger:
        """Give the log of the library."""
        return logging.getLogger("zanshin.slack.installations")

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation, put its workspace in place, and make whoever installed it admin."""
        await self._database.write(partial(save, installation=installation))

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep the tokens of an installation that is there already."""
        await self._database.write(partial(_save_bot, bot=bot))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Find the tokens of a workspace, or of the organisation it is part of."""
        team = "" if is_enterprise_install else team_id or ""
        return await self._database.read(partial(_find_bot, enterprise=enterprise_id or "", team=team))

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Find an installation; there are none of single people."""
        del user_id
        bot = await self.async_find_bot(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return _as_installation(bot) if bot is not None else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete the tokens of a workspace, or of an organisation, and end what waits to be said there."""
        now = datetime.now(UTC)
        job = partial(remove, enterprise=enterprise_id or "", team=team_id or "", now=now, told_at=now)
        await self._database.write(job)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Delete an installation; of single people there are none."""
        if user_id is None:
            await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete everything of an installation."""
        await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)


def save(session: Session, *, installation: Installation) -> SlackInstallation:
    """Keep an installation."""
    enterprise = installation.enterprise_id or ""
    team = "" if installation.is_enterprise_install else installation.team_id or ""
    row = _row(session, enterprise, team)
    if row is None:
        row = SlackInstallation(enterprise=enterprise, team=team)
        session.add(row)
    row.enterprise, row.part_of_id = enterprise, None
    row.installed_by, row.app = installation.user_id, installation.app_id or ""
    row.name = (installation.team_name if team else installation.enterprise_name) or team or enterprise
    row.installed_at = datetime.fromtimestamp(installation.installed_at, UTC)
    bot = installation.to_bot()
    _keep_tokens(row, bot)
    session.flush()
    if team:
        put_in_place(session, row, team, installer=installation.custom_values.get(INSTALLER, ""))
    return row


def put_in_place(
    session: Session, installation: SlackInstallation, team: str, *, name: str = "", installer: str = ""
) -> None:
    """Have a workspace for a team, with whoever installed us as its admin."""
    add_workspace(
        session, platform=PLATFORM, address=team, name=name or installation.name, now=installation.installed_at
    )
    admin = origin("", team, installation.installed_by, in_direct(installation.installed_by), name=installer)
    make_admin(session, admin, now=installation.installed_at)


def remove(session: Session, *, enterprise: str, team: str, now: datetime, told_at: datetime) -> list[str]:
    """Delete an installation; name the workspaces where nothing can be said any more.

    What Slack told of before it was installed again is old news.
    """
    row = token_row(session, team, lock=True) if team else None
    if row is None and enterprise:
        row = _row(session, enterprise, "")  # of the whole organisation
    return remove_row(session, row, now) if row is not None and row.installed_at <= told_at else []


def remove_token(session: Session, *, team: str, token: str, now: datetime) -> list[str]:
    """Delete the installation that has this token; if there is another by now, it stays."""
    row = token_row(session, team, lock=True)
    return remove_row(session, row, now) if row is not None and row.token == token else []


def remove_row(session: Session, row: SlackInstallation, now: datetime) -> list[str]:
    """Delete an installation with every workspace that relies on it, and end what waits to be said there."""
    inside = session.scalars(select(SlackInstallation).where(SlackInstallation.part_of_id == row.id)).all()
    teams = [one.team for one in (row, *inside) if one.team]
    session.execute(delete(SlackInstallation).where(SlackInstallation.part_of_id == row.id))
    session.delete(row)
    end_what_waits(session, PLATFORM, teams, now)
    return teams


def meet(session: Session, *, enterprise: str, team: str, now: datetime) -> None:
    """Learn of a workspace in which somebody acts: it may be part of an organisation that installed us."""
    whole = _row(session, enterprise, "")
    if whole is None or _row(session, enterprise, team) is not None:
        return
    session.add(SlackInstallation(enterprise=enterprise, team=team, part_of_id=whole.id, name=team, installed_at=now))
    put_in_place(session, whole, team, name=f"{whole.name} {team}")


def token_row(session: Session, team: str, *, lock: bool = False) -> SlackInstallation | None:
    """Find the row that holds the token for a team."""
    row = session.scalar(select(SlackInstallation).where(SlackInstallation.team == team))
    holder = row.id if row is not None and row.part_of_id is None else row.part_of_id if row is not None else None
    if holder is None:
        return None
    wanted = select(SlackInstallation).where(SlackInstallation.id == holder)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.scalar(wanted)


def _row(session: Session, enterprise: str, team: str) -> SlackInstallation | None:
    """Find a row. A team has one, also when it has moved into an organisation meanwhile."""
    columns = SlackInstallation
    which = columns.team == team if team else (columns.team == "") & (columns.enterprise == enterprise)
    return session.scalar(select(SlackInstallation).where(which))


def _keep_tokens(row: SlackInstallation, bot: Bot) -> None:
    row.token, row.refresh_token = bot.bot_token, bot.bot_refresh_token
    row.expires_at = datetime.fromtimestamp(bot.bot_token_expires_at, UTC) if bot.bot_token_expires_at else None
    row.refreshing_until = None
    row.bot, row.bot_account, row.scopes = bot.bot_id, bot.bot_user_id, ",".join(bot.bot_scopes)


def _save_bot(session: Session, *, bot: Bot) -> None:
    row = _row(session, bot.enterprise_id or "", "" if bot.is_enterprise_install else bot.team_id or "")
    if row is not None:
        _keep_tokens(row, bot)


def _find_bot(session: Session, *, enterprise: str, team: str) -> Bot | None:
    row = token_row(session, team) if team else None
    if row is None and enterprise:
        row = _row(session, enterprise, "")
    return _as_bot(row) if row is not None and row.token else None


def _as_bot(row: SlackInstallation) -> Bot:
    return Bot(
        app_id=row.app,
        enterprise_id=row.enterprise or None,
        team_id=row.team or None,
        team_name=row.name,
        bot_token=row.token or "",
        bot_id=row.bot,
        bot_user_id=row.bot_account,
        bot_scopes=_scopes(row),
        bot_refresh_token=row.refresh_token,
        bot_token_expires_at=int(row.expires_at.timestamp()) if row.expires_at else None,
        is_enterprise_install=not row.team,
        installed_at=row.installed_at.timestamp(),
        custom_values={"installed_by": row.installed_by},
    )


def _scopes(row: SlackInstallation) -> Sequence[str]:
    return row.scopes.split(",") if row.scopes else []


def _as_installation(bot: Bot) -> Installation:
    return Installation(
        app_id=bot.app_id,
        enterprise_id=bot.enterprise_id,
        team_id=bot.team_id,
        team_name=bot.team_name,
        bot_token=bot.bot_token,
        bot_id=bot.bot_id,
        bot_user_id=bot.bot_user_id,
        bot_scopes=bot.bot_scopes,
        bot_refresh_token=bot.bot_refresh_token,
        bot_token_expires_at=bot.bot_token_expires_at,
        user_id=bot.custom_values["installed_by"],
        is_enterprise_install=bot.is_enterprise_install,
        installed_at=bot.installed_at,
    )
