"""The browser: Debian's Chromium or another one on the path, with nothing it does on its own."""

from __future__ import annotations

import re
import shutil
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
    with subprocess.Popen([program, *flags], stderr=subprocess.PIPE, text=True) as running:  # noqa: S603  found above
        assert running.stderr is not None
        said = map(_LISTENING.search, running.stderr)
        address = next(found[1] for found in said if found)
        reader = Thread(target=running.stderr.read)  # a pipe that nobody empties stops it in the end
        reader.start()
        yield address
        running.terminate()
        reader.join()


def find_chromium() -> str | None:
    """Find a Chromium on this machine."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
