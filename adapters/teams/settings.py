"""Settings of Teams, under the names the Bot Framework gives them; what is ours alone begins with ZANSHIN_TEAMS."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from bot.run.settings import read_settings, wrong_settings

GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PUBLIC_KEYS = "https://login.botframework.com/v1/.well-known/openidconfiguration"
GRAPH = "https://graph.microsoft.com"


def _listed(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class TeamsSettings(BaseSettings):
    """What the operator copies from the Entra app and the bot resource."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True)

    app_id: str | None = Field(default=None, validation_alias="MicrosoftAppId", pattern=f"^{GUID}$")
    app_password: str | None = Field(default=None, validation_alias="MicrosoftAppPassword")
    app_type: Literal["SingleTenant", "MultiTenant"] = Field(
        default="SingleTenant", validation_alias="MicrosoftAppType"
    )
    app_tenant: str | None = Field(default=None, validation_alias="MicrosoftAppTenantId", pattern=f"^{GUID}$")
    tenants: Listed = Field(default=(), validation_alias="ZANSHIN_TEAMS_TENANTS")  # who may use us, besides our own
    targeted: bool = Field(default=False, validation_alias="ZANSHIN_TEAMS_TARGETED")  # messages only one person sees
    presence: bool = Field(default=False, validation_alias="ZANSHIN_TEAMS_PRESENCE")  # ask Graph who is there
    anonymous: bool = Field(default=False, validation_alias="ZANSHIN_TEAMS_ANONYMOUS")  # without any check: for trying
    keys_url: str = Field(default=PUBLIC_KEYS, validation_alias="ZANSHIN_TEAMS_KEYS_URL")  # another cloud, or a test
    issuer: str = Field(default="https://api.botframework.com", validation_alias="ZANSHIN_TEAMS_ISSUER")
    graph_url: str = Field(default=GRAPH, validation_alias="ZANSHIN_TEAMS_GRAPH_URL")
    service_hosts: Listed = Field(default=(), validation_alias="ZANSHIN_TEAMS_SERVICE_HOSTS")  # besides Microsoft's

    @property
    def configured(self) -> bool:
        """Say whether Teams is on."""
        return self.app_id is not None or self.anonymous

    def allows_tenant(self, tenant: str) -> bool:
        """Say whether people of this tenant may use us."""
        if self.anonymous:
            return True
        named = {one.lower() for one in (*self.tenants, *((self.app_tenant,) if self.app_tenant else ()))}
        return tenant.lower() in named or (self.app_type == "MultiTenant" and not self.tenants)

    def allows_service(self, url: str) -> bool:
        """Say whether our token may go there: to Microsoft's connectors, by https."""
        try:
            parts = urlsplit(url)
            host, where = (parts.hostname or "").lower(), parts.netloc.lower()
        except ValueError:
            return False
        if parts.username is not None or parts.password is not None:
            return False
        if where in self.service_hosts or (self.anonymous and host in LOOPBACK):
            return parts.scheme in ("http", "https")
        theirs = host == "smba.trafficmanager.net" or host.endswith((".teams.microsoft.com", ".teams.microsoft.us"))
        return parts.scheme == "https" and parts.port in (None, 443) and theirs

    @model_validator(mode="after")
    def _whole(self) -> TeamsSettings:
        missing = []
        if self.app_id and not self.app_password:
            missing.append("MicrosoftAppPassword: is not set (a client secret of the Entra app), though the id is")
        if self.app_password and not self.app_id:
            missing.append("MicrosoftAppId: is not set, though MicrosoftAppPassword is")
        if self.app_id and self.app_type == "SingleTenant" and not self.app_tenant:
            missing.append("MicrosoftAppTenantId: is not set, and MicrosoftAppType SingleTenant needs it")
        if self.anonymous and self.app_id:
            missing.append("ZANSHIN_TEAMS_ANONYMOUS: is for trying without an app; unset it, or MicrosoftAppId")
        wrong = [one for one in self.tenants if not re.fullmatch(GUID, one)]
        if wrong:
            missing.append(f"ZANSHIN_TEAMS_TENANTS: {', '.join(wrong)[:200]} is no tenant id")
        if missing:
            raise ValueError("\n".join(missing))
        return self


_EXPECTED = {
    "MicrosoftAppId": "is no application id; it looks like 00000000-0000-0000-0000-000000000000",
    "MicrosoftAppTenantId": "is no tenant id; it looks like 00000000-0000-0000-0000-000000000000",
    "MicrosoftAppType": "is SingleTenant or MultiTenant; user-assigned identities are not supported",
}


def read_teams_settings() -> TeamsSettings:
    """Read the settings from the environment; raise SettingsError naming everything that is wrong."""
    try:
        settings = TeamsSettings()  # the environment fills it in
    except ValidationError as wrong:
        raise wrong_settings("Teams", wrong, _EXPECTED) from wrong
    if settings.anonymous and (host := read_settings().host) not in LOOPBACK:
        raise SettingsError(
            "Settings of Teams are missing or wrong:\n  ZANSHIN_TEAMS_ANONYMOUS: lets in anybody, so it works on "
            f"loopback only, and ZANSHIN_HOST is {host}"
        )
    return settings
