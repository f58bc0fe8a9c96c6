"""The stage of dialogue tests: people who type, press and fill in, and see what the bot says to them.

One script is played over every adapter: a stage knows how its platform is spoken to, a script does not.
"""

from __future__ import annotations

import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from adapters.web import sample
from adapters.web.inbound import PLATFORM
from bot.compose import compose, open_bookcase, read_bookcase
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind, Workspace
from bot.run.serve import build_server
from bot.say.aloud import plain_message
from bot.say.messages import Button, Form
from bot.say.replies import FieldErrors, OpenForm, Private, Replace
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.colleagues import COLLEAGUES, seat_colleagues
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakeMessenger, FakePost

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from contextlib import AsyncExitStack
    from datetime import datetime
    from pathlib import Path

    from aiohttp import web
    from sqlalchemy.orm import Session

    from bot.compose import Bookcase, Program
    from bot.run.serve import Platform
    from bot.say.replies import Reply
    from bot.store.database import Database
    from bot.work.domain import Domain

    Client = TestClient[web.Request, web.Application]

HAVE_IT = "Customers have it"
CHANNELS = {"support": "support", "incidents": "incidents", "random": "random"}


@dataclass
class Seen:
    """One post as a person sees it."""

    text: str
    buttons: tuple[Button, ...]
    private: bool
    notice: bool
    handle: object  # how the platform calls it


class Stage(Protocol):
    """A platform to play a script on."""

    clock: FakeClock

    async def type(self, account: str, conversation: str, words: str, key: str) -> None: ...
    async def press(self, account: str, conversation: str, post: Seen, button: Button, key: str) -> None: ...
    async def submit(self, account: str, conversation: str, answers: dict[str, str], key: str) -> None: ...
    async def seen(self, account: str, conversation: str) -> list[Seen]: ...
    async def open_home(self, account: str) -> None: ...
    async def settle(self) -> None: ...
    def form(self, account: str) -> Form | None: ...
    def errors(self, account: str) -> dict[str, str]: ...


class ToOpen(Protocol):
    """A stage on a real platform's rules: servers come up first, then everybody is seated."""

    async def open(self) -> None: ...
    async def seat(self) -> None: ...
    async def close(self) -> None: ...


AStage = TypeVar("AStage", bound=ToOpen)


