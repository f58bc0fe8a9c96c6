"""What an editor of each language marks: the rules that are not the same everywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.run.checking import german, phrases
from bot.run.checking.ease import reading_ease, reading_ease_german

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.run.checking.phrases import Mark

WrongGap = tuple[re.Pattern[str], str, str]  # what is looked for, why it is wrong, what to write instead


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """The rules of one language."""

    anywhere: tuple[Mark, ...]
    said: tuple[Mark, ...]
    spoken: tuple[Mark, ...]  # beside what is written formally
    read: tuple[Mark, ...]  # by the agent
    we: Mark  # where one person speaks
    one: Mark  # where the firm speaks
    gaps: tuple[WrongGap, ...]
    ease: Callable[[str], float]
    hardest: float  # below it is what a lawyer writes
    sorry: re.Pattern[str]
    at_work: re.Pattern[str]
    praise: re.Pattern[str]
    credit: str  # how a credit names whose ideas these are
    mixed: tuple[re.Pattern[str], re.Pattern[str]] | None = None  # two ways to say "you": one of them in a step


_ENGLISH_GAPS: tuple[WrongGap, ...] = (
    (
        re.compile(r"\b(?:by|at|on|until|till|before|in|from|within) \{eta\}", re.IGNORECASE),
        "{eta} brings its own “by” or “on”",
        "Write “{eta}” alone, as in “You'll have it {eta}”",
    ),
    (re.compile(r"(?:^|[.?:] )\{eta\}"), "{eta} begins a sentence in small letters", "Put words in front of it"),
    (
        re.compile(r"(?<!\bby )\{next_update\}", re.IGNORECASE),
        "{next_update} is a bare time",
        "Write “by {next_update}”",
    ),
    (
        re.compile(
            r"(?<!\bI'll )(?<!\bI can )(?<!\bI could )(?<!\bcan do is )(?<!\bcan do now is )(?<!\bto )(?<!\bwe'll )"
            r"(?<!\bwe can )(?<!\bI'll now )(?<!\blet me )\{step\}",
            re.IGNORECASE,
        ),
        "{step} is what you do, as it follows “I'll”",
        "Write “I'll {step}” or “What I can do is {step}”",
    ),
    (
        re.compile(r"(?<!you can )(?<!You can )\{instead\}"),
        "{instead} is what they do, as it follows “you can”",
        "Write “you can {instead}”",
    ),
    (
        re.compile(r"(?<!: )(?<!that )\{(?:fact|cause)\}"),
        "{fact} is a whole clause",
        "Put a colon or “that” in front of it",
    ),
)

ENGLISH = Tongue(
    anywhere=phrases.ANYWHERE,
    said=phrases.SAID,
    spoken=(phrases.CONTRACTED, phrases.FUTURE),
    read=(phrases.CONTRACTED,),
    we=phrases.WE,
    one=phrases.ONE,
    gaps=_ENGLISH_GAPS,
    ease=reading_ease,
    hardest=45.0,
    sorry=re.compile(r"\b(?:sorry|apologise)\b", re.IGNORECASE),
    at_work=re.compile(
        r"\b(?:we're|we are|we'll|being|still work|working on|we've|are (?:on|with|at)|is (?:on|with|at))\b",
        re.IGNORECASE,
    ),
    praise=re.compile(r"\b(?:well done|great job|good job|perfect|excellent|congratulations|bravo)\b", re.IGNORECASE),
    credit="after",
)
GERMAN = Tongue(
    anywhere=german.ANYWHERE,
    said=german.SAID,
    spoken=(),
    read=(german.DU,),
    we=german.WE,
    one=german.ONE,
    gaps=german.GAPS,
    ease=reading_ease_german,
    hardest=35.0,
    sorry=re.compile(r"\b(?:leid|Entschuldigung|entschuldigen)\b", re.IGNORECASE),
    at_work=re.compile(
        r"\b(?:arbeiten|dran|dabei|tun wir|suchen|prüfen|klären|bleiben|kümmern|laufen|in Verbindung)\b",
        re.IGNORECASE,
    ),
    praise=re.compile(r"\b(?:gut gemacht|großartig|perfekt|hervorragend|Glückwunsch|bravo|toll)\b", re.IGNORECASE),
    credit="nach",
    mixed=(german.SIE, german.DU.found),
)
TONGUES = {"en": ENGLISH, "de": GERMAN}
