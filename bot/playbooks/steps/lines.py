"""How the sentences of a step read for one agent: their channel, the organisation's English, and what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2s
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Channel, English, Line, Step
from bot.say.directions import isolated
from bot.say.messages import Span, Text
from bot.store.content import fill, gaps

if TYPE_CHECKING:
    from collections.abc import Mapping


SHOWN_MOST = 4  # sentences beside one's own: what a phone shows at once
ENOUGH = 3  # that can be said as they stand: one with a gap left is then found by its words, and behind "My words"


def mark_of(line: Line) -> str:
    """Name a sentence by a few letters: it keeps them wherever it stands, and loses them when it is rewritten."""
    return blake2s(line.text.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True)
class Wordings:
    """Which wording of a sentence is meant."""

    channel: Channel = "spoken"
    english: English = "gb"
    known: Mapping[str, Span] = field(default_factory=dict)  # what fills a gap, by its name
    mine: tuple[str, ...] = ()  # what its reader says there in words of their own
    worked: Mapping[str, int] = field(default_factory=dict)  # how often a sentence did, by its mark

    def sentences(self, step: Step) -> tuple[Text, ...]:
        """Write what can be said: one's own first, and with those no more than fits a phone."""
        said = [self.say(line) for place, line in enumerate(self.in_order(step)) if self._is_shown(line, place)]
        return (*((isolated(one),) for one in self.mine), *(said[: SHOWN_MOST - len(self.mine)] if self.mine else said))

    def _is_shown(self, line: Line, place: int) -> bool:
        return place < ENOUGH or not self.is_open(line)

    def in_order(self, step: Step) -> list[Line]:
        """Put first what can be said as it stands, and of that what worked most often."""
        return sorted(step.say, key=lambda line: (self.is_open(line), -self.worked.get(mark_of(line), 0)))

    def is_open(self, line: Line) -> bool:
        """Say whether a gap is left that only the agent can fill."""
        return not self.known.keys() >= set(gaps(line.said(self.channel, self.english)))

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
