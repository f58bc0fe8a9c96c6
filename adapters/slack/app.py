"""Slack at the door: what was let in is translated, dispatched, and its reply carried out. Decides nothing."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answers import Answers
from adapters.slack.guard import FINE, UNREADABLE
from adapters.slack.inbound import AccessEnded, Act, ChannelRenamed, PersonChanged, Via, read
from adapters.slack.payloads import shape
from adapters.slack.places import PLATFORM
from adapters.slack.profiles import Profiles, vouched, with_names
from adapters.slack.standing import Standing, refusal
from bot.compose import Program
from bot.directory.accounts import Accounts
from bot.directory.following import Said
from bot.door.door import Door
from bot.door.guard import Answered
from bot.errors import DatabaseAway
from bot.say.replies import Private
from bot.work.refusals import as_message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.slack.answers import Ack
    from adapters.slack.inbound import Inbound
    from adapters.slack.line import Line
    from adapters.slack.tokens import Tokens

_quiet = logging.getLogger("zanshin.slack.bolt")
_quiet.setLevel(logging.ERROR)  # it warns of settings that are ours to read, and of events we do not need


class LetIn(AsyncBoltRequest):
    """A request as it goes through Bolt, which reads nothing out of it again: what it wants, and how it is answered."""

    def __init__(self, wanted: Inbound) -> None:
        self.wanted = wanted
        self.answer: Ack = {}
        self.context = AsyncBoltContext()
        self.body = {"type": "ssl_check"}  # a kind for which Bolt authorises nobody: whatever is sent is, by itself


class _Hearing(AsyncMiddleware):
    """Answers every payload, first and last.

    Bolt's own listeners read a payload again, trip over shapes they do not expect, and gather some thirty arguments for
    each that may be meant. Ours was read strictly, once, and goes with the request.
    """

    def __init__(self, hear: Callable[[Inbound], Awaitable[Ack]]) -> None:
        self._hear = hear

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002, ARG002
    ) -> BoltResponse:
        """Answer; nothing comes after it."""
        assert isinstance(req, LetIn)  # noqa: S101  nothing else is passed on
        req.answer = await self._hear(req.wanted)
        return BoltResponse(status=200)


class _Bolt(AsyncApp):
    """Bolt, without the client it makes for each request: whatever is sent here has a line of its own."""

    def _init_context(self, req: AsyncBoltRequest) -> None:
        """Put nothing beside what a request carries."""


class SlackAdapter:
    """Answers Slack."""

    def __init__(self, program: Program, line: Line, tokens: Tokens) -> None:
        self._line = line
        self._tokens = tokens
        self._answers = Answers(line, Accounts(program.database, PLATFORM), program.grammar)
        self._profiles = Profiles(line)
        self._door = Door(program, PLATFORM)
        self._bolt = self._build_bolt()

    def _build_bolt(self) -> AsyncApp:
        bolt = _Bolt(
            name="zanshin",
            logger=_quiet,
            client=AsyncWebClient(),
            authorize=_authorize,
            process_before_response=True,
            # The guard has done all of these, on the bytes as they came.
            request_verification_enabled=False,
            ssl_check_enabled=False,
            url_verification_enabled=False,
            # What we say ourselves is no news, and no functions of workflows are ours.
            ignoring_self_events_enabled=False,
            attaching_function_token_enabled=False,
        )
        bolt.use(_Hearing(self._hear))
        return bolt

    async def take(self, payload: dict[str, Any], digest: str) -> Answered:
        """Take a verified payload, from HTTP or a socket; answer it within the time Slack gives."""
        try:
            found = shape(payload)
            wanted = read(found, digest) if found is not None else None
        except ValueError:
            return UNREADABLE
        if found is None or wanted is None:
            return FINE
        request = LetIn(wanted)
        response = await self._bolt.async_dispatch(request)
        return Answered(response.status, request.answer or None)

    async def finish(self) -> None:
        """Wait for what is still being answered."""
        await self._answers.finish()

    async def _hear(self, wanted: Inbound) -> Ack:
        apologise = partial(self._answers.carry_out, wanted) if isinstance(wanted, Act) else None
        return await self._door.hear(self._carry_out(wanted), apologise) or {}

    async def _carry_out(self, wanted: Inbound) -> Ack:
        match wanted:
            case Act() as act:
                return await self._act(act)
            case ChannelRenamed(workspace=workspace, channel=channel, name=name):
                await self._door.rename(workspace, channel, name)
            case PersonChanged(workspace=workspace, account=account, profile=profile):
                self._profiles.learn(workspace, account, profile)
                left = profile.standing is Standing.GONE
                said = Said(
                    platform=PLATFORM,
                    workspace=workspace,
                    account=account,
                    name=profile.name,
                    time_zone=profile.time_zone,
                    locale=profile.locale,
                    left=left,
                )
                await self._door.follow(said)
            case AccessEnded(workspace=workspace, enterprise=enterprise, told_at=told_at):
                with suppress(DatabaseAway):  # the next message there finds it out too
                    await self._tokens.forget(workspace, enterprise, told_at=told_at)
        return {}

    async def _act(self, act: Act) -> Ack:
        if act.via in (Via.MENTION, Via.DIRECT) and not self._door.is_news(act.origin):
            return {}
        with suppress(DatabaseAway):  # whoever asks is told so by what follows
            await self._tokens.meet(act.origin.workspace, act.enterprise)
        about = await self._profiles.about(act)
        standing = about.profile.standing
        if standing in (Standing.BOT, Standing.GONE):
            return {}
        origin = replace(
            act.origin,
            name=about.profile.name or act.origin.name,
            name_is_shown=about.is_known and bool(about.profile.name),
            time_zone=about.profile.time_zone,
            locale=about.profile.locale,
            vouched=vouched(about.mentioned),
            groups=about.groups,
        )
        if about.mentioned:
            act = replace(act, wanted=with_names(act.wanted, about.mentioned))
        refused = refusal(standing)
        if refused is not None:
            return await self._answers.carry_out(act, Private(message=as_message(refused), undone=True))
        reply = await self._door.answer(act.wanted, origin)
        await self._door.send_pictures(reply, origin)
        if act.via is Via.MENTION:
            await self._line.call(
                act.origin.workspace, "reactions.add", channel=act.channel, timestamp=act.ts, name="eyes"
            )
        return await self._answers.carry_out(act, reply)


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)  # whatever is sent looks up its own token
