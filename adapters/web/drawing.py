"""Posts as HTML: drawn once for each version and language, away from the event loop where there are many."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from adapters.web import posts
from adapters.web.render import Posted, render_post
from adapters.web.sample import NAMES
from bot.say.language import speaking
from bot.say.messages import Message

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from adapters.web.model import WebPost

BOT = "Zanshin"
KEPT_MOST = 2000  # posts; ten full pages


class Drawings:
    """Draws posts, and keeps what it drew."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, str], dict[str, object]] = {}
        self._one_page = Lock()  # at a time: threads that draw side by side would only keep the loop from its turn

    def draw(self, post: WebPost, locale: str) -> dict[str, object]:
        """Draw one post, as the page's script takes it."""
        key = post.id, post.version, locale
        drawn = self._kept.get(key)
        if drawn is None:
            if len(self._kept) >= KEPT_MOST:
                self._kept.clear()
            with speaking(locale):
                html = render_post(posted(post))
            drawn = self._kept[key] = {"id": post.id, "conversation": post.conversation, "html": html}
        return drawn

    def draw_all(self, session: Session, account: str, conversation: str, locale: str) -> list[dict[str, object]]:
        """Draw what a person sees in a conversation; what was drawn before is not even read."""
        with self._one_page:
            listed = posts.listed(session, account, conversation)
            drawn = {post_id: self._kept.get((post_id, version, locale)) for post_id, version in listed}
            for post in posts.load(session, [post_id for post_id, kept in drawn.items() if kept is None]):
                drawn[post.id] = self.draw(post, locale)
                time.sleep(0)  # lets the loop have its turn, which it would wait for until Python takes it from us
        return [one for one in drawn.values() if one is not None]


def posted(post: WebPost) -> Posted:
    """Describe one post."""
    return Posted(
        id=post.id,
        version=post.version,
        author=NAMES.get(post.author, BOT),
        is_bot=not post.author,
        at=post.at,
        message=Message.model_validate_json(post.message) if post.message else None,
        words=post.words or "",
        private=post.only_for is not None and not post.conversation.startswith("@"),
        notice=post.notice,
    )
