"""Measuring which opening is shown, on texts whose authors were left out.

    python -m bot.playbooks.training.openings_measured [FILE [LANGUAGE]]
    python -m bot.playbooks.training.openings_measured stages

Texts that were written for openings are dealt out one by one. Right is the one opening that somebody chose; another may
answer as well, so that this is a lower bound. FILE is a table kept aside, read by what is shipped: under `openings` all
that fit a `text`, semicolons between, `-` for none; LANGUAGE is that of its texts, English unless said. `stages`: which
stage is told, by what learned nothing from the author of a text; those who wrote for stages are left out one by one.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.playbooks.openings import shipped_openings
from bot.playbooks.shelves.matching import FITS, match, met_first, signs_of
from bot.playbooks.training.meaning import places_of
from bot.playbooks.training.openings import Matched, learn_look, learn_openings, read_matched, read_stages
from bot.playbooks.training.texts import TOLD
from bot.say.language import PUBLIC
from bot.understanding.linear import Linear
from bot.understanding.matters import NONE, PLAIN, Matters, matters_in, shares_of
from bot.understanding.second_look import load_second_look
from bot.understanding.stages import LIKELY, SURELY, likeliest, load_stages
from bot.understanding.understood import Understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.understanding.encoder import Floats

FOLDS = 5
STAGES_BY = "stages-"  # the names of authors who wrote for stages begin so


class Read(NamedTuple):
    """What was chosen for a text, and what was read: at a glance, and looked at again."""

    wanted: frozenset[str]
    quick: dict[str, float]
    slow: dict[str, float]

    def shown(self, fits: float, plain: float = PLAIN) -> str:
        """Name the opening that is shown, as the product decides."""
        shares = self.quick if max(self.quick.values()) >= plain else self.slow
        return next((name for name, share in shares.items() if share >= fits and name != NONE), NONE)


def read_left_out() -> list[Read]:
    """Read every text with what was learned of the texts of others."""
    every = read_matched()
    places = places_of([one.text for one in every])
    folds = _folds(every)
    read: list[Read] = []
    for fold in range(FOLDS):
        kept = [place for place, one in enumerate(folds) if one != fold]
        reader = _learn([every[place] for place in kept], places[kept])
        read += _read(reader, [(every[place], places[place]) for place, one in enumerate(folds) if one == fold])
    return read


def read_kept_aside(path: Path, language: str = PUBLIC) -> list[Read]:
    """Read a table with what is shipped for its language."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [Matched(row["text"], path.stem, row["openings"]) for row in rows]
    reader = matters_in(language)
    if reader is None:
        sys.exit(f"Nothing was learned of {language}.")
    places = places_of([one.text for one in texts]) if reader.takes_time else [None] * len(texts)
    return _read(reader, list(zip(texts, places, strict=True)), language)


def stages_left_out() -> str:
    """Read what each author wrote for stages, with what was learned from the others, and write how that went."""
    every = read_stages()
    places = places_of([one.text for one in every])
    lines = ["told from | told, of texts of a stage | of those right | right one told | told, of texts of none"]
    read: list[tuple[str, dict[str, float]]] = []
    for author in sorted({one.author for one in every if one.author.startswith(STAGES_BY)}):
        kept = [place for place, one in enumerate(every) if one.author != author]
        with tempfile.TemporaryDirectory() as folder:
            head = Path(folder) / "stages.npz"
            head.write_bytes(learn_look([every[place] for place in kept], places[kept]))
            reader = load_stages(head)
        if reader is None:
            sys.exit("Stages are read with numpy and the encoder.")
        theirs = [place for place, one in enumerate(every) if one.author == author]
        read += [(every[place].opening, reader.shares("", places[place])) for place in theirs]
    for fits in (0.3, 0.4, 0.5, LIKELY, 0.7, 0.8, SURELY):
        told = [(wanted, likeliest(shares, fits)) for wanted, shares in read]
        some, none = ([one for one in told if (one[0] == NONE) is is_none] for is_none in (False, True))
        right, count = sum(wanted == name for wanted, name in some), sum(name is not None for _wanted, name in some)
        wrongly = sum(name is not None for _wanted, name in none) / max(len(none), 1)
        mark = {LIKELY: " (where nothing else answers)", SURELY: " (where something does)"}.get(fits, "")
        shares_of_hundred = (count / len(some), right / max(count, 1), right / len(some), wrongly)
        lines.append(f"{fits:.2f}{mark} | {' | '.join(f'{one:.1%}' for one in shares_of_hundred)}")
    return "\n".join([lines[0], "---|---|---|---|---", *lines[1:]])


