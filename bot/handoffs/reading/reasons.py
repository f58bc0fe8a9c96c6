"""Why somebody steps out, in front of what happened. Pure."""

from __future__ import annotations

import re

from bot.handoffs.model import Reason

_WHY = re.compile(r"^(?:\|\s*|(?:reason|why|because|grund|weil)\s*[:=]\s*)+", re.IGNORECASE)
_WORDS: dict[str, Reason] = {
    "heated": Reason.HEATED,
    "too heated": Reason.HEATED,
    "personal attack": Reason.ATTACK,
    "personal": Reason.ATTACK,
    "attack": Reason.ATTACK,
    "insulted": Reason.ATTACK,
    "safety": Reason.SAFETY,
    "threat": Reason.SAFETY,
    "threats": Reason.SAFETY,
    "exhausted": Reason.EXHAUSTED,
    "conflict of interest": Reason.CONFLICT,
    "conflict": Reason.CONFLICT,
    "end of shift": Reason.END_OF_SHIFT,
    "shift": Reason.END_OF_SHIFT,
    "other": Reason.OTHER,
    "abusive": Reason.ATTACK,
    "end of my shift": Reason.END_OF_SHIFT,
    "my shift is over": Reason.END_OF_SHIFT,
    "my shift ends": Reason.END_OF_SHIFT,
    "hitzig": Reason.HEATED,
    "zu hitzig": Reason.HEATED,
    "persönlicher angriff": Reason.ATTACK,
    "persönlich": Reason.ATTACK,
    "angriff": Reason.ATTACK,
    "beleidigt": Reason.ATTACK,
    "sicherheit": Reason.SAFETY,
    "bedrohung": Reason.SAFETY,
    "drohung": Reason.SAFETY,
    "erschöpft": Reason.EXHAUSTED,
    "befangen": Reason.CONFLICT,
    "interessenkonflikt": Reason.CONFLICT,
    "schichtende": Reason.END_OF_SHIFT,
    "feierabend": Reason.END_OF_SHIFT,
    "sonstiges": Reason.OTHER,
}
REASONS = sorted(_WORDS, key=len, reverse=True)


def take_reason(words: str) -> tuple[Reason | None, str]:
    """Take why somebody steps out off the front, if it is one of ours."""
    words = _WHY.sub("", words)
    lowered = words.lower()
    for name in REASONS:
        if lowered == name:
            return _WORDS[name], ""
        if lowered.startswith((f"{name}:", f"{name},", f"{name} -", f"{name} –", f"{name} |")):
            return _WORDS[name], words[len(name) :].lstrip(" -–:,|").strip()
    return None, words
