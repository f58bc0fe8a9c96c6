"""Rules for openings: read and said in a breath, true whatever happened, and found by what they say finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.run.checking.sentences import in_reading, in_saying
from bot.run.checking.slips import Slip, quoted
from bot.run.checking.tongues import ENGLISH, Tongue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.playbooks.openings import Opening, Openings

MOST_DO, MOST_SAID, MOST_WRITTEN = 14, 36, 45  # words
MOST_READ = 45  # words of both, before the first of them is said
# A question may be put in two, and "we" is the two who speak: what is left is wrong anywhere.
_KEPT = frozenset(
    ("banned", "inflames", "apology", "money", "liability", "guarantee", "harm", "shouting", "exclamation", "jargon")
)


def slips_of_openings(theirs: Openings, ours: Openings, tongue: Tongue = ENGLISH) -> Iterator[tuple[str, Slip]]:
    """Mark everything wrong in openings laid over ours, each under its id."""
    laid, said, words = theirs.over(ours), dict[str, str](), dict[str, str]()
    for name, one in theirs.by_id.items():
        for slip in (*_lengths(one), *_marks(one, tongue), *_examples(one, laid)):
            yield name, slip
        for found, seen in ((one.say.casefold(), said), (repr((one.words, one.without)), words)):
            twin = seen.setdefault(found, name)
            if twin != name:
                yield name, _slip(one, "opening-twice", f"it is as {twin} is", "Only one is found", "Tell them apart")


def _lengths(one: Opening) -> Iterator[Slip]:
    written = ((variant, words) for variant, words in one.line.variants())
    counted = (("do", one.do, MOST_DO), ("say", one.say, MOST_SAID), *((*each, MOST_WRITTEN) for each in written))
    read = ("do and say", f"{one.do} {one.say}", MOST_READ)
    for field, words, most in (*counted, read):
        if (count := len(words.split())) > most:
            what = f"{count} words under {field}"
            yield _slip(one, "opening-long", what, "It's read and said in a breath", f"Keep to {most}")


def _marks(one: Opening, tongue: Tongue) -> Iterator[Slip]:
    said = (words for _name, words in (("say", one.say), *one.line.variants()))
    slips: Iterable[Slip] = (
        *in_reading(one.do, tongue),
        *(slip for words in said for slip in in_saying(words, tongue=tongue)),
    )
    for slip in slips:
        if slip.rule in _KEPT:
            yield _slip(one, slip.rule, slip.what, slip.why, slip.todo)


def _examples(one: Opening, laid: Openings) -> Iterator[Slip]:
    if not one.examples:
        yield _slip(
            one, "no-examples", "it has no examples", "Nobody can tell whether it's found", "Write two typed lines"
        )
    for typed in one.examples:
        found = laid.find(typed)
        if found is None or found.id != one.id:
            what = f"{quoted(typed)} finds {'nothing' if found is None else found.id}"
            yield _slip(one, "opening-not-found", what, "Nobody would see it", "Add words, or take some from the other")


def _slip(one: Opening, rule: str, what: str, why: str, todo: str) -> Slip:
    return Slip(rule, what, why, todo, one.id)
