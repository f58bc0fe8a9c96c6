"""What a page shows, gathered from the database for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.web import posts
from adapters.web.render import ConversationView, PageView, Posted, Viewer
from adapters.web.sample import CHANNELS, NAMES, PEOPLE
from bot.language import _
from bot.messages import Message

if TYPE_CHECKING:
    from adapters.web.model import WebPost
    from adapters.web.playground import Playground

BOT = "Zanshin"
_ROLES = {person.account: person.role for person in PEOPLE}


def viewer(account: str) -> Viewer:
    """Describe who is looking."""
    return Viewer(account=account, name=NAMES[account], role_label=_ROLES[account])


def posted(post: WebPost) -> Posted:
    """Describe one post."""
    return Posted(
        id=post.id,
        author=NAMES.get(post.author, BOT),
        is_bot=not post.author,
        at=post.at,
        message=Message.model_validate_json(post.message) if post.message else None,
        words=post.words or "",
        private=post.only_for is not None and not post.conversation.startswith("@"),
        subject="",
        edited=post.edited,
        gone=False,
        notice=post.notice,
    )


async def page_view(playground: Playground, account: str, conversation: str, *, with_posts: bool = True) -> PageView:
    """Gather a page."""
    places = {**{address: f"#{name}" for address, name in CHANNELS.items()}, f"@{account}": _("Zanshin (direct)")}
    shown = (
        await playground.database.read(lambda session: posts.listed(session, account, conversation))
        if with_posts
        else []
    )
    unread = await playground.database.read(lambda session: posts.unread(session, account, places))
    return PageView(
        viewer=viewer(account),
        people=tuple(map(viewer, NAMES)),
        conversations=tuple(
            ConversationView(
                id=address,
                name=name,
                kind="direct" if address.startswith("@") else "channel",
                unread=0 if address == conversation and with_posts else unread[address],
                selected=address == conversation,
            )
            for address, name in places.items()
        ),
        selected=conversation,
        posts=tuple(map(posted, shown)),
        now=playground.clock.now(),
        clock_offset=playground.clock.ahead,
        next_due=await playground.next_due(),
        help=tuple(
            (f"{phrase.starts} {phrase.takes}".strip(), _(phrase.help)) for phrase in playground.program.phrases
        ),
    )
