"""Every benchmark: `make bench`. It prints figures and ratios and asserts nothing."""

from __future__ import annotations

import asyncio

from bot.run.serve import keep_what_is_there
from bot.watch.logs import set_up_logs
from tests.benchmarks import (
    commands,
    figures,
    handoffs,
    incidents,
    pages,
    replicas,
    slack,
    startup,
    teams,
    understanding,
)


def main() -> None:
    """Measure one after the other."""
    set_up_logs()
    startup.run()
    understanding.run()
    keep_what_is_there()
    asyncio.run(pages.run())
    asyncio.run(commands.run())
    asyncio.run(handoffs.run())
    asyncio.run(incidents.run())
    figures.run()
    replicas.run()
    slack.run()
    teams.run()


if __name__ == "__main__":
    main()
