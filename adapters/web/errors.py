"""What a browser may do wrong, and what is answered when something goes wrong here."""

from __future__ import annotations

from aiohttp import web

from bot.errors import BotError, DatabaseAway
from bot.say.language import _
from bot.store.seal import WrongKey


class BadRequest(BotError):
    """The request has a shape we do not know; its message, in the reader's language, says what to do."""


class WrongOrigin(BotError):
    """The request came from another site than the playground's own page."""


EXPECTED = (BadRequest, WrongOrigin, DatabaseAway, WrongKey, web.HTTPRequestEntityTooLarge)


def excuse(error: BaseException) -> tuple[int, str]:
    """Say what went wrong, with its status."""
    match error:
        case BadRequest():
            return 400, str(error)
        case WrongOrigin():
            return 403, _(
                "Only the playground's own page is answered here. Open it by the address it greeted you with."
            )
        case DatabaseAway():
            return 503, _("I can't reach my memory just now, so nothing was changed. Please try again in a moment.")
        case WrongKey():
            return 503, _(
                "What was written here was sealed with another key, so I can't read it. Put the right "
                "playground.key back, or start over with: make playground ARGS=--fresh"
            )
        case _:
            return 413, _("This is too long to send. Please shorten it.")


def excuse_for_bug(reference: str) -> tuple[int, str]:
    """Say that something of ours broke, and how to tell us."""
    return 500, _("Something went wrong on my side. Please try again; if it stays, tell your admin: {ref}.").format(
        ref=reference
    )
