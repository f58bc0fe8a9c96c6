"""Plays random histories, each on a fresh database; `python -m tests.histories 1000` plays crash histories."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.run.serve import keep_what_is_there
from tests.databases import postgres_database, sqlite_database, sqlite_template
from tests.simulation import play_seed, seated

if TYPE_CHECKING:
    import pytest

    from bot.store.database import Database
    from tests.handoffs.history import Histories

LEARNED = 20  # histories, until everything was read and compiled that they need
QUIETLY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def play(histories: type[Histories], request: pytest.FixtureRequest, kind: str, *, examples: int, steps: int) -> None:
    """Play so many histories, each on a fresh database."""
    stacks: dict[Database, ExitStack] = {}

    def open_database(_machine: Histories) -> Database:
        stack = ExitStack()
        if kind == "sqlite":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            opened = stack.enter_context(sqlite_database(request.getfixturevalue("sqlite_file"), folder, durable=False))
        else:
            opened = stack.enter_context(postgres_database(request.getfixturevalue("postgres_url")))
        stacks[opened] = stack
        return opened

    def close_database(_machine: Histories, opened: Database) -> None:
        stacks.pop(opened).close()

    machine = type("Played", (histories,), {"open_database": open_database, "close_database": close_database})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=QUIETLY,
            phases=[Phase.generate],  # making a history smaller takes longer than reading it
        ),
    )


def play_some(seeds: range) -> tuple[int, float]:
    """Play the crash histories of these seeds in this process; print those that fail.

    Say how many failed, and how many seconds of the processor all of them took.
    """
    failed, began = 0, time.process_time()
    quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quiet)  # what breaks is meant to break
    with tempfile.TemporaryDirectory() as name:
        database = asyncio.run(seated(sqlite_template(Path(name))))
    for number, seed in enumerate(seeds):
        if number == LEARNED:
            keep_what_is_there()
        try:
            asyncio.run(play_seed(seed, database))
        except AssertionError as wrong:
            failed += 1
            print(f"{wrong}\n  Once more: python -m tests.histories 1 {seed}", flush=True)
    return failed, time.process_time() - began


def main(count: int = 20, first: int = 0) -> None:
    """Play so many crash histories, from a seed on, on every core; a failing one is told with the fewest steps."""
    began, cores = time.monotonic(), min(os.cpu_count() or 1, count)
    parts = [range(first + core, first + count, cores) for core in range(cores)]
    with ProcessPoolExecutor(cores, get_context("spawn")) as processes:
        played = list(processes.map(play_some, parts))
    failed, worked = sum(one for one, _took in played), sum(took for _one, took in played)
    took = f"{time.monotonic() - began:.0f} s on {cores} cores, {worked:.0f} s of the processor"
    if failed:
        sys.exit(f"{failed} of {count} histories from seed {first} on failed, in {took}.")
    print(f"{count} histories from seed {first} on: nothing lost, nothing twice, nobody silent, in {took}.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
