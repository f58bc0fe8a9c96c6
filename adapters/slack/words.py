"""Words as Slack writes them, in the core's words: pure."""

from __future__ import annotations

import re

from bot.typing.german import all_german
from bot.typing.links import written_link
from bot.typing.mentions import Kind, Mention, mentions_in

MOST_MENTIONED = 5
_SPECIAL = re.compile(r"<([^<>]+)>|&(?:lt|gt|amp);")
_ADDRESS = re.compile(r"[A-Za-z0-9]{1,30}")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_LETTERS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}  # the only ones Slack writes otherwise
_SYNC = tuple(typed.split()[-1] for typed in ("/zanshin team sync", *all_german("/zanshin team sync")))


def clean(text: str) -> str:
    """Read words as their writer typed them; whom and what they name is written as the core writes it."""
    return _SPECIAL.sub(_read, text.replace("\0", ""))


def _read(found: re.Match[str]) -> str:
    if found[1] is None:
        return _LETTERS[found[0]]
    inside, bar, label = found[1].partition("|")
    label = _unescaped(label)
    if _LINK.match(inside):
        return written_link(_unescaped(inside), label)
    if inside.startswith("!"):
        return _special(inside[1:], label) or found[0]
    kind = {"@": Kind.PERSON, "#": Kind.CHANNEL}.get(inside[:1])
    if kind is None or not _ADDRESS.fullmatch(inside[1:]):
        return f"<{_unescaped(inside)}{bar}{label}>"
    return str(Mention(kind, inside[1:], label))


def _special(command: str, label: str) -> str:
    """Read what begins with an exclamation mark: a group, everybody here, or a date."""
    name, _mark, group = command.partition("^")
    if name == "subteam" and _ADDRESS.fullmatch(group):
        return str(Mention(Kind.GROUP, group, label))
    if name in ("here", "channel", "everyone"):
        return f"@{name}"
    return label


def _unescaped(words: str) -> str:
    return re.sub("&(?:lt|gt|amp);", lambda found: _LETTERS[found[0]], words)


def mentioned_in(*texts: str) -> tuple[str, ...]:
    """List the accounts that are named in texts, at most a handful."""
    found = (one.address for text in texts for one in mentions_in(text) if one.kind is Kind.PERSON)
    return tuple(dict.fromkeys(found))[:MOST_MENTIONED]


def group_in(text: str) -> str:
    """Find the user group that a text names, where its members are asked for: only then need Slack list them."""
    if not any(word in text.lower() for word in _SYNC):
        return ""
    return next((one.address for one in mentions_in(text) if one.kind is Kind.GROUP), "")
