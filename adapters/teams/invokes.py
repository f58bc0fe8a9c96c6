"""The bodies that Teams expects in response to an invoke: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.teams.inbound import Via
from adapters.teams.render import CONTENT_TYPE, card
from adapters.teams.spans import literal
from bot.say.messages import Message, Say, Section, plain

if TYPE_CHECKING:
    from collections.abc import Iterator


MESSAGE_TYPE = "application/vnd.microsoft.activity.message"
THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
SHOWS_BESIDE = (Via.CARD, Via.SUBMIT)  # pressed on a card, which can be replaced
LONGEST_TITLE = 100


def card_answer(written: dict[str, Any]) -> dict[str, Any]:
    """Show a card in place of the one that was pressed, to whoever pressed it."""
    return {"statusCode": 200, "type": CONTENT_TYPE, "value": written}


def said_answer(words: str) -> dict[str, Any]:
    """Say something in passing to whoever pressed."""
    return {"statusCode": 200, "type": MESSAGE_TYPE, "value": words}


def dialog(written: dict[str, Any]) -> dict[str, Any]:
    """Show a card in a dialog."""
    shown = {"contentType": CONTENT_TYPE, "content": submits_only(written)}
    value = {"title": "Zanshin", "width": "medium", "height": "medium", "card": shown}
    return {"task": {"type": "continue", "value": value}}


def dialog_over(words: str) -> dict[str, Any]:
    """Close a dialog with a word."""
    return {"task": {"type": "message", "value": words}}


def submits_only(node: Any) -> Any:
    """Have every button of a card submit: dialogs know nothing else."""
    if isinstance(node, list):
        return [submits_only(one) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "Action.Execute":
        return node["fallback"]
    return {name: submits_only(value) for name, value in node.items()}


def sentences(message: Message) -> dict[str, Any]:
    """Offer sentences to whoever is writing: chosen, one is dropped into what they write."""
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": list(_offered(message))}}


def no_sentences(words: str) -> dict[str, Any]:
    """Say that there is nothing to choose from."""
    return {"composeExtension": {"type": "message", "text": words}}


def _offered(message: Message) -> Iterator[dict[str, Any]]:
    under = ""
    for part in message.parts:
        if isinstance(part, Section):
            under = plain(part.text)
        if isinstance(part, Say):
            words = plain(part.text)
            title = words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1] + "…"
            block = {"type": "TextBlock", "text": literal(words), "wrap": True}
            preview = {"contentType": THUMBNAIL, "content": {"title": title, "text": under}}
            yield {"contentType": CONTENT_TYPE, "content": card([block], says=words), "preview": preview}
