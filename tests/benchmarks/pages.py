"""How long the event loop is held while pages of 200 posts are fetched."""

from __future__ import annotations

import asyncio
import tempfile
import urllib.request
from functools import partial
from pathlib import Path

from adapters.web import posts
from adapters.web.drawing import Drawings
from adapters.web.posts import SHOWN, Draft
from bot.say.replies import Private
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.web_stage import WebStage
from tests.benchmarks.commands import WORDS, origin_of
from tests.benchmarks.measuring import load, share
from tests.databases import sqlite_database, sqlite_template

COUNT = 60


async def fill(stage: WebStage) -> None:
    """Post as many cards as a page shows."""
    reply = await stage.program.dispatch.say(f"/calm {WORDS}", origin_of(0, "page"))
    assert isinstance(reply, Private)
    draft = Draft(conversation="support", at=stage.clock.now(), message=reply.message)
    for _number in range(SHOWN):
        await stage.database.write(partial(posts.store, draft=draft))


async def fetch(stage: WebStage, drawn: bool, _number: int) -> None:
    """Fetch the page; on a thread, so that the loop serves and does nothing else."""
    if not drawn:
        stage.playground.drawings = Drawings()
    address = str(stage.client.make_url("/?as=ana"))
    with await asyncio.to_thread(urllib.request.urlopen, address) as answer:
        await asyncio.to_thread(answer.read)


async def measure(stage: WebStage) -> None:
    """Print how late the loop was, with posts never drawn and drawn before."""
    await stage.open()
    await fill(stage)
    for name, drawn in (("never drawn", False), ("drawn before", True)):
        measured = await load(partial(fetch, stage, drawn), callers=2, count=COUNT)
        print(
            f"Page of {SHOWN} posts, {name}: {measured.rate:.0f}/s, p50 {measured.p50:.0f} ms; "
            f"loop late by {1000 * share(measured.stalls, 0.50):.1f} ms at p50, {measured.stall:.1f} ms at p99"
        )
    await stage.close()


async def run() -> None:
    """Measure on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        with sqlite_database(template, Path(folder)) as database:
            await measure(WebStage(database, SHIPPED_PLAYBOOKS))
