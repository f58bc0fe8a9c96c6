"""A platform in memory: it takes cards and notices, and fails when it is told to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors import CardGone, ConversationGone

if TYPE_CHECKING:
    from bot.ports import Place
    from bot.say.messages import Message


@dataclass
class FakePost:
    """What the platform shows at one place."""

    conversation: str
    message: Message
    notice: bool
    only_for: str | None = None
    under: str | None = None  # the number of the post in whose thread it stands
    aloud: bool = False
    versions: list[Message] = field(default_factory=list)


class FakeMessenger:
    """Keeps posts in the order they came; `failures` are raised first, one a call, anywhere or in one place."""

    def __init__(self) -> None:
        self.posts: list[FakePost] = []
        self.failures: deque[BaseException | None] = deque()
        self._failing: dict[str, deque[BaseException]] = {}
        self.calls = 0

    def fail_in(self, conversation: str, *failures: BaseException) -> None:
        self._failing[conversation] = deque(failures)

    async def show(self, place: Place, reference: str | None, message: Message) -> str:
        self._fail(place)
        if reference is None:
            return str(self._add(place, message, notice=False))
        if int(reference) >= len(self.posts):
            raise CardGone
        post = self.posts[int(reference)]
        post.versions.append(post.message)
        post.message = message
        return reference

    async def remove(self, place: Place, reference: str) -> None:
        self._fail(place)
        self.posts[int(reference)].conversation = ""  # its number stays its own

    async def notify(self, place: Place, message: Message) -> str | None:
        self._fail(place)
        return str(self._add(place, message, notice=True))

    def _add(self, place: Place, message: Message, *, notice: bool) -> int:
        conversation = _called(place)
        if conversation.startswith("@gone"):
            raise ConversationGone
        self.posts.append(FakePost(conversation, message, notice, place.account or None, place.under, place.aloud))
        return len(self.posts) - 1

    def _fail(self, place: Place) -> None:
        self.calls += 1
        if here := self._failing.get(_called(place)):
            raise here.popleft()
        if self.failures and (failure := self.failures.popleft()) is not None:
            raise failure


def _called(place: Place) -> str:
    return f"@{place.account}" if place.kind == "direct" else place.conversation
