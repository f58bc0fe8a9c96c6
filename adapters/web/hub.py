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
    is_open: bool = True

    async def news(self) -> list[WebPost]:
        """Wait until something happened; give every post of it, none if only what is around them changed."""
        happened = [await self.posts.get()]
        while not self.posts.empty():
            happened.append(self.posts.get_nowait())
        return [post for post in happened if post is not None]


class Hub:
    """Hands new and changed posts to the pages of those who may see them."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()
        self._notes: list[list[WebPost]] = []
        self._versions: dict[int, int] = {}  # of posts handed out: what is shown again as it was is no news

    @contextmanager
    def noting(self) -> Iterator[list[WebPost]]:
        """Note every post that is new or changed while inside, whoever sees it."""
        noted: list[WebPost] = []
        self._notes.append(noted)
        try:
            yield noted
        finally:
            self._notes.remove(noted)

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
        if self._versions.get(post.id) != post.version:
            for noted in self._notes:
                noted.append(post)
        self._versions[post.id] = post.version
        for watcher in list(self._watchers):
            if may_see(post, watcher.account):
                self._hand(watcher, post)

    def stir(self, account: str | None = None) -> None:
        """Have every page, or those of one person, look again at what is around the posts: clock, unread marks."""
        for watcher in list(self._watchers):
            if account in (None, watcher.account):
                self._hand(watcher, None)

    def close(self) -> None:
        """Let every page go; they come back by themselves."""
        for watcher in list(self._watchers):
            self._cut_off(watcher)

    def _hand(self, watcher: Watcher, post: WebPost | None) -> None:
        try:
            watcher.posts.put_nowait(post)
        except asyncio.QueueFull:
            self._cut_off(watcher)

    def _cut_off(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)
        watcher.is_open = False
        if watcher.posts.empty():
            watcher.posts.put_nowait(None)


def may_see(post: WebPost, account: str) -> bool:
    """Say whether a person may see a post: the twin of `posts.visible`."""
    if post.conversation.startswith("@"):
        return post.conversation == f"@{account}"
    return post.only_for in (None, account)
