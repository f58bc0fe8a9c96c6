"""What Teams refuses, as its documents say: rules for activities and cards, each a plain sentence when broken."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TENANT = "7b2b1f0e-4b1c-4d4e-9d56-0a8d1f6f3c11"
APP = "2f6d3c1a-9a55-4f0e-8d0b-5a5a6f1d7e22"
BOT = f"28:{APP}"
LARGEST = 80 * 1024  # bytes, in UTF-16
CARD = "application/vnd.microsoft.card.adaptive"
INPUTS = ("Input.Text", "Input.ChoiceSet", "Input.Toggle")
ELEMENTS = ("TextBlock", "FactSet", "Container", "ActionSet", "Image", *INPUTS)
ACTIONS = ("Action.Execute", "Action.Submit", "Action.OpenUrl")
COLORS = ("Default", "Good", "Warning", "Attention", "Accent", "Dark", "Light")
MOST_ACTIONS = 6
_NEEDS = {
    "TextBlock": ("text",),
    "FactSet": ("facts",),
    "Container": ("items",),
    "ActionSet": ("actions",),
    "Image": ("url", "altText"),
    "Input.Text": ("id", "label"),
    "Input.ChoiceSet": ("id", "label", "choices"),
    "Input.Toggle": ("id", "label", "title"),
    "Action.Execute": ("title", "verb", "data", "fallback"),
    "Action.Submit": ("title", "data"),
    "Action.OpenUrl": ("title", "url"),
}
_BYTES = re.compile(r"data:image/png;base64,[\w+/=]+")  # are not counted
_COMPUTED = re.compile(r"\{\{(?!(?:DATE|TIME)\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?:,\s*(?:COMPACT|SHORT|LONG))?\)\}\})")


def wrong_in_activity(activity: dict[str, Any], members: dict[str, str]) -> list[str]:
    """List what is wrong with a message; `members` are the names of those in the conversation."""
    wrong = []
    if activity.get("type") != "message":
        wrong.append("it is no message")
    if len(_BYTES.sub("", json.dumps(activity, ensure_ascii=False))) * 2 > LARGEST:
        wrong.append("MessageSizeTooBig")
    attached = activity.get("attachments", [])
    if attached and activity.get("text"):
        wrong.append("text beside a card is split off, and the card cannot be changed")
    if not attached and not activity.get("text"):
        wrong.append("it says nothing")
    for one in attached:
        if one.get("contentType") != CARD:
            wrong.append("only Adaptive Cards are expected")
        else:
            wrong += wrong_in_card(one["content"], members)
    return wrong


def wrong_in_card(card: dict[str, Any], members: dict[str, str] | None = None) -> list[str]:
    wrong = []
    if card.get("type") != "AdaptiveCard" or card.get("version") != "1.5":
        wrong.append("it is no Adaptive Card 1.5")
    if not card.get("body"):
        wrong.append("the card is empty")
    if not card.get("fallbackText") or not card.get("speak"):
        wrong.append("nothing stands in for the card")
    ids = [one["id"] for one in walk(card) if str(one.get("type", "")).startswith("Input.")]
    if len(ids) != len(set(ids)):
        wrong.append("two inputs share an id")
    for one in walk(card):
        wrong += _wrong_in(one)
    return wrong + _wrong_mentions(card, members or {})


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Go through every element and action of a card; what buttons carry is none of it."""
    if isinstance(node, list):
        for one in node:
            yield from walk(one)
    if isinstance(node, dict):
        if "type" in node and node["type"] != "AdaptiveCard":
            yield node
        for name, value in node.items():
            if name not in ("data", "choices.data", "msteams"):
                yield from walk(value)


def _wrong_in(one: dict[str, Any]) -> list[str]:
    kind = one["type"]
    if kind not in (*ELEMENTS, *ACTIONS):
        return [f"{kind} is unknown"]
    wrong = [f"{kind} has no {name}" for name in _NEEDS[kind] if name not in one]
    if kind == "TextBlock":
        wrong += _wrong_in_text(one)
    if kind == "FactSet" and not all(fact.get("title") and fact.get("value") for fact in one["facts"]):
        wrong.append("a fact is empty")
    if kind == "ActionSet" and not 0 < len(one["actions"]) <= MOST_ACTIONS:
        wrong.append("too many actions, or none")
    if kind.startswith("Action.") and (not one["title"].strip() or one.get("style") not in _STYLES):
        wrong.append("an action has no title, or an unknown style")
    if kind == "Input.ChoiceSet" and not all(c.get("title") and c.get("value") for c in one["choices"]):
        wrong.append("a choice is empty")
    return wrong


def _wrong_in_text(one: dict[str, Any]) -> list[str]:
    found = {
        "a text is empty": not str(one.get("text", "")).strip(),
        "a text is cut off at the end of its line": not one.get("wrap"),
        "a colour is unknown": one.get("color", "Default") not in COLORS,
        "a text computes something unknown": _COMPUTED.search(str(one.get("text", ""))) is not None,
    }
    return [problem for problem, is_so in found.items() if is_so]


_STYLES = (None, "default", "positive", "destructive")


def _wrong_mentions(card: dict[str, Any], members: dict[str, str]) -> list[str]:
    texts = "\n".join(_texts(card))
    named = card.get("msteams", {}).get("entities", [])
    written = set(re.findall(r"<at>.*?</at>", texts))
    wrong = []
    if written != {one["text"] for one in named}:
        wrong.append("mentions of the text and of the entities differ")
    if any(one["mentioned"]["id"] not in members for one in named):
        wrong.append("somebody is mentioned who is not there")
    return wrong


def _texts(card: dict[str, Any]) -> Iterator[str]:
    for one in walk(card):
        yield str(one.get("text", ""))
        yield from (str(fact.get("value", "")) for fact in one.get("facts", ()))
