"""Every table there is: importing them all, for migrations and tests."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.database import Base

if TYPE_CHECKING:
    from sqlalchemy import MetaData

ROOT = Path(__file__).parents[1]


def _models(folder: str) -> list[Path]:
    """Find the rows of every domain and platform, so that a new one is not forgotten."""
    return sorted((ROOT / folder).glob("*/model.py"))


BESIDE = ("bot.store.keyring", "bot.work.records")  # rows that are of no domain and of no platform
MODELS = (
    *(f"{folder}.{path.parent.name}.model" for folder in ("bot", "adapters") for path in _models(folder)),
    *BESIDE,
)


def metadata() -> MetaData:
    """Load every model and return what they declare."""
    for name in MODELS:
        importlib.import_module(name)
    return Base.metadata
