"""Messages become what Teams shows: pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.teams.cards import Element, elements_of
from adapters.teams.forms import Known, form_elements
from adapters.teams.spans import Reading, mention_text
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind
from bot.say.aloud import plain_message
from bot.say.messages import Form, Message
from bot.say.people import people_of

if TYPE_CHECKING:
    from collections.abc import Mapping


VERSION = "1.5"
PLACE = "place"  # beside what else a button carries
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
LONGEST_SUMMARY = 300


def render(message: Message, reading: Reading) -> dict[str, Any]:
    """Write a message as a card."""
    elements = elements_of(message, reading)
    named = {mention_text(one.name): one for one in people_of(message) if one.person_id in reading.accounts}
    shown = json.dumps(elements) if named else ""
    entities = [
        {"type": "mention", "text": said, "mentioned": {"id": reading.accounts[one.person_id], "name": one.name}}
        for said, one in sorted(named.items())
        if json.dumps(said)[1:-1] in shown  # what did not fit names nobody
    ]
    written = card(elements, says=summary(message))
    return written | ({"msteams": {"entities": entities}} if entities else {})


def render_form(
    form: Form, known: Known, reading: Reading, *, errors: Mapping[str, str] | None = None, above: Message | None = None
) -> dict[str, Any]:
    """Write a form as a card."""
    return card(form_elements(form, known, reading, errors=errors, above=above), says=form.title.strip() or "Zanshin")


def card(elements: list[Element], *, says: str) -> dict[str, Any]:
    """Put elements on a card; `says` stands in for it where it cannot be shown."""
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "fallbackText": says,
        "speak": says,
        "body": elements,
    }


def placed(written: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """Have every button of a card remember in which channel it all began: it is pressed in the direct chat."""
    if origin.kind is not ConversationKind.CHANNEL:
        return written
    place = {PLACE: {"channel": origin.conversation, "name": origin.conversation_name}}
    marked: dict[str, Any] = _with_data(written, place)
    return marked


def _with_data(node: Any, more: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_with_data(one, more) for one in node]
    if not isinstance(node, dict):
        return node
    found = {name: _with_data(value, more) for name, value in node.items()}
    return found | {"data": node["data"] | more} if str(node.get("type", "")).startswith("Action.") else found


def activity(written: dict[str, Any]) -> dict[str, Any]:
    """Send a card alone in its activity: with text beside it it would be two, and could not be changed."""
    return {
        "type": "message",
        "summary": written["fallbackText"],
        "attachments": [{"contentType": CONTENT_TYPE, "content": written}],
    }


def summary(message: Message) -> str:
    """Say in a line what a message says, for notifications."""
    first = next((line for line in plain_message(message).splitlines() if line.strip()), "Zanshin")
    named = message.toast or message.title
    whole = " ".join((named if named.strip() else first).split()) or "Zanshin"
    return whole if len(whole) <= LONGEST_SUMMARY else whole[: LONGEST_SUMMARY - 1] + "…"
