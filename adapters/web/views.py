"""What a page shows, gathered from the database for one person: on a thread of the readers, never on the loop."""

from __future__ import annotations

import math
from dataclasses import dataclass
from gettext import GNUTranslations
from typing import TYPE_CHECKING

from markupsafe import Markup
from sqlalchemy import select

from adapters.web import posts
from adapters.web.answers import event
from adapters.web.render import ConversationView, PageView, Viewer, render_page, render_sidebar
from adapters.web.sample import CHANNELS, NAMES, PEOPLE, zones_of
from bot.directory import addresses
from bot.handoffs.model import Hold
from bot.say.language import _, speaking, translations
from bot.typing.grammar import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from sqlalchemy.orm import Session

    from adapters.web.playground import Playground

_ROLES = {person.account: person.role for person in PEOPLE}


@dataclass(frozen=True)
class Window:
    """One open page: who looks at which conversation."""

    playground: Playground
    account: str
    conversation: str
    missed: str = ""  # what an address named that is not here

    def page(self, session: Session) -> str:
        """Write the whole page."""
        locale = self.playground.learn_language(session, self.account)
        drawn = self.playground.drawings.draw_all(session, self.account, self.conversation, locale)
        with speaking(locale):
            return render_page(self._view(session, locale, tuple(Markup(one["html"]) for one in drawn)))  # noqa: S704  drawn by us

    def everything(self, session: Session) -> bytes:
        """Write the events that bring an open page up to date."""
        locale = self.playground.learn_language(session, self.account)
        drawn = self.playground.drawings.draw_all(session, self.account, self.conversation, locale)
        return b"".join(event("post", one) for one in drawn) + self.surroundings(session)

    def surroundings(self, session: Session) -> bytes:
        """Write the events for what is around the posts: unread marks and the clock."""
        locale = self.playground.learn_language(session, self.account)
        with speaking(locale):
            view = self._view(session, locale)
            unread = {one.id: one.unread for one in view.conversations}
            here = unread.pop(self.conversation)
            return b"".join(
                (
                    event("sidebar", {"html": render_sidebar(view), "here": here, "elsewhere": sum(unread.values())}),
                    event("hold", {"runs": view.holds}),
                    event("clock", {"offset_seconds": view.clock_offset.total_seconds(), "ahead": view.ahead}),
                )
            )

    def _view(self, session: Session, locale: str, drawn: tuple[Markup, ...] = ()) -> PageView:
        playground = self.playground
        places = {
            **{address: f"#{name}" for address, name in CHANNELS.items()},
            f"@{self.account}": _("Zanshin (direct)"),
            addresses.home(self.account): _("Home"),
        }
        unread = posts.unread(session, self.account, places)
        return PageView(
            language=spoken(locale),
            viewer=viewer(self.account),
            people=tuple(map(viewer, NAMES)),
            conversations=tuple(
                ConversationView(
                    id=address,
                    name=name,
                    kind="channel" if address in CHANNELS else "direct",
                    unread=unread[address],
                    selected=address == self.conversation,
                )
                for address, name in places.items()
            ),
            selected=self.conversation,
            holds=session.scalar(select(Hold.id).where(Hold.ended_at.is_(None)).limit(1)) is not None,
            missed=_missed(self.missed, NAMES[self.account], places[self.conversation]),
            posts=drawn,
            now=playground.clock.now(),
            clock_offset=playground.clock.ahead,
            ahead=ahead(playground.clock.ahead),
            given=_given(playground.program.phrases, zones_of(session)),
        )


def _missed(what: str, name: str, place: str) -> str:
    """Say that an address led nowhere, and where one is instead."""
    match what:
        case "person":
            return _("Nobody of that name plays here. You're {name}, in {place}.").format(name=name, place=place)
        case "place":
            return _("There's no such place for {name}. You're in {place}.").format(name=name, place=place)
    return ""


def viewer(account: str) -> Viewer:
    """Describe who is looking."""
    return Viewer(account=account, name=NAMES[account], role_label=_(_ROLES[account]))


def ahead(pushed: timedelta) -> str:
    """Say how far the clock was pushed, if it was pushed at all."""
    minutes, seconds = divmod(math.ceil(pushed.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    lengths = (
        _("{hours} h").format(hours=hours) if hours else "",
        _("{minutes} min").format(minutes=minutes) if minutes else "",
        _("{seconds} s").format(seconds=seconds) if seconds and not hours else "",
    )
    length = " ".join(filter(None, lengths))
    return _("pushed ahead by {length}").format(length=length) if length else ""


def spoken(locale: str) -> str:
    """Name the language the page will be in: English where nobody translated it."""
    return locale.replace("_", "-") if isinstance(translations(locale), GNUTranslations) else "en"


def _given(phrases: Sequence[Phrase], zones: Sequence[str]) -> dict[str, object]:
    """Tell the page's script what can be typed, who is here, and what it may have to say."""
    return {
        "help": [
            [" ".join(one.shown).strip(), one.shown[0], _(one.help)]
            for one in sorted(phrases, key=lambda phrase: phrase.starts)
        ],
        "zones": zones,
        "people": [[account, f"@{account}", f"{NAMES[account]}, {_(role)}"] for account, role in _ROLES.items()],
        "sayings": {
            "copied": _("Copied"),
            "gaps": _("Copied. Still to fill in:"),
            "uncopied": _("Select it and copy it yourself, please"),
            "unreachable": _("I couldn't reach the playground. Nothing was lost: press again in a moment."),
            "rested": _("Done"),
            "themes": {"auto": _("Theme: auto"), "light": _("Theme: light"), "dark": _("Theme: dark")},
        },
    }
