"""How many random cases a property is tried with: enough with every change, and many more under `make test-long`."""

from __future__ import annotations

import os

from hypothesis import settings

LONGER = 25 if os.environ.get("ZANSHIN_TEST_LONG") else 1


def tried(times: int) -> settings:
    """Try a property so many times, however slow the machine is."""
    return settings(max_examples=times * LONGER, deadline=None)
