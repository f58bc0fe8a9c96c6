"""The page that says how well texts are understood: docs/understanding.md, written by the command that trains."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.playbooks.training.measuring import (
    WAYS,
    Measured,
    Readers,
    author_of,
    damaged,
    leave_authors_out,
    leave_germans_out,
    quick_shares,
    shipped,
)
from bot.playbooks.training.texts import read_matched_tables, read_second, read_table, read_told
from bot.understanding.linear import Linear
from bot.understanding.situations import GERMAN, NOTHING, SURE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from bot.playbooks.training.texts import Situation
    from bot.understanding.encoder import Floats

TABLES = Path("tests/understanding")  # of texts from which nothing is learned
OTHERS = TABLES / "situations-others.tsv"
NEWEST = ("celestine", "marlon", "priyanka", "tamsin")  # of the others: nothing was chosen by them
OFFERED, WORST, PAIRS = 3, 30, 25
_SAMPLE = 300  # texts that are damaged
_LENGTHS = (("up to 5 words", 5), ("6 to 10", 10), ("11 to 20", 20), ("21 to 40", 40), ("more", 10_000))
HEAD = """# Which playbook fits what was typed: how well that goes

Written by `python -m bot.playbooks.training page`; do not change it by hand. What the situations mean, and how the
texts were labelled, is in [understanding-labels.md](understanding-labels.md).

**{texts:,} texts of {authors} authors** in English that were written for a playbook, all invented, agents' words and
customers', {none} of them of no situation; {told:,} that tell of trouble and were written for none; 11,152 in German.
The figures are of {out} of the first authors, chosen for their mixed styles before anything was measured. The readers
that gave them had learned nothing from these authors' {out_texts:,} texts, {none_out} of them of no situation. How much
either reader counts, and how sharp confidence is, was chosen on them, so expect a little less from other people. Both
readers that are shipped have learned from everybody, so nobody is left to measure them on but the tables kept aside.

What is accepted beside the best was labelled a second time, blind, for these authors.

Until the encoder had all its six layers and had learned from trouble as it is told, beside from openings, these authors
had 79.8 first, 92.1 in three, 70.3 answered and 91.1 of those right; and of the four hundred texts below, as their
labels are now, 52 in a hundred had an acceptable playbook first: what people write for a playbook is not what they type
about a parcel. Three layers, taught the same, gave 79.7 here and 71.5 there in half the time.

Then ten more people wrote, and 3,000 more texts told of trouble: before them the figures here were 82.6, 93.2, 71.2
and 92.9. What was shipped until then had never seen these ten: of eight of them, by the labels their writers gave, 78.9
came first, 91.6 in three, 69.7 were answered and 91.5 of those right. What the newest give to other people is in
[understanding-others.md](understanding-others.md).

Since this page was measured confidence was made sharper by a tenth, so that more is answered now, and less of it right;
first and three are the same.

*First*: an acceptable playbook stands first. *Three*: the best one is among the first three.
*Answered*: confidence is {sure} or more; *right*: of those, an acceptable one stands first.
"""


HEAD_OF_OTHERS = """# Which playbook fits what other people type

Written by `python -m bot.playbooks.training others`; do not change it by hand. {count:,} texts of {authors} people of
whom nothing was learned (`tests/understanding/situations-others.tsv`), read by what is
shipped. They knew what the playbooks are for and how texts are [labelled](understanding-labels.md), and had seen no
text that was learned. All were labelled again, blind, by four other readers: {same:.1f} in a hundred have the same best
one, and in {near:.1f} one accepts the other's. *By both*: what either accepts is accepted.
How sharp confidence is was chosen by the first six; before that, 72.5 of theirs were answered and 95.2 of those right,
by both. By what the four newest wrote ({newest}) nothing was chosen.

