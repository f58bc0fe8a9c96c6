"""Messages become HTML: pure. Whatever people typed is escaped once, here, by the templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from adapters.web.tour import STEPS, Step
from bot.say.language import _
from bot.say.messages import Blank, Form, Message, Section, Text, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from markupsafe import Markup


HEARD = 80  # letters of a sentence: enough to tell it from the others
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Viewer:
    """Who is looking."""

    account: str
    name: str
    role_label: str


@dataclass(frozen=True)
class ConversationView:
    """One line of the list of conversations."""

    id: str
    name: str
    kind: Literal["channel", "direct"]
    unread: int
    selected: bool


@dataclass(frozen=True)
class Posted:
    """One post."""

    id: int
    version: int
    author: str
    is_bot: bool
    at: datetime
    message: Message | None
    words: str
    private: bool
    notice: bool

    @property
    def edited(self) -> bool:
        """Say whether it showed something else before."""
        return self.version > 1


@dataclass(frozen=True)
class PageView:
    """One page."""

    language: str
    viewer: Viewer
    people: tuple[Viewer, ...]
    conversations: tuple[ConversationView, ...]
    selected: str
    posts: tuple[Markup, ...]  # drawn already
    now: datetime
    clock_offset: timedelta
    ahead: str  # that offset, said; empty if the clock was never pushed
    given: Mapping[str, object]  # what the page's script needs to know
    holds: bool = False  # a customer is on hold
    missed: str = ""  # that an address led nowhere, said
    tour: tuple[Step, ...] = STEPS


def render_page(view: PageView) -> str:
    """Write a whole page."""
    return _template("page.html").render(view=view)


def render_post(posted: Posted) -> str:
    """Write one post."""
    return _template("post.html").render(post=posted)


def render_form(
    form: Form, people: Sequence[tuple[str, str]] = (), conversations: Sequence[tuple[str, str]] = ()
) -> str:
    """Write what stands in the dialog of a form."""
    return _template("form.html").render(form=form, people=people, conversations=conversations)


def render_sidebar(view: PageView) -> str:
    """Write the list of conversations."""
    return _template("sidebar.html").render(view=view)


def render_trouble(sentence: str, language: str) -> str:
    """Write the page that is shown when there is none to show."""
    return _template("trouble.html").render(sentence=sentence, language=language)


def is_web_address(url: str) -> bool:
    """Say whether a link may be followed: nothing but http and https."""
    return urlsplit(url).scheme in ("http", "https")


def is_own_page(url: str) -> bool:
    """Say whether a link leads to another place of the playground."""
    return url.startswith("/?")


def is_alarm(part: object) -> bool:
    """Say whether a part of a message warns; alarms in a row share one mark."""
    return isinstance(part, Section) and part.tone in ("warning", "danger")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals.update(_=_, plain=plain, gaps=gaps_named, copies=what_is_copied)
    environment.tests.update(web_address=is_web_address, own_page=is_own_page, alarm=is_alarm)
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)


def gaps_named(text: Text) -> str:
    """Name the gaps that whoever copies a sentence has still to fill in."""
    return ", ".join(dict.fromkeys(span.name for span in text if isinstance(span, Blank)))


def what_is_copied(text: Text) -> str:
    """Name a button by what it copies, for whoever hears it: it begins as it is labelled."""
    return _("Copy: {words}").format(words=shorten(plain(text), HEARD, placeholder=" …"))
