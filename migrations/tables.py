"""Every table there is: importing them all, for migrations and tests."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from bot.store.database import Base

if TYPE_CHECKING:
    from sqlalchemy import MetaData

MODELS = (
    "bot.people.model",
    "bot.playbooks.model",
    "bot.handoffs.model",
    "bot.incidents.model",
    "bot.gestures.model",
    "bot.causes.model",
    "bot.afterwards.model",
    "bot.insights.model",
    "bot.delivery.model",
    "bot.store.keyring",
    "bot.work.records",
    "adapters.slack.model",
    "adapters.teams.model",
    "adapters.web.model",
)


def metadata() -> MetaData:
    """Load every model and return what they declare."""
    for name in MODELS:
        importlib.import_module(name)
    return Base.metadata
