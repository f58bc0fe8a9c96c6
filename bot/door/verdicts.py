"""Verdicts: what a call that failed means, once a platform has looked it up in its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Generic, TypeVar

from bot.errors import DeliveryError

LONGEST_PAUSE = timedelta(hours=1)

Remedy = TypeVar("Remedy", bound=Enum)


@dataclass(frozen=True, kw_only=True)
class Verdict(Generic[Remedy]):
    """What a failure means."""

    error: DeliveryError  # what becomes of the message
    remedy: Remedy  # what else is to be done: each platform has its own
    code: str  # as the platform names it, or what broke


def pause_of(retry_after: str, otherwise: timedelta) -> timedelta:
    """Read how long a platform asks us to wait; `otherwise` where it says nothing that can be read."""
    if not (retry_after.isascii() and retry_after.isdigit()):
        return otherwise
    return min(timedelta(seconds=int(retry_after[:9])), LONGEST_PAUSE)
