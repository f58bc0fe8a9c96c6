"""Slack's own settings, under the names Slack gives them."""

from __future__ import annotations

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.run.settings import wrong_settings

SLACK_API = "https://slack.com/api/"


class SlackSettings(BaseSettings):
    """What the operator copies from Slack's pages of their app."""

    model_config = SettingsConfigDict(env_prefix="SLACK_", frozen=True, extra="ignore", env_ignore_empty=True)

    bot_token: str | None = Field(default=None, pattern=r"^xoxb-\S+$")  # of the one workspace we are installed in
    signing_secret: str | None = Field(default=None, min_length=8)  # requests over HTTP are signed with it
    app_token: str | None = Field(default=None, pattern=r"^xapp-\S+$")  # opens Socket Mode, instead of HTTP
    client_id: str | None = None  # with the secret: many workspaces, each installed by OAuth
    client_secret: str | None = None
    api_url: str = Field(default=SLACK_API, pattern=r"^https?://\S+$")  # another server, for tests

    @property
    def configured(self) -> bool:
        """Say whether anything can reach us from Slack: signed requests, or a socket."""
        return self.signing_secret is not None or self.app_token is not None

    @property
    def many(self) -> bool:
        """Say whether workspaces install us by OAuth, instead of one token of the operator's."""
        return self.bot_token is None and self.client_id is not None

    @model_validator(mode="after")
    def _whole(self) -> SlackSettings:
        missing = []
        if self.configured and not self.bot_token and not self.client_id:
            missing.append(
                "SLACK_BOT_TOKEN: is not set (Slack shows it under OAuth & Permissions once installed), "
                "nor are SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (for many workspaces)"
            )
        if (self.bot_token or self.client_id) and not self.configured:
            missing.append("SLACK_SIGNING_SECRET: is not set (or SLACK_APP_TOKEN, for Socket Mode)")
        for mine, other in (("client_id", "client_secret"), ("client_secret", "client_id")):
            if getattr(self, mine) and not getattr(self, other):
                missing.append(f"SLACK_{other.upper()}: is not set, though SLACK_{mine.upper()} is")
        if missing:
            raise ValueError("\n".join(missing))
        return self


_EXPECTED = {
    "bot_token": "is no bot token; Slack's begin with xoxb-",
    "app_token": "is no app-level token; Slack's begin with xapp-",
    "signing_secret": "is too short to be Slack's signing secret",
    "api_url": "is no address of a server",
}


def read_slack_settings() -> SlackSettings:
    """Read the settings from the environment; raise SettingsError naming everything that is wrong."""
    try:
        return SlackSettings()  # the environment fills it in
    except ValidationError as wrong:
        raise wrong_settings("Slack", wrong, _EXPECTED, "SLACK_") from wrong
