"""How well drafts and heat are read when their author is unseen: each is left out once, a few at a time.

Prints what docs say. Run as `python -m bot.playbooks.training.drafts_measured`; it needs the extra `train`, and a few
minutes.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.playbooks.training.drafts import fit_second_look, learn_drafts
from bot.playbooks.training.heat import fit_heat_look, learn_heat
from bot.playbooks.training.meaning import places_of
from bot.playbooks.training.texts import read_drafts, read_heat, read_situations, read_told
from bot.typing.times.mentioned import times_in
from bot.understanding.draft_signs import sentences_in, signs_of
from bot.understanding.drafts import LEAST, SECOND_LOOK, Flag
from bot.understanding.heat import BESIDE, Level, heat_of, is_close, level_by, level_in
from bot.understanding.linear import Linear
from bot.understanding.signals import signs_in
from bot.understanding.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROUNDS = 9  # of authors left out
ORDINARY = 1_000  # lines
OF_HEAT = frozenset(("not-personal", "redirect", "restrain", "recuse", "crisis", "rethink-blame"))
Pairs = list[tuple[bool, bool]]  # what was found, and what is so


def f1(pairs: Pairs) -> float:
    """Weigh what is missed and what is wrongly found against what is found."""
    right, wrong = pairs.count((True, True)), pairs.count((True, False)) + pairs.count((False, True))
    return 2 * right / max(2 * right + wrong, 1)


def loaded(weights: bytes) -> Linear:
    """Load weights that were just learned."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "left-out.weights"
        path.write_bytes(weights)
        return Linear.load(path)


def drafts_measured() -> Iterator[str]:
    """Measure the seven flags, a few authors left out at a time."""
    drafts = read_drafts()
    places = places_of([one.draft for one in drafts])
    pairs: dict[Flag, Pairs] = {flag: [] for flag in Flag}
    authors = sorted({one.author for one in drafts})
    for left_out in (set(authors[start::_ROUNDS]) for start in range(_ROUNDS)):
        known = [place for place, one in enumerate(drafts) if one.author not in left_out]
        model = loaded(learn_drafts([drafts[place] for place in known]))
        rows, always = fit_second_look(places[known], [drafts[place].flags for place in known])
        for place, one in enumerate(drafts):
            if one.author in left_out:
                scores = weigh(model, one.draft, signs_of(sentences_in(one.draft, times_in)))
                for flag, more in zip(Flag, places[place] @ rows + always, strict=True):
                    pairs[flag].append(
                        (
                            bool(scores[flag] + SECOND_LOOK.get(flag, 1.0) * more > LEAST.get(flag, 0.0)),
                            flag in one.flags,
                        )
                    )
    yield from (f"| `{flag}` | {f1(pairs[flag]):.2f} |" for flag in Flag)


def heat_measured() -> Iterator[str]:
    """Measure the highest level against the rest, and how far off all are, a few authors left out at a time."""
    texts = read_heat()
    signs = [signs_in(one.text) for one in texts]
    places = places_of([one.words for one in signs])
    authors = sorted({one.author for one in texts})
    found: list[tuple[int, int]] = []
    for left_out in (set(authors[start::_ROUNDS]) for start in range(_ROUNDS)):
        known = [place for place, one in enumerate(texts) if one.author not in left_out]
        model = loaded(learn_heat([texts[place] for place in known]))
        rows, always = fit_heat_look(places[known], [texts[place] for place in known])
        for place, one in enumerate(texts):
            if one.author in left_out:
                scores = weigh(model, signs[place].words, signs[place].marks)
                if is_close(scores):
                    more = places[place] @ rows + always
                    scores = {label: scores[label] + BESIDE * more[int(label) - 1] for label in scores}
                found.append((level_by(signs[place], level_in(scores, signs[place].marks)), one.level))
    yield f"| 3 against the rest, F1 | {f1([(guess > Level.ANGRY, so > Level.ANGRY) for guess, so in found]):.2f} |"
    yield f"| no more than one level off | {_share([abs(guess - so) <= 1 for guess, so in found]):.2f} |"
    yield f"| the very level | {_share([guess == so for guess, so in found]):.2f} |"


def ordinary_measured() -> Iterator[str]:
    """Measure how many ordinary lines are called abusive by what is shipped: those that tell of no slight."""
    every = [one.query for one in (*read_told(), *read_situations()) if one.acceptable.isdisjoint(OF_HEAT)]
    some = every[:: len(every) // ORDINARY]
    yield f"| ordinary lines called abusive, of a thousand | {1000 * _share([_is_abusive(one) for one in some]):.0f} |"


def _is_abusive(text: str) -> bool:
    return heat_of(text).level is Level.ABUSIVE


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


if __name__ == "__main__":
    print("\n".join([*heat_measured(), *ordinary_measured(), *drafts_measured()]))  # noqa: T201  a table for docs
