"""What understanding costs: loading, memory, and the time of both readers."""

from __future__ import annotations

import resource
import time
from typing import TYPE_CHECKING, TypeVar

from bot.playbooks.training.texts import read_situations
from bot.understanding.linear import Linear
from bot.understanding.meaning import WEIGHTS as FOLDER
from bot.understanding.meaning import load_meaning
from bot.understanding.situations import WEIGHTS
from tests.benchmarks.measuring import share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

QUICK, SLOW = 2_000, 200  # texts
_Reader = TypeVar("_Reader")


def run() -> None:
    """Load each reader, and have it read what people type."""
    texts = [one.query for one in read_situations()][:: 1 + len(read_situations()) // QUICK]
    before = _weight()
    quick, took = _timed(lambda: Linear.load(WEIGHTS))
    print(f"understanding: quick reader loaded in {took:.2f} s, {_weight() - before:.0f} MiB")
    _say("quick reader", quick.scores, texts)
    before = _weight()
    slow, took = _timed(lambda: load_meaning(FOLDER))
    print(f"understanding: slow reader loaded in {took:.2f} s, {_weight() - before:.0f} MiB")
    if slow is not None:
        _say("slow reader", lambda text: slow.scores_at(slow.place(text)), texts[:SLOW])


def _say(name: str, read: Callable[[str], object], texts: Sequence[str]) -> None:
    """Print the time a text takes; of the processor, since other work may be going on."""
    took = []
    for text in texts:
        began = time.process_time()
        read(text)
        took.append(1000 * (time.process_time() - began))
    took.sort()
    print(f"understanding: {name}: {share(took, 0.5):.2f} ms at p50, {share(took, 0.99):.2f} at p99, of CPU")


def _timed(load: Callable[[], _Reader]) -> tuple[_Reader, float]:
    began = time.perf_counter()
    loaded = load()
    return loaded, time.perf_counter() - began


def _weight() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    run()
