"""What goes back to a browser: JSON for the page's script, pages for people, events for open pages."""

from __future__ import annotations

import json

from aiohttp import web

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def answer(body: dict[str, object], status: int = 200) -> web.Response:
    """Answer the page's script."""
    return web.json_response(body, status=status)


def page(html: str, status: int = 200) -> web.Response:
    """Answer with a whole page."""
    return web.Response(text=html, status=status, content_type="text/html")


def event(name: str, data: dict[str, object]) -> bytes:
    """Write one event of the stream."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
