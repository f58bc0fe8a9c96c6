"""Who is named in what people type: the one reader of people, and of what is none. Pure.

Adapters write whom or what their platform names as `<@account|name>`: `#` instead of `@` is a channel, `&` a group or
a tag, `*` an app. Commands keep that where they ask for somebody; in all other words it becomes the name.
"""

from __future__ import annotations

import enum
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.say.language import _
from bot.typing.names import fold, spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

EVERYBODY = ("everyone", "everybody", "here", "channel", "all", "team")
LONGEST_NAME = 8  # words

MENTION = re.compile(r"<([@#&*])([^<>|]*)(?:\|([^<>]*))?>")
_WRITTEN = re.compile(r"<[@#&*][^<>|]*(?:\|[^<>]*)?>(?:[,:;]?(?=\s|$)|(?=[,&/+]<[@#&*]))|@[^\s<>]+")
_AT = re.compile(r"(?<![\w<@.|/])@(?=[^\s<>|@_])")  # as people type it: no address of a mail, no mention of a platform
_WORD = re.compile(r"\S+")
_MARKS = ' \t,:;.!?"“”'  # of a sentence, behind a name
_NO_NAME = str.maketrans("", "", "<>|\n\r\0")


class Kind(enum.Enum):
    """What is named."""

    PERSON = "@"
    CHANNEL = "#"
    GROUP = "&"
    APP = "*"


@dataclass(frozen=True)
class Mention:
    """Somebody or something that is named."""

    kind: Kind
    address: str  # as the platform calls it; empty where the name is all that is known
    name: str = ""

    def __str__(self) -> str:
        """Write it the way all adapters do."""
        name = " ".join(self.name.translate(_NO_NAME).split())
        return f"<{self.kind.value}{self.address}|{name}>" if name else f"<{self.kind.value}{self.address}>"

    @property
    def shown(self) -> str:
        """Write it the way people do."""
        match self.kind:
            case Kind.PERSON:
                return self.name or _("somebody")
            case Kind.CHANNEL:
                return f"#{self.name.lstrip('#')}" if self.name else _("a channel")
            case Kind.GROUP:
                return f"@{self.name.lstrip('@')}" if self.name else _("a group")
            case Kind.APP:
                return self.name or _("an app")


def _read(found: re.Match[str]) -> Mention:
    return Mention(Kind(found[1]), found[2], (found[3] or "").strip())


def mentions_in(words: str) -> list[Mention]:
    """List what is named, in the order it stands there."""
    return [_read(found) for found in MENTION.finditer(words)] if "<" in words else []


def read_mention(words: str) -> Mention | None:
    """Read words that are a mention and nothing else."""
    found = MENTION.fullmatch(words.strip())
    return _read(found) if found is not None else None


def named(words: str, *, at: str = "") -> str:
    """Write words with names where platforms write accounts; `at` stands before those of people."""

    def show(found: re.Match[str]) -> str:
        one = _read(found)
        return f"{at}{one.shown}" if one.kind is Kind.PERSON else one.shown

    return MENTION.sub(show, words) if "<" in words else words


def labelled(words: str, known: Mapping[str, Mention]) -> str:
    """Write mentions as they are known by their addresses."""
    return MENTION.sub(lambda found: str(known.get(found[2], found[0])), words) if "<" in words else words


def of_many(words: str) -> str:
    """Name what is mentioned, if it is a group, a channel or everybody; nothing if it is somebody."""
    mention = read_mention(words)
    if mention is not None:
        nameless = {Kind.GROUP: _("A group"), Kind.CHANNEL: _("A channel")}
        return (mention.shown if mention.name else nameless[mention.kind]) if mention.kind in nameless else ""
    return words if words.startswith("@") and words[1:].casefold() in EVERYBODY else ""


def take_person(words: str) -> tuple[str, str]:
    """Take somebody off the front, as they were named there; what is named may turn out to be nobody."""
    found = _WRITTEN.match(words)
    if found is None:
        return "", words
    return found[0].rstrip(_MARKS), words[found.end() :].strip()


