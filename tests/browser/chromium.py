"""The browser: Debian's Chromium or another one on the path, with nothing it does on its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# What Playwright gives a browser that it starts itself.
AS_PLAYWRIGHT = (
    "--hide-scrollbars",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-dev-shm-usage",
    "--disable-popup-blocking",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
)
_LISTENING = re.compile(r"DevTools listening on (ws://\S+)")


@contextmanager
def running_chromium(program: str, folder: Path) -> Iterator[str]:
    """Run one Chromium; give the address at which many can drive it."""
    flags = (*FLAGS, *AS_PLAYWRIGHT, "--remote-debugging-port=0", f"--user-data-dir={folder}")
    called = [program, *flags]
    with subprocess.Popen(called, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:  # noqa: S603
        assert running.stderr is not None
        said = map(_LISTENING.search, running.stderr)
        address = next(found[1] for found in said if found)
        reader = Thread(target=running.stderr.read)  # a pipe that nobody empties stops it in the end
        reader.start()
        yield address
        os.killpg(running.pid, signal.SIGTERM)  # what is called may be a script, and run the browser as its child
        reader.join()


def find_chromium() -> str | None:
    """Find a Chromium on this machine: the one without windows takes a third of the time for a page."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)
