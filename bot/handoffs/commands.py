"""What can be asked about holds."""

from __future__ import annotations

from bot.commands import Command


class EndHold(Command):
    """Say "I am back": the customer is no longer on hold."""

    hold: int
