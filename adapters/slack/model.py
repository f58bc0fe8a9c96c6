"""Rows of Slack's own: with which token we speak where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment, Sealed


class SlackInstallation(Base):
    """One installation: of a workspace, or of a whole organisation; or a workspace met in such an organisation.

    There is one row for each, whoever installs it again. Tokens are gone with the row.
    """

    __tablename__ = "slack_installations"
    __table_args__ = (UniqueConstraint("enterprise", "team"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise: Mapped[str] = mapped_column(default="")  # of Enterprise Grid
    team: Mapped[str] = mapped_column(default="", index=True)  # empty: all of the organisation
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("slack_installations.id"), default=None)  # has the token
    app: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    bot: Mapped[str] = mapped_column(default="")
    bot_account: Mapped[str] = mapped_column(default="")
    scopes: Mapped[str] = mapped_column(default="")  # with commas between
    token: Mapped[str | None] = mapped_column(Sealed("slack_installations.token"), default=None)
    refresh_token: Mapped[str | None] = mapped_column(Sealed("slack_installations.refresh_token"), default=None)
    expires_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # of the token, if it rotates
    refreshing_until: Mapped[datetime | None] = mapped_column(Moment, default=None)  # somebody renews it just now
    installed_by: Mapped[str] = mapped_column(default="", info={"erase": "blank"})  # an account
    installed_at: Mapped[datetime] = mapped_column(Moment)
