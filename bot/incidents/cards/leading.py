"""What is said of an incident in a direct chat leads to its card in the channel."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from bot.directory.model import ConversationKind
from bot.incidents.facts import IncidentFacts
from bot.say.language import _
from bot.say.messages import Lead, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    P = ParamSpec("P")
    Write = Callable[Concatenate[IncidentFacts, P], Message]


def to_its_card(facts: IncidentFacts, message: Message) -> Message:
    """Have a message lead there, if the card stands where others read it."""
    if facts.channel.kind != ConversationKind.CHANNEL:
        return message
    name = facts.channel.shown
    words = _("Look at it in {place}").format(place=name) if name else _("Look at it in its channel")
    lead = Lead(words=words, subject=str(facts.subject), conversation_id=facts.channel.id)
    return message.model_copy(update={"lead": lead})


def leading(write: Write[P]) -> Write[P]:
    """Have whatever is written of an incident lead there."""

    @wraps(write)
    def led(facts: IncidentFacts, /, *args: P.args, **more: P.kwargs) -> Message:
        return to_its_card(facts, write(facts, *args, **more))

    return led
