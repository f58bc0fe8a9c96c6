"""The playground as a platform: it takes cards and notices and keeps them as posts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from adapters.web import posts
from adapters.web.posts import Draft
from adapters.web.sample import CHANNELS, NAMES
from bot.directory import addresses
from bot.directory.model import ConversationKind
from bot.errors import CardGone, ConversationGone, DatabaseAway, PlatformDown
from bot.ports import Clock, Place
from bot.say.leading import leading_to
from bot.say.messages import Message
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from adapters.web.hub import Hub
    from adapters.web.model import WebPost


Stored = TypeVar("Stored")


def _address(place: Place) -> str:
    """Write where on the page somebody finds the post that what is said is about."""
    landmark = place.leads_to
    if landmark is None or not place.account:
        return ""
    return f"/?{urlencode({'as': place.account, 'in': landmark.conversation})}#post-{landmark.reference}"


class WebMessenger:
    """Says things in the playground."""

    def __init__(self, database: Database, clock: Clock, hub: Hub) -> None:
        self._database = database
        self._clock = clock
        self._hub = hub

    async def show(self, place: Place, reference: str | None, message: Message) -> str:
        """Show a card, or change the one shown."""
        message = leading_to(message, _address(place))
        if reference is not None:
            changed = await self._store(lambda session: posts.change(session, int(reference), message))
            if changed is None:
                raise CardGone
            self._hub.publish(changed)
            return reference
        return str((await self._post(place, message, notice=False)).id)

    async def remove(self, _place: Place, reference: str) -> None:
        """Take a card away."""
        removed = await self._store(lambda session: posts.remove(session, int(reference)))
        if removed is not None:
            self._hub.publish(removed)

    async def notify(self, place: Place, message: Message) -> str:
        """Say something once."""
        return str((await self._post(place, leading_to(message, _address(place)), notice=True)).id)

    async def _post(self, place: Place, message: Message, *, notice: bool) -> WebPost:
        conversation = (
            addresses.direct_chat(place.account) if place.kind == ConversationKind.DIRECT else place.conversation
        )
        mine = next(
            (name for name in NAMES if conversation in (addresses.direct_chat(name), addresses.home(name))), None
        )
        if conversation not in CHANNELS and mine is None:
            raise ConversationGone
        draft = Draft(
            conversation=conversation,
            at=self._clock.now(),
            only_for=mine,
            message=message,
            notice=notice,
        )
        added = await self._store(partial(posts.store, draft=draft))
        self._hub.publish(added)
        return added

    async def _store(self, job: Callable[[Session], Stored]) -> Stored:
        try:
            return await self._database.write(job)
        except DatabaseAway as away:
            raise PlatformDown from away
