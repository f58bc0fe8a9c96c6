"""What a browser may do wrong."""

from __future__ import annotations

from bot.errors import BotError


class BadRequest(BotError):
    """The request has a shape we do not know; reload the page and try again."""


class WrongOrigin(BotError):
    """The request came from another site than the playground's own page."""
