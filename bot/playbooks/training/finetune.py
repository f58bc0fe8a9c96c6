"""Teach the encoder anew: `python -m bot.playbooks.training.finetune`, an hour of one core.

First it learns without the authors that are left out, for the page that measures it; then, for what is shipped, it
reads everybody once more. `measured` or `shipped` after it is one of the two. After new authors have come, `further`
has what is measured read all but those left out once more, a quarter of the time. Needs the extra `finetune`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from bot.playbooks.training.finetuning import LAYERS, SHARP, Plan, Teacher, start, taught
from bot.playbooks.training.fingerprint import FINGERPRINT, fingerprint
from bot.playbooks.training.measuring import LEFT_OUT, MEASURED, author_of
from bot.playbooks.training.texts import playbook_words, read_situations
from bot.playbooks.training.upstream import upstream
from bot.understanding.meaning import ENCODER, HEAD, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Arrays = dict[str, np.ndarray]

FULL = MEASURED / "full.npz"  # what was learned without those authors, in full precision
WITHOUT, ONCE_MORE = Plan(rounds=3, rate=2e-4), Plan(rounds=1, rate=1e-4)
STEPS = 127.0  # of a weight of eight bits, above and below nothing
AS_THEY_COME = ("pieces", "words", "words_scales", "positions")
_SAID = 20  # steps


def main(names: Sequence[str]) -> None:
    """Teach what is measured, or teach it further, and what is shipped; with no name, the first and the last."""
    texts, arrays = [*read_situations(), *playbook_words()], upstream()
    labels = sorted({one.best for one in texts})
    known = [one for one in texts if author_of(one) not in LEFT_OUT]
    MEASURED.mkdir(parents=True, exist_ok=True)
    if not names or "measured" in names:
        _measured(arrays, Teacher(arrays, labels, WITHOUT).learn(known, start(arrays, len(labels)), _say), labels)
    if "further" in names:
        _measured(arrays, Teacher(arrays, labels, ONCE_MORE).learn(known, _learned(), _say), labels)
    if not names or "shipped" in names:
        weights = Teacher(arrays, labels, ONCE_MORE).learn(texts, _learned(), _say)
        _write(WEIGHTS, arrays, weights, labels)
        FINGERPRINT.write_text(fingerprint(read_situations()) + "\n", encoding="utf-8")


def _measured(arrays: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray], labels: Sequence[str]) -> None:
    np.savez(FULL, **weights)  # type: ignore[arg-type]
    _write(MEASURED, arrays, weights, labels)


def _learned() -> Arrays:
    with np.load(FULL, allow_pickle=False) as learned:
        return dict(learned)


def _write(
    folder: Path, arrays: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray], labels: Sequence[str]
) -> None:
    np.savez_compressed(folder / ENCODER.name, **encoder_of(arrays, weights))  # type: ignore[arg-type]
    np.savez_compressed(folder / HEAD.name, **head_of(weights, labels))  # type: ignore[arg-type]


def encoder_of(arrays: Mapping[str, np.ndarray], weights: Mapping[str, np.ndarray]) -> Arrays:
    """Give the encoder as `bot.understanding.encoder` reads it: what was taught in eight bits, the rest as it came."""
    found = {name: arrays[name] for name in AS_THEY_COME} | {"norms": weights["norms"][: 2 * LAYERS + 1]}
    for name in taught():
        scales = np.abs(weights[name]).max(axis=0, keepdims=True) / STEPS
        found[name] = np.rint(weights[name] / scales).astype(np.int8)
        found[f"{name}.scales"] = scales.astype(np.float32)
        found[f"{name}.bias"] = weights[f"{name}.bias"]
    return found


def head_of(weights: Mapping[str, np.ndarray], labels: Sequence[str]) -> Arrays:
    """Give the head as `bot.understanding.meaning` reads it."""
    return {
        "labels": np.frombuffer("\n".join(labels).encode(), dtype=np.uint8),
        "rows": SHARP * weights["head"],
        "always": weights["always"],
    }


def _say(step: int, missed: float) -> None:
    if step % _SAID == 0:
        sys.stderr.write(f"step {step}: {missed:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
