"""What words ask for beside a search, as people say it: "please cancel", "done with CASE-42 🎉". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.handoffs.cases import take_case

_OF_ME = ("i'm done", "i am done", "bin fertig", "ich bin fertig")  # "with him" behind it is somebody's own sentence
_SURE: dict[str, tuple[str, ...]] = {  # our words, and those on our buttons
    "cancel": (
        *("cancel", "go on alone", "i go on alone", "i'll go on alone", "i will go on alone", "carry on alone"),
        *("ich mache allein weiter", "mache allein weiter", "allein weiter", "alleine weiter"),
    ),
    "done": ("done", "damit fertig", *_OF_ME),
    "called": (
        *("they were called", "called them", "called them back", "called her", "called her back", "called him"),
        *("called him back", "called the customer", "called the customer back", "i called them", "i called them back"),
        *("i called her", "i called him", "i've called them", "i have called them", "customer called back"),
        *("zurückgerufen", "habe zurückgerufen", "hab zurückgerufen", "ich habe zurückgerufen", "habe angerufen"),
    ),
    "hold": (
        *("i asked them to hold", "asked them to hold", "they are on hold", "they're on hold"),
        "ich habe um geduld gebeten",
    ),
}
_ASKED: dict[str, tuple[str, ...]] = {
    "cancel": (
        *("stop", "abort", "undo", "nvm", "nevermind", "never mind", "forget it", "forget about it", "false alarm"),
        *("not needed", "not needed anymore", "no longer needed", "all good", "i'm fine", "i am fine", "i'm ok"),
        *("i'm okay", "i am ok", "i am okay", "stop asking", "stop looking", "i can manage", "i've got it"),
        *("abbrechen", "abbruch", "stopp", "doch nicht", "vergiss es", "schon gut", "fehlalarm", "nicht mehr nötig"),
        *("doch nicht mehr nötig", "nicht nötig", "hat sich erledigt", "alles gut", "geht schon"),
    ),
    "done": (
        *("all done", "finished", "all finished", "complete", "completed", "closed", "solved", "resolved", "sorted"),
        *("fertig", "erledigt", "abgeschlossen", "gelöst"),
    ),
    "called": ("called", "called back", "i called", "angerufen"),
    "hold": ("hold", "on hold", "hold on", "put on hold", "she's on hold", "he's on hold", "warteschleife"),
}
_KNOWN = [
    (said, meant, table is _SURE) for table in (_SURE, _ASKED) for meant, all_said in table.items() for said in all_said
]
_KNOWN.sort(key=lambda one: -len(one[0]))
_POLITE = re.compile(
    r"\b(?:please|pls|plz|thanks?|thank you|thx|ty|cheers|all|everyone|team|bitte|danke|schön|euch|allen?|it|that|this"
    r"|(?:the|my|die) (?:search|request|suche)|search|now|already|for now|jetzt)\b",
    re.IGNORECASE,
)
_POLITELY = re.compile(r"^(?:(?:please|pls|plz|bitte|ok|okay|sorry)\b\W*)+")
_PICTURE = re.compile(r":[a-z][\w+-]*:")  # as some chats write them
_AROUND = re.compile(r"^[^\w#]+|[^\w]+$")
_WITH_IT = re.compile(r"^(?:with|mit)\b(?:\s+(?:it|this|that|(?:the|this|dem)\s+(?:case|fall))(?!\w))?\s*")
_THEM = ("them", "him", "her", "the customer", "ihr", "ihm", "ihnen")
_ENDS = ("done", "cancel")  # also with more behind a mark
_OF = ("done", "called", "cancel")  # what may name the case


@dataclass(frozen=True)
class Meant:
    """What is asked for: one of our words, for which case, and whether it can be nothing else."""

    word: str
    case: str = ""
    is_sure: bool = False


def bare(words: str) -> str:
    """Write words without capitals, pictures and the marks around them."""
    said = _PICTURE.sub(" ", words.casefold().replace("’", "'").replace("ʼ", "'"))
    return _AROUND.sub("", _POLITELY.sub("", _AROUND.sub("", said)))


def meant_by(words: str) -> Meant | None:
    """Find what is asked for in our words, in others, or with more behind it: "done, she has her refund"."""
    said = bare(words)
    for known, word, is_sure in _KNOWN:
        behind = said[len(known) :]
        if said.startswith(known) and not (behind and behind[0].isalnum()):
            return None if _is_of_them(known, behind) else _with_rest(word, behind, is_sure=is_sure)
    return None


def _is_of_them(known: str, behind: str) -> bool:
    return known in _OF_ME and _WITH_IT.sub("", behind.lstrip()) in _THEM


def _with_rest(word: str, behind: str, *, is_sure: bool) -> Meant | None:
    rest = _AROUND.sub("", _POLITE.sub("", behind))
    rest = _WITH_IT.sub("", rest) if word == "done" else rest
    case, more = (rest, "") if rest.isdigit() and word in _OF else take_case(rest)  # however short
    if word == "done" and rest in _THEM:
        return Meant(word)
    if not rest or (case and not more and word in _OF):
        return Meant(word, case.upper() if case.islower() else case, is_sure=is_sure)
    goes_on = (not behind.lstrip()[0].isalnum() and word in _ENDS) or case != ""
    return Meant(word, case) if goes_on else None
