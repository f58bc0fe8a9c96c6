"""What whoever asks reads about themselves: each kind of what is kept, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.people.commands import ShowKept
from bot.say.language import _
from bot.say.messages import Button, Fact, Fields, Message, Part, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.work.domain import Kept


def kept_button() -> Button:
    """Lead to it."""
    return ShowKept().button(_("What is kept about me"))


def kept_card(kinds: Sequence[Kept]) -> Message:
    """List every kind; of somebody who was never here there is none."""
    parts: list[Part] = [_kinds(kinds)] if kinds else [Section(text=(_("Nothing: you've done nothing here yet."),))]
    return Message.of(
        _("What is kept about you"),
        *parts,
        Section(text=(_("Messages on their way to you lose their words a day after their end."),)),
        Section(
            text=(
                _(
                    "What you type behind calm is kept nowhere. There's no ranking of people, and no figure about"
                    " one person but these, which only you see."
                ),
            ),
            tone="quiet",
        ),
    )


def _kinds(kinds: Sequence[Kept]) -> Fields:
    return Fields(
        facts=tuple(
            Fact(
                name=kind.what,
                text=(_("Read by {readers}. How long: {until}.").format(readers=kind.readers, until=kind.until),),
            )
            for kind in kinds
        )
    )
