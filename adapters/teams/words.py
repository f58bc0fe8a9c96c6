"""Words as Teams writes them, in the core's words: pure."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from bot.typing.links import written_link
from bot.typing.mentions import Kind, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.teams.payloads import Account, Entity

MOST_MENTIONED = 20
_WRITTEN = re.compile(r"&(?:lt|gt|amp|quot|nbsp|#39);")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b[^<>]{0,2000}?\bhref=[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,2000}>([^<>]{0,2000})</a>", re.IGNORECASE
)
# What stands for the message that is answered, and for what is attached: nobody has typed it.
_QUOTED = re.compile(
    r"<(quoted|attachment)\b[^<>]{0,500}(?:/>|>[^<>]{0,2000}</\1>)|<blockquote\b[^<>]{0,500}\bReply\b.*?</blockquote>",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(
    r"</?(?:p|div|span|br|b|i|u|s|em|strong|ul|ol|li|pre|code|font|h[1-6]|blockquote|quoted|attachment)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_AT = re.compile(r"<at\b[^<>]{0,200}>(.{0,1000}?)</at>", re.IGNORECASE | re.DOTALL)
_ENDS = str.maketrans("", "", "<>|")  # what has these could not be read back out of a mention


def spoken(text: str, entities: Sequence[Entity], us: Account | None) -> str:
    """Read words as their writer typed them, with people and everything else that is named as the core names them."""
    words, left = _QUOTED.sub(" ", text.replace("\0", "")), list(entities)
    pieces, end = [], 0
    for found in _AT.finditer(words):
        named = _meant(found, left)
        if named in left and [one.text for one in left].count(named.text if named else "") > 1:
            left.remove(named)  # another one of the same name follows
        pieces += [_plain(words[end : found.start()], left), _written(found, named, us)]
        end = found.end()
    return "".join([*pieces, _plain(words[end:], left)]).strip()


def _meant(found: re.Match[str], entities: Sequence[Entity]) -> Entity | None:
    """Find the entity of a mention: by its text, else by its name, in whatever order they come."""
    name = _name(found[1])
    by_text = (one for one in entities if one.mentioned and one.text == found[0])
    by_name = (one for one in entities if one.mentioned and name in (_name(one.text), _name(one.mentioned.name or "")))
    return next(by_text, None) or next(by_name, None)


def _written(found: re.Match[str], named: Entity | None, us: Account | None) -> str:
    name = _name(found[1])
    if named is not None and named.mentioned is not None:
        return str(mention_of(named.mentioned, name))
    if us is not None and us.name and name.casefold() == us.name.casefold():
        return str(mention_of(us, name))
    return f"@{name}"  # of whom Teams says no more: read like a name that was typed


def _plain(words: str, entities: Sequence[Entity]) -> str:
    """Read words around mentions; some clients name people without any mark."""
    for one in entities:
        if one.mentioned is not None and one.text and not _AT.search(one.text) and one.text in words:
            before, _text, after = words.partition(one.text)
            mention = str(mention_of(one.mentioned, _name(one.text).lstrip("@")))
            rest = [other for other in entities if other is not one]
            return _plain(before, rest) + mention + _plain(after, rest)
    return clean(_MARKUP.sub("", _BREAK.sub("\n", _LINK.sub(_address, words))))


def mention_of(account: Account, name: str = "") -> Mention:
    """Say who or what is mentioned."""
    return Mention(kind_of(account), account.id.translate(_ENDS), name or account.name or "")


def kind_of(account: Account) -> Kind:
    """Tell people from channels, teams, chats, tags and apps."""
    said = (account.type or "").lower()
    if account.id.startswith("28:") or said in ("bot", "app", "application"):
        return Kind.APP
    if account.id.startswith("19:") or said in ("channel", "team", "chat"):
        return Kind.CHANNEL
    return Kind.GROUP if said in ("tag", "group", "everyone") else Kind.PERSON


def _name(written: str) -> str:
    return " ".join(clean(_TAG.sub("", written)).split())


def _address(found: re.Match[str]) -> str:
    return written_link(clean(found[1]), clean(found[2]))


def clean(text: str) -> str:
    """Undo what Teams writes for letters that mean something in HTML."""
    return _WRITTEN.sub(lambda found: unescape(found[0]), text)


def mentioned_in(entities: Sequence[Entity]) -> dict[str, str]:
    """List the people that Teams has named, by account, with the names it gives them; at most a handful."""
    named = [one.mentioned for one in entities if one.mentioned is not None and kind_of(one.mentioned) is Kind.PERSON]
    return {account.id: account.name or "" for account in named[:MOST_MENTIONED]}


def plain_of(html: str) -> str:
    """Read a message as words: its tags are left out, its lines kept."""
    written = _LINK.sub(_address, _QUOTED.sub(" ", html.replace("\0", "")))
    lines = unescape(_TAG.sub("", _BREAK.sub("\n", written))).splitlines()
    return "\n".join(tidy for line in lines if (tidy := " ".join(line.split())))
