"""The parts of a message become elements of an Adaptive Card: pure. What does not fit is said to be left out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from adapters.teams.spans import Reading, cut, literal, markup, one_line
from bot.say.language import _, ngettext
from bot.say.messages import Avoid, Choice, Fields, Listing, Say, Search, Section, Wait, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.say.messages import Button, Fact, Message, Part, Text

Element = dict[str, Any]

ANSWER = "answer:"  # before the name of a question: whatever else a card carries is ours
LARGEST = 30_000  # characters of a card: written in UTF-16, with what is around it, under 80 KB
MOST_LINES = 60  # of a listing; nobody reads further
DOTS = 12  # more steps than this are only counted
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
_ALARM = "⚠️ "
_MARKS = {"good": "✅ ", "warning": _ALARM, "danger": _ALARM}
_STYLES = {"primary": {"style": "positive"}, "danger": {"style": "destructive"}}


def elements_of(message: Message, reading: Reading) -> list[Element]:
    """Write a whole message as elements: at least one, and never more than fit."""
    writer = _Writer(reading)
    written = [*_head(message), *writer.parts(message.parts)]
    return fit(written or [text_block("–")])


def fit(elements: list[Element]) -> list[Element]:
    """Leave out what does not fit, from the end, and say so; what can be pressed is kept before what is read."""
    sizes = [len(json.dumps(one, ensure_ascii=False)) for one in elements]
    if sum(sizes) <= LARGEST:
        return elements
    free, kept = LARGEST - 200, set()
    for pressable in (True, False):
        for place, one in enumerate(elements):
            if (one["type"] == "ActionSet" or one["type"].startswith("Input.")) is not pressable:
                continue
            if free < sizes[place]:
                break
            kept.add(place)
            free -= sizes[place]
    return list(_with_notice(elements, kept))


def _with_notice(elements: list[Element], kept: set[int]) -> Iterator[Element]:
    left_out = [place for place in range(len(elements)) if place not in kept]
    for place, one in enumerate(elements):
        if place in kept:
            yield one
        elif place == left_out[0]:
            said = ngettext(
                "{count} more paragraph does not fit here.", "{count} more paragraphs do not fit here.", len(left_out)
            ).format(count=len(left_out))
            yield text_block(literal(said), **_TONES["quiet"])


def text_block(markdown: str, **more: Any) -> Element:
    """Write a paragraph of markup."""
    return {"type": "TextBlock", "text": markdown if markdown.strip() else "–", "wrap": True, **more}


def _head(message: Message) -> Iterator[Element]:
    if message.title.strip():
        yield text_block(literal(message.title.strip()), style="heading", weight="Bolder", size="Large")
    if message.progress:
        done, total = message.progress
        dots = "●" * done + "○" * (total - done) + "  " if 0 <= done <= total <= DOTS else ""
        step = _("Step {number} of {total}").format(number=done, total=total)
        yield text_block(literal(dots + step), **_TONES["quiet"])


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
class _Writer:
    """Writes the parts of one message."""

    reading: Reading
    _number: count[int] = field(default_factory=count)

    def parts(self, parts: tuple[Part, ...]) -> Iterator[Element]:
        """Write them in order; parts of one sort in a row share their mark."""
        before: object = None
        for part in parts:
            sort = (type(part), getattr(part, "tone", ""))
            yield from self._part(part, first=sort != before)
            before = sort

    def _part(self, part: Part, *, first: bool) -> Iterator[Element]:
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
                yield from self._search(part)

    def _paragraph(self, part: Section, *, first: bool) -> Iterator[Element]:
        if plain(part.text).strip():
            mark = _MARKS.get(part.tone, "") if first else ""
            yield text_block(mark + markup(part.text, self.reading), **_TONES[part.tone])

    def _facts(self, facts: tuple[Fact, ...]) -> Iterator[Element]:
        if facts:
            yield {"type": "FactSet", "facts": [self._fact(fact) for fact in facts]}

    def _fact(self, fact: Fact) -> dict[str, str]:
        value = markup(fact.text, self.reading) if plain(fact.text).strip() else "–"
        return {"title": cut(literal(fact.name), 200), "value": ("🔴 " if fact.alarm else "") + value}

    def _listing(self, lines: tuple[Text, ...]) -> Iterator[Element]:
        shown = [line for line in lines if plain(line).strip()]
        more = len(shown) - MOST_LINES
        if shown:
            items = "\n".join(f"- {one_line(line, self.reading)}" for line in shown[:MOST_LINES])
            yield text_block(items)
        if more > 0:
            said = ngettext("{count} more line", "{count} more lines", more).format(count=more)
            yield text_block(literal(said), **_TONES["quiet"])

    def _say(self, text: Text, *, first: bool) -> Iterator[Element]:
        if not plain(text).strip():
            return
        label = [text_block(literal(_("Say")), weight="Bolder", size="Small")] if first else []
        yield _frame([*label, text_block(markup(text, self.reading))], "emphasis")

    def _avoid(self, text: Text, why: Text) -> Iterator[Element]:
        label = text_block(literal(_("Better not")), weight="Bolder", size="Small")
        words, reason = markup(text, self.reading), markup(why, self.reading)
        yield _frame([label, text_block(words), text_block(reason, **_TONES["quiet"])], "default")

    def _choice(self, buttons: tuple[Button, ...]) -> Iterator[Element]:
        fitting = [button for button in buttons if len(json.dumps(button.fields)) <= LONGEST_DATA]
        if fitting:
            yield {"type": "ActionSet", "actions": [_pressable(button) for button in fitting]}
        for button in buttons:
            if button not in fitting:
                said = _("“{label}” cannot be pressed here: it stands for too many words. Type fewer, please.").format(
                    label=button.label
                )
                yield text_block(literal(said), **_TONES["quiet"])

    def _search(self, part: Search) -> Iterator[Element]:
        # Two boxes of one card must not share an id; whatever comes after the name is left out when it is read.
        yield {
            "type": "Input.Text",
            "id": f"{ANSWER}words#{next(self._number)}",
            "label": cut(part.label, 200),
            "maxLength": 3000,
        }
        yield {"type": "ActionSet", "actions": [execute(part.command, {"fields": {}}, _("Find"), inputs=True)]}


def _pressable(button: Button) -> Element:
    return execute(button.command, {"fields": dict(button.fields)}, button.label, style=button.style)


def _frame(items: list[Element], style: str) -> Element:
    return {"type": "Container", "style": style, "items": items}