def people_in(words: str) -> list[str]:
    """List those who are named one after the other, and nothing but them."""
    found: list[str] = []
    while (taken := take_person(words))[0]:
        found.append(taken[0])
        words = taken[1]
    return found


def is_unclear(words: str) -> bool:
    """Say whether it takes the people of a team to read who is named: typed by hand, or mentioned without a name."""
    return _AT.search(words) is not None or any(not one.name for one in mentions_in(words))


@dataclass(frozen=True)
class Known:
    """Everybody and every channel of a team, by name."""

    people: tuple[Mention, ...] = ()
    channels: tuple[Mention, ...] = ()

    def read(self, words: str) -> str:
        """Write words so that it is clear who is named: names behind an @, and mentions that came without a name."""
        pieces, end = [], 0
        for found in _AT.finditer(words):
            if found.start() >= end and (taken := self._at_front(words[found.end() :])) is not None:
                person, length = taken
                pieces += [words[end : found.start()], str(person)]
                end = found.end() + length
        return MENTION.sub(self._with_name, "".join([*pieces, words[end:]]))

    def read_front(self, words: str, is_sure: Callable[[str], bool] | None = None) -> str:
        """Write words so that it is clear who is named at their beginning, also without an @, if what follows fits."""
        taken = self._at_front(words) if not MENTION.match(words) else None
        if taken is not None and is_sure is not None and not is_sure(words[taken[1] :]):
            return words
        return f"{taken[0]} {words[taken[1] :].lstrip(_MARKS)}".strip() if taken is not None else words

    def _with_name(self, found: re.Match[str]) -> str:
        return found[0] if found[3] else str(self._by_address.get(found[2], found[0]))

    def _at_front(self, words: str) -> tuple[Mention, int] | None:
        """Find the longest name at the beginning, and how long it is there."""
        for end in _ends(words):
            spelled = fold(words[:end])
            person = self._spelled.get(spelled)
            if person is not None:
                return person, end
            if spelled in self._shared:  # whoever asks for one of them says that there are several
                return Mention(Kind.PERSON, "", words[:end]), end
        return None

    @cached_property
    def _by_address(self) -> Mapping[str, Mention]:
        return {one.address: one for one in (*self.channels, *self.people) if one.address}

    @cached_property
    def _shared(self) -> frozenset[str]:
        """List the full names that several have, and nobody else by a shorter one."""
        counted = Counter(spelling for one in set(self.people) for spelling in spellings(one.name)[0])
        return frozenset(spelling for spelling, times in counted.items() if times > 1)

    @cached_property
    def _spelled(self) -> Mapping[str, Mention]:
        """Everybody by each spelling that is theirs alone: what stands in full goes before given names and accounts."""
        found: dict[str, Mention] = {}
        for at in (0, 1, 2):
            shared = defaultdict(set)
            for one in self.people:
                for spelling in (*spellings(one.name), {fold(one.address)})[at]:
                    shared[spelling].add(one)
            several = {spelling for spelling, people in shared.items() if len(people) > 1}
            found |= {s: next(iter(p)) for s, p in shared.items() if s not in found and s not in several}
        return found


NOBODY = Known()


def _ends(words: str) -> Iterator[int]:
    """List where a name at the beginning may end, the longest first."""
    ends = [found.end() for _count, found in zip(range(LONGEST_NAME), _WORD.finditer(words), strict=False)]
    for end in reversed(ends):
        bare = len(words[:end].rstrip(_MARKS))
        yield bare
        if words[:bare].endswith(("'s", "’s")):
            yield bare - 2


def may_name(words: str, behind: Iterable[str]) -> bool:
    """Say whether a name may stand behind one of these beginnings: a word, and no case."""
    firsts = (words[len(one) :].partition(" ")[0] for one in behind if words.startswith(one))
    return any(first and not any(map(str.isdigit, first)) for first in firsts)
