"""Texts are written, whatever the platform: walked span by span, and kept apart where marks would run together."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from bot.say.messages import Blank, Code, Link, PersonRef, Span, Strong, Text, TimeRef, plain

if TYPE_CHECKING:
    from collections.abc import Sequence


LONGEST_URL = 2000
_UNSEEN = "\N{ZERO WIDTH SPACE}\N{WORD JOINER}"


class Writer(ABC):
    """Writes texts in the markup of a platform, which brings how each sort of span is written there."""

    unseen: ClassVar[str]  # what parts two words without being seen

    def pieces(self, spans: Text) -> list[str]:
        """Write a text as pieces of markup, none of which may be parted."""
        pieces: list[str] = []
        for span in spans:
            written = self._written(span)
            if written and pieces and _stick(span, pieces[-1], written[0]):
                pieces.append(self.unseen)
            pieces += written
        return pieces

    def _written(self, span: Span) -> Sequence[str]:
        match span:
            case str():
                return self.words(span)
            case Strong() | Code():
                return self.marked(span)
            case PersonRef():
                called = self.mention(span)
                return [called] if called else self.words(plain((span,)))
            case Link(words=words, url=url):
                label = " ".join(words.split())
                return [self.link(label, url)] if leads_somewhere(url) else self.words(label)
            case TimeRef() if span.style != "elapsed" or span.until is None:
                return [self.moment(span)]
            case Blank() | TimeRef():
                return self.words(plain((span,)))

    @abstractmethod
    def words(self, words: str) -> Sequence[str]:
        """Write words so that they show as they are, in pieces that may be parted; nothing of them is empty."""

    @abstractmethod
    def marked(self, span: Strong | Code) -> Sequence[str]:
        """Write words that stand out; each line by itself, for marks do not reach over the end of one."""

    @abstractmethod
    def mention(self, person: PersonRef) -> str:
        """Write somebody so that they are called; empty where they cannot be."""

    @abstractmethod
    def link(self, label: str, url: str) -> str:
        """Write a link."""

    @abstractmethod
    def moment(self, time: TimeRef) -> str:
        """Write a time that shows in the zone of whoever reads it."""


def cut(words: str, most: int) -> str:
    """Keep as much as fits, and show that more was there; never nothing at all."""
    tidy = words.strip().strip(_UNSEEN).strip()
    return (tidy if len(tidy) <= most else tidy[: most - 1].rstrip() + "…") or "–"


def leads_somewhere(url: str) -> bool:
    """Say whether an address may be opened."""
    try:
        fits = len(url) <= LONGEST_URL and not re.search(r"[\s<>\\]", url)
        return urlsplit(url).scheme in ("http", "https") and fits
    except ValueError:
        return False


def _stick(span: Span, before: str, after: str) -> bool:
    """Say whether something unseen has to come between: marks work only at the edge of a word."""
    formatted = isinstance(span, Strong | Code) or before[-1:] in ("*", "`")
    return formatted and not before[-1:].isspace() and not after[:1].isspace()
