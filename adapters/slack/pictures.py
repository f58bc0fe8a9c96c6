"""What is said above a picture in Slack: pure. A file has no blocks, so what is said is one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.slack.escape import pack
from adapters.slack.spans import markup
from bot.say.aloud import lines_of
from bot.say.language import _
from bot.say.messages import Image, Message, Section, Strong

if TYPE_CHECKING:
    from collections.abc import Mapping


LONGEST_ALT = 1000
LONGEST_TITLE = 150
LONGEST_COMMENT = 3000


def comment(message: Message, accounts: Mapping[int, str]) -> str:
    """Write what a message says beside its picture, whose own words stand in its description."""
    lines = [line for part in message.parts if not isinstance(part, Image) for line in lines_of(part)]
    tokens: list[str] = []
    for line in ([(Strong(words=message.title),)] if message.title else []) + lines:
        tokens += ["\n" if tokens else "", *markup(line, accounts)]
    pieces = pack(tokens, LONGEST_COMMENT)
    return pieces[0] if pieces else ""


def title_of(message: Message, image: Image) -> str:
    """Name the file."""
    return message.title or image.alt


def without_picture(message: Message) -> Message:
    """Say the same where no picture may be uploaded, and what to do about that."""
    missing = _(
        "The picture is missing: this app may not upload files yet. An admin can install it again to allow that."
    )
    parts = [part for part in message.parts if not isinstance(part, Image)]
    described = [Section(text=(part.alt,)) for part in message.parts if isinstance(part, Image)]
    return message.model_copy(update={"parts": (*parts, *described, Section(text=(missing,), tone="quiet"))})
