"""Slack as a platform: it takes cards and notices, at the pace Slack sets."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import PermissionMissing, Remedy, ThreadGone, code_of, concerns_admins, judge
from adapters.slack.pacing import HOME_OF_ONE, IN_CHANNEL, METHODS, Pacing
from adapters.slack.permalinks import permalink
from adapters.slack.pictures import LONGEST_ALT, LONGEST_TITLE, comment, title_of, without_picture
from adapters.slack.places import PLATFORM
from adapters.slack.render import render, render_home
from adapters.slack.settings import SLACK_API
from bot.directory import addresses
from bot.directory.accounts import Accounts
from bot.directory.model import ConversationKind
from bot.door.troubles import Trouble
from bot.door.writing import cut
from bot.errors import CardGone, ConversationGone, DatabaseAway, DeliveryError, PlatformDown, RateLimited
from bot.pictures.carried import png_of
from bot.ports import Place
from bot.say.leading import leading_to
from bot.say.messages import Image, Message
from bot.say.people import people_of
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.slack.pacing import Key, Pace
    from adapters.slack.tokens import Tokens

    Turn = tuple[Key, Pace]

TIME_LIMIT = 9.0  # seconds of one call: less than the sender waits, so that we can still say what it means
PATIENCE = 2.0  # seconds for what a message can do without
UNSEEN = ("auth.test", "conversations.open", "files.getUploadURLExternal")  # people see nothing of these
PICTURE = "report.png"
REMEMBERED_MOST = 10_000
_BROKEN = (
    ClientError,
    SlackClientError,
    TimeoutError,
    OSError,
    AttributeError,  # slack_sdk trips over an answer that is no JSON object
)


class SlackMessenger:
    """Says things in Slack. A card's reference is channel:ts; of somebody's Home, its address."""

    def __init__(
        self,
        tokens: Tokens,
        database: Database,
        base_url: str = SLACK_API,
        *,
        pacing: Pacing | None = None,
        on_trouble: Callable[[Trouble], Awaitable[None]] | None = None,
    ) -> None:
        self._tokens = tokens
        self._accounts = Accounts(database, PLATFORM)
        self._pacing = pacing or Pacing(time.monotonic)
        self._on_trouble = on_trouble
        self._client = AsyncWebClient(base_url=base_url, retry_handlers=[])
        self._direct_chats: dict[tuple[str, str], str] = {}
        self._sites: dict[str, str] = {}  # by workspace

    async def show(self, place: Place, reference: str | None, message: Message) -> str:
        """Show a card, or change the one shown."""
        if place.kind == ConversationKind.HOME:
            return await self._publish(place, message)
        if reference is None:
            return await self._post(place, message)
        channel, _colon, ts = reference.partition(":")
        message = message.without_heading() if place.under else message
        arguments = await self._written(place, message)
        await self._call(place.workspace, "chat.update", channel, {"channel": channel, "ts": ts, **arguments})
        return reference

    async def remove(self, place: Place, reference: str) -> None:
        """Take a card away."""
        channel, _colon, ts = reference.partition(":")
        await self._call(place.workspace, "chat.delete", channel, {"channel": channel, "ts": ts})

    async def notify(self, place: Place, message: Message) -> str | None:
        """Say something once; a picture is uploaded, and what is said stands above it, in a message Slack makes."""
        image = next((part for part in message.parts if isinstance(part, Image)), None)
        if image is None:
            return await self._post(place, message)
        try:
            await self._share(place, message, image)
        except PermissionMissing:  # the app was installed before it asked for that
            return await self._post(place, without_picture(message))
        return None

    async def close(self) -> None:
        """Let go of the connections; the next call opens new ones."""
        session, self._client.session = self._client.session, None
        if session is not None:
            await session.close()

    async def _post(self, place: Place, message: Message) -> str:
        if place.under and ":" not in place.conversation:  # within a thread nothing has one of its own
            with suppress(CardGone, ThreadGone):  # somebody has deleted what it was to stand under
                return await self._say(replace(place, conversation=place.under), message.without_heading())
        place = replace(place, aloud=False)
        try:
            return await self._say(place, message)
        except ThreadGone:  # what it hung on was deleted: the channel is still there
            return await self._say(replace(place, conversation=place.conversation.partition(":")[0]), message)
        except ConversationGone as gone:
            code = code_of(gone.__cause__) if isinstance(gone.__cause__, SlackApiError) else ""
            if code != "channel_not_found" or not place.account:
                raise
            self._direct_chats.pop((place.workspace, place.account), None)  # the chat we knew is none any more
            return await self._say(replace(place, conversation=addresses.direct_chat(place.account)), message)

    async def _say(self, place: Place, message: Message) -> str:
        arguments = await self._written(place, message)
        channel, thread = await self._channel(place)
        threaded = {"thread_ts": thread, "reply_broadcast": place.aloud} if thread else {}
        turn = (("channel", place.workspace, channel), IN_CHANNEL)
        wanted = {"channel": channel, **threaded, **arguments}
        answer = await self._call(place.workspace, "chat.postMessage", channel, wanted, turn)
        return f"{answer['channel']}:{answer['ts']}"

    async def _written(self, place: Place, message: Message) -> dict[str, Any]:
        if place.leads_to is not None:
            site = await self._site(place.workspace)
            message = leading_to(message, permalink(site, place.leads_to.reference))
        return render(message, await self._known(place, message)).arguments()

    async def _site(self, workspace: str) -> str:
        """Learn once under which address people open a workspace; empty while Slack does not say."""
        if workspace not in self._sites:
            with suppress(DeliveryError, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    answer = await self._call(workspace, "auth.test", "", {})
                whole = bool(answer.get("is_enterprise_install"))  # of an organisation, which is no workspace
                self._sites[workspace] = "" if whole else str(answer.get("url") or "")
        return self._sites.get(workspace, "")

    async def _share(self, place: Place, message: Message, image: Image) -> None:
        """Upload a picture, which nobody sees, and then show it with what is said: one call that people see."""
        channel, thread = await self._channel(place)
        png = await png_of(image)
        ticket = {"filename": PICTURE, "length": len(png), "alt_txt": cut(image.alt, LONGEST_ALT)}
        given = await self._call(place.workspace, "files.getUploadURLExternal", channel, ticket)
        await self._upload(str(given["upload_url"]), png)
        shown = {
            "files": [{"id": given["file_id"], "title": cut(title_of(message, image), LONGEST_TITLE)}],
            "channel_id": channel,
            "initial_comment": comment(message, await self._known(place, message)),
        }
        turn = (("channel", place.workspace, channel), IN_CHANNEL)
        threaded = {"thread_ts": thread} if thread else {}
        await self._call(place.workspace, "files.completeUploadExternal", channel, shown | threaded, turn)

    async def _upload(self, address: str, png: bytes) -> None:
        """Hand in the bytes where Slack has said; whatever goes wrong, the sender comes again."""
        try:
            async with self._session().post(address, data=png, headers={"Content-Type": "image/png"}) as answer:
                if answer.status != HTTPStatus.OK:
                    raise PlatformDown
        except (ClientError, TimeoutError, OSError) as failed:
            raise PlatformDown from failed

    async def _publish(self, place: Place, message: Message) -> str:
        account = place.account
        view = render_home(message, await self._known(place, message))
        turn = ((ConversationKind.HOME, place.workspace, account), HOME_OF_ONE)
        await self._call(place.workspace, "views.publish", account, {"user_id": account, "view": view}, turn)
        return place.conversation

    async def _known(self, place: Place, message: Message) -> dict[int, str]:
        try:
            return await self._accounts.of(place.workspace, {one.person_id for one in people_of(message)})
        except DatabaseAway as away:
            raise PlatformDown from away

    # --- where ----------------------------------------------------------------------------------

    async def _channel(self, place: Place) -> tuple[str, str]:
        """Find the channel and, behind a colon, the thread; a direct chat is opened if Slack never told us its name."""
        if place.kind == ConversationKind.DIRECT and not place.conversation.startswith("D"):
            return await self._direct_chat(place.workspace, place.account), ""
        channel, _colon, thread = place.conversation.partition(":")
        return channel, thread

    async def _direct_chat(self, workspace: str, account: str) -> str:
        if not account:
            raise ConversationGone
        if (workspace, account) not in self._direct_chats:
            answer = await self._call(workspace, "conversations.open", account, {"users": account})
            if len(self._direct_chats) >= REMEMBERED_MOST:
                self._direct_chats.clear()
            self._direct_chats[workspace, account] = str(answer["channel"]["id"])
        return self._direct_chats[workspace, account]

    # --- the wire -------------------------------------------------------------------------------

    def _session(self) -> ClientSession:
        if self._client.session is None or self._client.session.closed:
            # The sender bounds how much is underway; calls that hang must not keep the others from a connection.
            self._client.session = ClientSession(
                connector=TCPConnector(limit=0), timeout=ClientTimeout(total=TIME_LIMIT)
            )
        return self._client.session

    async def _call(
        self, workspace: str, method: str, where: str, arguments: dict[str, Any], *turns: Turn
    ) -> dict[str, Any]:
        """Call a method in its turn; whatever goes wrong becomes a DeliveryError."""
        token = await self._tokens.token_for(workspace)
        turns = (*turns, ((method, workspace), METHODS[method]))
        if wait := self._pacing.take(*turns):
            raise RateLimited(timedelta(seconds=wait))
        self._session()
        try:
            answer = await self._client.api_call(method, json={"token": token, **arguments})
            return dict(answer.data)  # type: ignore[arg-type]  # bytes are only answered to downloads
        except _BROKEN as failure:
            verdict = judge(failure, says=method not in UNSEEN)
            if isinstance(verdict.error, RateLimited):
                self._pacing.hold(*turns[0], verdict.error.retry_after.total_seconds())
            if verdict.code == "token_expired":
                await self._tokens.doubt(workspace, token)
            if verdict.remedy is Remedy.UNINSTALL:
                await self._tokens.revoked(workspace, token)
            if concerns_admins(verdict, where) and self._on_trouble is not None:
                trouble = Trouble(workspace=workspace, where=where, code=verdict.code, remedy=verdict.remedy)
                await self._on_trouble(trouble)
            raise verdict.error from failure
