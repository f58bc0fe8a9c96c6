"""Whom a message names."""

from __future__ import annotations

from bot.say.aloud import lines_of
from bot.say.messages import Message, PersonRef, Text


def people_in(*texts: Text) -> set[PersonRef]:
    """List the people texts name."""
    return {span for spans in texts for span in spans if isinstance(span, PersonRef)}


def people_of(message: Message) -> set[PersonRef]:
    """List the people a message names: whoever sends it looks up their accounts."""
    return people_in(*(line for part in message.parts for line in lines_of(part)))
