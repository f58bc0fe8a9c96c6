"""The words of a message of Teams, wherever they stand: body, cards, names of files. Pure, never raises."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.teams.words import plain_of
from bot.typing.quoting import DEEPEST, distinct, one_by_one, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.teams.payloads import Quoted

# The words of cards of any kind, in the order they are read, and what other things with words stand in.
_SAID = ("title", "subtitle", "activityTitle", "activitySubtitle", "activityText", "text")
_WITHIN = ("body", "items", "columns", "rows", "cells", "inlines", "facts", "sections")


def words_of(post: Quoted) -> str:
    """Read a message as words; what stands in it twice is read once."""
    lines = [post.subject]
    if post.body is not None:
        content = post.body.content
        lines += (plain_of(content) if post.body.content_type == "html" else content).splitlines()
    cards = list(one_by_one(post.attachments))
    for one in cards:
        lines += _card(_content(one.get("content")))
    if not any(line.strip() for line in lines):
        lines += (word(one.get("name")) for one in cards)
    return "\n".join(distinct(lines))


def _content(given: Any) -> Any:
    """Read the content of a card: Teams writes it as text within the text."""
    if isinstance(given, str) and given.lstrip().startswith("{"):
        try:
            return json.loads(given)
        except (ValueError, RecursionError):
            return None
    return given


def _card(card: Any, depth: int = 0) -> Iterator[str]:
    """Read a card line by line; what is pressed or typed in says nothing."""
    if not isinstance(card, dict) or depth > DEEPEST or word(card.get("type")).startswith(("Action.", "Input.")):
        return
    if card.get("type") == "RichTextBlock":
        yield "".join(one if isinstance(one, str) else word(one.get("text")) for one in _inlines(card))
        return
    if name := word(card.get("name")) or (word(card.get("title")) if "value" in card else ""):
        yield f"{name.rstrip(': ')}: {plain_of(word(card.get('value')))}"
        return
    for one in _SAID:
        yield from plain_of(word(card.get(one))).splitlines()
    for one in _WITHIN:
        for within in one_by_one(card.get(one)):
            yield from _card(within, depth + 1)


def _inlines(card: dict[str, Any]) -> Iterator[Any]:
    given = card.get("inlines")
    return (one for one in given if isinstance(one, str | dict)) if isinstance(given, list) else iter(())
