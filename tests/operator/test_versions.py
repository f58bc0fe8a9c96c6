"""An upgrade, with real servers of the version before the last schema and of this one."""

from __future__ import annotations

import subprocess
import sys

import pytest

SECONDS = "20"  # of both side by side


@pytest.mark.long
def test_nothing_is_lost_while_two_versions_serve() -> None:
    """What people type and press through both in turn is all there, and nothing is said twice."""
    ended = subprocess.run([sys.executable, "-m", "tests.versions", "", SECONDS], capture_output=True, text=True)  # noqa: S603, PLW1510  our own command; its end is looked at

    assert ended.stdout.endswith("Nothing lost, nothing said twice.\n"), ended.stdout + ended.stderr
