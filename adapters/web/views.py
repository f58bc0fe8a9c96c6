"""What a page shows, gathered from the database for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.web import posts
from adapters.web.render import ConversationView, PageView, Posted, Viewer
from adapters.web.sample import CHANNELS, NAMES, PEOPLE
from bot.language import _
from bot.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.web.model import WebPost
    from adapters.web.playground import Playground
    from bot.commands import Phrase

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
                unread=0 if address == conversation else unread[address],
                selected=address == conversation,
            )
            for address, name in places.items()
        ),
        selected=conversation,
        posts=tuple(map(posted, shown)),
        now=playground.clock.now(),
        clock_offset=playground.clock.ahead,
        next_due=await playground.next_due(),
        given=_given(playground.program.phrases),
    )


def _given(phrases: Sequence[Phrase]) -> dict[str, object]:
    """Tell the page's script what can be typed, who is here, and what it may have to say."""
    return {
        "help": [[f"{one.starts} {one.takes}".strip(), one.starts, _(one.help)] for one in phrases],
        "people": [[account, f"@{account}", f"{NAMES[account]}, {role}"] for account, role in _ROLES.items()],
        "sayings": {
            "ahead": _("pushed ahead by {hours} h {minutes} min"),
            "copied": _("Copied"),
            "uncopied": _("Select it and copy it yourself, please"),
            "unreachable": _("I could not reach the playground. Nothing was lost: press again in a moment."),
            "themes": {"auto": _("Theme: auto"), "light": _("Theme: light"), "dark": _("Theme: dark")},
        },
    }
