"""Links as people read them: pure."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_CUT = ("…", "...")


def written_link(url: str, label: str) -> str:
    """Write a link so that its address can be followed: platforms shorten labels, and people call links otherwise."""
    bare, words = _SCHEME.sub("", url, count=1).rstrip("/"), " ".join(label.split())
    if not words:
        return url if url.lower().startswith("http") else bare
    if words.rstrip("/") in (url.rstrip("/"), bare) or not url.lower().startswith("http"):
        return words
    is_cut = words.endswith(_CUT) and bare.startswith(_SCHEME.sub("", words, count=1).rstrip("….").rstrip("/"))
    return url if is_cut else f"{words} ({url})"
