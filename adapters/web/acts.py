"""What people do on the page: said to everybody there, or dispatched, and the reply carried out."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from adapters.web import posts
from adapters.web.addressed import said_aloud
from adapters.web.answers import answer
from adapters.web.errors import BadRequest
from adapters.web.happened import happened
from adapters.web.inbound import PLATFORM, Pressed, Push, Said, Seen, origin, read_payload
from adapters.web.model import WebPost
from adapters.web.posts import LONGEST_WORDS, Draft
from adapters.web.render import render_form
from adapters.web.sample import CHANNELS, NAMES, is_place
from bot.directory import addresses
from bot.directory.actors import Origin
from bot.door.door import Door
from bot.door.wanted import Typed
from bot.errors import DatabaseAway
from bot.say.aloud import plain_message
from bot.say.language import _
from bot.say.messages import Form, Message
from bot.say.replies import FieldErrors, OpenForm, Private, Replace, Reply

if TYPE_CHECKING:
    from adapters.web.playground import Playground

SENT = web.RequestKey("sent", object)  # what the page sent, read from its JSON


class Acts:
    """Carries out what people do."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._database = playground.database
        self._dispatch = playground.program.dispatch
        self._door = Door(playground.program, PLATFORM)
        self._fleeting = itertools.count(1)

    async def say(self, request: web.Request) -> web.Response:
        """Take typed words: what is said to us is carried out, anything else is said to everybody there."""
        said = read_payload(Said, request[SENT])
        where, words = self._where(said), said.words.strip()
        if not words:
            return answer({"kind": "done"})
        _check_length(words)
        command = said.conversation not in CHANNELS or self._playground.program.grammar.is_command(words)
        draft = Draft(
            conversation=said.conversation,
            at=self._playground.clock.now(),
            author=said.account,
            only_for=said.account if command else None,
            words=words,
            key=f"{where.key}-words",
        )
        aloud = None if command else said_aloud(words)
        if not command and aloud is None:
            return self._posts(said.account, await self._store(draft))
        carried_out = self._dispatch.say(said.words, where) if aloud is None else self._hear(aloud, where)
        # Side by side, the words first: a database that is away is waited for once, and what can be read is answered.
        echo, reply = await asyncio.gather(self._keep(draft), carried_out)
        return await self._carry_out(reply, where, None, echo, place=said.conversation)

    async def _hear(self, aloud: str, where: Origin) -> Reply:
        return await self._door.answer(Typed(words=aloud, aloud=True), where)

    async def press(self, request: web.Request) -> web.Response:
        """Take a press of a button."""
        pressed = read_payload(Pressed, request[SENT])
        where = self._where(pressed)
        reply = await self._dispatch.press(pressed.command, pressed.fields, where)
        return await self._carry_out(reply, where, pressed.post, place=pressed.conversation)

    async def submit(self, request: web.Request) -> web.Response:
        """Take a form."""
        sent = read_payload(Pressed, request[SENT])
        where = self._where(sent)
        reply = await self._dispatch.submit(sent.command, sent.fields, where)
        # A form stands on nothing: what it was opened from may be a Home, which draws itself.
        post = sent.post if sent.conversation != addresses.home(sent.account) else None
        return await self._carry_out(reply, where, post, place=sent.conversation)

    def _where(self, payload: Said | Pressed) -> Origin:
        check_place(payload.account, payload.conversation)
        locale = self._playground.asked_for(payload.account)
        return origin(payload, name=NAMES[payload.account], channels=CHANNELS, locale=locale)

    async def push(self, request: web.Request) -> web.Response:
        """Push the clock ahead."""
        push = read_payload(Push, request[SENT])
        since = self._playground.clock.now()
        published = await self._playground.push(push.push, push.key)
        if published is None:
            return answer({"kind": "done", "text": _("Nothing is due: the clock stays where it is.")})
        return answer({"kind": "done", "happened": happened(published, push.account, since)})

    async def seen(self, request: web.Request) -> web.Response:
        """Remember how far somebody has read."""
        read = read_payload(Seen, request[SENT])
        check_place(read.account, read.conversation)
        await self._database.write(
            partial(posts.seen, account=read.account, conversation=read.conversation, last=read.last)
        )
        self._playground.hub.stir(read.account)
        return answer({"kind": "done"})

    # --- carrying out a reply -------------------------------------------------------------------

    async def _carry_out(
        self, reply: Reply, where: Origin, pressed: int | None, *shown: WebPost, place: str
    ) -> web.Response:
        where = replace(where, conversation=place)  # where the answer is shown: a Home is no conversation of the core
        match reply:
            case OpenForm(form=form):
                return _form(form)
            case FieldErrors(errors=errors):
                return answer({"kind": "field_errors", "errors": errors})
            case Private(message=message, fleeting=True):
                # Nothing was done, and trying to store that would only take as long again.
                unstored = self._unstored(self._answer(where, message))
                return self._posts(where.account, unstored, status=503, text=plain_message(message))
            case Replace(message=message) if pressed is not None:
                return self._posts(where.account, *shown, await self._change(pressed, where, message))
            case Private(message=message) | Replace(message=message):
                return self._posts(where.account, *shown, await self._keep(self._answer(where, message), *shown))
            case _:
                return self._posts(where.account, *shown)

    def _answer(self, where: Origin, message: Message) -> Draft:
        return Draft(
            conversation=where.conversation,
            at=self._playground.clock.now(),
            only_for=where.account,
            message=message,
            key=f"{where.key}-answer",
        )

    async def _change(self, post: int, where: Origin, message: Message) -> WebPost:
        try:
            changed = await self._database.write(
                partial(posts.change, post_id=post, message=message, account=where.account)
            )
        except DatabaseAway:
            return self._unstored(self._answer(where, message))
        if changed is None:
            return await self._keep(self._answer(where, message))
        self._playground.hub.publish(changed)
        return changed

    async def _keep(self, draft: Draft, *shown: WebPost) -> WebPost:
        """Store a post; while the database is away only the page that asked shows it, and waits for it only once."""
        if all(post.id > 0 for post in shown):
            with suppress(DatabaseAway):
                return await self._store(draft)
        return self._unstored(draft)

    async def _store(self, draft: Draft) -> WebPost:
        added = await self._database.write(partial(posts.store, draft=draft))
        self._playground.hub.publish(added)
        return added

    def _unstored(self, draft: Draft) -> WebPost:
        return WebPost(id=-next(self._fleeting), version=0, **draft.values())

    def _posts(self, account: str, *shown: WebPost, status: int = 200, text: str = "") -> web.Response:
        locale = self._playground.language_of(account)
        drawn = [self._playground.drawings.draw(post, locale) for post in shown]
        return answer({"kind": "posts", "posts": drawn, "text": text}, status)


def check_place(account: str, conversation: str) -> None:
    """Refuse people who are not here, and conversations that are not theirs."""
    if account not in NAMES:
        raise BadRequest(_("Nobody here has that name. Choose one of the sample people."))
    if not is_place(account, conversation):
        raise BadRequest(_("That conversation isn't here, or isn't yours."))


def _check_length(words: str) -> None:
    if len(words) > LONGEST_WORDS:
        raise BadRequest(
            _("This is too long: at most {most} characters fit into one message. Please shorten it.").format(
                most=f"{LONGEST_WORDS:,}"
            )
        )


def _form(form: Form) -> web.Response:
    people = [(f"<@{account}>", name) for account, name in NAMES.items()]
    channels = [(f"<#{address}>", f"#{name}") for address, name in CHANNELS.items()]
    return answer({"kind": "form", "html": render_form(form, people=people, conversations=channels)})
