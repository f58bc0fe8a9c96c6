"""The way of one event: heard once, carried out, answered; and whoever did it is told when that fails."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.compose import Program
from bot.directory.actors import Origin
from bot.directory.following import Said, is_news
from bot.directory.workspaces import rename_channel
from bot.door import texts
from bot.door.news import News
from bot.door.wanted import Pressed, Submitted, Typed, Wanted
from bot.errors import DatabaseAway
from bot.pictures.carried import SEND_PICTURE, images_in
from bot.say.replies import Private, Reply, begin_with
from bot.typing.talking import as_command, taken_aloud
from bot.work.dispatch import or_reference
from bot.work.refusals import bug, database_away
from bot.work.threads import as_typed_there

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


Answer = TypeVar("Answer")  # what a platform sends back with its acknowledgement


class Door:
    """Lets in what happens on one platform."""

    def __init__(self, program: Program, platform: str) -> None:
        self._program = program
        self._platform = platform
        self._appointed: set[tuple[str, str]] = set()  # those among the named admins who are admins here by now
        self._news = News()  # platforms tell some things twice

    async def hear(
        self, carrying_out: Awaitable[Answer], apologise: Callable[[Reply], Awaitable[Answer]] | None = None
    ) -> Answer | None:
        """Wait until something is carried out; after a bug tell its reference to whoever waits, if anybody does."""
        done = await or_reference(carrying_out)
        if isinstance(done, str) and apologise is not None:
            done = await or_reference(apologise(Private(message=bug(done), undone=True)))
        return None if isinstance(done, str) else done

    def is_news(self, origin: Origin) -> bool:
        """Say whether something is told for the first time."""
        return self._news.is_news(origin.key)

    async def answer(self, wanted: Wanted, origin: Origin) -> Reply:
        """Carry out what somebody wants."""
        try:
            await self.appoint(origin)
        except DatabaseAway:
            return away()
        return await self._dispatch(wanted, origin)

    async def _in_its_thread(self, words: str, origin: Origin) -> str:
        """Have words below a card be about what it shows."""
        if not origin.under:
            return words
        program = self._program
        with suppress(DatabaseAway):  # which is said when they are carried out
            return await program.database.read(
                partial(as_typed_there, words=words, origin=origin, domains=program.domains)
            )
        return words

    async def _dispatch(self, wanted: Wanted, origin: Origin) -> Reply:
        dispatch = self._program.dispatch
        match wanted:
            case Typed(words=words, aloud=True):
                words = await self._in_its_thread(words, origin)
                taken, left_out = taken_aloud(words, self._program.grammar)
                reply = await dispatch.say(taken, origin)
                return begin_with(reply, texts.private_left_out(taken)) if left_out else reply
            case Typed(words=words, alone=True):
                return await dispatch.say(as_command(words, self._program.grammar), origin)
            case Typed(words=words):
                return await dispatch.say(words, origin)
            case Pressed(command=command, fields=fields):
                return await dispatch.press(command, fields, origin)
            case Submitted(command=command, fields=fields):
                return await dispatch.submit(command, fields, origin)

    async def send_pictures(self, reply: Reply, origin: Origin) -> None:
        """Have the pictures of a reply sent after it, where they cannot be a part of it."""
        for number, (title, image) in enumerate(images_in(reply)):
            beside = replace(origin, key=f"{origin.key}:picture:{number}")
            fields = {"title": title, "alt": image.alt, "drawing": image.drawing}
            await self._program.dispatch.press(SEND_PICTURE, fields, beside)

    async def appoint(self, who: Origin) -> None:
        """Make somebody admin whom whoever runs the server has named. Raises DatabaseAway."""
        here = who.workspace, who.account
        if here in self._appointed or self._program.admins.isdisjoint({who.account, who.alias, "/".join(here)}):
            return
        await self._program.appoint(who)
        self._appointed.add(here)

    async def rename(self, workspace: str, channel: str, name: str) -> None:
        """Take in how a channel is called now."""
        job = partial(rename_channel, platform=self._platform, workspace=workspace, channel=channel, name=name)
        with suppress(DatabaseAway):  # the next one tells us again
            await self._program.database.write(job)

    async def follow(self, said: Said) -> None:
        """Take in what the platform says of somebody; most of it is news to nobody."""
        with suppress(DatabaseAway):  # what they do next tells us again
            if await self._program.database.read(partial(is_news, said=said)):
                await self._program.follow(said)


def away() -> Reply:
    """Say at once that the database is away: whoever waits for an answer is not made to wait a second time."""
    return Private(message=database_away(), fleeting=True, undone=True)
