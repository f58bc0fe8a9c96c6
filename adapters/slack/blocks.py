"""The parts of a message become blocks: pure. Whatever is too long is parted, or said to be left out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from adapters.slack.escape import REMEMBERED, literal, pack
from adapters.slack.spans import markup, mrkdwn, paragraphs, plain_text, quoted, said
from bot.door.drawing import Pen, Room, value_of
from bot.door.writing import cut
from bot.say.language import _
from bot.say.messages import (
    Avoid,
    Button,
    Fact,
    Image,
    Listing,
    Message,
    Part,
    PersonRef,
    Say,
    Search,
    Section,
    Strong,
    Text,
    TimeRef,
    Wait,
)
from bot.say.once import drawn_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


Block = dict[str, Any]
_LASTING = frozenset((Section, Listing, Say, Avoid, Wait))  # nothing in these has to be unique within a message

LONGEST_TITLE = 150
LONGEST_LABEL = 75
LONGEST_VALUE = 2000  # of a button
LONGEST_ID = 255
LONGEST_PARAGRAPH = 3000
LONGEST_FACT = 2000
MOST_FACTS = 10  # of a section
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps builds one each time
_STYLES = {"primary": {"style": "primary"}, "danger": {"style": "danger"}}

# Characters as UTF-16 counts them, of everything; Slack counts more than is read, and does not say what.
MESSAGE = Room(pieces=50, characters=9_000, notice=LONGEST_LABEL)
VIEW = Room(pieces=100, characters=35_000, notice=LONGEST_LABEL)  # at 250 kB, however the letters are written


def blocks_of(message: Message, accounts: Mapping[int, str], room: Room) -> list[Block]:
    """Write a whole message as blocks: at least one, and never more than fit."""
    return _Pen(accounts, room).draw(message)


@dataclass
class _Pen(Pen[Block]):
    """Draws one message; what is unique within it is counted."""

    accounts: Mapping[int, str]
    room: Room
    _number: count[int] = field(default_factory=count)

    def part(self, part: Part, *, first: bool) -> Iterable[Block]:
        """Draw one part; one that names nobody and holds nothing to press is drawn once."""
        if type(part) in _LASTING and not self.accounts:
            return _lasting(part, first)
        return super().part(part, first=first)

    def heading(self, title: str) -> Block:
        """Draw a title."""
        return {"type": "header", "text": plain_text(cut(title, LONGEST_TITLE))}

    def quiet(self, words: str) -> Block:
        """Draw words of ours that stand back."""
        return _context(plain_text(words))

    def paragraph(self, part: Section, mark: str) -> Iterator[Block]:
        """Draw a paragraph, in as many blocks as it takes."""
        if part.tone == "quiet":
            yield from map(_context, paragraphs(part.text, self.accounts, most=LONGEST_FACT))
        else:
            yield from map(_section, paragraphs(part.text, self.accounts, most=LONGEST_PARAGRAPH, before=mark))

    def facts(self, facts: Sequence[Fact]) -> Iterator[Block]:
        """Draw facts, two in a row."""
        row: list[dict[str, Any]] = []
        for fact in facts:
            written = self._fact(fact)
            if row and (len(written) > 1 or len(row) == MOST_FACTS):
                yield {"type": "section", "fields": row}
                row = []
            if len(written) == 1:
                row += written
            else:  # too long to stand beside another
                yield from map(_section, written)
        if row:
            yield {"type": "section", "fields": row}

    def _fact(self, fact: Fact) -> list[dict[str, Any]]:
        name = markup((Strong(words=fact.name),), {})
        tokens = [*name, "\n" if name else "", *markup(value_of(fact), self.accounts)]
        return [mrkdwn(piece) for piece in pack(tokens, LONGEST_FACT)]

    def lines(self, lines: Sequence[Text]) -> Iterator[Block]:
        """Draw lines of a list."""
        for group in self._together(lines):
            yield from map(_section, paragraphs(group, self.accounts, most=LONGEST_PARAGRAPH))

    def _together(self, lines: Sequence[Text]) -> Iterator[Text]:
        """Put lines together into paragraphs that break between lines wherever they can."""
        group: list[Any] = []
        size = 0
        for line in lines:
            more = sum(map(len, markup(line, self.accounts))) + 3
            if group and size + more > LONGEST_PARAGRAPH // 2:
                yield tuple(group)
                group, size = [], 0
            group += ["\n• " if group else "• ", *line]
            size += more
        if group:
            yield tuple(group)

    def say(self, text: Text, label: str) -> Iterator[Block]:
        """Draw a sentence as a block to copy, which could only write out whom or when it names."""
        above = f"*{literal(label)}*\n" if label else ""
        if any(isinstance(span, TimeRef | PersonRef) for span in text):
            quote = pack([above, *quoted(markup(text, self.accounts))], LONGEST_PARAGRAPH)
            yield from (_section(mrkdwn(piece)) for piece in quote)
            return
        for number, piece in enumerate(pack(said(text), LONGEST_FACT)):
            yield _section(mrkdwn(f"{above if number == 0 else ''}```{piece}```"))

    def avoid(self, text: Text, why: Text, label: str) -> Iterator[Block]:
        """Draw a sentence as a quotation, and why below it."""
        above = f"*{literal(label)}*\n"
        tokens = [above, *quoted(markup(text, self.accounts)), "\n", *markup(why, self.accounts)]
        yield from (_section(mrkdwn(piece)) for piece in pack(tokens, LONGEST_PARAGRAPH))

    def buttons(self, buttons: Sequence[Button]) -> Block:
        """Draw buttons in a row."""
        return {"type": "actions", "elements": [self._button(button) for button in buttons]}

    def offer(self, text: Text, button: Button) -> Iterator[Block]:
        """Draw a paragraph with its button beside it."""
        *before, last = paragraphs(text, self.accounts, most=LONGEST_PARAGRAPH)
        yield from map(_section, before)
        yield _section(last) | {"accessory": self._button(button)}

    def _button(self, button: Button) -> Block:
        return _drawn(button) | {"action_id": self._action_id(button.command)}

    def search(self, part: Search) -> Iterator[Block]:
        """Draw a box to type words into."""
        yield {
            "type": "input",
            "dispatch_action": True,
            "label": plain_text(cut(part.label, LONGEST_FACT)),
            "element": {"type": "plain_text_input", "action_id": self._action_id(part.command), "max_length": 3000},
        }

    def image(self, _part: Image) -> Iterator[Block]:
        """Say where a picture is: it has to be uploaded, which takes longer than an answer may."""
        yield self.quiet(_("The picture follows in our direct chat."))

    def can_press(self, button: Button) -> bool:
        """Say whether Slack carries what a button stands for."""
        return len(fields_json(button.fields)) <= LONGEST_VALUE and len(button.command) <= LONGEST_ID - 5

    def is_pressable(self, piece: Block) -> bool:
        """Say whether a block can be pressed or filled in."""
        return piece["type"] in ("actions", "input") or "accessory" in piece

    def size(self, piece: Block) -> int:
        """Count the characters of a block."""
        return _size(piece)

    def _action_id(self, command: str) -> str:
        return f"{command}:{next(self._number)}"


@drawn_once
def _drawn(button: Button) -> Block:
    return {
        "type": "button",
        "text": plain_text(cut(button.label, LONGEST_LABEL)),
        "action_id": "",  # unique within a message
        "value": fields_json(button.fields),
        **_STYLES.get(button.style, {}),
    }


@drawn_once
def _lasting(part: Part, first: bool) -> tuple[Block, ...]:
    """Draw a part that names nobody and holds nothing to press."""
    return tuple(Pen.part(_Pen({}, MESSAGE), part, first=first))


def fields_json(fields: Mapping[str, str]) -> str:
    """Write fields as short as they can be written."""
    return _fields_json(tuple(fields.items()))


@lru_cache(REMEMBERED)
def _fields_json(fields: tuple[tuple[str, str], ...]) -> str:
    return _written(dict(fields))


def _size(node: Any) -> int:
    if isinstance(node, dict):
        return sum(map(_size, node.values()))
    if isinstance(node, list):
        return sum(map(_size, node))
    if not isinstance(node, str):
        return 0
    return len(node) if node.isascii() else len(node.encode("utf-16-le", "surrogatepass")) // 2


def _section(text: dict[str, Any]) -> Block:
    return {"type": "section", "text": text}


def _context(text: dict[str, Any]) -> Block:
    return {"type": "context", "elements": [text]}
