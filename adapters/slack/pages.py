"""What an admin sees of installing: one short page for each way it can end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal

from aiohttp import web

from bot.say.language import _

if TYPE_CHECKING:
    Ending = Literal["done", "denied", "state", "refused", "away"]

_STYLE = """
:root { color-scheme: light dark; --paper: #f6f4ef; --ink: #22302f; --leaf: #1f5c50; --on-leaf: #fff }
@media (prefers-color-scheme: dark) { :root { --paper: #16201f; --ink: #e6ebe8; --leaf: #8fd1c1; --on-leaf: #10201d } }
body { background: var(--paper); color: var(--ink); font: 1.05rem/1.55 system-ui, sans-serif; margin: 0 }
main { max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem 3rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem }
a.go { display: inline-block; margin-top: .75rem; padding: .6rem 1.1rem; border-radius: .5rem;
  background: var(--leaf); color: var(--on-leaf); text-decoration: none }
a.go:focus-visible { outline: 3px solid currentColor; outline-offset: 3px }
code { font: .95em ui-monospace, monospace }
"""


def page(ending: Ending, *, status: int = 200, opens: str = "") -> web.Response:
    """Write a page; nothing of the request is on it."""
    title, words, label = _words(ending)
    again = opens or "/slack/install"
    lines = "".join(f"<p>{line}</p>" for line in words)
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} · Zanshin</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>{lines}"
        f'<a class="go" href="{escape(again)}">{escape(label)}</a></main></body></html>'
    )
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",  # the address holds a code
        "Cache-Control": "no-store",
    }
    return web.Response(text=html, content_type="text/html", status=status, headers=headers)


def _words(ending: Ending) -> tuple[str, tuple[str, ...], str]:
    again = _("Try again")
    match ending:
        case "done":
            first = _("In Slack, type {typed} in the channel where your team works.")
            return (
                _("Zanshin is installed"),
                (
                    escape(first).format(typed="<code>/zanshin here</code>"),
                    escape(_("What else is missing I've written to you there.")),
                ),
                _("Open Slack"),
            )
        case "denied":
            return (
                _("Nothing was installed"),
                (escape(_("Slack says that you didn't agree. If that was a slip, go back and allow it.")),),
                again,
            )
        case "refused":
            return (
                _("Slack didn't let us in"),
                (
                    escape(_("The code it gave you was too old or used already, or it's out of order just now.")),
                    escape(_("Nothing was changed.")),
                ),
                again,
            )
        case "away":
            return (
                _("Not just now"),
                (escape(_("Zanshin can't reach its memory. Nothing was changed; try again in a minute.")),),
                again,
            )
        case _:
            return (
                _("This page has expired"),
                (
                    escape(_("Installing takes one go: from one browser, within ten minutes, each link once.")),
                    escape(_("Nothing was changed.")),
                ),
                again,
            )
