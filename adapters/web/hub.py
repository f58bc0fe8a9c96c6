"""Who is looking: every open page gets what its person may see, as it happens."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.web.model import WebPost

WAITING_MOST = 500  # events; a page that reads none of them is cut off and comes back by itself


@dataclass(eq=False)
class Watcher:
    """One open page."""

    account: str
    posts: asyncio.Queue[WebPost | None] = field(default_factory=lambda: asyncio.Queue(WAITING_MOST))


class Hub:
    """Hands new and changed posts to the pages of those who may see them."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()

    @contextmanager
    def watching(self, account: str) -> Iterator[Watcher]:
        """Watch as this person while inside."""
        watcher = Watcher(account)
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    def publish(self, post: WebPost) -> None:
        """Hand a post to everybody who may see it."""
        for watcher in list(self._watchers):
            if may_see(post, watcher.account):
                self._hand(watcher, post)

    def stir(self) -> None:
        """Have every page look again at what is around its posts: the clock, the unread marks."""
        for watcher in list(self._watchers):
            self._hand(watcher, None)

    def _hand(self, watcher: Watcher, post: WebPost | None) -> None:
        try:
            watcher.posts.put_nowait(post)
        except asyncio.QueueFull:
            self._watchers.discard(watcher)


def may_see(post: WebPost, account: str) -> bool:
    """Say whether a person may see a post: the twin of `posts.visible`."""
    if post.conversation.startswith("@"):
        return post.conversation == f"@{account}"
    return post.only_for in (None, account)