def as_shown(path: Path, language: str = PUBLIC) -> str:
    """Write how many of a table's texts are shown an opening in the end, by all that decides it."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    openings = shipped_openings()[language]
    found = [(match(openings, language, Understood(row["text"]), None), row["openings"].split(";")) for row in rows]
    shown = [(one.id in fits, one.stage) for one, fits in found if one is not None]
    right, there = sum(fits for fits, _stage in shown), sum(fits != [NONE] for _one, fits in found)
    stages = [fits for fits, stage in shown if stage]
    return (
        f"as it is shown | {len(shown) / len(rows):.1%} | {right / max(len(shown), 1):.1%} | {right / there:.1%}\n"
        f"{len(stages)} of those shown are stages, {sum(stages)} of them right."
    )


def table_of(read: Sequence[Read]) -> str:
    """Write how many are shown, and how many of those are right, for some shares."""
    lines = ["shown from | shown | of those right | right one shown, where there is one", "---|---|---|---"]
    for fits in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        shown = [(one.shown(fits), one.wanted) for one in read]
        right = sum(name in wanted for name, wanted in shown if name != NONE)
        count = sum(name != NONE for name, _wanted in shown)
        wanted = sum(one.wanted != {NONE} for one in read)
        mark = " (as shipped)" if fits == FITS else ""
        lines.append(f"{fits:.2f}{mark} | {count / len(read):.1%} | {right / max(count, 1):.1%} | {right / wanted:.1%}")
    alone = sum(max(one.quick.values()) >= PLAIN for one in read)
    return "\n".join([*lines, f"{alone / len(read):.0%} of {len(read)} texts were plain at a glance."])


def _folds(every: Sequence[Matched]) -> list[int]:
    """Deal out authors, the busiest first, and the texts of those who wrote for openings one by one."""
    counts = Counter(one.author for one in every)
    author = {name: place % FOLDS for place, (name, _count) in enumerate(counts.most_common())}
    by_opening = _writers()
    return [place % FOLDS if one.author in by_opening else author[one.author] for place, one in enumerate(every)]


def _writers() -> frozenset[str]:
    with TOLD[PUBLIC].open(encoding="utf-8", newline="") as lines:
        return frozenset(row["author"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _learn(matched: Sequence[Matched], places: Floats) -> Matters:
    with tempfile.TemporaryDirectory() as folder:
        linear, look = Path(folder) / "openings.weights", Path(folder) / "openings.npz"
        linear.write_bytes(learn_openings(matched))
        look.write_bytes(learn_look(matched, places))
        return Matters(Linear.load(linear), load_second_look(look))


def _read(reader: Matters, texts: Iterable[tuple[Matched, Floats | None]], language: str = PUBLIC) -> list[Read]:
    openings, read = shipped_openings()[language], []
    for one, place in texts:
        met = openings.met(one.text)
        glance = reader.glance(one.text, signs_of(one.text, met, language), met_first(met))
        slow = shares_of(reader.look(glance, place))
        read.append(Read(frozenset(one.opening.split(";")), shares_of(glance), slow))
    return read


if __name__ == "__main__":
    if sys.argv[1:] == ["stages"]:
        print(stages_left_out())  # noqa: T201  what was asked for
        sys.exit()
    table = read_kept_aside(Path(sys.argv[1]), *sys.argv[2:3]) if sys.argv[1:] else read_left_out()
    print(table_of(table))  # noqa: T201  what was asked for
    if sys.argv[1:]:
        print(as_shown(Path(sys.argv[1]), *sys.argv[2:3]))  # noqa: T201  what was asked for
