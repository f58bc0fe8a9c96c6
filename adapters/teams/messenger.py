"""Teams as a platform: it takes cards and notices, at the pace Teams sets."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from adapters.teams.connector import BROKEN, activities_path
from adapters.teams.errors import ConnectorRefused, Deed, NotAnswering, NotInstalled, NotKnown, Remedy, judge
from adapters.teams.pacing import Pacing
from adapters.teams.permalinks import permalink
from adapters.teams.places import PLATFORM, direct, is_direct
from adapters.teams.render import activity, render
from adapters.teams.spans import Reading
from bot.directory.accounts import Accounts
from bot.directory.model import ConversationKind
from bot.door.troubles import Trouble
from bot.errors import AccessRevoked, DatabaseAway, PlatformDown, RateLimited
from bot.pictures.carried import illustrated
from bot.ports import Clock, Landmark, Place
from bot.say.leading import leading_to
from bot.say.messages import Message
from bot.say.people import people_of
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.teams.connector import Connector
    from adapters.teams.references import Reference, References

_OF_MESSAGE = ";messageid="  # between a channel and the message that began a thread there
_APART = "|"  # between the conversation and the activity in a card's reference


class TeamsMessenger:
    """Says things in Teams. A card's reference is its conversation and its activity there."""

    def __init__(
        self,
        connector: Connector,
        references: References,
        database: Database,
        clock: Clock,
        *,
        pacing: Pacing | None = None,
        on_trouble: Callable[[Trouble], Awaitable[None]] | None = None,
    ) -> None:
        self._connector = connector
        self._references = references
        self._clock = clock
        self._accounts = Accounts(database, PLATFORM)
        self._pacing = pacing or Pacing(time.monotonic)
        self._on_trouble = on_trouble

    async def show(self, place: Place, reference: str | None, message: Message) -> str:
        """Show a card, or change the one shown."""
        if reference is None:
            return await self._post(place, message)
        conversation, _apart, shown = reference.rpartition(_APART)
        where = await self._reference(place)
        is_reply = place.under is not None and conversation == _thread(place.under)
        written = await self._written(place, message.without_heading() if is_reply else message)
        path = activities_path(conversation, shown)
        await self._call(where, conversation, "PUT", path, written | {"id": shown}, deed=Deed.CHANGE)
        return reference

    async def remove(self, place: Place, reference: str) -> None:
        """Take a card away."""
        conversation, _apart, shown = reference.rpartition(_APART)
        where = await self._reference(place)
        await self._call(where, conversation, "DELETE", activities_path(conversation, shown), deed=Deed.CHANGE)

    async def notify(self, place: Place, message: Message) -> str:
        """Say something once."""
        return await self._post(place, message)

    async def _written(self, place: Place, message: Message) -> dict[str, Any]:
        if place.leads_to is not None:
            message = leading_to(message, await self._permalink(place.workspace, place.leads_to))
        return activity(render(await illustrated(message), await self._reading(place, message)))

    async def _permalink(self, tenant: str, landmark: Landmark) -> str:
        try:
            where = await self._references.find(tenant, landmark.conversation)
        except DatabaseAway as away:
            raise PlatformDown from away
        if where is None or not where.team:
            return permalink(tenant, landmark.reference, in_team=False)
        return permalink(tenant, landmark.reference, in_team=True, group=where.directory_id)

    async def _post(self, place: Place, message: Message) -> str:
        where = await self._reference(place)
        in_team = where.team and not is_direct(where.address)
        if in_team and place.under:
            reply = await self._written(place, message.without_heading())
            try:
                return await self._say(replace(where, conversation=_thread(place.under)), reply)
            except NotKnown:  # somebody has deleted what it was to stand under
                pass
        written = await self._written(place, message)
        if in_team:
            return await self._begin_thread(where, written)
        if where.conversation:
            try:
                return await self._say(where, written)
            except NotKnown:
                if not is_direct(where.address):
                    raise
        return await self._open_and_say(where, written)

    async def _say(self, where: Reference, written: dict[str, Any]) -> str:
        conversation = where.conversation
        answer = await self._call(where, conversation, "POST", activities_path(conversation), written)
        return f"{conversation}{_APART}{answer.get('id', '')}"

    async def _open_and_say(self, where: Reference, written: dict[str, Any]) -> str:
        """Open a direct chat that Teams does not know yet, or no longer; if that is in vain, people are told."""
        try:
            return await self._say(await self._create(where), written)
        except NotKnown:
            await self._tell(where, "ConversationNotFound", Remedy.INSTALL)
            raise

    async def _reading(self, place: Place, message: Message) -> Reading:
        """Find whom a message may mention: nobody in a direct chat, where it would call nobody."""
        named, now = {one.person_id for one in people_of(message)}, self._clock.now()
        if place.kind != ConversationKind.CHANNEL or not named:
            return Reading(now)
        try:
            return Reading(now, await self._accounts.of(place.workspace, named))
        except DatabaseAway as away:
            raise PlatformDown from away

    # --- where ----------------------------------------------------------------------------------

    async def _reference(self, place: Place) -> Reference:
        """Find how a place is reached; raise NotInstalled where we were removed."""
        address = _address(place)
        try:
            found = await self._references.find(place.workspace, address)
            if found is None:
                found = await self._references.borrow(place.workspace, address)
        except DatabaseAway as away:
            raise PlatformDown from away
        if found is None:
            raise AccessRevoked  # nobody of this tenant has ever spoken to us
        if found.gone:
            await self._tell(found, "NotInstalled", Remedy.INSTALL)
            raise NotInstalled
        return found if found.conversation or is_direct(address) else replace(found, conversation=address)

    async def _create(self, where: Reference) -> Reference:
        """Open the direct chat with somebody who never spoke to us there, and write down where it is."""
        body = {
            "bot": {"id": where.bot},
            "isGroup": False,
            "members": [{"id": where.address.removeprefix("@")}],
            "tenantId": where.tenant,
            "channelData": {"tenant": {"id": where.tenant}},
        }
        answer = await self._call(where, where.address, "POST", "/v3/conversations", body, deed=Deed.OPEN)
        created = replace(where, conversation=str(answer.get("id") or ""))
        if not created.conversation:
            raise PlatformDown
        try:
            await self._references.keep(created)
        except DatabaseAway as away:
            raise PlatformDown from away
        return created

    async def _begin_thread(self, where: Reference, written: dict[str, Any]) -> str:
        """Say something in a channel: it begins a thread of its own."""
        body = {
            "bot": {"id": where.bot},
            "isGroup": True,
            "tenantId": where.tenant,
            "channelData": {"channel": {"id": where.conversation}, "tenant": {"id": where.tenant}},
            "activity": written,
        }
        answer = await self._call(where, where.conversation, "POST", "/v3/conversations", body)
        return f"{answer.get('id') or where.conversation}{_APART}{answer.get('activityId', '')}"

    # --- the wire -------------------------------------------------------------------------------

    async def _call(
        self,
        where: Reference,
        thread: str,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        deed: Deed = Deed.SAY,
    ) -> dict[str, Any]:
        """Call in its turn; whatever goes wrong becomes a DeliveryError."""
        if wait := self._pacing.take(thread):
            raise RateLimited(timedelta(seconds=wait))
        try:
            return await self._connector.call(method, where.service_url, path, body)
        except (*BROKEN, ConnectorRefused, NotAnswering) as failure:
            verdict = judge(failure, deed)
            if isinstance(verdict.error, RateLimited):
                self._pacing.hold(thread, verdict.error.retry_after.total_seconds())
            await self._tell(where, verdict.code, verdict.remedy)
            raise verdict.error from failure

    async def _tell(self, where: Reference, code: str, remedy: Remedy) -> None:
        if remedy in (Remedy.RETRY, Remedy.GIVE_UP) or self._on_trouble is None:
            return
        trouble = Trouble(workspace=where.tenant, where=where.address, code=code, remedy=remedy)
        await self._on_trouble(trouble)


def _thread(root: str) -> str:
    """Name the thread that a message in a channel has begun, by its reference."""
    conversation, _apart, activity_id = root.rpartition(_APART)
    return conversation if _OF_MESSAGE in conversation else f"{conversation}{_OF_MESSAGE}{activity_id}"


def _address(place: Place) -> str:
    return place.conversation if place.kind == ConversationKind.CHANNEL else direct(place.account)
