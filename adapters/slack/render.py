"""Messages become what Slack shows: pure. `accounts` says how Slack knows the people a message names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.slack.blocks import MESSAGE, VIEW, Block, blocks_of
from adapters.slack.escape import literal, pack
from adapters.slack.spans import fallback, plain_text
from bot.door.writing import cut
from bot.say.aloud import lines_of
from bot.say.language import _
from bot.say.messages import Message, Part
from bot.say.once import drawn_once

if TYPE_CHECKING:
    from collections.abc import Mapping


LONGEST_FALLBACK = 3000
LONGEST_VIEW_TITLE = 24


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A message as Slack takes it."""

    text: str  # for notifications and screen readers
    blocks: list[Block]

    def arguments(self) -> dict[str, Any]:
        """Give what every method that says something needs; nothing in it is looked for mentions or links."""
        return {
            "text": self.text,
            "blocks": self.blocks,
            "parse": "none",
            "link_names": False,
            "unfurl_links": False,
            "unfurl_media": False,
        }


def render(message: Message, accounts: Mapping[int, str]) -> Rendered:
    """Write a message."""
    return Rendered(text=fallback_text(message), blocks=blocks_of(message, accounts, MESSAGE))


def render_home(message: Message, accounts: Mapping[int, str]) -> dict[str, Any]:
    """Write a message as somebody's Home."""
    return {"type": "home", "blocks": blocks_of(message, accounts, VIEW)}


def render_modal(message: Message, accounts: Mapping[int, str]) -> dict[str, Any]:
    """Write a message as a modal: the answer to a form, in its place."""
    on_top = 0 < len(message.title.strip()) <= LONGEST_VIEW_TITLE
    below = message.model_copy(update={"title": ""}) if on_top else message
    return {
        "type": "modal",
        "title": plain_text(message.title if on_top else "Zanshin"),
        "close": plain_text(cut(_("Close"), LONGEST_VIEW_TITLE)),
        **_sent(blocks_of(below, accounts, VIEW)),
    }


def _sent(blocks: list[Block]) -> dict[str, Any]:
    """Have what is typed into the box of a search sent as a form is: Slack opens no modal with a box alone."""
    boxes = [block for block in blocks if block["type"] == "input"]
    if not boxes:
        return {"blocks": blocks}
    box, *others = boxes
    command = box["element"]["action_id"].partition(":")[0]
    named = [block | {"block_id": "words"} if block is box else block for block in blocks if block not in others]
    return {
        "private_metadata": json.dumps({"command": command}),
        "submit": plain_text(cut(_("Find"), LONGEST_VIEW_TITLE)),
        "blocks": named,
    }


def fallback_text(message: Message) -> str:
    """Write a message for a notification: what is said, without what can be pressed."""
    tokens = [literal(message.toast or message.title)]
    for part in message.parts if not message.toast else ():
        tokens += _told(part)
    pieces = pack(tokens, LONGEST_FALLBACK)
    labels = literal(" · ".join(button.label for button in message.buttons()))
    first = pieces[0] if pieces else cut(labels, LONGEST_FALLBACK)
    return first + "…" if len(pieces) > 1 else first


@drawn_once
def _told(part: Part) -> list[str]:
    return [token for line in lines_of(part) for token in ("\n", *fallback(line))]