@dataclass(frozen=True)
class Voice:
    """One person on a stage."""

    stage: Stage
    account: str
    keys: itertools.count[int]
    place: str = "support"

    def in_(self, place: str) -> Voice:
        """Speak somewhere else."""
        return replace(self, place=place)

    @property
    def privately(self) -> Voice:
        """Speak to the bot in the direct chat."""
        return replace(self, place=f"@{self.account}")

    @property
    def at_home(self) -> Voice:
        """Press what stands on one's Home."""
        return replace(self, place=f"home:{self.account}")

    async def opens_home(self) -> str:
        """Look at one's Home; read it."""
        await self.stage.open_home(self.account)
        return await self.home()

    async def home(self) -> str:
        """Read one's Home as it stands."""
        return (await self.at_home.posts())[0].text

    async def types(self, words: str, key: str | None = None) -> Seen | None:
        """Type words; return the answer: what came since for this person alone, or else what came last."""
        before = {name_of(one) for one in await self.posts()}
        await self.stage.type(self.account, self.place, words, key or self._key())
        return await self._answer(before)

    async def tells(self, words: str) -> Seen | None:
        """Type an update or a last word, and say that customers have it; return what came of it."""
        return await self.have_it(await self.types(words))

    async def have_it(self, answer: Seen | None) -> Seen | None:
        """Say that customers have what an answer shows as prepared, if it does."""
        waits = answer is not None and any(button.label == HAVE_IT for button in answer.buttons)
        return await self.presses(HAVE_IT, answer) if waits else answer

    async def _answer(self, before: set[object]) -> Seen | None:
        posts = await self.posts()
        answers = [one for one in posts if one.private and name_of(one) not in before]
        found = answers or posts
        return found[-1] if found else None

    async def presses(self, label: str, post: Seen | None = None, key: str | None = None) -> Seen | None:
        """Press the button of this label on the last post that has it, or on the post given; return the answer.

        That is the post itself if it changed, else what is new for this person alone, else what changed last.
        """
        post = post or await self._post_with(label)
        button = next(button for button in post.buttons if button.label == label)
        before = {name_of(one): one.text for one in await self.posts()}
        await self.stage.press(self.account, self.place, post, button, key or self._key())
        after = await self.posts()
        changed = [one for one in after if before.get(name_of(one)) != one.text]
        itself = [one for one in changed if name_of(one) == name_of(post)]
        private = [one for one in changed if one.private]
        unchanged = [one for one in after if name_of(one) == name_of(post)] or [post]
        return (itself or private or changed or unchanged)[-1]

    async def fills(self, **answers: str) -> Seen | None:
        """Fill in the open form and send it; return the answer, as after typing."""
        before = {name_of(one) for one in await self.posts()}
        await self.stage.submit(self.account, self.place, answers, self._key())
        return await self._answer(before)

    async def sees(self) -> list[str]:
        """List what this person sees here, oldest first."""
        return [post.text for post in await self.stage.seen(self.account, self.place)]

    async def posts(self) -> list[Seen]:
        """List the posts this person sees here."""
        return await self.stage.seen(self.account, self.place)

    @property
    def form(self) -> Form | None:
        """The form that is open."""
        return self.stage.form(self.account)

    @property
    def errors(self) -> dict[str, str]:
        """What the open form complains of."""
        return self.stage.errors(self.account)

    async def _post_with(self, label: str) -> Seen:
        for post in reversed(await self.stage.seen(self.account, self.place)):
            if any(button.label == label for button in post.buttons):
                return post
        raise AssertionError(f"{self.account} sees no button {label!r}: {await self.sees()}")

    def _key(self) -> str:
        return f"{self.account}-{next(self.keys):08}"


def name_of(post: Seen) -> object:
    """Tell one post from another, whatever they say."""
    return post.handle if isinstance(post.handle, int) else id(post.handle)


