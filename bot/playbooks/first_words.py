"""What to do and say first: a detail that was typed, the opening for this matter, the playbook that fits. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.say.language import _
from bot.typing.words import stem_of, words_in

if TYPE_CHECKING:
    from bot.playbooks.catalogue import Playbook
    from bot.understanding.mirror.said_back import Mirrored

# What these have somebody do is for themselves: that stays, whatever the matter is.
OF_ONESELF = frozenset(("keep-calm", "restrain", "recuse", "not-personal", "rethink-blame", "attention"))
# What these say is for a time when nothing is wrong with anybody's case.
OF_NO_CASE = frozenset(("customer-for-life", "get-ahead", "measure-the-process", "silent-customers"))
# What these are for is a moment of its own, or a way out of the case: an opening has to say that it suits it.
OWN_IT, UNKNOWN_TO_THEM, GESTURE = "own-and-apologise", "tell-the-customer", "gesture"
OF_A_MOMENT = OF_NO_CASE | {UNKNOWN_TO_THEM, OWN_IT, GESTURE, "recuse"}
# Openings that others make way for: for whoever was rude, whatever else their words are like; for what one side says
# and the other denies; and for what a customer did, where words for our own mistake were likely.
OWN_TEMPER, ACCOUNTS_DIFFER, OWN_DOING = "i-was-rude", "accounts-differ", "own-doing"
NO_NOT_ACCEPTED = "no-not-accepted"  # where it is asked for what whoever answers may not give
DRAWS_A_LIMIT = "limit-to-abuse"  # for whoever was insulted, where nothing of the matter is known
ENDS_THE_CALL = "ends-the-call"  # for whoever was insulted again, after a limit was drawn
MOST_WORDS = 48  # of what is said in one go
MOST_SAID_BACK = 24
SORRY = "I'm sorry."  # English, as what is said back before it
MOST_SHARED = 1  # words that both sentences may say
_SORRY = re.compile(r"\b(?:sorry|apologi\w+|leid|entschuldig\w+|verzeih\w+)\b", re.IGNORECASE)
_BARE = re.compile(r"I'm (?:so |very |truly )?sorry\.|(?:Das|Es) tut mir (?:so |sehr )*leid\.", re.IGNORECASE)
# In these somebody acts, asks, or is sorry: such a sentence tells more than that one is on their side.
_ACTS = re.compile(r"\?$|\b(?:I|ich|let|lassen|please|bitte|don't)\b", re.IGNORECASE)
# In these somebody admits what is not certain yet.
_ADMITS = re.compile(
    r"\b(?:forgot|promised|mistake|got (?:this|it) wrong|that was us|let it lie|"
    r"vergessen|versprochen|Fehler|lag an uns)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.?!]) ")
_SHORTEST = 4  # letters of a word that tells something


class FirstWords(NamedTuple):
    """One thing to do, one sentence to say."""

    id: str | None  # of the opening
    do: str
    say: str


def moment_of(best: Playbook | None) -> str | None:
    """Say of which moment the playbook that fits speaks; None where any matter may be opened."""
    return best.id if best is not None and best.id in OF_A_MOMENT else None


def acknowledged(detail: str, mirrored: Mirrored | None) -> str:
    """Say back what was typed: what went wrong, then the detail that weighs most; each only once."""
    if mirrored is None:
        return detail
    told = mirrored.said[0].upper() + mirrored.said[1:]
    said = f"{told}." if mirrored.is_ours else f"So {mirrored.said}."
    if detail and _telling(detail).isdisjoint(_telling(said)) and len(f"{said} {detail}".split()) <= MOST_SAID_BACK:
        return f"{said} {detail}"
    return f"{said} {SORRY}" if mirrored.is_ours else said


def as_told(best: Playbook | None, *, is_ours: bool) -> Playbook | None:
    """Give the playbook that fits, with words that admit nothing where nobody told that the mistake was ours."""
    if is_ours or best is None or best.unsure is None:
        return best
    return best.model_copy(update={"now": best.unsure})


def first_words(opening: FirstWords | None, said: str, best: Playbook | None) -> FirstWords | None:
    """Put together what the card begins with; None where the playbook's own words are all there is."""
    now = best.now if best is not None else None
    if opening is not None:
        sorry = "" if _SORRY.search(f"{said} {opening.say}") else _sorry_of(best)
        more = _to_the_point(opening.say) if said and sorry else opening.say
        said = f"{said} {sorry}".strip()
        of_oneself = best is not None and best.id in OF_ONESELF and opening.id != OWN_TEMPER
        do = now.do if now is not None and of_oneself else opening.do
        return FirstWords(opening.id, do, _together(said, more))
    if not said or (best is not None and (now is None or not now.say or best.id in OF_NO_CASE)):
        return None
    if now is None:
        do, say = for_anybody()[1:]
        return FirstWords(None, do, f"{said} {say}")
    rest = " ".join(one for one in _SENTENCES.split(now.say) if not (_SORRY.search(said) and _SORRY.search(one)))
    return FirstWords(None, now.do, _together(said, rest) if rest else said)


