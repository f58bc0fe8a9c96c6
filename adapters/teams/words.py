"""Words as Teams writes them, and whom they name: pure."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.teams.payloads import Entity

MOST_MENTIONED = 5
_WRITTEN = re.compile(r"&(?:lt|gt|amp|quot|nbsp|#39);")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_ENDS = ">|"  # an account that has these could not be read back out of a mention


def spoken(text: str, entities: Sequence[Entity], bot: str) -> str:
    """Read words as their writer typed them: without our own name, and with people as the core names them."""
    rest, written = text.replace("\0", ""), []
    for named in entities:
        account = named.mentioned
        if account is None or not named.text or named.text not in rest:
            continue
        before, _name, rest = rest.partition(named.text)
        people_name = (account.name or "").translate({ord(letter): None for letter in _ENDS})
        written += [clean(before), "" if account.id == bot else f"<@{account.id}|{people_name}>"]
    return "".join([*written, clean(rest)]).strip()


def clean(text: str) -> str:
    """Undo what Teams writes for letters that mean something in HTML."""
    return _WRITTEN.sub(lambda found: unescape(found[0]), text)


def mentioned_in(entities: Sequence[Entity], bot: str) -> dict[str, str]:
    """List the accounts that Teams has named, with the names it gives them; at most a handful."""
    named = [one.mentioned for one in entities if one.mentioned is not None and one.mentioned.id != bot]
    return {account.id: account.name or "" for account in named[:MOST_MENTIONED]}


def plain_of(html: str) -> str:
    """Read a message as words: its tags are left out, its lines kept."""
    lines = unescape(_TAG.sub("", _BREAK.sub("\n", html.replace("\0", "")))).splitlines()
    return "\n".join(tidy for line in lines if (tidy := " ".join(line.split())))
