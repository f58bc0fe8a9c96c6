"""Slack at the door: what was let in is translated, dispatched, and its reply carried out. Decides nothing."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import texts
from adapters.slack.answers import Answers
from adapters.slack.guard import FINE, UNREADABLE, Answered
from adapters.slack.inbound import AccessEnded, Act, ChannelRenamed, OpenedHome, Pressed, Submitted, Typed, Via, read
from adapters.slack.payloads import BlockActions, Shortcut, SlashCommand, ViewSubmission, shape
from adapters.slack.places import PLATFORM
from adapters.slack.standing import Profiles, Standing, refusal, vouched, with_names
from bot.directory.accounts import Accounts
from bot.directory.workspaces import rename_channel, take_first_admin
from bot.door.news import News
from bot.errors import DatabaseAway
from bot.people.commands import OpenHome
from bot.say.replies import Private, begin_with
from bot.work.dispatch import or_reference
from bot.work.refusals import as_message, bug

if TYPE_CHECKING:
    from slack_bolt.context.ack.async_ack import AsyncAck
    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_bolt.response import BoltResponse

    from adapters.slack.answers import Ack
    from adapters.slack.inbound import Inbound
    from adapters.slack.line import Line
    from adapters.slack.payloads import Payload
    from adapters.slack.tokens import Tokens
    from bot.compose import Program
    from bot.say.replies import Reply

ANY = re.compile("")
WANTED = "zanshin"  # where a request carries what it wants

_quiet = logging.getLogger("zanshin.slack.bolt")
_quiet.setLevel(logging.ERROR)  # it warns of settings that are ours to read, and of events we do not need


@dataclass
class Heard:
    """What a request wants, and how it is answered."""

    wanted: Inbound
    answer: Ack = field(default_factory=dict)


class SlackAdapter:
    """Answers Slack."""

    def __init__(self, program: Program, line: Line, tokens: Tokens) -> None:
        self._program = program
        self._line = line
        self._tokens = tokens
        self._answers = Answers(line, Accounts(program.database, PLATFORM), program.grammar)
        self._profiles = Profiles(line)
        self._with_admin: set[str] = set()  # workspaces that have one
        self._news = News()  # Slack tells some events twice
        self._bolt = self._build_bolt()

    def _build_bolt(self) -> AsyncApp:
        bolt = AsyncApp(
            name="zanshin",
            logger=_quiet,
            client=AsyncWebClient(),
            authorize=_authorize,
            process_before_response=True,
            # The guard has done all of these, on the bytes as they came.
            request_verification_enabled=False,
            ssl_check_enabled=False,
            url_verification_enabled=False,
        )

        async def hear(ack: AsyncAck, context: AsyncBoltContext) -> None:
            context[WANTED].answer = await self._hear(context[WANTED].wanted)
            await ack()

        # One listener for each kind of payload; a dictionary finds what it wants, however many commands there are.
        for listen in (bolt.command, bolt.action, bolt.view, bolt.shortcut, bolt.event):
            listen(ANY)(hear)
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
        heard = Heard(wanted)
        request = AsyncBoltRequest(mode="socket_mode", body=_for_bolt(found), context={WANTED: heard})
        response: BoltResponse = await self._bolt.async_dispatch(request)
        return Answered(response.status, heard.answer)

    async def _hear(self, wanted: Inbound) -> Ack:
        done = await or_reference(self._carry_out(wanted))
        if isinstance(done, str):
            done = await or_reference(self._apologise(wanted, done))
        return done if isinstance(done, dict) else {}

    async def _apologise(self, wanted: Inbound, reference: str) -> Ack:
        if not isinstance(wanted, Act):
            return {}
        return await self._answers.carry_out(wanted, Private(message=bug(reference), undone=True))

    async def _carry_out(self, wanted: Inbound) -> Ack:
        match wanted:
            case Act() as act:
                return await self._act(act)
            case ChannelRenamed(workspace=workspace, channel=channel, name=name):
                job = partial(rename_channel, platform=PLATFORM, workspace=workspace, channel=channel, name=name)
                with suppress(DatabaseAway):  # the next one tells us again
                    await self._program.database.write(job)
            case AccessEnded(workspace=workspace, enterprise=enterprise, told_at=told_at):
                with suppress(DatabaseAway):  # the next message there finds it out too
                    await self._tokens.forget(workspace, enterprise, told_at=told_at)
        return {}

    async def _act(self, act: Act) -> Ack:
        if act.via in (Via.MENTION, Via.DIRECT) and not self._news.is_news(act.origin.key):
            return {}
        with suppress(DatabaseAway):  # whoever asks is told so by what follows
            await self._tokens.meet(act.origin.workspace, act.enterprise)
        profile = await self._profiles.of(act)
        if profile.standing in (Standing.BOT, Standing.GONE):
            return {}
        mentioned, groups = await self._profiles.mentioned(act), await self._profiles.members(act)
        name = profile.name or act.origin.name
        origin = replace(act.origin, name=name, vouched=vouched(mentioned), groups=groups)
        act = replace(act, origin=origin, wanted=with_names(act.wanted, mentioned))
        refused = refusal(profile.standing)
        if refused is not None:
            return await self._answers.carry_out(act, Private(message=as_message(refused), undone=True))
        first = await self._is_first_admin(act)
        reply = await self._dispatch(act)
        if first:
            reply = begin_with(reply, texts.first_admin())
        if act.via is Via.MENTION:
            await self._line.call(
                act.origin.workspace, "reactions.add", channel=act.channel, timestamp=act.ts, name="eyes"
            )
        return await self._answers.carry_out(act, reply)

    async def _dispatch(self, act: Act) -> Reply:
        match act.wanted:
            case Typed(words=words, left_out=left_out):
                reply = await self._program.dispatch.say(words, act.origin)
                return begin_with(reply, texts.only_a_word_in_public()) if left_out else reply
            case Pressed(command=command, fields=fields):
                return await self._program.dispatch.press(command, fields, act.origin)
            case Submitted(command=command, fields=fields):
                return await self._program.dispatch.submit(command, fields, act.origin)
            case OpenedHome():
                return await self._program.dispatch.press(OpenHome.called(), {}, act.origin)

    async def _is_first_admin(self, act: Act) -> bool:
        """Make whoever first types our name the admin of a workspace that has none."""
        workspace = act.origin.workspace
        typed = act.wanted.words.startswith("/zanshin") if isinstance(act.wanted, Typed) else False
        if act.via is not Via.COMMAND or not typed or workspace in self._with_admin:
            return False
        job = partial(take_first_admin, first=act.origin, now=self._program.clock.now())
        with suppress(DatabaseAway):  # whoever asks is told so by what follows
            first = await self._program.database.write(job)
            self._with_admin.add(workspace)
            return first
        return False


def _for_bolt(found: Payload) -> dict[str, Any]:
    """Give bolt what it needs to choose a listener, and no more: it trips over shapes it does not expect."""
    match found:
        case SlashCommand(command=command):
            return {"command": command}
        case BlockActions():
            return {"type": "block_actions", "actions": [{"action_id": "any", "block_id": "any"}]}
        case ViewSubmission():
            return {"type": "view_submission", "view": {"type": "modal", "callback_id": "any"}}
        case Shortcut(type=kind):
            return {"type": kind, "callback_id": "any"}
        case _:
            return {"type": "event_callback", "event": {"type": found.event.type}}


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)  # whatever is sent looks up its own token
