"""What is drawn, whatever the platform: a platform of plain lines brings its pen, and gets the rest."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.door.drawing import MOST_LINES, Pen, Room, value_of
from bot.door.writing import Writer, cut, leads_somewhere
from bot.say.language import speaking
from bot.say.messages import (
    Button,
    Choice,
    Code,
    Fact,
    Fields,
    Link,
    Listing,
    Message,
    Offered,
    Offers,
    PersonRef,
    Say,
    Search,
    Section,
    Strong,
    TimeRef,
    plain,
    text,
)
from bot.say.once import drawn_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.say.messages import Text

AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
ROOM = Room(characters=10_000, notice=40)


@dataclass
class Pencil(Pen[str]):
    """Draws a line for everything."""

    room: Room = ROOM

    def heading(self, title: str) -> str:
        return f"# {title}"

    def quiet(self, words: str) -> str:
        return f"({words})"

    def paragraph(self, part: Section, mark: str) -> Sequence[str]:
        return [mark + plain(part.text)]

    def facts(self, facts: Sequence[Fact]) -> Sequence[str]:
        return [f"{fact.name}: {plain(value_of(fact))}" for fact in facts]

    def lines(self, lines: Sequence[Text]) -> Sequence[str]:
        return ["- " + plain(line) for line in lines]

    def say(self, text: Text, label: str) -> Sequence[str]:
        return [f"{label}> {plain(text)}"]

    def avoid(self, text: Text, why: Text, label: str) -> Sequence[str]:
        return [f"{label}> {plain(text)} ({plain(why)})"]

    def buttons(self, buttons: Sequence[Button]) -> str:
        return " ".join(f"[{button.label}]" for button in buttons)

    def offer(self, text: Text, button: Button) -> Sequence[str]:
        return [f"{plain(text)} [{button.label}]"]

    def search(self, part: Search) -> Sequence[str]:
        return [f"[{part.label}]"]

    def can_press(self, button: Button) -> bool:
        return len(str(button.fields)) < 100

    def is_pressable(self, piece: str) -> bool:
        return piece.startswith("[")

    def size(self, piece: str) -> int:
        return len(piece)


class Typewriter(Writer):
    """Writes marks for everything."""

    unseen = "."

    def words(self, words: str) -> Sequence[str]:
        return [words] if words else []

    def marked(self, span: Strong | Code) -> Sequence[str]:
        return [f"*{span.words}*"]

    def mention(self, person: PersonRef) -> str:
        return "<ana>" if person.person_id == 1 else ""

    def link(self, label: str, url: str) -> str:
        return f"<{label}|{url}>"

    def moment(self, time: TimeRef) -> str:
        return f"<{time.at:%H:%M}>"


def test_alarms_in_a_row_share_one_mark() -> None:
    """A warning and a danger below it are one alarm; behind anything else the mark comes again."""
    alarm, other = Section(text=("late",), tone="danger"), Section(text=("so",))
    drawn = Pencil().draw(Message.of("", Section(text=("soon",), tone="warning"), alarm, other, alarm))

    assert drawn == ["⚠️ soon", "late", "so", "⚠️ late"]


def test_sentences_in_a_row_share_one_label() -> None:
    """What to say is labelled once."""
    assert Pencil().draw(Message.of("", Say(text=("a",)), Say(text=("b",)))) == ["Say> a", "> b"]


def test_nothing_is_drawn_of_nothing_and_a_message_is_never_empty() -> None:
    """Empty parts are left out; of a message without any a dash is left."""
    empty = (Section(text=(" ",)), Say(text=()), Fields(facts=()), Listing(lines=((),)), Choice(buttons=()))

    assert Pencil().draw(Message.of("", *empty)) == ["–"]
    assert Pencil().draw(Message.of("Title", *empty)) == ["# Title"]


def test_a_fact_is_never_empty_and_says_its_alarm() -> None:
    """A value that is missing is a dash, and an alarm has its mark."""
    facts = (Fact(name="Case", text=()), Fact(name="Due", text=("now",), alarm=True))

    assert Pencil().draw(Message.of("", Fields(facts=facts))) == ["Case: –", "Due: 🔴 now"]


@pytest.mark.parametrize("title", ["الدفع لا يعمل", "پرداخت نمی‌شود", "התשלום נכשל: 3"])
def test_words_from_right_to_left_do_not_turn_a_sentence_around(title: str) -> None:
    """They stand between marks of isolation; other words and whole texts are as they were."""
    assert text("{title} is over", title=title) == (f"\u2068{title}\u2069", " is over")
    assert text("**{title}** is over", title=title)[0] == Strong(words=f"\u2068{title}\u2069")
    assert text("{title} is over", title="Café fails") == ("Café fails", " is over")


def test_a_long_list_says_how_many_lines_are_left_out() -> None:
    """Nobody reads further."""
    drawn = Pencil().draw(Message.of("", Listing(lines=tuple((str(number),) for number in range(MOST_LINES + 2)))))

    assert (len(drawn), drawn[-1]) == (MOST_LINES + 1, "(2 more lines)")


def test_a_button_that_stands_for_too_much_is_named() -> None:
    """Whoever misses it reads why."""
    buttons = (Button(label="Go", command="go"), Button(label="Far", command="go", fields={"words": "x" * 100}))
    drawn = Pencil().draw(Message.of("", Choice(buttons=buttons)))

    assert drawn[0] == "[Go]"
    assert drawn[1].startswith("(“Far” can't be pressed here")


def test_what_can_be_pressed_is_kept_before_what_is_read() -> None:
    """What does not fit is left out from the end, and said where it was."""
    parts = (Section(text=("a" * 40,)), Section(text=("b" * 40,)), Choice(buttons=(Button(label="Go", command="go"),)))

    assert Pencil(Room(characters=83, notice=38)).draw(Message.of("", *parts)) == [
        "a" * 40,
        "(1 more paragraph doesn't fit here.)",
        "[Go]",
    ]
    assert Pencil(Room(pieces=2, characters=900, notice=40)).draw(Message.of("", *parts)) == [
        "(2 more paragraphs don't fit here.)",
        "[Go]",
    ]


def test_marks_do_not_run_into_words() -> None:
    """Something unseen parts a mark from a word; a space does it too."""
    spans = ("a", Strong(words="b"), Code(words="c"), " ", Strong(words="d"))

    assert "".join(Typewriter().pieces(spans)) == "a.*b*.*c* *d*"


def test_each_of_several_stands_beside_its_button() -> None:
    """Where its words are none, or its button cannot be pressed, the other is drawn alone."""
    ok, too_long = Button(label="Go", command="calm"), Button(label="No", command="calm", fields={"words": "x" * 200})
    offered = [("Calms.", ok), ("", ok), ("Calms.", too_long)]
    offers = Offers(offered=tuple(Offered(text=(words,), button=button) for words, button in offered))

    *drawn, refused = Pencil().draw(Message.of("", offers))
    assert drawn == ["Calms. [Go]", "[Go]", "Calms."]
    assert "“No” can't be pressed here" in refused


def test_people_times_and_links_are_written_as_far_as_they_lead() -> None:
    """Who has no account is named, a time that is over is counted, and a link to nowhere is words."""
    over = TimeRef(at=AT, style="elapsed", until=AT.replace(minute=35))
    links = (Link(words="in\n there", url="https://a.example/1"), " ", Link(words="there", url="javascript:1"))
    people = (PersonRef(person_id=1, name="Ana"), " ", PersonRef(person_id=2, name="Ben"))

    assert "".join(Typewriter().pieces(people)) == "<ana> @Ben"
    assert "".join(Typewriter().pieces((TimeRef(at=AT), " ", over))) == "<14:30> 05:00"
    assert "".join(Typewriter().pieces(links)) == "<in there|https://a.example/1> there"


def test_words_are_cut_and_never_nothing() -> None:
    """What is cut shows it; what cannot be seen is a dash."""
    assert [cut(" abc ", 3), cut("abcd", 3), cut("\N{ZERO WIDTH SPACE} ", 3), cut("", 3)] == ["abc", "ab…", "–", "–"]


def test_only_web_addresses_lead_somewhere() -> None:
    """Nothing else may be opened, nor what a client would read otherwise than we do."""
    addresses = ("https://a.example", "http://a", "ftp://a", "https://a b", "https://a<b", "https://[", "x" * 3000)

    assert [leads_somewhere(one) for one in addresses] == [True, True, False, False, False, False, False]


def test_a_message_is_drawn_once_in_a_language_and_forgotten_with_it() -> None:
    """What is said again is drawn already; what somebody wrote is kept no longer than it is said."""
    drawn: list[str] = []
    draw = drawn_once(lambda message: drawn.append(message.title) or message.title)  # type: ignore[func-returns-value]
    message, twin = Message.of("Hello"), Message.of("Hello")

    assert [draw(message), draw(message), draw(twin)] == ["Hello"] * 3
    with speaking("de"):
        assert draw(message) == "Hello"
    assert len(drawn) == 3

    gone = weakref.ref(message)
    del message
    assert gone() is None
