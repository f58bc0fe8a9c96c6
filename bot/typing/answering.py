"""What is typed to a question of ours, where one is open: yes, no, or something between. Pure."""

from __future__ import annotations

import re
from typing import Literal, get_args

from bot.safety.hearing import danger_in
from bot.understanding.rules import plainly, rules

Answer = Literal["yes", "no", "perhaps"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
RULES = ("typing/answers", "typing/answers_de")
_LONGEST = 80  # characters: whoever writes more tells of something
_MARKS = re.compile(r"[^\w]+")


def answer_in(words: str) -> Answer | None:
    """Say what a text answers, if it is nothing but an answer; nobody in danger is taken at such a word."""
    if len(words) > _LONGEST or words.lstrip().startswith("/"):
        return None
    plain = _MARKS.sub(" ", plainly(words).replace("'", "")).strip()
    if not plain:
        return None
    found = (kind for kind in ANSWERS for name in RULES for rule in rules(name).get(kind, ()) if rule.fullmatch(plain))
    answer = next(found, None)
    return None if answer is not None and danger_in(words) else answer
