"""The settings of the playground."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.store.content import SHIPPED_PLAYBOOKS


class PlaygroundSettings(BaseSettings):
    """What a visitor may decide. The playground listens on this machine only, whatever is set."""

    model_config = SettingsConfigDict(env_prefix="ZANSHIN_", frozen=True, extra="ignore")

    port: int = Field(default=8080, ge=0, le=65535)
    playbooks_dir: Path = SHIPPED_PLAYBOOKS
    playground_dir: Path = Path(".zanshin")  # holds the database and its key