def for_anybody() -> FirstWords:
    """Give what is never wrong: it promises nothing but an honest answer, and asks for what counts."""
    say = _(
        "Tell me the one thing that can't wait, and I'll tell you straight what I can do about it, and what I can't."
    )
    return FirstWords(None, _("Let them finish. Then ask for the one thing that counts."), say)


def of_stage(opening: FirstWords, said: str, best: Playbook | None) -> FirstWords:
    """Put what was typed before words for a stage of a case, if both are soon said; these say sorry where it is due."""
    is_short = len(f"{said} {opening.say}".split()) <= MOST_WORDS and not (_SORRY.search(said) and admits(opening.say))
    now = best.now if best is not None and best.id in OF_ONESELF else None
    say = _together(said, opening.say) if is_short else opening.say
    return FirstWords(opening.id, now.do if now is not None else opening.do, say)


def admits(say: str) -> bool:
    """Say whether a sentence admits a mistake or a promise of ours, or is sorry as if it were one."""
    return _ADMITS.search(say) is not None or _SORRY.search(say) is not None


def on_no_side(opening: FirstWords) -> FirstWords:
    """Take out what tells them that it was so, where that is disputed: what is done about it, and asked, is left."""
    sentences = _SENTENCES.split(opening.say)
    left = [one for one in sentences if _ACTS.search(one) and not _SORRY.search(one) and not _ADMITS.search(one)]
    say = " ".join(left) or _look_with_them()
    return opening if len(left) == len(sentences) else FirstWords(opening.id, _look_first(), say)


def without_sorry() -> FirstWords:
    """Give what stands for an apology where nothing tells that the mistake was ours: it would be put right unproven."""
    return FirstWords(None, _look_first(), _look_with_them())


def _look_first() -> str:
    return _("Take neither side yet. Look first, and say what you're looking at.")


def _look_with_them() -> str:
    return _("I'm looking at what we have on it now, and I'll go through it with you.")


def _sorry_of(best: Playbook | None) -> str:
    """Give the one sorry that is due before anything else, where the mistake was ours."""
    if best is None or best.id != OWN_IT or best.now is None:
        return ""
    return next((one for one in _SENTENCES.split(best.now.say or "") if _SORRY.search(one)), "")


def _together(said: str, more: str) -> str:
    """Put a detail before what is said next, unless that says it already, says sorry too, or it gets too long.

    Where it does, the detail stands for a first sentence that only takes their side, and does so in their words.
    """
    first, *rest = _SENTENCES.split(more, maxsplit=1)
    if rest and said and (_is_said(first, said) or (_SORRY.search(said) and _BARE.fullmatch(first))):
        more = rest[0]  # said with what it is for, it is said once
    shared = _telling(said) & _telling(more)
    twice = len(shared) > MOST_SHARED or (_SORRY.search(said) and _SORRY.search(more))
    if not said or twice:
        return more
    if len(f"{said} {more}".split()) > MOST_WORDS:
        takes_sides = rest and more.startswith(first) and not _ACTS.search(first)
        return _together(said, rest[0]) if takes_sides else more
    return f"{said} {more}"


def _to_the_point(more: str) -> str:
    """Leave out a first sentence that only takes their side: what was said back and a sorry have done so."""
    first, *rest = _SENTENCES.split(more, maxsplit=1)
    return rest[0] if rest and not _ACTS.search(first) else more


def _is_said(sentence: str, said: str) -> bool:
    """Say whether most of a sentence was said before: what tells more than that is not left out."""
    telling, shared = _telling(sentence), _telling(sentence) & _telling(said)
    return not sentence.endswith("?") and len(shared) > MOST_SHARED and len(shared) * 2 >= len(telling)


def _telling(words: str) -> set[str]:
    return {stem_of(word) for word in words_in(words) if len(word) >= _SHORTEST}
