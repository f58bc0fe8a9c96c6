"""Where people find a message of ours: pure, for Slack need not be asked for what it writes by a rule."""

from __future__ import annotations


def permalink(site: str, reference: str) -> str:
    """Write the address of a message; empty where nobody knows under which address its workspace is opened."""
    channel, _colon, ts = reference.partition(":")
    if not site.startswith("https://") or not ts:
        return ""
    return f"{site.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
