"""What customers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.model import Words
from bot.say.dates import written_weekday
from bot.say.language import _, reader, speaking
from bot.say.messages import Message, Part, Section, moment, text
from bot.understanding.tongue import is_german

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


def for_customers(words: Words, promise_at: datetime | None) -> Message:
    """Write an update the way customers read it."""
    parts: list[Part] = [Section(text=(one,)) for one in (words.notice, words.doing) if one]
    if promise_at is not None and not words.names_time:
        parts.append(Section(text=text(next_by(words), time=moment(promise_at))))
    return Message(parts=tuple(parts))


def next_by(words: Words) -> str:
    """Say by when there is more, in German below German words, whatever whoever typed them reads."""
    with speaking("de" if is_german(words.whole) else reader()):
        return _("Next update by {time}.")


def written_time(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Write a time for customers, who may live anywhere: with its zone, and with its day unless it is today."""
    local = at.astimezone(zone)
    day = "" if local.date() == now.astimezone(zone).date() else f"{written_weekday(local)} "
    return f"{day}{local:%H:%M %Z}"