class Cast:
    """Everybody on a stage, and the time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._keys = itertools.count()
        self.ana, self.ben, self.sofia, self.omar = map(self.voice, ("ana", "ben", "sofia", "omar"))

    def voice(self, account: str) -> Voice:
        """Be somebody."""
        return Voice(self.stage, account, self._keys)

    async def later(self, **by: float) -> None:
        """Let time pass, one second at a time where it matters."""
        self.stage.clock.move(timedelta(**by))
        await self.stage.settle()


@cache
def bookcase_of(folder: Path) -> Bookcase:
    """Read a folder of playbooks once; none changes while tests run."""
    return read_bookcase(folder) if folder == SHIPPED_PLAYBOOKS else open_bookcase(folder)


async def served(
    stack: AsyncExitStack, database: Database, playbooks_dir: Path, clock: FakeClock, *platforms: Platform
) -> tuple[Program, Client]:
    """Serve a program with these platforms until the stack is closed; tests run its parts themselves."""
    messengers = {platform.name: platform.messenger for platform in platforms}
    program = compose(database=database, clock=clock, bookcase=bookcase_of(playbooks_dir), messengers=messengers)
    app = build_server(program, platforms=platforms)
    app.cleanup_ctx.pop(0)
    client: Client = TestClient(TestServer(app))
    await client.start_server()
    stack.push_async_callback(client.close)
    return program, client


class FakeStage:
    """The core on a platform in memory."""

    def __init__(
        self, database: Database, playbooks_dir: Path, clock: FakeClock | None = None, more: Sequence[Domain] = ()
    ) -> None:
        self.clock = clock or FakeClock()
        self.messenger = FakeMessenger()
        self.database = database
        self.playbooks_dir = playbooks_dir
        self.program = compose(
            database=database,
            clock=self.clock,
            bookcase=bookcase_of(playbooks_dir),
            messengers={"web": self.messenger},
            more=more,
        )
        self._forms: dict[str, Form] = {}
        self._errors: dict[str, dict[str, str]] = {}

    async def type(self, account: str, conversation: str, words: str, key: str) -> None:
        reply = await self.program.dispatch.say(words, self.origin(account, conversation, key))
        self._take(reply, account, conversation, None)
        await self.settle()

    async def press(self, account: str, conversation: str, post: Seen, button: Button, key: str) -> None:
        origin = self.origin(account, conversation, key)
        reply = await self.program.dispatch.press(button.command, button.fields, origin)
        self._take(reply, account, conversation, post.handle)
        await self.settle()

    async def submit(self, account: str, conversation: str, answers: dict[str, str], key: str) -> None:
        form = self._forms[account]
        filled = {question.name: question.value for question in form.inputs} | answers
        reply = await self.program.dispatch.submit(
            form.command, form.fields | filled, self.origin(account, conversation, key)
        )
        self._take(reply, account, conversation, None)
        await self.settle()

    async def seen(self, account: str, conversation: str) -> list[Seen]:
        return [
            Seen(
                plain_message(post.message), tuple(post.message.buttons()), post.only_for == account, post.notice, post
            )
            for post in self.messenger.posts
            if post.conversation == conversation and post.only_for in (None, account)
        ]

    async def open_home(self, account: str) -> None:
        at_home = self.origin(account, f"home:{account}", f"home-{len(self.messenger.posts)}-{self.clock.now()}")
        await self.program.dispatch.press("open-home", {}, at_home)
        await self.settle()

    async def settle(self) -> None:
        while await self.program.ticker.tick():
            pass
        await self.program.sender.drain()

    def form(self, account: str) -> Form | None:
        return self._forms.get(account)

    def errors(self, account: str) -> dict[str, str]:
        return self._errors.get(account, {})

    def origin(self, account: str, conversation: str, key: str) -> Origin:
        return Origin(
            key=key,
            platform="web",
            workspace="playground",
            account=account,
            name=COLLEAGUES.get(account, account.title()),
            conversation=conversation.replace("home:", "@"),
            kind=ConversationKind.DIRECT if conversation.startswith(("@", "home:")) else ConversationKind.CHANNEL,
            conversation_name=CHANNELS.get(conversation, ""),
        )

    def _take(self, reply: Reply, account: str, conversation: str, pressed: object) -> None:
        self._errors.pop(account, None)
        match reply:
            case OpenForm(form=form):
                self._forms[account] = form
            case FieldErrors(errors=errors):
                self._errors[account] = errors
            case Replace(message=message) if isinstance(pressed, FakePost):
                pressed.message = message
            case Private(message=message) | Replace(message=message):
                self.messenger.posts.append(FakePost(conversation, message, notice=False, only_for=account))
            case _:
                pass


@asynccontextmanager
async def seated(stage: AStage) -> AsyncIterator[AStage]:
    """Open a stage with everybody on it, and close it."""
    await stage.open()
    await stage.seat()
    yield stage
    await stage.close()


async def people_of(stage: FakeStage) -> None:
    """Put the sample people in place, once."""
    await stage.database.write(lambda session: seat_people(session, stage.clock.now()))


def seat_people(session: Session, now: datetime) -> None:
    """Put the sample people and their colleagues in place, as on the playground."""
    sample.seed(session, now)
    seat_here(session, now)


def seat_here(session: Session, now: datetime) -> None:
    """Put their colleagues of the playground in place, as the sample people are."""
    workspace = session.scalars(select(Workspace).where(Workspace.platform == PLATFORM)).one()
    seat_colleagues(session, workspace, now)
