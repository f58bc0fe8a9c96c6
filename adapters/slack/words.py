"""Words as Slack writes them, and whom they name: pure."""

from __future__ import annotations

import re

MOST_MENTIONED = 5
_ACCOUNT = re.compile(r"<@([A-Za-z0-9]{1,30})(?:\|[^>]*)?>")  # what people type as < never looks like this
_GROUP = re.compile(r"<!subteam\^([A-Za-z0-9]{1,30})(?:\|[^>]*)?>")
_LINK = re.compile(r"<((?:https?://|mailto:)[^|>]+)(?:\|([^>]*))?>")
_LETTERS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # the only ones Slack writes otherwise; & comes last


def clean(text: str) -> str:
    """Read words as their writer typed them; mentions stay mentions."""
    text = _LINK.sub(lambda found: found[2] or found[1].removeprefix("mailto:"), text.replace("\0", ""))
    for written, letter in _LETTERS:
        text = text.replace(written, letter)
    return text


def mentioned_in(*texts: str) -> tuple[str, ...]:
    """List the accounts that Slack has named in texts, at most a handful."""
    return tuple(dict.fromkeys(account for text in texts for account in _ACCOUNT.findall(text)))[:MOST_MENTIONED]


def group_in(text: str) -> str:
    """Find the user group that Slack has named in a text."""
    found = _GROUP.search(text)
    return found[1] if found else ""
