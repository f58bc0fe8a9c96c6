"""Teach the encoder anew: `python -m bot.playbooks.training.finetune`, half an hour of one core.

It learns which situation a text tells of and, beside, which opening answers it: what tells openings apart tells
matters apart. First without the authors that are left out, for the page that measures it; then, for what is shipped, it
reads everybody once more. `measured` or `shipped` after it is one of the two. After new authors or openings have come,
`further` has what is measured read all but those left out once more, a quarter of the time. Needs the extra `finetune`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from bot.playbooks.training.finetuning import (
    ALWAYS,
    LAYERS,
    ROWS,
    SHARP,
    Lesson,
    Plan,
    Teacher,
    shares_of,
    smoothed,
    start,
    taught,
)
from bot.playbooks.training.fingerprint import FINGERPRINT, fingerprint
from bot.playbooks.training.measuring import LEFT_OUT, MEASURED, author_of
from bot.playbooks.training.openings import read_matched
from bot.playbooks.training.texts import Situation, playbook_words, read_situations, read_told
from bot.playbooks.training.upstream import upstream
from bot.understanding.meaning import ENCODER, HEAD, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    Arrays = dict[str, np.ndarray]

FULL = MEASURED / "full.npz"  # what was learned without those authors, in full precision
WITHOUT, ONCE_MORE = Plan(rounds=3, rate=2e-4), Plan(rounds=1, rate=1e-4)
STEPS = 127.0  # of a weight of eight bits, above and below nothing
SITUATION, OPENING = "situations", "openings"  # what is told by a head of its own
NAMES = "names of "  # beside what was learned: the labels of a head, as others come and go
BESIDE, OF_TOLD = 0.5, 0.5  # what missing an opening counts, and the situation of a text written for one
_SAID = 20  # steps


def main(names: Sequence[str]) -> None:
    """Teach what is measured, or teach it further, and what is shipped; with no name, the first and the last."""
    situations, arrays = [*read_situations(), *playbook_words()], upstream()
    labels = sorted({one.best for one in situations})
    known = [one for one in situations if author_of(one) not in LEFT_OUT]
    hidden = {one.query for one in situations} - {one.query for one in known}
    told_apart = {SITUATION: labels, OPENING: sorted({one.opening for one in read_matched()})}
    heads = {head: len(names) for head, names in told_apart.items()}
    MEASURED.mkdir(parents=True, exist_ok=True)
    if not names or "measured" in names:
        lessons = _lessons(known, labels, hidden)
        _measured(arrays, Teacher(arrays, heads, WITHOUT).learn(lessons, start(arrays, heads), _say), told_apart)
    if "further" in names:
        lessons = _lessons(known, labels, hidden)
        _measured(arrays, Teacher(arrays, heads, ONCE_MORE).learn(lessons, _learned(told_apart), _say), told_apart)
    if not names or "shipped" in names:
        weights = Teacher(arrays, heads, ONCE_MORE).learn(_lessons(situations, labels), _learned(told_apart), _say)
        _write(WEIGHTS, arrays, weights, labels)
        FINGERPRINT.write_text(fingerprint(read_situations()) + "\n", encoding="utf-8")


def _lessons(situations: Sequence[Situation], labels: Sequence[str], hidden: Collection[str] = ()) -> list[Lesson]:
    """Put together what is known of each text; of what is hidden, nothing."""
    matched = read_matched()
    openings = np.eye(len({one.opening for one in matched}), dtype=np.float32)
    places = {name: place for place, name in enumerate(sorted({one.opening for one in matched}))}
    wanted: dict[str, Arrays] = defaultdict(dict)
    for counts, texts in ((1.0, situations), (OF_TOLD, read_told())):
        for one in texts:
            wanted[one.query][SITUATION] = shares_of(one, labels, counts)
    for found in matched:
        wanted[found.text][OPENING] = np.float32(BESIDE) * smoothed(openings[places[found.opening]])
    return [Lesson(text, shares) for text, shares in wanted.items() if text not in hidden]


def _measured(
    arrays: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray], told_apart: Mapping[str, Sequence[str]]
) -> None:
    names = {NAMES + head: np.array(labels) for head, labels in told_apart.items()}
    np.savez(FULL, **weights, **names)  # type: ignore[arg-type]
    _write(MEASURED, arrays, weights, told_apart[SITUATION])


def _learned(told_apart: Mapping[str, Sequence[str]]) -> Arrays:
    """Take what was learned, each head with the labels there are now: a new one begins with nothing."""
    with np.load(FULL, allow_pickle=False) as learned:
        weights = {name: learned[name] for name in learned.files if not name.startswith(NAMES)}
        for head, labels in told_apart.items():
            places = {name: place for place, name in enumerate(learned[NAMES + head].tolist())}
            known = [place for place, name in enumerate(labels) if name in places]
            for part in (ROWS + head, ALWAYS + head):
                before, now = weights[part], np.zeros((*weights[part].shape[:-1], len(labels)), np.float32)
                now[..., known] = before[..., [places[labels[place]] for place in known]]
                weights[part] = now
    return weights


def _write(
    folder: Path, arrays: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray], labels: Sequence[str]
) -> None:
    np.savez_compressed(folder / ENCODER.name, **encoder_of(arrays, weights))  # type: ignore[arg-type]
    np.savez_compressed(folder / HEAD.name, **head_of(weights, labels))  # type: ignore[arg-type]


def encoder_of(arrays: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray]) -> Arrays:
    """Give the encoder as `bot.understanding.encoder` reads it: what was taught in eight bits, the rest as it came."""
    found = reached(arrays) | {"norms": weights["norms"][: 2 * LAYERS + 1]}
    for name in taught():
        scales = np.abs(weights[name]).max(axis=0, keepdims=True) / STEPS
        found[name] = np.rint(weights[name] / scales).astype(np.int8)
        found[f"{name}.scales"] = scales.astype(np.float32)
        found[f"{name}.bias"] = weights[f"{name}.bias"]
    return found


def reached(arrays: Mapping[str, np.ndarray]) -> Arrays:
    """Give what comes as it is: places, and of the vocabulary what English and German are written with."""
    pieces = bytes(arrays["pieces"]).decode().split("\n")
    kept = np.array([_is_reached(piece) for piece in pieces])
    written = "\n".join(piece for piece in pieces if _is_reached(piece)).encode()
    rows = {name: arrays[name][kept] for name in ("words", "words_scales")}
    return {**rows, "pieces": np.frombuffer(written, dtype=np.uint8), "positions": arrays["positions"]}


def _is_reached(piece: str) -> bool:
    """Say whether a piece is ever met in Latin letters without accents, or is a sign."""
    return not piece.startswith("[unused") and all(one.isascii() or not one.isalpha() for one in piece)


def head_of(weights: Mapping[str, np.ndarray], labels: Sequence[str]) -> Arrays:
    """Give the head as `bot.understanding.meaning` reads it."""
    return {
        "labels": np.frombuffer("\n".join(labels).encode(), dtype=np.uint8),
        "rows": SHARP * weights[ROWS + SITUATION],
        "always": weights[ALWAYS + SITUATION],
    }


def _say(step: int, missed: float) -> None:
    if step % _SAID == 0:
        sys.stderr.write(f"step {step}: {missed:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
