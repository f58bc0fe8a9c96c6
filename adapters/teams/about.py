"""The page the manifest names for privacy and terms: what is kept, for how long, and by whom."""

from __future__ import annotations

from aiohttp import web

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>About Zanshin</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}</style>
<main>
<h1>Zanshin</h1>
<p>Playbooks, handoffs and kept promises for customer-support teams. It is run by whoever runs this server,
and by nobody else.</p>
<h2 id="privacy">Privacy</h2>
<p>It keeps who is on the team, their working hours, and what it was asked to do. Messages, notes and case references
are encrypted where they are kept. Notes and messages are erased a day after their end, why somebody stepped out
after a month, the words of an incident after a year, unless whoever runs it chose other times. What is typed behind
calm is kept nowhere. It never writes to customers.
Nothing leaves this server but the messages you see in Teams.</p>
<h2 id="terms">Terms of use</h2>
<p>It is free software, given without any warranty. The terms of your organisation hold for everything else.</p>
</main>
"""


async def about(_request: web.Request) -> web.Response:
    """Show the page."""
    return web.Response(text=_PAGE, content_type="text/html")
