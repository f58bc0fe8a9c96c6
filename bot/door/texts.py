"""The sentences that every platform needs and no domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.language import _
from bot.say.messages import Listing, Message, Section, text

if TYPE_CHECKING:
    from collections.abc import Iterable


def cannot_take(errors: Iterable[str]) -> Message:
    """Say what is wrong with what was typed or pressed."""
    return Message.of(_("I can't take this yet."), Listing(lines=tuple((error,) for error in errors)))


def private_left_out() -> Section:
    """Say why what is private in a mention was left out."""
    return Section(
        text=text(
            _(
                "I left out what you wrote about it: in a channel everybody reads along. "
                "Tell me the rest in our direct chat, for example `calm she keeps shouting at me`."
            )
        ),
        tone="warning",
    )
