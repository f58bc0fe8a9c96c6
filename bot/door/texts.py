"""The sentences that every platform needs and no domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.language import _
from bot.say.messages import Listing, Message, Section, text
from bot.typing.german import to_type

if TYPE_CHECKING:
    from collections.abc import Iterable


def cannot_take(errors: Iterable[str]) -> Message:
    """Say what is wrong with what was typed or pressed."""
    return Message.of(_("I can't take this yet."), Listing(lines=tuple((error,) for error in errors)))


def private_left_out(taken: str) -> Section:
    """Say why what is private in a mention was left out, and how it is told to whom it is for."""
    if taken.lower().startswith("/recuse"):
        left_out = _("I left out what you wrote about it: in a channel everybody reads along.")
        more = _("Add it in our direct chat, with the number of the case: {command}.")
        note = f"`{to_type('/recuse note')} CASE-42 …`"
        return Section(text=text(f"{left_out} {more.format(command=note)}"), tone="warning")
    return Section(
        text=text(
            _(
                "I left out what you wrote about it: in a channel everybody reads along. "
                "Tell me the rest in our direct chat, for example `calm she keeps shouting at me`."
            )
        ),
        tone="warning",
    )
