"""What the core needs from outside, each a role with as few verbs as possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.say.messages import Message

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Place:
    """A conversation as its platform knows it."""

    platform: str  # the name of the adapter, such as "web"
    workspace: str  # the platform's id of the workspace
    conversation: str  # the platform's id of the channel, thread or direct chat
    account: str = ""  # of a direct chat: the platform's id of the person in it
    under: str | None = None  # the reference of the card in whose thread something is said
    aloud: bool = False  # it is heard outside of that thread too


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a card or notice whose sender wanted to know."""

    subject: str  # what it was about, such as offer:12
    conversation_id: int
    state: str  # sent, dead, expired or unknown
    at: datetime


class Messenger(Protocol):
    """Says things on one platform. Every verb raises DeliveryError and nothing else."""

    async def show(self, place: Place, reference: str | None, message: Message) -> str:
        """Show a card, or change the one shown under this reference; return its reference."""
        ...

    async def remove(self, place: Place, reference: str, /) -> None:
        """Take away the card shown under this reference."""
        ...

    async def notify(self, place: Place, message: Message) -> None:
        """Say something once, in a way that draws attention."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Say what time it is, as an aware UTC datetime."""
        ...
