"""What we say, independent of any platform: frozen values that every adapter renders in its own way.

A text is a row of spans, so that what a person typed can never be mistaken for markup: strings are
plain and escaped once, by the adapter that renders them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.say.directions import isolated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- spans: what a line of text is made of ---------------------------------------------------


class Strong(Value):
    """Words that stand out."""

    kind: Literal["strong"] = "strong"
    words: str


class Code(Value):
    """Words to be typed exactly so, such as a command."""

    kind: Literal["code"] = "code"
    words: str


class Blank(Value):
    """A gap in a sentence that the speaker fills in, named for people, such as "customer's name"."""

    kind: Literal["blank"] = "blank"
    name: str


class PersonRef(Value):
    """A person, mentioned by the name their platform shows."""

    kind: Literal["person"] = "person"
    person_id: int
    name: str


class TimeRef(Value):
    """A moment in the reader's own zone, with its day if not today; `elapsed` counts up from it, or to `until`."""

    kind: Literal["time"] = "time"
    at: AwareDatetime
    style: Literal["time", "date", "elapsed"] = "time"
    until: AwareDatetime | None = None


class Link(Value):
    """Words that lead to an https or http address."""

    kind: Literal["link"] = "link"
    words: str
    url: str


Span = str | Annotated[Strong | Code | Blank | PersonRef | TimeRef | Link, Field(discriminator="kind")]
Text = tuple[Span, ...]

_MARKUP = re.compile(r"\*\*(?P<strong>.+?)\*\*|`(?P<code>.+?)`|\{(?P<value>\w+)\}")


def text(template: str, /, **values: Span | int) -> Text:
    """Build a text from a translated template: **strong**, `code` and {named} values.

    Values are data: markup inside them stays plain words. A name without a value stays a blank.
    """
    values = {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}
    spans: list[Span] = []
    end = 0
    for found in _MARKUP.finditer(template):
        spans.append(template[end : found.start()])
        spans.append(_span(found, values))
        end = found.end()
    spans.append(template[end:])
    return tuple(span for span in spans if span != "")


def _span(found: re.Match[str], values: dict[str, Span | int]) -> Span:
    if words := found["strong"]:
        return Strong(words=words.format_map(_Plain(values)))
    if words := found["code"]:
        return Code(words=words.format_map(_Plain(values)))
    value = values.get(found["value"], Blank(name=found["value"]))
    return str(value) if isinstance(value, int) else value


