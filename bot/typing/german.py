"""German words for what is typed behind a command: they are read by anybody, beside the English ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.language import reader
from bot.typing.synonyms import HEADS, SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Mapping

# What follows on is read as ever: "/zanshin abwesend bis 14:30" is "/zanshin away bis 14:30".
_GOES_ON: Mapping[str, Mapping[str, str]] = {
    "/zanshin": {
        "abwesend": "away",
        "bericht": "report",
        "bericht jede": "report every",
        "bericht jeden": "report every",
        "beitreten": "join",
        "datenschutz": "privacy",
        "datenschutz export": "privacy export",
        "datenschutz löschen": "privacy erase",
        "einstellungen": "settings",
        "einstellungen fürsorge": "settings care",
        "einstellungen störungen": "settings incidents",
        "einstellungen übergaben": "settings handoffs",
        "hier": "here",
        "hilfe": "help",
        "kunden": "customers",
        "pause": "away",
        "regel": "rule",
        "schicht": "shift",
        "stand": "status",
        "team abgleichen": "team sync",
        "team entfernen": "team remove",
        "team hinzufügen": "team add",
        "ursache": "cause",
        "ursachen": "causes",
        "ursachen liste": "causes list",
        "verknüpfen": "link",
        "wieder da": "back",
        "zurück": "back",
        "übersicht": "status",
    },
    "/incident": {
        "aufgabe": "followup",
        "aufgaben": "followups",
        "aufschieben": "snooze",
        "beheben": "resolve",
        "behoben": "resolve",
        "fortsetzen": "resume",
        "formulierungen": "wordings",
        "hilfe": "help",
        "liste": "list",
        "meine": "mine",
        "meldung": "update",
        "neu": "open",
        "notiz": "note",
        "pausieren": "pause",
        "planen": "plan",
        "rückblick": "retro",
        "schweregrad": "severity",
        "verlauf": "history",
        "wieder öffnen": "reopen",
        "zeigen": "show",
        "zuständig": "owner",
        "öffnen": "open",
    },
    "/calm": {"kulanz": "gesture", "kulanzliste": "gestures"},
    "/recuse": {"notiz": "note", "rückruf": "callback"},
}
# What stands alone: any other word behind these is somebody's own.
_ALONE: Mapping[str, Mapping[str, str]] = {
    "/recuse": {"abbrechen": "cancel", "fertig": "done", "hilfe": "help", "zurück": "back", "zurückgeben": "back"},
    "/calm": {"eigene": "own", "hilfe": "help", "woche": "week"},
}
_HELP = ("hilfe", "hilf mir", "hilfe bitte", "/hilfe")
_MOST = 3  # words that stand for one of ours


def in_english(words: str) -> str:
    """Put the English word in place of a German one behind a command, and keep what follows."""
    if words.lower() in _HELP:
        return "help"
    head, *behind = words.split(" ")
    head = HEADS.get(head.lower(), head)
    for count in range(min(_MOST, len(behind)), 0, -1):
        said = f"{head} {' '.join(behind[:count])}".lower()
        alone = _STANDS_ALONE.get(_plain(said)) if count == len(behind) else None
        if english := alone or _IS_FOLLOWED.get(_plain(said)) or _MEANS_OURS.get(_plain(said)):
            return " ".join((english, *behind[count:]))
    return " ".join((head, *behind))


def in_german(typed: str) -> str:
    """Say a command in German, the first word for it in the tables; what has none stays."""
    return next(iter(all_german(typed)), typed)


def all_german(typed: str) -> tuple[str, ...]:
    """List what a command is called in German."""
    head, _space, behind = typed.partition(" ")
    tables = (_GOES_ON.get(head, {}), _ALONE.get(head, {}))
    return tuple(f"{head} {german}" for table in tables for german, english in table.items() if english == behind)


def to_type(command: str) -> str:
    """Say how a command is typed, in the words of whoever reads it."""
    return in_german(command) if reader().startswith("de") else command


def _plain(german: str) -> str:
    """Write a word as keyboards without German letters do."""
    return german.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def _by_typed(table: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    return {
        _plain(f"{head} {german}"): f"{head} {english}"
        for head, words in table.items()
        for german, english in words.items()
    }


_IS_FOLLOWED = _by_typed(_GOES_ON)
_MEANS_OURS = _by_typed(SYNONYMS)
_STANDS_ALONE = _by_typed(_ALONE)
