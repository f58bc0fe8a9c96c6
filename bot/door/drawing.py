"""Messages are drawn, whatever the platform: walked part by part, marked, and fitted into the room there is."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic_core import to_json

from bot.say.language import _, ngettext
from bot.say.messages import (
    Avoid,
    Button,
    Choice,
    Fact,
    Fields,
    Image,
    Listing,
    Message,
    Offered,
    Offers,
    Part,
    Say,
    Search,
    Section,
    Text,
    Wait,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


MOST_LINES = 60  # of a listing; nobody reads further
DOTS = 12  # more steps than this are only counted
_ALARM = "⚠️ "
_MARKS = {"good": "✅ ", "warning": _ALARM, "danger": _ALARM}

Drawn = TypeVar("Drawn")  # a piece of a message as its platform knows it


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much fits into one message."""

    characters: int  # as the pen measures them
    pieces: float = math.inf
    notice: int  # characters kept free to say what was left out


class Pen(ABC, Generic[Drawn]):
    """Draws messages as pieces of a platform, which brings how each sort is drawn there and how much fits."""

    room: Room

    def draw(self, message: Message) -> list[Drawn]:
        """Draw a whole message: at least one piece, and never more than fit."""
        drawn = [*self._head(message), *self.parts(message.parts)]
        return self._fitted(drawn or list(self.paragraph(Section(text=("–",)), "")))

    def parts(self, parts: Iterable[Part]) -> Iterator[Drawn]:
        """Draw parts in order; those of one sort in a row share their mark."""
        before: Part | None = None
        for part in parts:
            yield from self.part(part, first=_sort(part) != _sort(before))
            before = part

    def part(self, part: Part, *, first: bool) -> Iterable[Drawn]:
        """Draw one part; `first`: of several of its sort in a row."""
        match part:
            case Section(text=text, tone=tone) if plain(text).strip():
                yield from self.paragraph(part, _MARKS.get(tone, "") if first else "")
            case Wait(text=text, seconds=seconds):
                length = _("{seconds} seconds").format(seconds=seconds)
                yield from self.paragraph(Section(text=("⏳ ", *text, f" ({length})")), "")
            case Fields(facts=facts) if facts:
                yield from self.facts(facts)
            case Listing(lines=lines):
                yield from self._listing([line for line in lines if plain(line).strip()])
            case Say(text=text) if plain(text).strip():
                yield from self.say(text, _("Say") if first else "")
            case Avoid(text=text, why=why):
                yield from self.avoid(text, why, _("Better not"))
            case Image():
                yield from self.image(part)
            case Choice() | Offers() | Search():
                yield from self._to_press(part)

    def _to_press(self, part: Choice | Offers | Search) -> Iterator[Drawn]:
        match part:
            case Choice(buttons=buttons):
                yield from self._choice(buttons)
            case Offers(offered=offered):
                for one in offered:
                    yield from self._offered(one)
            case Search():
                yield from self.search(part)

    def _head(self, message: Message) -> Iterator[Drawn]:
        if message.title.strip():
            yield self.heading(message.title)
        if message.progress:
            done, total = message.progress
            dots = "●" * done + "○" * (total - done) + "  " if 0 <= done <= total <= DOTS else ""
            yield self.quiet(dots + _("Step {number} of {total}").format(number=done, total=total))

    def _listing(self, lines: Sequence[Text]) -> Iterator[Drawn]:
        more = len(lines) - MOST_LINES
        if lines:
            yield from self.lines(lines[:MOST_LINES])
        if more > 0:
            yield self.quiet(ngettext("{count} more line", "{count} more lines", more).format(count=more))

    def _choice(self, buttons: Sequence[Button]) -> Iterator[Drawn]:
        fit = [self.can_press(button) for button in buttons]
        if any(fit):
            yield self.buttons(list(compress(buttons, fit)))
        for button, fits in zip(buttons, fit, strict=True):
            if not fits:
                yield self.quiet(
                    _("“{label}” can't be pressed here: it stands for too many words. Type fewer, please.").format(
                        label=button.label
                    )
                )

    def _offered(self, one: Offered) -> Iterator[Drawn]:
        """Draw what is offered beside its button, or below each other where one of the two cannot be drawn."""
        if plain(one.text).strip() and self.can_press(one.button):
            yield from self.offer(one.text, one.button)
            return
        if plain(one.text).strip():
            yield from self.paragraph(Section(text=one.text), "")
        yield from self._choice((one.button,))

    def _fitted(self, drawn: list[Drawn]) -> list[Drawn]:
        """Leave out what does not fit, from the end, and say so; what can be pressed is kept before what is read."""
        # Written out as JSON, nothing has fewer bytes than any platform counts: mostly that is all there is to count.
        if len(drawn) <= self.room.pieces and len(to_json(drawn)) <= self.room.characters:
            return drawn
        sizes = [self.size(piece) for piece in drawn]
        if len(drawn) <= self.room.pieces and sum(sizes) <= self.room.characters:
            return drawn
        pieces, characters = self.room.pieces - 1, self.room.characters - self.room.notice
        kept: set[int] = set()
        for pressable in (True, False):
            for place, piece in enumerate(drawn):
                if self.is_pressable(piece) is not pressable:
                    continue
                if pieces < 1 or characters < sizes[place]:
                    break
                kept.add(place)
                pieces, characters = pieces - 1, characters - sizes[place]
        return list(self._with_notice(drawn, kept))

    def _with_notice(self, drawn: list[Drawn], kept: set[int]) -> Iterator[Drawn]:
        left_out = [place for place in range(len(drawn)) if place not in kept]
        for place, piece in enumerate(drawn):
            if place in kept:
                yield piece
            elif place == left_out[0]:
                said = ngettext(
                    "{count} more paragraph doesn't fit here.",
                    "{count} more paragraphs don't fit here.",
                    len(left_out),
                )
                yield self.quiet(said.format(count=len(left_out)))

    def image(self, _part: Image) -> Iterable[Drawn]:
        """Draw a picture; where none can stand among the rest, it is sent by itself."""
        return ()

    # --- what a platform brings ---------------------------------------------------------------------

    @abstractmethod
    def heading(self, title: str) -> Drawn:
        """Draw a title; it says something."""

    @abstractmethod
    def quiet(self, words: str) -> Drawn:
        """Draw words of ours that stand back."""

    @abstractmethod
    def paragraph(self, part: Section, mark: str) -> Iterable[Drawn]:
        """Draw a paragraph in its tone, behind a mark."""

    @abstractmethod
    def facts(self, facts: Sequence[Fact]) -> Iterable[Drawn]:
        """Draw names and what is known under them, as `value_of` says it."""

    @abstractmethod
    def lines(self, lines: Sequence[Text]) -> Iterable[Drawn]:
        """Draw lines of a list; none of them is empty."""

    @abstractmethod
    def say(self, text: Text, label: str) -> Iterable[Drawn]:
        """Draw a sentence to say, ready to copy, below its label, if it has one."""

    @abstractmethod
    def avoid(self, text: Text, why: Text, label: str) -> Iterable[Drawn]:
        """Draw a sentence better left unsaid, and why, below its label."""

    @abstractmethod
    def buttons(self, buttons: Sequence[Button]) -> Drawn:
        """Draw buttons in a row."""

    @abstractmethod
    def offer(self, text: Text, button: Button) -> Iterable[Drawn]:
        """Draw what something is for, and the button that chooses it, so that one sees which belongs to which."""

    @abstractmethod
    def search(self, part: Search) -> Iterable[Drawn]:
        """Draw a box to type words into."""

    @abstractmethod
    def can_press(self, button: Button) -> bool:
        """Say whether the platform carries what a button stands for."""

    @abstractmethod
    def is_pressable(self, piece: Drawn) -> bool:
        """Say whether a piece can be pressed or filled in."""

    @abstractmethod
    def size(self, piece: Drawn) -> int:
        """Count the characters of a piece."""


def value_of(fact: Fact) -> Text:
    """Say what stands under the name of a fact: never nothing, and alarming where it alarms."""
    value: Text = fact.text if plain(fact.text).strip() else ("–",)
    return ("🔴 ", *value) if fact.alarm else value


def _sort(part: Part | None) -> object:
    if isinstance(part, Section):
        return _MARKS.get(part.tone, part.tone)
    return type(part)
