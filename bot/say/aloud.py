"""A message, read aloud: its words alone, one line after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.messages import (
    Avoid,
    Choice,
    Fields,
    Image,
    Listing,
    Message,
    Offers,
    Part,
    Say,
    Search,
    Section,
    Text,
    Wait,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def plain_message(message: Message) -> str:
    """Read a whole message aloud: the fallback text of notifications, and what tests compare."""
    return "\n".join(_read_aloud(message))


def lines_of(part: Part) -> Iterator[Text]:
    """List the lines of a part that are read; what can be pressed or filled in has none."""
    match part:
        case Section(text=spans) | Say(text=spans) | Wait(text=spans):
            yield spans
        case Avoid(text=spans, why=why):
            yield (*spans, " (", *why, ")")
        case Fields(facts=facts):
            yield from ((f"{fact.name}: ", *fact.text) for fact in facts)
        case Listing(lines=lines):
            yield from lines
        case Offers(offered=offered):
            yield from ((f"{one.button.label}: ", *one.text) for one in offered)
        case Image(alt=alt):
            yield (alt,)


def _read_aloud(message: Message) -> Iterator[str]:
    if message.title:
        yield message.title
    for part in message.parts:
        match part:
            case Choice(buttons=buttons):
                yield " ".join(f"[{button.label}]" for button in buttons)
            case Search(label=label):
                yield f"[{label} …]"
            case Offers(offered=offered):
                yield from (f"{plain(one.text)}\n[{one.button.label}]" for one in offered)
            case _:
                yield from map(plain, lines_of(part))
