"""The parts of a message become elements of an Adaptive Card: pure. What does not fit is said to be left out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from adapters.teams.spans import Reading, literal, markup, one_line
from bot.door.drawing import Pen, Room, value_of
from bot.door.writing import cut
from bot.say.aloud import lines_of
from bot.say.language import _
from bot.say.messages import Button, Fact, Image, Message, Part, PersonRef, Search, Section, Text, TimeRef
from bot.say.once import drawn_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Element = dict[str, Any]

PNG = "data:image/png;base64,"
ANSWER = "answer:"  # before the name of a question: whatever else a card carries is ours
_NOBODY = Reading(datetime.min.replace(tzinfo=UTC))  # for what names nobody, and no time
ROOM = Room(characters=30_000, notice=200)  # written in UTF-16, with what is around it, under 80 KB
LONGEST_LABEL = 75
LONGEST_DATA = 12_000  # characters of what a button carries
_TONES: dict[str, dict[str, Any]] = {
    "plain": {},
    "quiet": {"isSubtle": True, "size": "Small"},
    # Marks say it, and not colours: few of those can be read in every theme.
    "good": {},
    "warning": {"weight": "Bolder"},
    "danger": {"color": "Attention", "weight": "Bolder"},
}
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps builds one each time
_STYLES = {"primary": {"style": "positive"}, "danger": {"style": "destructive"}}


def elements_of(message: Message, reading: Reading) -> list[Element]:
    """Write a whole message as elements: at least one, and never more than fit."""
    return _Pen(reading).draw(message)


def text_block(markdown: str, **more: Any) -> Element:
    """Write a paragraph of markup."""
    return {"type": "TextBlock", "text": markdown if markdown.strip() else "–", "wrap": True, **more}


def execute(command: str, data: dict[str, Any], label: str, *, style: str = "plain", inputs: bool = False) -> Element:
    """Write something to press; clients that know no answer to it submit the same."""
    carried = {"command": command, **data}
    common = {
        "title": cut(label, LONGEST_LABEL),
        "data": carried,
        "associatedInputs": "auto" if inputs else "none",
        **_STYLES.get(style, {}),
    }
    return {
        "type": "Action.Execute",
        "verb": command,
        **common,
        "fallback": {"type": "Action.Submit", **common},
    }


@dataclass
class _Pen(Pen[Element]):
    """Draws one message; what is unique within it is counted."""

    reading: Reading
    _number: count[int] = field(default_factory=count)

    room = ROOM

    def part(self, part: Part, *, first: bool) -> Iterable[Element]:
        """Draw one part; one that names nobody and no time, and holds nothing to fill in, is drawn once."""
        return _lasting(part, first) if _lasts(part) else super().part(part, first=first)

    def heading(self, title: str) -> Element:
        """Draw a title."""
        return text_block(literal(title.strip()), style="heading", weight="Bolder", size="Large")

    def quiet(self, words: str) -> Element:
        """Draw words of ours that stand back."""
        return text_block(literal(words), **_TONES["quiet"])

    def paragraph(self, part: Section, mark: str) -> Iterator[Element]:
        """Draw a paragraph in its tone."""
        yield text_block(mark + markup(part.text, self.reading), **_TONES[part.tone])

    def facts(self, facts: Sequence[Fact]) -> Iterator[Element]:
        """Draw facts, one below the other."""
        yield {"type": "FactSet", "facts": [self._fact(fact) for fact in facts]}

    def _fact(self, fact: Fact) -> dict[str, str]:
        return {"title": cut(literal(fact.name), 200), "value": markup(value_of(fact), self.reading)}

    def lines(self, lines: Sequence[Text]) -> Iterator[Element]:
        """Draw lines of a list."""
        yield text_block("\n".join(f"- {one_line(line, self.reading)}" for line in lines))

    def say(self, text: Text, label: str) -> Iterator[Element]:
        """Draw a sentence in a frame."""
        above = [_label(label)] if label else []
        yield _frame([*above, text_block(markup(text, self.reading))], "emphasis")

    def avoid(self, text: Text, why: Text, label: str) -> Iterator[Element]:
        """Draw a sentence in a frame, and why below it."""
        words, reason = markup(text, self.reading), markup(why, self.reading)
        yield _frame([_label(label), text_block(words), text_block(reason, **_TONES["quiet"])], "default")

    def buttons(self, buttons: Sequence[Button]) -> Element:
        """Draw buttons in a row."""
        return {"type": "ActionSet", "actions": [_pressable(button) for button in buttons]}

    def offer(self, text: Text, button: Button) -> Iterator[Element]:
        """Draw a paragraph, and close below it its button: beside it neither would have room on a phone."""
        yield text_block(markup(text, self.reading))
        yield self.buttons((button,)) | {"spacing": "Small"}

    def search(self, part: Search) -> Iterator[Element]:
        """Draw a box to type words into."""
        # Two boxes of one card must not share an id; whatever comes after the name is left out when it is read.
        yield {
            "type": "Input.Text",
            "id": f"{ANSWER}words#{next(self._number)}",
            "label": cut(part.label, 200),
            "maxLength": 3000,
        }
        yield {"type": "ActionSet", "actions": [execute(part.command, {"fields": {}}, _("Find"), inputs=True)]}

    def image(self, part: Image) -> Iterator[Element]:
        """Draw a picture within the card: it stays as long as the card does, and needs no address of ours."""
        if part.png:
            yield {
                "type": "Image",
                "url": f"{PNG}{part.png}",
                "altText": part.alt,
                "size": "Stretch",
                "msTeams": {"allowExpand": True},
            }
        else:
            yield self.quiet(part.alt)

    def can_press(self, button: Button) -> bool:
        """Say whether Teams carries what a button stands for."""
        return len(json.dumps(button.fields)) <= LONGEST_DATA

    def is_pressable(self, piece: Element) -> bool:
        """Say whether an element can be pressed or filled in."""
        return str(piece["type"]).startswith(("ActionSet", "Input."))

    def size(self, piece: Element) -> int:
        """Count the characters of an element; pictures are not counted by Teams."""
        return len(_written(piece)) if piece["type"] != "Image" else len(piece["altText"])


@drawn_once
def _lasts(part: Part) -> bool:
    if isinstance(part, Image | Search):
        return False
    return not any(isinstance(span, PersonRef | TimeRef) for line in lines_of(part) for span in line)


@drawn_once
def _lasting(part: Part, first: bool) -> tuple[Element, ...]:
    return tuple(Pen.part(_Pen(_NOBODY), part, first=first))


def _pressable(button: Button) -> Element:
    return execute(button.command, {"fields": dict(button.fields)}, button.label, style=button.style)


def _label(words: str) -> Element:
    return text_block(literal(words), weight="Bolder", size="Small")


def _frame(items: list[Element], style: str) -> Element:
    return {"type": "Container", "style": style, "items": items}
