"""The words of a message of Slack, wherever they stand: its text, blocks, attachments, files. Pure, never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.slack.words import clean
from bot.typing.quoting import DEEPEST, distinct, one_by_one, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.slack.payloads import Post

# What Slack and its libraries write for clients that show no blocks.
_NO_WORDS = ("This content can't be displayed.", "This message contains interactive elements.")
_ATTACHED = ("pretext", "title", "text")
_SAID = ("title", "subtitle", "text", "body", "description")  # where blocks of all kinds hold their words
_FILE = ("title", "subject", "name")
_LETTERS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def words_of(post: Post) -> str:
    """Read a message as words; what stands in it twice is read once."""
    text = "" if post.text.strip() in _NO_WORDS else post.text
    lines = text.splitlines()
    if not text.strip() or post.bot_id:  # what people write stands whole in the text
        lines += _blocks(post.blocks)
    for attached in one_by_one(post.attachments):
        lines += _attached(attached)
    if not any(line.strip() for line in lines):
        lines += (next(filter(None, (_said(one.get(name)) for name in _FILE)), "") for one in one_by_one(post.files))
    return "\n".join(distinct(clean(line) for line in lines))


def _attached(attached: dict[str, Any]) -> list[str]:
    lines = [line for name in _ATTACHED for line in _said(attached.get(name)).splitlines()]
    lines += (_field(one) for one in one_by_one(attached.get("fields")))
    lines += _blocks(attached.get("blocks"))
    for shared in one_by_one(attached.get("message_blocks")):  # a message that was passed on
        lines += _blocks(message.get("blocks") if isinstance(message := shared.get("message"), dict) else None)
    spare = (_said(attached.get(name)) for name in ("fallback", "author_name", "footer"))
    return lines if any(lines) else next(filter(None, spare), "").splitlines()


def _field(field: dict[str, Any]) -> str:
    return ": ".join(filter(None, (_said(field.get("title")), _said(field.get("value")))))


def _said(given: Any) -> str:
    """Read words that stand by themselves, or in an object of text."""
    return word(given.get("text") if isinstance(given, dict) else given)


def _blocks(given: Any, depth: int = 0) -> Iterator[str]:
    """Read blocks line by line; what is pressed says nothing."""
    for block in one_by_one(given) if depth < DEEPEST else ():
        match block.get("type"):
            case "rich_text" | "rich_text_list":
                yield from _blocks(block.get("elements"), depth + 1)
            case "rich_text_section" | "rich_text_quote" | "rich_text_preformatted":
                yield from "".join(map(_rich, one_by_one(block.get("elements")))).splitlines()
            case "context":
                yield from _texts(*one_by_one(block.get("elements")))
            case "image":
                yield from _texts(block.get("title"), block.get("alt_text"))
            case "actions" | "input":
                continue
            case "table":
                yield from (_row(cells, depth + 1) for cells in _listed(block.get("rows")))
            case _:
                yield from _texts(*(block.get(name) for name in _SAID), *one_by_one(block.get("fields")))


def _row(cells: Any, depth: int) -> str:
    said = (_said(one) or " ".join(_blocks([one], depth)) for one in one_by_one(cells))
    return " · ".join(filter(None, said))


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _texts(*given: Any) -> Iterator[str]:
    for one in given:
        yield from _said(one).splitlines()


def _rich(element: dict[str, Any]) -> str:
    """Write one element of a rich text as Slack writes it in a plain one."""
    text, url = word(element.get("text")).translate(_LETTERS), word(element.get("url"))
    written = {
        "link": f"<{url}|{text}>" if text else f"<{url}>",
        "emoji": f":{word(element.get('name'))}:",
        "user": f"<@{word(element.get('user_id'))}>",
        "channel": f"<#{word(element.get('channel_id'))}>",
        "usergroup": f"<!subteam^{word(element.get('usergroup_id'))}>",
        "broadcast": f"@{word(element.get('range'))}",
        "date": word(element.get("fallback")).translate(_LETTERS),
    }
    return written.get(word(element.get("type")), text)
