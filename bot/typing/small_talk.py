"""What is said to us as to anybody, or asked of us: it tells of no customer. Pure."""

from __future__ import annotations

import re
from typing import Literal, get_args

from bot.typing.names import fold
from bot.understanding.rules import plainly, rules

Talk = Literal["hello", "thanks", "readers", "sees", "machine", "maker", "can-do", "laugh"]
TALKS: tuple[Talk, ...] = get_args(Talk)
RULES = ("typing/small_talk", "typing/small_talk_de")
_LONGEST = 120  # characters: whoever writes more tells of something
_PICTURES = re.compile(r":[a-z][\w+'-]*:")
_MARKS = " ?!.…,:;()-~"  # around it; in quotes somebody else has said it
_BEFORE = "ok|okay|great|perfect|cool|super|awesome|nice|done|got it|alright|all good"
_THANKS = re.compile(
    rf"(?:{_BEFORE})(?: (?:{_BEFORE}))*|(?:(?:{_BEFORE}|many|no) )*"
    r"(?:thanks?|thank you|thx|ty|cheers|merci|danke|gracias|bye|goodbye|see you|good ?night)"
    r"(?: (?:you|a lot|a million|so much|very much|again|zanshin|bot|all|everyone|for (?:your|the) help|for that))*"
)
_THUMBS = re.compile("[\U0001f44d\U0001f64f\U0001f44c❤\U0001f60a️\U0001f3fb-\U0001f3ff ]+")


def talk_in(words: str) -> Talk | None:
    """Say what kind of talk a text is, if it is nothing but that; what stands in quotes was said by somebody else."""
    if len(words) > _LONGEST or not words.strip():
        return None
    said = _PICTURES.sub(" ", words)
    if _THANKS.fullmatch(fold(said)) or (not fold(said) and _THUMBS.fullmatch(words)):
        return "thanks"
    plain = " ".join(plainly(said).replace("'", "").split()).strip(_MARKS)
    if not plain:
        return None
    found = (kind for kind in TALKS for name in RULES for rule in rules(name).get(kind, ()) if rule.fullmatch(plain))
    return next(found, None)
