"""Where Zanshin is installed: what slack_sdk calls an installation, in an encrypted table, a row for each place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from adapters.slack.model import SlackInstallation
from adapters.slack.places import PLATFORM, in_direct, origin
from bot.delivery.ending import end_what_waits
from bot.directory.actors import recognise
from bot.directory.workspaces import add_workspace
from bot.people.setup import appoint

if TYPE_CHECKING:
    from slack_sdk.oauth.installation_store import Bot, Installation
    from sqlalchemy.orm import Session

INSTALLER = "installer"  # under which an installation carries the name of whoever installed us


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
    appoint(session, admin, now=installation.installed_at)
    recognise(session, admin, installation.installed_at)  # they are here: what came to rest goes on


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
