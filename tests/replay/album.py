"""Everything that was ever shown to somebody, with all that can be pressed and sent on it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from bot.directory.following import Said
from bot.say.aloud import plain_message
from bot.say.messages import Form, Message
from bot.say.replies import OpenForm, Private, Replace
from tests.stage import FakeStage, Stage, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.say.messages import Input
    from bot.say.replies import Reply

MEMBERS = ("ana", "ben", "sofia", "omar", "zoe")
CHANNELS = ("support", "incidents")


@dataclass(frozen=True)
class Face:
    """Something to press or to send, as one person saw it at one place."""

    who: str
    place: str
    command: str
    fields: tuple[tuple[str, str], ...]
    sent: bool = False  # of a form
    label: str = field(default="", compare=False)
    on: str = field(default="", compare=False)  # what stood around it
    post: int | None = field(default=None, compare=False)  # the number of the message it stood on

    @property
    def values(self) -> dict[str, str]:
        return dict(self.fields)


def faces_of_message(message: Message, who: str, place: str, post: int | None = None) -> Iterator[Face]:
    """List what one person can press on a message."""
    said = plain_message(message)
    for button in message.buttons():
        yield Face(who, place, button.command, tuple(sorted(button.fields.items())), False, button.label, said, post)


def faces_of_form(form: Form, who: str, place: str) -> Iterator[Face]:
    """Send a form as it was opened, with what is needed filled in, and with each thing there is to pick."""
    said = "\n".join([form.title, *(f"{one.label}: {one.value}" for one in form.inputs)])
    answers = {one.name: _answer(one) for one in form.inputs}
    picks = [one for one in form.inputs if one.kind == "pick"]
    variants = [answers, *(answers | {one.name: option.value} for one in picks for option in one.options[:4])]
    for variant in variants:
        filled = {name: value for name, value in (form.fields | variant).items() if value}
        yield Face(who, place, form.command, tuple(sorted(filled.items())), True, form.submit, said)


GIVEN = {
    "by": "in 45m", "until": "in 30m", "starts": "in 5h", "per_case": "€25", "amount": "€12", "since": "yesterday",
    "fewest": "2", "most": "9", "instead": "€10", "days": "5", "title": "Another title",
}  # fmt: skip


def _answer(question: Input) -> str:
    if question.value:
        return question.value
    if question.kind == "pick":
        return question.options[0].value if question.options and question.required else ""
    if question.kind == "person":
        return "<@ben>"
    if question.kind == "conversation":
        return "<#support>" if question.required else ""
    if question.kind == "tick":
        return ""
    return GIVEN.get(question.name, "Some words" if question.required else "")


class Watched(FakeStage):
    """A stage that keeps what it answered."""

    replies: list[tuple[str, str, Reply, int | None]]

    def _take(self, reply: Reply, account: str, conversation: str, pressed: object) -> None:
        before = getattr(self, "replies", [])
        posts = self.messenger.posts
        number = next((at for at, post in enumerate(posts) if post is pressed), None)
        self.replies = [*before, (account, conversation, reply, number)]
        super()._take(reply, account, conversation, pressed)


def faces_of_reply(reply: Reply, who: str, place: str, post: int | None) -> Iterator[Face]:
    """List what an answer offers."""
    match reply:
        case OpenForm(form=form):
            yield from faces_of_form(form, who, place)
        case Private(message=message):
            yield from faces_of_message(message, who, place)
        case Replace(message=message):
            yield from faces_of_message(message, who, place, post)


def shown_now(stage: FakeStage) -> Iterator[tuple[str, str, Message, int]]:
    """List who sees what, and where: in a channel everybody."""
    for at, post in enumerate(stage.messenger.posts):
        for who in _readers(post.conversation, post.only_for):
            for message in (post.message, *post.versions):
                yield who, post.conversation, message, at


def _readers(place: str, only_for: str | None) -> tuple[str, ...]:
    if only_for:
        return (only_for,)
    if place in CHANNELS:
        return MEMBERS
    account = place.removeprefix("@").removeprefix("home:")
    return (account,) if account in MEMBERS else ()


class Player:
    """Plays the lines of a day on a stage."""

    keys: ClassVar[itertools.count[int]] = itertools.count()

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def play(self, line: str) -> None:
        if line.startswith("+ "):
            amount, unit = line[2:].split()
            self.stage.clock.move(timedelta(**{unit: float(amount)}))
            await self.stage.settle()
        elif line.startswith("home "):
            await self.voice(line[5:]).opens_home()
        elif line.startswith("leaves "):
            said = Said(platform="web", workspace="playground", account=line[7:], left=True)
            assert isinstance(self.stage, FakeStage)
            await self.stage.program.follow(said)
            await self.stage.settle()
        else:
            await self._act(line)

    def voice(self, where: str) -> Voice:
        who, at, place = where.partition("@")
        voice = Voice(self.stage, who, self.keys)
        return voice.in_(place or f"@{who}") if at else voice

    async def _act(self, line: str) -> None:
        where, _, what = line.partition(": ")
        voice = self.voice(where)
        if what.startswith("["):
            start = what[1:].removesuffix("]")
            posts = list(reversed(await voice.posts()))
            found = next(((post, one) for post in posts for one in post.buttons if one.label.startswith(start)), None)
            assert found is not None, (line, [(p.text, [b.label for b in p.buttons]) for p in posts[:6]])
            await voice.presses(found[1].label, found[0])
        elif what.startswith("{"):
            pairs = (pair.split("=", 1) for pair in what[1:-1].split("; "))
            assert voice.form is not None, line
            await voice.fills(**{name: value.replace("¶", "\n") for name, value in pairs})
        else:
            await voice.types(what)
