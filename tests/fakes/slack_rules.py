"""The limits Slack sets to blocks and views, checked strictly: what stands here is what the real one refuses."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BOT = "U0BOT"
TEAM = "T0TEAM"
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_CHARACTERS = 12_000  # of all blocks of a message together
LARGEST_VIEW = 250_000  # bytes


class Refused(Exception):
    """Slack answers ok: false."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


def wrong_in_message(blocks: Any) -> list[str]:
    """List what Slack would refuse in the blocks of a message."""
    found = list(_blocks(blocks, "message"))
    if sum(map(len, _words(blocks))) > MOST_CHARACTERS:
        found.append("the blocks are too long together")
    return found


def wrong_in_view(view: Any) -> list[str]:
    """List what Slack would refuse in a view."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["a view is a modal or a home"]
    kind = view["type"]
    found = list(_blocks(view.get("blocks"), kind))
    allowed = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    if kind == "modal":
        allowed |= {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}
        found += _text(view.get("title"), 24, "title", plain=True)
        for name in ("submit", "close"):
            if name in view:
                found += _text(view[name], 24, name, plain=True)
        if "submit" not in view and any(block.get("type") == "input" for block in view.get("blocks") or ()):
            found.append("a modal with inputs needs a submit")
    found += [f"view.{name} is unknown" for name in sorted(view.keys() - allowed)]
    found += _length(view.get("private_metadata", ""), 0, 3000, "private_metadata")
    found += _length(view.get("callback_id", ""), 0, 255, "callback_id")
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        found.append("view_too_large")
    return found


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _words(value)
    elif isinstance(node, list):
        for one in node:
            yield from _words(one)


def _blocks(blocks: Any, surface: str) -> Iterator[str]:
    if not isinstance(blocks, list):
        yield "blocks are a list"
        return
    if not 1 <= len(blocks) <= MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks"
    ids = Counter(block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block)
    yield from (f"block_id {name!r} twice" for name, count in ids.items() if count > 1)
    for number, block in enumerate(blocks):
        if not isinstance(block, dict) or block.get("type") not in _BLOCKS:
            yield f"blocks[{number}] is of no known type"
            continue
        fields, check = _BLOCKS[block["type"]]
        yield from _fields(block, {"type", "block_id", *fields}, f"blocks[{number}]")
        if "block_id" in block:
            yield from _length(block["block_id"], 1, 255, f"blocks[{number}].block_id")
        for one in check(block):
            yield f"blocks[{number}] ({block['type']}): {one}"
        if block["type"] == "input" and surface == "message" and not block.get("dispatch_action"):
            yield f"blocks[{number}]: an input of a message dispatches"


def _fields(thing: dict[str, Any], allowed: set[str], where: str) -> Iterator[str]:
    yield from (f"{where}.{name} is unknown" for name in sorted(thing.keys() - allowed))


def _length(words: Any, least: int, most: int, where: str) -> Iterator[str]:
    if not isinstance(words, str):
        yield f"{where} is no string"
    elif not least <= len(words) <= most:
        yield f"{where} has {len(words)} characters, not {least} to {most}"


def _text(text: Any, most: int, where: str, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(text, dict):
        yield f"{where} is no text object"
        return
    kinds = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}
    kind = text.get("type")
    if kind not in kinds or (plain and kind != "plain_text"):
        yield f"{where} is of the type {kind}"
        return
    yield from _fields(text, {"type", "text", *kinds[kind]}, where)
    yield from _length(text.get("text"), 1, most, where)
    if isinstance(text.get("text"), str) and not text["text"].strip():
        yield f"{where} is blank"


def _section(block: dict[str, Any]) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "neither text nor fields"
    if "text" in block:
        yield from _text(block["text"], 3000, "text")
    if "fields" in block:
        if not 1 <= len(block["fields"]) <= 10:
            yield f"{len(block['fields'])} fields"
        for field in block["fields"]:
            yield from _text(field, 2000, "field")
    if "accessory" in block:
        if block["accessory"].get("type") != "button":
            yield f"{block['accessory'].get('type')} is no button"
        else:
            yield from _button(block["accessory"])


def _context(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements"
    for element in elements:
        yield from _text(element, 2000, "element")


def _actions(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements"
    ids = Counter(element.get("action_id") for element in elements)
    yield from (f"action_id {name!r} twice" for name, count in ids.items() if count > 1)
    for element in elements:
        if element.get("type") != "button":
            yield f"{element.get('type')} is no button"
            continue
        yield from _button(element)


def _button(button: dict[str, Any]) -> Iterator[str]:
    yield from _fields(button, {"type", "text", "action_id", "value", "url", "style", "accessibility_label"}, "button")
    yield from _text(button.get("text"), 75, "button.text", plain=True)
    yield from _length(button.get("action_id"), 1, 255, "button.action_id")
    if "value" in button:
        yield from _length(button["value"], 1, 2000, "button.value")
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"style {button['style']!r}"


def _header(block: dict[str, Any]) -> Iterator[str]:
    yield from _text(block.get("text"), 150, "text", plain=True)


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _text(block.get("label"), 2000, "label", plain=True)
    if "hint" in block:
        yield from _text(block["hint"], 2000, "hint", plain=True)
    element = block.get("element")
    if not isinstance(element, dict) or element.get("type") not in _ELEMENTS:
        yield "the element is of no known type"
        return
    fields, check = _ELEMENTS[element["type"]]
    yield from _fields(element, {"type", "action_id", "placeholder", "focus_on_load", *fields}, "element")
    yield from _length(element.get("action_id"), 1, 255, "element.action_id")
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "placeholder", plain=True)
    yield from check(element)


def _typed(element: dict[str, Any]) -> Iterator[str]:
    most = element.get("max_length", 3000)
    if not 1 <= most <= 3000:
        yield f"max_length {most}"
    yield from _length(element.get("initial_value", ""), 0, most, "initial_value")


def _options(options: Any, where: str, *, most: int = 100) -> Iterator[str]:
    if not isinstance(options, list) or not 1 <= len(options) <= most:
        yield f"{where} are not 1 to {most}"
        return
    for option in options:
        yield from _fields(option, {"text", "value", "description"}, where)
        yield from _text(option.get("text"), 75, f"{where}.text", plain=where != "checkboxes")
        yield from _length(option.get("value"), 1, 150, f"{where}.value")


def _pick(element: dict[str, Any]) -> Iterator[str]:
    if ("options" in element) == ("option_groups" in element):
        yield "either options or option_groups"
    if "options" in element:
        yield from _options(element["options"], "options")
    offered = list(element.get("options", []))
    groups = element.get("option_groups", [])
    if len(groups) > 100:
        yield f"{len(groups)} option_groups"
    for group in groups:
        yield from _text(group.get("label"), 75, "option_group.label", plain=True)
        yield from _options(group.get("options"), "options")
        offered += group.get("options", [])
    if "initial_option" in element and element["initial_option"] not in offered:
        yield "initial_option is none of the options"


def _checkboxes(element: dict[str, Any]) -> Iterator[str]:
    yield from _options(element.get("options"), "checkboxes", most=10)
    if "initial_options" in element:
        yield from _options(element["initial_options"], "checkboxes", most=10)
        if any(one not in element["options"] for one in element["initial_options"]):
            yield "initial_options are none of the options"


def _id(name: str, starts: str) -> Callable[[dict[str, Any]], Iterator[str]]:
    def check(element: dict[str, Any]) -> Iterator[str]:
        value = element.get(name, starts[0] + "1")
        if not (isinstance(value, str) and value[:1] in starts and value.isalnum() and value == value.upper()):
            yield f"{name} {value!r}"

    return check


_ELEMENTS: dict[str, tuple[set[str], Callable[[dict[str, Any]], Iterator[str]]]] = {
    "plain_text_input": (
        {"initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"},
        _typed,
    ),
    "static_select": ({"options", "option_groups", "initial_option"}, _pick),
    "checkboxes": ({"options", "initial_options"}, _checkboxes),
    "users_select": ({"initial_user"}, _id("initial_user", "UW")),
    "conversations_select": (
        {"initial_conversation", "default_to_current_conversation", "filter", "response_url_enabled"},
        _id("initial_conversation", "CGD"),
    ),
}
_BLOCKS: dict[str, tuple[set[str], Callable[[dict[str, Any]], Iterator[str]]]] = {
    "section": ({"text", "fields", "accessory", "expand"}, _section),
    "context": ({"elements"}, _context),
    "actions": ({"elements"}, _actions),
    "header": ({"text"}, _header),
    "divider": (set(), lambda _block: iter(())),
    "input": ({"label", "hint", "element", "optional", "dispatch_action"}, _input),
}
