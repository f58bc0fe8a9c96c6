"""Parcels: what the sender takes out of a row, so that sending it needs no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery.model import Deliverable, DeliveryState
from bot.delivery.retry import Decision
from bot.directory.model import Conversation, Person
from bot.ports import Place
from bot.say.language import _, speaking
from bot.say.messages import Message, Section

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One claimed row, with all that sending it takes."""

    kind: type[Deliverable]
    row_id: int
    place: Place
    message: Message
    version: int  # of a card
    reference: str | None  # of a card shown before, which is changed
    former: str | None  # of a card shown before, in place of which there is a new message
    attempts: int

    @property
    def about(self) -> dict[str, str]:
        """Say what it is, without whom it is for."""
        return {"platform": self.place.platform, "kind": self.kind.__name__.lower()}


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What came of a parcel."""

    parcel: Parcel
    reference: str | None = None
    failure: Decision | None = None
    error: str | None = None
    gone: bool = False  # the place cannot be reached: another one might

    @property
    def result(self) -> str:
        """Name what came of it."""
        return self.error or DeliveryState.SENT


def marked_again(session: Session, conversation: Conversation, message: Message) -> Message:
    """Say before a message that it may have arrived once already."""
    person = session.get(Person, conversation.person_id) if conversation.person_id is not None else None
    with speaking(person.locale if person is not None else "en"):
        mark = Section(text=(_("You may have seen this already: I couldn't tell whether it arrived."),), tone="quiet")
    return message.model_copy(update={"parts": (mark, *message.parts)})
