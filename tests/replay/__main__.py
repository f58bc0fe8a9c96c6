"""`python -m tests.replay handoffs 0.3` presses a share of what a day has shown; without words, all of every day."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from bot.watch.logs import set_up_logs
from tests.databases import sqlite_template
from tests.replay.days import DAYS
from tests.replay.engine import Replay


async def main(day: str = "", share: str = "1", seed: str = "0") -> None:
    """Play, and print what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        for name in [day] if day else DAYS:
            place = Path(folder) / name
            place.mkdir()
            found = await Replay(name, DAYS[name], place, seed=int(seed), share=float(share)).play(template)
            counts = f"{found.faces} faces, {found.presses} presses, {found.stale} late, {found.at_once} by two"
            print(f"{name}: {counts}, {len(found.wrongs)} wrong", *found.wrongs, sep="\n", flush=True)


if __name__ == "__main__":
    with Path(os.devnull).open("w") as nowhere:
        set_up_logs(nowhere)  # what is refused is meant to be
        asyncio.run(main(*sys.argv[1:]))
