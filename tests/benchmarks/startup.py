"""How long the playground takes to answer, and what it weighs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PORT = 8931
LONGEST = 30  # seconds


def start(folder: str) -> tuple[float, float]:
    """Start the playground, wait until it answers; return seconds and MiB."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "bot", "playground", "--data", folder, "--port", str(PORT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    )
    try:
        while not answers():
            if time.perf_counter() - began > LONGEST:
                raise SystemExit("The playground did not start.")
            time.sleep(0.01)
        took = time.perf_counter() - began
        status = Path(f"/proc/{process.pid}/status").read_text()
        weight = next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
    finally:
        process.terminate()
        process.wait()
    return took, weight


def answers() -> bool:
    """Ask for a sign of life."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run() -> None:
    """Print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first start", "second start"):
            took, weight = start(folder)
            print(f"Playground, {name}: answers after {took:.2f} s, {weight:.0f} MiB")
