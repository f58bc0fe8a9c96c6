"""The parts of a message become blocks: pure. Whatever is too long is parted, or said to be left out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from adapters.slack.escape import REMEMBERED, literal, pack
from adapters.slack.spans import cut, markup, mrkdwn, paragraphs, plain_text, quoted, said
from bot.say.language import _, ngettext, reader
from bot.say.messages import (
    Avoid,
    Choice,
    Fact,
    Fields,
    Listing,
    Message,
    PersonRef,
    Say,
    Search,
    Section,
    Strong,
    TimeRef,
    Wait,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.say.messages import Button, Part, Text

Block = dict[str, Any]
Lasting = Section | Listing | Say | Avoid | Wait  # nothing in these has to be unique within a message

LONGEST_TITLE = 150
LONGEST_LABEL = 75
LONGEST_VALUE = 2000  # of a button
LONGEST_ID = 255
LONGEST_PARAGRAPH = 3000
LONGEST_FACT = 2000
MOST_FACTS = 10  # of a section
MOST_LINES = 60  # of a listing; nobody reads further
DOTS = 12  # more steps than this are only counted
_ALARM = "⚠️ "
_MARKS = {"good": "✅ ", "warning": _ALARM, "danger": _ALARM}
_STYLES = {"primary": {"style": "primary"}, "danger": {"style": "danger"}}


@dataclass(frozen=True)
class Room:
    """How much fits."""

    blocks: int
    characters: int  # as UTF-16 counts them, of everything; Slack counts more than is read, and does not say what


MESSAGE = Room(blocks=50, characters=9_000)
VIEW = Room(blocks=100, characters=35_000)  # at 250 kB, however the letters are written


def blocks_of(message: Message, accounts: Mapping[int, str], room: Room) -> list[Block]:
    """Write a whole message as blocks: at least one, and never more than fit."""
    writer = _Writer(accounts)
    written = [*_head(message), *writer.parts(message.parts)]
    return fit(written or [_section(plain_text("–"))], room)


def fit(blocks: list[Block], room: Room) -> list[Block]:
    """Leave out what does not fit, from the end, and say so; what can be pressed is kept before what is read."""
    sizes = list(map(_size, blocks))
    if len(blocks) <= room.blocks and sum(sizes) <= room.characters:
        return blocks
    free_blocks, free_characters = room.blocks - 1, room.characters - LONGEST_LABEL
    kept: set[int] = set()
    for pressable in (True, False):
        for place, block in enumerate(blocks):
            if (block["type"] in ("actions", "input")) is not pressable:
                continue
            if free_blocks < 1 or free_characters < sizes[place]:
                break
            kept.add(place)
            free_blocks, free_characters = free_blocks - 1, free_characters - sizes[place]
    return list(_with_notice(blocks, kept))


def _with_notice(blocks: list[Block], kept: set[int]) -> Iterator[Block]:
    left_out = [place for place in range(len(blocks)) if place not in kept]
    for place, block in enumerate(blocks):
        if place in kept:
            yield block
        elif place == left_out[0]:
            yield _context(plain_text(_left_out(len(left_out))))


def _left_out(number: int) -> str:
    return ngettext(
        "{count} more paragraph does not fit here.", "{count} more paragraphs do not fit here.", number
    ).format(count=number)


def _size(node: Any) -> int:
    if isinstance(node, dict):
        return sum(map(_size, node.values()))
    if isinstance(node, list):
        return sum(map(_size, node))
    if not isinstance(node, str):
        return 0
    return len(node) if node.isascii() else len(node.encode("utf-16-le", "surrogatepass")) // 2


def _head(message: Message) -> Iterator[Block]:
    if message.title.strip():
        yield {"type": "header", "text": plain_text(cut(message.title, LONGEST_TITLE))}
    if message.progress:
        done, total = message.progress
        dots = "●" * done + "○" * (total - done) + "  " if 0 <= done <= total <= DOTS else ""
        yield _context(plain_text(dots + _("Step {number} of {total}").format(number=done, total=total)))


@dataclass
class _Writer:
    """Writes the parts of one message; what is unique within it is counted."""

    accounts: Mapping[int, str]
    _number: count[int] = field(default_factory=count)

    def parts(self, parts: tuple[Part, ...]) -> Iterator[Block]:
        """Write them in order; parts of one sort in a row share their mark."""
        before: Part | None = None
        for part in parts:
            first = _sort(part) != _sort(before)
            if isinstance(part, Lasting) and not self.accounts:
                yield from _written_once(part, first, reader())
            else:
                yield from self.part(part, first=first)
            before = part

    def part(self, part: Part, *, first: bool) -> Iterator[Block]:
        """Write one part; `first`: of several of its sort in a row."""
        match part:
            case Section():
                yield from self._paragraph(part, first=first)
            case Fields(facts=facts):
                yield from self._facts(facts)
            case Listing(lines=lines):
                yield from self._listing(lines)
            case Say(text=text):
                yield from self._say(text, first=first)
            case Avoid(text=text, why=why):
                yield from self._avoid(text, why)
            case Wait(text=text, seconds=seconds):
                length = _("{seconds} seconds").format(seconds=seconds)
                yield from self._paragraph(Section(text=("⏳ ", *text, f" ({length})")), first=first)
            case Choice(buttons=buttons):
                yield from self._choice(buttons)
            case Search():
                yield self._search(part)

    def _paragraph(self, part: Section, *, first: bool) -> Iterator[Block]:
        mark = _MARKS.get(part.tone, "") if first else ""
        if not plain(part.text).strip():
            return
        if part.tone == "quiet":
            yield from map(_context, paragraphs(part.text, self.accounts, most=LONGEST_FACT))
        else:
            yield from map(_section, paragraphs(part.text, self.accounts, most=LONGEST_PARAGRAPH, before=mark))

    def _facts(self, facts: tuple[Fact, ...]) -> Iterator[Block]:
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
        value = markup(fact.text, self.accounts) if plain(fact.text).strip() else ["–"]
        tokens = [*name, "\n" if name else "", "🔴 " if fact.alarm else "", *value]
        return [mrkdwn(piece) for piece in pack(tokens, LONGEST_FACT)]

    def _listing(self, lines: tuple[Text, ...]) -> Iterator[Block]:
        shown = [line for line in lines if plain(line).strip()]
        more = len(shown) - MOST_LINES
        for group in self._together(shown[:MOST_LINES]):
            yield from map(_section, paragraphs(group, self.accounts, most=LONGEST_PARAGRAPH))
        if more > 0:
            yield _context(plain_text(ngettext("{count} more line", "{count} more lines", more).format(count=more)))

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

    def _say(self, text: Text, *, first: bool) -> Iterator[Block]:
        label = f"*{literal(_('Say'))}*\n" if first else ""
        if any(isinstance(span, TimeRef | PersonRef) for span in text):  # a block to copy could only write them out
            quote = pack([label, *quoted(markup(text, self.accounts))], LONGEST_PARAGRAPH)
            yield from (_section(mrkdwn(piece)) for piece in quote)
            return
        for number, piece in enumerate(pack(said(text), LONGEST_FACT)):
            yield _section(mrkdwn(f"{label if number == 0 else ''}```{piece}```"))

    def _avoid(self, text: Text, why: Text) -> Iterator[Block]:
        label = f"*{literal(_('Better not'))}*\n"
        tokens = [label, *quoted(markup(text, self.accounts)), "\n", *markup(why, self.accounts)]
        yield from (_section(mrkdwn(piece)) for piece in pack(tokens, LONGEST_PARAGRAPH))

    def _choice(self, buttons: tuple[Button, ...]) -> Iterator[Block]:
        fitting = [button for button in buttons if _fits(button)]
        if fitting:
            yield {"type": "actions", "elements": [self._button(button) for button in fitting]}
        for button in buttons:
            if button not in fitting:
                yield _context(
                    plain_text(
                        _("“{label}” cannot be pressed here: it stands for too many words. Type fewer, please.").format(
                            label=button.label
                        )
                    )
                )

    def _button(self, button: Button) -> Block:
        return {
            "type": "button",
            "text": plain_text(cut(button.label, LONGEST_LABEL)),
            "action_id": self._action_id(button.command),
            "value": fields_json(button.fields),
            **_STYLES.get(button.style, {}),
        }

    def _search(self, part: Search) -> Block:
        return {
            "type": "input",
            "dispatch_action": True,
            "label": plain_text(cut(part.label, LONGEST_FACT)),
            "element": {"type": "plain_text_input", "action_id": self._action_id(part.command), "max_length": 3000},
        }

    def _action_id(self, command: str) -> str:
        return f"{command}:{next(self._number)}"


@lru_cache(REMEMBERED)
def _written_once(part: Lasting, first: bool, _language: str) -> tuple[Block, ...]:
    """Write a part that names nobody and holds nothing to press: the same words are the same blocks again."""
    return tuple(_Writer({}).part(part, first=first))


def fields_json(fields: Mapping[str, str]) -> str:
    """Write fields as short as they can be written."""
    return json.dumps(dict(fields), ensure_ascii=False, separators=(",", ":"))


def _fits(button: Button) -> bool:
    return len(fields_json(button.fields)) <= LONGEST_VALUE and len(button.command) <= LONGEST_ID - 5


def _sort(part: Part | None) -> object:
    if isinstance(part, Section):
        return _MARKS.get(part.tone, part.tone)
    return type(part)


def _section(text: dict[str, Any]) -> Block:
    return {"type": "section", "text": text}


def _context(text: dict[str, Any]) -> Block:
    return {"type": "context", "elements": [text]}