*First*, *three*, *answered* and *right* are as in [understanding.md](understanding.md); of the {none} texts of no
situation {sure} were answered as if they were of one.
"""


def write_page(texts: Sequence[Situation], kept_aside: Sequence[Situation] = ()) -> str:
    """Measure everything, and write it down; what was kept aside is read last, by what learned from everything else."""
    measured, readers = leave_authors_out(texts)
    parts = [_head(texts, measured), _ways(measured), _authors(measured), _kinds(measured), _confidence(measured)]
    parts += [_told(readers), _german()]
    parts += [_typos(readers, measured.texts), _confused(measured), _worst(measured)]
    if kept_aside:
        parts.append(_kept_aside(shipped(), kept_aside))
    return "\n".join(parts)


def write_others() -> str:
    """Read the texts of people of whom nothing was learned by what is shipped, and write down how that went."""
    readers, texts, seconds = shipped(), read_table(OTHERS), read_second(OTHERS)
    shares = readers.shares([one.query for one in texts])["both"]
    pairs = list(zip(texts, seconds, strict=True))
    both = [replace(one, acceptable=one.acceptable | second.acceptable) for one, second in pairs]
    everybody = sorted({one.author for one in texts})
    rows = [[name, *_row(texts, shares, readers.labels, [name])] for name in everybody]
    rows.append(["all, by the writers' labels", *_row(texts, shares, readers.labels, everybody)])
    rows.append(["all, by both", *_row(both, shares, readers.labels, everybody)])
    rows.append(["**the newest, by both**", *_row(both, shares, readers.labels, NEWEST)])
    none = [place for place, (one, second) in enumerate(pairs) if {one.best, second.best} == {NOTHING}]
    named = [place for place, label in enumerate(readers.labels) if label != NOTHING]
    head = HEAD_OF_OTHERS.format(
        count=len(texts),
        authors=len(everybody),
        newest=", ".join(NEWEST),
        same=_of_hundred([one.best == second.best for one, second in pairs]),
        near=_of_hundred([one.best in second.acceptable or second.best in one.acceptable for one, second in pairs]),
        none=len(none),
        sure=int((shares[none][:, named].max(axis=1) >= SURE).sum()),
    )
    return head + _table("Person by person", ("texts of", "texts", "first", "three", "answered", "right"), rows)


def _of_hundred(so: Sequence[bool]) -> float:
    return 100 * sum(so) / len(so)


def _row(texts: Sequence[Situation], shares: Floats, labels: list[str], authors: Collection[str]) -> list[str]:
    places = [place for place, one in enumerate(texts) if one.author in authors and one.best != NOTHING]
    return [str(len(places)), *map(_one, _figures([texts[place] for place in places], shares[places], labels))]


def _head(texts: Sequence[Situation], measured: Measured) -> str:
    authors, out = ({author_of(one) for one in some} for some in (texts, measured.texts))
    none, none_out = (sum(one.best == NOTHING for one in some) for some in (texts, measured.texts))
    left = {"out": len(out), "out_texts": len(measured.texts), "none_out": none_out, "told": len(read_told())}
    return HEAD.format(texts=len(texts), authors=len(authors), none=none, sure=SURE, **left)


def _figures(texts: Sequence[Situation], shares: Floats, labels: list[str]) -> tuple[float, float, float, float]:
    """Give first, three, answered and right, each of a hundred; texts of no situation stand apart."""
    rows = [(one, row) for one, row in zip(texts, shares, strict=True) if one.best != NOTHING]
    first = three = answered = right = 0
    for one, row in rows:
        order = [place for place in np.argsort(-row, kind="stable") if labels[place] != NOTHING][:OFFERED]
        fits = labels[order[0]] in one.acceptable
        first += fits
        three += one.best in [labels[place] for place in order]
        answered += row[order[0]] >= SURE
        right += fits and row[order[0]] >= SURE
    total = max(len(rows), 1)
    return 100 * first / total, 100 * three / total, 100 * answered / total, 100 * right / max(answered, 1)


def _ways(measured: Measured) -> str:
    rows = [
        [says, *map(_one, _figures(measured.texts, measured.shares[way], measured.labels))]
        for way, says in WAYS.items()
    ]
    return _table("Ways", ("way", "first", "three", "answered", "right"), rows)


def _grouped(
    title: str, name: str, measured: Measured, group_of: Callable[[Situation], str], order: Iterable[str]
) -> str:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(measured.texts):
        if one.best != NOTHING:
            groups[group_of(one)].append(place)
    both, linear = measured.shares["both"], measured.shares["linear"]
    rows = []
    for group in [one for one in order if one in groups] or sorted(groups):
        texts = [measured.texts[place] for place in groups[group]]
        quick = _figures(texts, linear[groups[group]], measured.labels)
        figures = _figures(texts, both[groups[group]], measured.labels)
        rows.append([group, str(len(texts)), _one(quick[0]), *map(_one, figures)])
    return _table(title, (name, "texts", "first, quick reader", "first", "three", "answered", "right"), rows)


def _authors(measured: Measured) -> str:
    return _grouped("Author by author, each left out", "author", measured, author_of, ())


def _kinds(measured: Measured) -> str:
    kinds = _grouped("Whose words", "kind", measured, lambda one: one.kind, ())
    names = [name for name, _most in _LENGTHS]
    return kinds + "\n" + _grouped("By length", "length", measured, _length_of, names)


def _length_of(one: Situation) -> str:
    words = len(one.query.split())
    return next(name for name, most in _LENGTHS if words <= most)


def _confidence(measured: Measured) -> str:
    both = measured.shares["both"]
    rows = []
    for low in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        sure = fits = nothing = total = none = 0
        for one, row in zip(measured.texts, both, strict=True):
            best = max((place for place, label in enumerate(measured.labels) if label != NOTHING), key=row.__getitem__)
            is_sure = row[best] >= low
            if one.best == NOTHING:
                none += 1
                nothing += is_sure
                continue
            total += 1
            sure += is_sure
            fits += is_sure and measured.labels[best] in one.acceptable
        rows.append(
            [_share(low), _one(100 * sure / total), _one(100 * fits / max(sure, 1)), _one(100 * nothing / max(none, 1))]
        )
    return _table("How far confidence can be trusted", ("from", "answered", "right", "of no situation, answered"), rows)


def _typos(readers: Readers, others: Sequence[Situation]) -> str:
    some = [one for one in others if one.best != NOTHING][:: max(len(others) // _SAMPLE, 1)]
    rows = []
    for share in (0.0, 0.02, 0.05, 0.10):
        words = [damaged(one.query, share, 7) for one in some]
        shares = readers.shares(words)
        quick = _figures(some, shares["linear"], readers.labels)
        rows.append([f"{share:.0%}", _one(quick[0]), *map(_one, _figures(some, shares["both"], readers.labels))])
    says = f"Letters left out, doubled or hit beside, in {len(some)} texts of authors left out"
    return _table(says, ("letters", "first, quick reader", "first", "three", "answered", "right"), rows)


def _confused(measured: Measured) -> str:
    pairs = Counter((one.best, got) for one, got, _sure in _wrong(measured))
    rows = [[best, got, str(count)] for (best, got), count in pairs.most_common(PAIRS)]
    return _table("What is taken for what, most often", ("meant", "taken for", "times"), rows)


def _worst(measured: Measured) -> str:
    worst = sorted(_wrong(measured), key=lambda one: (-one[2], one[0].id))[:WORST]
    rows = [[_cell(one.query), one.best, got, _share(sure)] for one, got, sure in worst]
    return _table(
        "The thirty that were wrong with the most confidence", ("typed", "best", "taken for", "confidence"), rows
    )


def _wrong(measured: Measured) -> Iterator[tuple[Situation, str, float]]:
    for one, row in zip(measured.texts, measured.shares["both"], strict=True):
        got = max((place for place, label in enumerate(measured.labels) if label != NOTHING), key=row.__getitem__)
        if measured.labels[got] not in one.acceptable and (one.best != NOTHING or row[got] >= SURE):
            yield one, measured.labels[got], float(row[got])


def _told(readers: Readers) -> str:
    texts = read_matched_tables(TABLES)
    shares = readers.shares([one.query for one in texts])
    rows = [[WAYS[way], *map(_one, _figures(texts, shares[way], readers.labels))] for way in ("linear", "slow", "both")]
    return _table(
        f"Trouble as it is told: {len(texts)} texts of twenty trades",
        ("way", "first", "three", "answered", "right"),
        rows,
    )


def _german() -> str:
    rows = [
        [f"{author}, left out", str(len(texts)), *map(_one, _figures(texts, shares, labels))]
        for author, texts, shares, labels in leave_germans_out()
    ]
    linear, texts = Linear.load(GERMAN), read_table(TABLES / "situations-german.tsv")
    figures = _figures(texts, quick_shares(linear, texts), list(linear.labels))
    rows.append(["**kept aside until everything was settled**", str(len(texts)), *map(_one, figures)])
    return _table("German", ("author", "texts", "first", "three", "answered", "right"), rows)


def _kept_aside(readers: Readers, texts: Sequence[Situation]) -> str:
    shares = readers.shares([one.query for one in texts])
    rows = [[WAYS[way], *map(_one, _figures(texts, shares[way], readers.labels))] for way in ("linear", "slow", "both")]
    says = f"Kept aside until everything was settled: {len(texts)} texts of somebody else"
    return _table(says, ("way", "first", "three", "answered", "right"), rows)


def _table(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join([f"\n## {title}\n", *(f"| {' | '.join(line)} |" for line in lines), ""])


def _cell(words: str) -> str:
    return words.replace("|", "/")[:140]


def _one(figure: float) -> str:
    return f"{figure:.1f}"


def _share(figure: float) -> str:
    return f"{figure:.2f}"
