"""How heated a text is, and by which signs: of the text, never of a person. Pure.

The hard rule for danger stands before this and is not learned: see `bot/safety`.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.safety.hearing import Heard
from bot.understanding.features import tokens_in
from bot.understanding.linear import Linear
from bot.understanding.second_look import load_second_look
from bot.understanding.signals import Signal, Signs, signs_in
from bot.understanding.situations import glance_at
from bot.understanding.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.understanding.features import Token
    from bot.understanding.second_look import SecondLook
    from bot.understanding.situations import Glance

WEIGHTS = Path(__file__).parent / "weights" / "heat.weights"
HEAD = WEIGHTS.with_name("heat.npz")
# Measured on authors left out: what the slow reader counts beside words and signs, and how near to a border between two
# levels these have to be for it to be asked.
BESIDE, CLOSE = 0.25, 0.35
_CONTRADICT, _UNNAMED = 0.4, 0.42
READ_MOST = 2000  # characters
RISING = 2  # levels, from the first message to the last one
_FEWEST, _MOST = 3, 10  # messages that are looked at
_NO_SIGNS = frozenset(("0 signals",))
_SMALL_TALK = frozenset(("warm", "thing", "you"))  # marks that it has as well
_ABUSE = frozenset(("insult", "slur", "harassment", "contempt", "menace"))  # where a kind is sure
_TO_SOMEBODY = "person 0"  # an insult to somebody's face, by its rule: nothing beside it makes it less
_BETWEEN = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?])\s+"))
_OURS = re.compile(
    r"(?:\[?\d{1,2}[:.]\d\d\]?\s*)?(?:agent|me|us|support|team|we|staff|rep|bot)\s*(?:\([^)]*\))?\s*:", re.IGNORECASE
)
_FROM = re.compile(
    r"^(?:>\s*)?(?:\[?\d{1,2}[:.]\d\d(?:\s?[ap]m)?\]?\s*)?(?:[^\W\d_][\w .'-]{0,30}:\s+)?", re.IGNORECASE
)


class Level(enum.IntEnum):
    """How heated a text is."""

    CALM = 0
    ANNOYED = 1
    ANGRY = 2
    ABUSIVE = 3  # or threatening


@dataclass(frozen=True)
class Heat:
    """How heated a text is, and what in it says so."""

    level: Level
    signals: tuple[Signal, ...] = ()


class Told(Protocol):
    """What others have read of a text: each is read once, when somebody asks for it."""

    @property
    def heard(self) -> Heard:
        """What was heard of danger."""
        ...

    @property
    def tokens(self) -> Sequence[Token]:
        """Its words."""
        ...

    @property
    def glance(self) -> Glance:
        """Its situation, which few texts need."""
        ...


class _Ask(NamedTuple):
    """How the slow reader is asked: who steps aside before, and for which borders between levels."""

    step_aside: Callable[[], None]
    borders: tuple[Level, ...]


def _at_once() -> None:
    """Take the time there and then."""


def heat_of(
    text: str, told: Told | None = None, step_aside: Callable[[], None] = _at_once, *, is_exact: bool = True
) -> Heat:
    """Say how heated a text is. Of a long one the beginning is read.

    Whoever has read more of it hands that on; steps aside before it takes time. Where only abuse makes a difference,
    the levels below need not be exact, and fewer texts take time.
    """
    ask = _Ask(step_aside, tuple(Level)[1:] if is_exact else (Level.ABUSIVE,))
    words = text[:READ_MOST]
    heard = told.heard if told else Heard(words)  # danger is heard in all of it
    signs = signs_in(words, heard)
    level = _level(signs, told if signs.words == words else None, ask)
    rises = level >= Level.ANGRY and is_rising(signs.words)
    return Heat(level, (*signs.signals, Signal.RISING) if rises else signs.signals)


def _level_of(words: str) -> Level:
    return _level(signs_in(words), None, None)


def _level(signs: Signs, told: Told | None, ask: _Ask | None) -> Level:
    is_to_somebody = _TO_SOMEBODY in signs.marks or Signal.HARASSMENT in signs.signals
    if signs.is_threat or is_to_somebody or _is_surely_abuse(signs):
        return Level.ABUSIVE
    return level_by(signs, Level.CALM if signs.is_foreign else _learned(signs.words, signs.marks, told, ask))


def level_by(signs: Signs, learned: Level) -> Level:
    """Keep what was learned between what rules are sure of."""
    if _is_surely_abuse(signs):
        return Level.ABUSIVE
    if learned is Level.ABUSIVE and signs.is_lesser:
        learned = Level.ANGRY
    if learned > Level.ANNOYED and signs.is_of_others:
        learned = Level.ANNOYED
    return max(learned, Level.ANGRY if signs.sure else Level.ANNOYED if signs.is_mild else Level.CALM)


def _is_surely_abuse(signs: Signs) -> bool:
    return not signs.sure.isdisjoint(_ABUSE) and not signs.is_lesser


def is_rising(text: str) -> bool:
    """Say whether a customer's messages, pasted one below the other, become more heated towards the last.

    Sentences of one line may be told by whoever answers: of these the last has to bear a sign of heat.
    """
    messages = messages_in(text)
    if len(messages) < _FEWEST or not ("\n" in text.strip() or signs_in(messages[-1]).signals):
        return False
    first, last = _level_of(messages[0]), _level_of(messages[-1])
    return last - first >= RISING and all(_level_of(one) <= last for one in messages[1:-1][:_MOST])


def messages_in(text: str) -> list[str]:
    """Cut what was pasted into the messages of the customer: paragraphs, or lines, or else sentences."""
    words = text[:READ_MOST].strip()
    pieces = next(cut for one in _BETWEEN if len(cut := one.split(words)) > 1 or one is _BETWEEN[-1])
    return [_FROM.sub("", one.strip()) for one in pieces if one.strip() and not _OURS.match(one.strip())]


def _learned(words: str, marks: frozenset[str], told: Told | None, ask: _Ask | None) -> Level:
    tokens = told.tokens if told else tokens_in(words)
    if marks <= _NO_SIGNS and not any(_model().knows(token.word) for token in tokens if token.word.isalpha()):
        return Level.CALM  # numbers, or a script that nothing was learned of
    scores: Mapping[str, float] = weigh(_model(), words, marks, tokens)
    look = _look() if ask is not None and is_close(scores, ask.borders) else None
    if level_in(scores, marks) is Level.CALM and look is None:
        return Level.CALM
    glance = told.glance if told else glance_at(words, tokens)
    if look is not None and ask is not None and glance.by.slow is not None:
        ask.step_aside()
        scores = weighed(scores, look, glance)
    level = level_in(scores, marks)
    if level is Level.CALM or _heated(marks):
        return level
    is_calm = not glance.by.is_english or glance.by.tells_nothing(words, glance)
    return Level.CALM if is_calm else level


def is_close(scores: Mapping[str, float], borders: Sequence[Level] = tuple(Level)[1:]) -> bool:
    """Say whether words and signs leave it open on which side of a border it is."""
    return min(abs(scores[str(int(level))]) for level in borders) < CLOSE


def weighed(scores: Mapping[str, float], look: SecondLook, glance: Glance) -> Mapping[str, float]:
    """Weigh along where the text stands among all texts."""
    if glance.place is None:
        return scores
    more = look.scores_at(glance.place)
    return {level: score + BESIDE * more[level] for level, score in scores.items()}


def level_in(scores: Mapping[str, float], marks: frozenset[str] = frozenset()) -> Level:
    """Give the highest level that more speaks for than against, where those below it do not plainly contradict.

    Abuse that no sign names has to be surer: most of what people type is none.
    """
    annoyed, angry, abusive = (scores[str(int(level))] for level in (Level.ANNOYED, Level.ANGRY, Level.ABUSIVE))
    if abusive > (0 if _heated(marks) else _UNNAMED) and annoyed + angry > -_CONTRADICT:
        return Level.ABUSIVE
    if angry > 0 and annoyed > -_CONTRADICT:
        return Level.ANGRY
    return Level.ANNOYED if annoyed > 0 else Level.CALM


def _heated(marks: frozenset[str]) -> bool:
    """Say whether rules found anything that small talk has not."""
    return any(mark.partition(" ")[0] not in _SMALL_TALK for mark in marks - _NO_SIGNS)


@cache
def _model() -> Linear:
    return Linear.load(WEIGHTS)


@cache
def _look() -> SecondLook | None:
    return load_second_look(HEAD)
