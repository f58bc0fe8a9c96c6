"""A server whose socket to Slack cannot be opened, run as a process of its own: `python -m tests.adapters.lost_socket`.

Its watchdog has a clock that leaps, so that it gives up at once.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from functools import partial
from typing import TYPE_CHECKING

from adapters.slack.serve import SlackPlatform
from adapters.slack.settings import read_slack_settings
from adapters.slack.socket import give_up_when_lost
from bot.run.serve import run_server
from bot.run.settings import read_settings
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from bot.compose import Program
    from bot.store.database import Database


class Watched(SlackPlatform):
    """Slack, and somebody who notes that the server was taken down as it should be."""

    def attach(self, app: web.Application, program: Program) -> None:
        app.cleanup_ctx.append(_noted)
        super().attach(app, program)


async def _noted(_app: web.Application) -> AsyncIterator[None]:
    yield
    print("Everything was taken down.")


async def _soon(_seconds: float) -> None:
    await asyncio.sleep(0)


def platform(database: Database) -> Watched:
    hours = itertools.count(0, 3600)
    watch = partial(give_up_when_lost, now=lambda: next(hours), sleep=_soon)
    return Watched(read_slack_settings(), database, SystemClock(), watch=watch)


if __name__ == "__main__":
    try:
        run_server(read_settings(), (platform,))
    finally:
        sys.stdout.flush()
