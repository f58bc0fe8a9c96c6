"""Checking drafts on the command line: one, or many lines."""

from __future__ import annotations

from typing import Any

from bot.incidents.decisions.checking import better_draft, check_draft
from bot.run.asking import unread_of
from bot.understanding.drafts import Flag
from bot.understanding.tongue import is_german, is_other_language

ENGLISH_ONLY = "This is not English, and only English is read: of other languages times alone are seen."


def checked(draft: str) -> dict[str, Any]:
    """Say what a draft says, as data, with its language where that is not read."""
    found = check_draft(draft)
    spans = [{"flag": one.flag, "start": one.start, "end": one.end} for one in found.found]
    said = {str(flag): flag in found.flags for flag in Flag}
    unread = {"language": "de" if is_german(draft) else "other"} if is_other_language(draft) else {}
    return {**said, "spans": spans, "better": better_draft(draft, found), **unread, **unread_of(draft)}


def as_text(draft: str) -> str:
    """Say what a draft says, for reading on a terminal."""
    found = check_draft(draft)
    pointed = {flag: [draft[one.start : one.end] for one in found.found if one.flag is flag] for flag in Flag}
    lines = [
        f"{flag:15} {'yes' if flag in found.flags else 'no ':3} {' … '.join(pointed[flag])}".rstrip() for flag in Flag
    ]
    better = better_draft(draft, found)
    return "\n".join([*lines, *(["", f"Better: {better}"] if better != draft else [])])
