"""The page the manifest names for privacy and terms: what is kept, for how long, and by whom."""

from __future__ import annotations

from aiohttp import web

from bot.work.retention import Retention, in_days

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>About Zanshin</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}</style>
<main>
<h1>Zanshin</h1>
<p>Playbooks, handoffs and kept promises for customer-support teams. It is run by whoever runs this server,
and by nobody else.</p>
<h2 id="privacy">Privacy</h2>
<p>It keeps who is on the team, their working hours, and what it was asked to do. Messages, notes and case references
are encrypted where they are kept. What is typed behind calm is kept nowhere. It never writes to customers. Nothing
leaves this server but the messages you see in Teams.</p>
<table>
<tr><th>what</th><th>who reads it</th><th>how long</th></tr>
<tr><td>notes of cases</td><td>whoever is asked or takes it, supervisors</td><td>a day after the end</td></tr>
<tr><td>why somebody stepped out</td><td>whoever takes it, supervisors</td><td>REASONS after the end</td></tr>
<tr><td>which playbooks somebody used</td><td>they alone, unless they tick it</td><td>RUNS</td></tr>
<tr><td>for whom a gesture was, and why</td><td>whoever made it, supervisors</td><td>GESTURES</td></tr>
<tr><td>the words of an incident</td><td>the team, and its channels</td><td>INCIDENTS after the end</td></tr>
<tr><td>why somebody is away</td><td>nobody</td><td>until the break is over</td></tr>
</table>
<p>Type <code>zanshin privacy</code> to see what is kept about you.</p>
<h2 id="terms">Terms of use</h2>
<p>It is free software, given without any warranty. The terms of your organisation hold for everything else.</p>
</main>
"""


async def about(_request: web.Request, *, retention: Retention) -> web.Response:
    """Show the page, with the times this server keeps."""
    page = _PAGE
    kept = {
        "REASONS": retention.reasons,
        "RUNS": retention.runs,
        "GESTURES": retention.gestures,
        "INCIDENTS": retention.incidents,
    }
    for name, length in kept.items():
        page = page.replace(name, in_days(length))
    return web.Response(text=page, content_type="text/html")
