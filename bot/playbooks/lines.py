"""How the sentences of a step read for one agent: their channel, the organisation's English, and what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Channel, English, Line, Step
from bot.say.messages import Span, Text
from bot.store.content import fill

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Wordings:
    """Which wording of a sentence is meant."""

    channel: Channel = "spoken"
    english: English = "gb"
    known: Mapping[str, Span] = field(default_factory=dict)  # what fills a gap, by its name

    def say(self, line: Line) -> Text:
        """Write a sentence as it is said there."""
        return fill(line.said(self.channel, self.english), self.known)


def channels_of(step: Step) -> tuple[Channel, ...]:
    """List the channels a step has wordings of its own for; none where it is said alike everywhere."""
    chat = any(line.chat for line in step.say)
    email = any(line.email for line in step.say)
    found: tuple[Channel, ...] = (*(("chat",) if chat else ()), *(("email",) if email else ()))
    return ("spoken", *found) if found else ()


def differs_by_place(step: Step) -> bool:
    """Say whether some English has a wording of its own."""
    return any(line.us or line.in_ for line in step.say)
