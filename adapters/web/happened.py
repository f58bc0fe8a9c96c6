"""What a push of the clock brought, and where: one line above the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from adapters.web.drawing import posted
from adapters.web.hub import may_see
from adapters.web.sample import CHANNELS, NAMES
from bot.say.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from adapters.web.model import WebPost

MOST = 5  # places named


def happened(published: Sequence[WebPost], account: str, since: datetime) -> dict[str, object] | None:
    """Say where something new was said, or else where something changed; others' chats are named, and not read out."""
    last = {post.id: post for post in published if _owner(post) is not None}
    here = [post for post in last.values() if post.message is not None]  # else it was taken away
    new = [post for post in here if post.at > since]
    places = {post.conversation: post for post in new or here}
    if not places:
        return None
    return {
        "text": _("New:") if new else _("Changed:"),
        "places": [_place(post, account) for post in list(places.values())[:MOST]],
    }


def _owner(post: WebPost) -> str | None:
    """Say whose chat a post stands in, empty for a channel; a Home, which draws itself, is none."""
    if post.conversation in CHANNELS:
        return ""
    return next((name for name in NAMES if post.conversation == f"@{name}"), None)


def _place(post: WebPost, account: str) -> dict[str, str]:
    owner = _owner(post) or ""
    where = _("{name} (direct)").format(name=NAMES[owner]) if owner else f"#{CHANNELS[post.conversation]}"
    shown = posted(post).message
    title = f": {shown.title}" if may_see(post, account) and shown is not None and shown.title else ""
    return {
        "label": f"{where}{title}",
        "href": f"/?{urlencode({'as': owner or account, 'in': post.conversation})}#post-{post.id}",
    }
