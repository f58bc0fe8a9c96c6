"""One process of `tests.benchmarks.beside`: it imports no more than the one that it measures needs."""

from __future__ import annotations

import asyncio
import json
import sys
from importlib import import_module
from pathlib import Path


def memory() -> float:
    """Say how many MB this process held at most."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024


def ready() -> None:
    """Say that all is put in, and wait until it is time."""
    print("ready", flush=True)
    sys.stdin.readline()


def take_part(module: str, peer: str, url: str, count: str) -> None:
    """Put so many reminders in, and remind; print how many seconds the first took, and when each came."""
    remind = getattr(import_module(f"tests.benchmarks.{module}"), peer)
    filled, taken = asyncio.run(remind(url, int(count), ready))
    print(json.dumps({"filled": filled, "taken": taken, "memory": memory()}), flush=True)


if __name__ == "__main__":
    take_part(*sys.argv[1:])
