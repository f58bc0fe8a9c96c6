"""What the core needs from outside, each a role with as few verbs as possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from bot.say.messages import Message

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """A message that people can be led to."""

    conversation: str  # as its platform knows it
    reference: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A conversation as its platform knows it."""

    platform: str  # the name of the adapter, such as "web"
    workspace: str  # the platform's id of the workspace
    conversation: str  # the platform's id of the channel, thread or direct chat
    kind: str = "channel"  # a ConversationKind
    account: str = ""  # of a direct chat or Home: the platform's id of the person
    under: str | None = None  # the reference of the card in whose thread something is said
    aloud: bool = False  # it is heard outside of that thread too
    leads_to: Landmark | None = None  # the message in a channel that what is said is about


_APART = ":"


@dataclass(frozen=True, order=True)
class Subject:
    """What a card or notice is about: in one conversation, the name of a card."""

    kind: str  # such as offer
    which: str  # of this kind: mostly the number of a row
    part: str = ""  # what tells the cards of one row apart

    @classmethod
    def of(cls, kind: str, which: int | str, *part: int | str) -> Self:
        """Name something by its kind, which of these it is, and what tells its cards apart."""
        return cls(kind, str(which), _APART.join(map(str, part)))

    @classmethod
    def read(cls, written: str) -> Self:
        """Read what was stored."""
        kind, _apart, rest = written.partition(_APART)
        which, _apart, part = rest.partition(_APART)
        return cls(kind, which, part)

    @property
    def number(self) -> int:
        """The number of the row it is about."""
        return int(self.which)

    def __str__(self) -> str:
        """Write it as it is stored."""
        return _APART.join(filter(None, (self.kind, self.which, self.part)))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a card or notice whose sender wanted to know."""

    subject: Subject  # what it was about
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

    async def notify(self, place: Place, message: Message) -> str | None:
        """Say something once, in a way that draws attention; return its reference, if it can be changed later."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Say what time it is, as an aware UTC datetime."""
        ...
