"""Other words that people have for ours behind a command; which of ours they mean leaves no doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADS: Mapping[str, str] = {"/inc": "/incident", "/incidents": "/incident"}
# What follows on is read as ever, as behind German words.
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "/zanshin": {
        "afk": "away",
        "brb": "away brb",
        "break": "away",
        "lunch": "away lunch",
        "offline": "away",
        "online": "back",
        "available": "back",
        "i'm back": "back",
        "im back": "back",
        "who is free": "status",
        "who's free": "status",
        "who is on": "status",
        "who's on": "status",
        "wer ist frei": "status",
        "wer ist da": "status",
        "i am back": "back",
        "bin wieder da": "back",
        "ich bin zurück": "back",
        "rota": "shift",
        "hours": "shift",
        "weg": "away",
        "bin weg": "away",
        "mittagspause": "away mittagspause",
        "mittag": "away mittag",
        "bin zurück": "back",
        "bin wieder": "back",
        "arbeitszeit": "shift",
        "arbeitszeiten": "shift",
    },
    "/incident": {
        "add": "open",
        "action": "followup",
        # What stands on buttons of its cards.
        **dict.fromkeys(("call off", "call it off", "cancel", "absagen", "absage", "sage ab"), "resolve"),
        **dict.fromkeys(("the record", "record", "das protokoll", "protokoll", "aufzeichnung"), "history"),
        **dict.fromkeys(("look at", "look at it", "ansehen"), "show"),
        **dict.fromkeys(("i own it", "i'll own it", "own it", "take it", "i take it"), "owner me"),
        **dict.fromkeys(("choose an owner", "ask somebody else", "hand over it"), "owner"),
        **dict.fromkeys(("all follow-ups", "alle aufgaben"), "followups"),
        "assign": "owner",
        "assign to": "owner",
        "close": "resolve",
        "closed": "resolve",
        "create": "open",
        "current": "list",
        "declare": "open",
        "downgrade": "severity",
        "escalate": "severity",
        **dict.fromkeys(("give to", "give it", "give it to", "hand to", "hand it", "hand it to", "hand over"), "owner"),
        **dict.fromkeys(("hand it over", "hand over to", "handover", "handover to", "pass it to", "reassign"), "owner"),
        **dict.fromkeys(("übergeben", "übergeben an", "abgeben an", "gib an", "zuweisen"), "owner"),
        **dict.fromkeys(("aktualisieren", "aktualisiere"), "update"),
        **dict.fromkeys(("eröffnen", "eröffne"), "open"),
        **dict.fromkeys(("schlummern", "verschieben", "zurückstellen"), "snooze"),
        "follow up": "followup",
        "follow-up": "followup",
        "follow-ups": "followups",
        "lösen": "resolve",
        "post mortem": "retro",
        "post-mortem": "retro",
        "postmortem": "retro",
        "rca": "retro",
        "retrospective": "retro",
        "timeline": "history",
        "upd": "update",
        "upgrade": "severity",
        "erledigt": "resolve",
        **dict.fromkeys(("beenden", "beende", "beendet", "abschließen", "abschliessen", "abgeschlossen"), "resolve"),
        **dict.fromkeys(("behebe", "löse", "erledigen", "schliessen", "schliesse", "geschlossen"), "resolve"),
        "erstellen": "open",
        "fixed": "resolve",
        "gelöst": "resolve",
        "new": "open",
        "no change": "update no change",
        "notes": "history",
        "prio": "severity",
        "priority": "severity",
        "resolved": "resolve",
        "schließen": "resolve",
        "schwere": "severity",
        "sev": "severity",
        "solved": "resolve",
        "start": "open",
        "status": "list",
        "unpause": "resume",
        "unsnooze": "resume",
        "wieder aufnehmen": "resume",
        "öffne": "open",
        "schließe": "resolve",
    },
}


def begins_a_sentence(words: str) -> bool:
    """Say whether one of these may be the beginning of what happened: "lunch was cold, she shouts" is no break."""
    first, _space, behind = words.lower().partition(" ")
    return first in SYNONYMS["/zanshin"] and behind != "" and not any(letter.isdigit() for letter in behind)