class _Plain(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def plain(spans: Text) -> str:
    """Read a text aloud: the words alone, for logs of tests, notifications and screen readers."""
    return "".join(map(_word, spans))


def _word(span: Span) -> str:
    match span:
        case str():
            return span
        case Strong(words=words) | Code(words=words) | Link(words=words):
            return words
        case Blank(name=name):
            return f"[{name}]"
        case PersonRef(name=name):
            return f"@{name}"
        case TimeRef():
            return _moment(span)


def _moment(time: TimeRef) -> str:
    if time.style == "date":
        return f"{time.at:%Y-%m-%d %H:%M} UTC"
    if time.style == "elapsed" and time.until is not None:
        minutes, seconds = divmod(int((time.until - time.at).total_seconds()), 60)
        return f"{minutes:02}:{seconds:02}"
    return f"{time.at:%H:%M} UTC"


class Button(Value):
    """Something to press: it asks for the command of this name with these fields."""

    label: str = Field(max_length=75)
    command: str
    fields: dict[str, str] = {}
    style: Literal["plain", "primary", "danger"] = "plain"


class Option(Value):
    """One thing that can be picked."""

    label: str = Field(max_length=75)
    value: str = Field(max_length=150)


class Input(Value):
    """One question of a form."""

    name: str
    label: str
    kind: Literal["line", "lines", "pick", "person", "conversation", "tick"] = "line"
    hint: str = ""
    value: str = ""  # what is filled in already; a person or conversation by its id; a tick is "yes" or ""
    options: tuple[Option, ...] = ()  # of a pick
    required: bool = True
    max_length: int = 3000


class Form(Value):
    """Questions asked together; the answers and the hidden fields become one command."""

    title: str = Field(max_length=24)
    command: str
    fields: dict[str, str] = {}  # hidden
    intro: Text = ()
    inputs: tuple[Input, ...]
    submit: str = Field(max_length=24)


class Section(Value):
    """A paragraph."""

    kind: Literal["section"] = "section"
    text: Text
    tone: Literal["plain", "quiet", "good", "warning", "danger"] = "plain"


class Fact(Value):
    """A name and what is known under it."""

    name: str
    text: Text
    alarm: bool = False  # drawn in red; its words say it too


class Fields(Value):
    """Short facts side by side."""

    kind: Literal["fields"] = "fields"
    facts: tuple[Fact, ...]


class Listing(Value):
    """Several lines of the same sort."""

    kind: Literal["listing"] = "listing"
    lines: tuple[Text, ...]


class Say(Value):
    """A sentence to say to the customer, ready to copy."""

    kind: Literal["say"] = "say"
    text: Text


class Avoid(Value):
    """A sentence better left unsaid, and why."""

    kind: Literal["avoid"] = "avoid"
    text: Text
    why: Text


class Wait(Value):
    """A pause to take: a breath, or counting to a number; `seconds` long."""

    kind: Literal["wait"] = "wait"
    pause: Literal["breath", "count"]
    seconds: int
    text: Text


class Choice(Value):
    """Buttons that belong together; at most five."""

    kind: Literal["choice"] = "choice"
    buttons: tuple[Button, ...] = Field(max_length=5)


class Offered(Value):
    """Something to choose by a button of its own, and what it is for; the label names it."""

    text: Text
    button: Button


class Offers(Value):
    """Things to choose from, each beside its button, so that none is named twice."""

    kind: Literal["offers"] = "offers"
    offered: tuple[Offered, ...]


class Search(Value):
    """A box to type words into; they become the field `words` of the command."""

    kind: Literal["search"] = "search"
    label: str
    command: str


class Image(Value):
    """A picture, and what it shows in words. It is drawn where it is shown: what was drawn is never stored."""

    kind: Literal["image"] = "image"
    alt: str
    drawing: str  # as whoever draws it reads it
    png: str = ""  # in base64


AnyPart = Section | Fields | Listing | Say | Avoid | Wait | Choice | Offers | Search | Image
Part = Annotated[AnyPart, Field(discriminator="kind")]


class Lead(Value):
    """The message in a channel that this one is about: whoever reads it elsewhere gets a link, where there is one."""

    words: str
    subject: str  # of its card
    conversation_id: int


class Message(Value):
    """One thing said: a title and parts, top to bottom."""

    title: str = Field(default="", max_length=150)
    progress: tuple[int, int] | None = None  # (3, 6) is step 3 of 6
    parts: tuple[Part, ...] = ()
    lead: Lead | None = None
    toast: str = ""  # what has happened, for a notification; empty: what the message itself says

    @classmethod
    def of(cls, title: str, *parts: Part, progress: tuple[int, int] | None = None, toast: str = "") -> Self:
        """Write a message without spelling out the field names."""
        return cls(title=title, parts=parts, progress=progress, toast=toast)

    def without_heading(self) -> Self:
        """Leave the heading out where it stands above already; a notification still names it."""
        return self.model_copy(update={"title": "", "toast": self.toast or self.title})

    def buttons(self) -> Iterator[Button]:
        """Go through everything that can be pressed."""
        for part in self.parts:
            if type(part) is Choice:  # much faster than asking pydantic
                yield from part.buttons
            elif type(part) is Offers:
                yield from (one.button for one in part.offered)


def moment(at: datetime, style: Literal["time", "date", "elapsed"] = "time", until: datetime | None = None) -> TimeRef:
    """Point at a moment in a text."""
    return TimeRef(at=at, style=style, until=until)
