"""A message in a direct chat that leads to the one in a channel it is about."""

from __future__ import annotations

from bot.say.messages import Choice, Link, Message, Section


def leading_to(message: Message, url: str) -> Message:
    """Have it lead there, above what can be pressed; where nobody knows an address it stays as it is."""
    if message.lead is None or not url:
        return message
    link = Section(text=(Link(words=message.lead.words, url=url),), tone="quiet")
    ends = bool(message.parts) and isinstance(message.parts[-1], Choice)
    before, after = (message.parts[:-1], message.parts[-1:]) if ends else (message.parts, ())
    return message.model_copy(update={"parts": (*before, link, *after)})
