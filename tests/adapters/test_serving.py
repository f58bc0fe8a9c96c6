"""Opening the playground from a terminal: it says where it is, and never disturbs one that is running."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.command_line import run, started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

WRONG_USE, NOT_SET_UP = 2, 3
PATIENCE = 60  # seconds


def refused(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Open a playground that cannot be opened."""
    return run("playground", *arguments)


@contextmanager
def opened(*arguments: str) -> Iterator[str]:
    """Open a playground; give the address it greets with."""
    with started("playground", *arguments) as playground:
        try:
            yield address_in(playground.readline())
        finally:
            playground.end(signal.SIGINT)


def address_in(greeting: str) -> str:
    found = re.fullmatch(r"The playground is open on (http://127\.0\.0\.1:\d+)\. Stop it with Ctrl-C\.\n", greeting)
    assert found, greeting
    return found[1]


def page(address: str) -> str:
    with urllib.request.urlopen(f"{address}/?as=ana", timeout=PATIENCE) as answer:  # noqa: S310  our own address
        return str(answer.read().decode())


def say(address: str, words: str) -> None:
    body = f'{{"as": "ana", "in": "support", "words": "{words}", "key": "a-key-of-ana"}}'.encode()
    asked = urllib.request.Request(f"{address}/say", body, {"Content-Type": "application/json"})  # noqa: S310
    urllib.request.urlopen(asked, timeout=PATIENCE).close()  # noqa: S310  our own address


def test_the_greeting_says_where_the_playground_is(tmp_path: Path) -> None:
    """Whichever port was chosen or found, the address can be followed; here in a Python of its own."""
    command = [sys.executable, "-m", "bot", "playground", "--data", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"ZANSHIN_PORT": "0"})  # noqa: S603  ours
    assert process.stdout is not None
    try:
        assert "Zanshin playground" in page(address_in(process.stdout.readline()))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        process.stdout.close()


def test_a_playground_that_runs_is_left_alone(tmp_path: Path) -> None:
    """A second one on the same folder, fresh or not, is refused with a sentence and the first loses nothing."""
    with opened("--data", str(tmp_path), "--port", "0") as address:
        say(address, "Good morning")
        for arguments in (("--fresh",), ()):
            second = refused("--data", str(tmp_path), "--port", "0", *arguments)
            assert second.returncode == NOT_SET_UP
            assert "is running in" in second.stderr
            assert "Traceback" not in second.stderr
        assert "Good morning" in page(address)
        say(address, "Still here")
    with opened("--data", str(tmp_path), "--port", "0") as address:
        assert "Good morning" in page(address)
    with opened("--data", str(tmp_path), "--port", "0", "--fresh") as address:
        assert "Good morning" not in page(address)


def test_nothing_is_thrown_away_for_a_port_that_is_taken(tmp_path: Path) -> None:
    """Starting over begins only when the playground can be opened."""
    with opened("--data", str(tmp_path), "--port", "0") as address:
        say(address, "Good morning")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = refused("--data", str(tmp_path), "--fresh", "--port", str(other.getsockname()[1]))
    assert taken.returncode == NOT_SET_UP
    assert "cannot be used" in taken.stderr
    with opened("--data", str(tmp_path), "--port", "0") as address:
        assert "Good morning" in page(address)


@pytest.mark.parametrize("port", ["99999", "-1", "eighty"])
def test_a_port_that_is_none_is_said(tmp_path: Path, port: str) -> None:
    """A number no port can have is named, without a traceback and without a file."""
    done = refused("--data", str(tmp_path), f"--port={port}")

    assert done.returncode in {WRONG_USE, NOT_SET_UP}
    assert "port" in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    """A file, or a place below one, cannot hold a playground."""
    file = tmp_path / "file"
    file.write_text("mine")
    for place in (file, file / "below"):
        done = refused("--data", str(place), "--port", "0")
        assert done.returncode == NOT_SET_UP
        assert "--data" in done.stderr
        assert "Traceback" not in done.stderr
    assert file.read_text() == "mine"


@pytest.mark.parametrize("left", [None, ""])
def test_a_key_that_is_lost_is_said_before_more_is_written(tmp_path: Path, left: str | None) -> None:
    """Without the key of its database a playground says so and offers to start over, which makes a new one."""
    with opened("--data", str(tmp_path), "--port", "0"):
        pass
    key = tmp_path / "playground.key"
    key.unlink()
    if left is not None:
        key.write_text(left)
    done = refused("--data", str(tmp_path), "--port", "0")

    assert done.returncode == NOT_SET_UP
    assert "--fresh" in done.stderr
    assert "Traceback" not in done.stderr
    with opened("--data", str(tmp_path), "--port", "0", "--fresh") as address:
        assert "Zanshin playground" in page(address)
