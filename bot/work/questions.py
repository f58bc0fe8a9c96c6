"""Questions that wait for somebody: whoever types yes or no in the direct chat answers the one there is."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from bot.say.language import _, quoted
from bot.say.messages import Button, Choice, Message, Section
from bot.typing.command import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.errors import NotUnderstood

SHOWN = 3  # questions that are asked once more


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something somebody was asked, with the buttons that stand below it."""

    asks: str
    yes: Button
    no: Button | None = None  # None: nothing but a yes does anything


def asked_once_more(questions: Sequence[Question], typed: str, otherwise: Command | NotUnderstood) -> Message:
    """Ask which answer is meant, where words may be either, or there is more than one question."""
    label = _("Something else: {words}").format(words=quoted(shorten(typed, 40, placeholder="…")))
    others = (otherwise.button(label),) if isinstance(otherwise, Command) else ()
    parts: list[Section | Choice] = []
    for one in questions[:SHOWN]:
        buttons = (one.yes,) if one.no is None else (one.yes, one.no)
        parts += [Section(text=(one.asks,)), Choice(buttons=buttons)]
    title = _("What do you mean?") if len(questions) == 1 else _("Which one do you mean?")
    return Message.of(title, *parts, *((Choice(buttons=others),) if others else ()))
