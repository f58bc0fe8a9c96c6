"""The command line for tests: each call is a process of its own, forked from one that has imported everything.

To start Python and to import the program takes a second, a hundred times in a run, before anything is done that a test
looks at. Where the start itself counts, tests start it anew with `run_alone`.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import traceback
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60  # seconds
LONGEST = 300  # seconds what was started may run
TRAINING = ".training."  # needs more than is installed, and nothing that runs needs it
ROOT = Path(__file__).parents[1]


def run(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the program as an operator does; give what it printed and its exit code."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("given", "printed", "complained")]
        files[0].write_text(given, "utf-8", "surrogateescape", newline="")
        code = _wait(_fork(arguments, environment, files, PATIENCE))
        printed, complained = (one.read_text("utf-8", "surrogateescape") for one in files[1:])
    return subprocess.CompletedProcess(arguments, code, printed, complained)


class Started:
    """The program, running."""

    def __init__(self, pid: int, printed: Path) -> None:
        self._pid = pid
        self._printed = printed.open()  # opened once there is somebody who writes

    def readline(self) -> str:
        """Read the next line it prints."""
        return self._printed.readline()

    def end(self, by: signal.Signals) -> int:
        """Tell it to stop, and wait until it has; give its exit code."""
        os.kill(self._pid, by)
        self._printed.close()
        return _wait(self._pid)


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[Started]:
    """Start the program as an operator does, and leave it running; whoever asked for it ends it."""
    with TemporaryDirectory() as folder:
        printed = Path(folder, "printed")
        os.mkfifo(printed)
        yield Started(_fork(arguments, environment, [Path(os.devnull), printed, Path(os.devnull)], LONGEST), printed)


def _fork(arguments: tuple[str, ...], environment: dict[str, str], files: list[Path], patience: int) -> int:
    return _ask([arguments, _kept() | environment, str(Path.cwd()), list(map(str, files)), patience])


def _wait(pid: int) -> int:
    return _ask(pid)


def _ask(what: object) -> int:
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps(what) + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def run_alone(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the program in a Python of its own, which imports what it needs and nothing else."""
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=_kept() | environment,
        timeout=PATIENCE,
        check=False,
    )


def _kept() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ZANSHIN_")}


@cache
def _server() -> subprocess.Popen[str]:
    """Start what forks; it ends with this process."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.command_line"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=_kept(),
    )
    atexit.register(server.communicate)
    return server


def serve() -> None:
    """Fork for each line that says what to be, and answer with its number; wait for that, and answer how it ended."""
    for package in ("bot", "adapters"):
        for module in walk_packages([str(ROOT / package)], f"{package}."):
            if not module.name.endswith("__main__") and TRAINING not in module.name:
                import_module(module.name)
    gc.freeze()
    # Read and written without buffers, so that what a fork finds in its own is empty.
    with open(0, "rb", buffering=0, closefd=False) as asked:
        for line in asked:
            os.write(1, f"{answer(json.loads(line))}\n".encode())


def answer(asked: Any) -> int:
    """Wait for a child, or have one."""
    if isinstance(asked, int):
        return os.waitstatus_to_exitcode(os.waitpid(asked, 0)[1])
    child = os.fork()
    if not child:
        os._exit(become(*asked))  # to take all of it apart takes longer than most calls
    return child


def become(arguments: list[str], environment: dict[str, str], folder: str, files: list[str], patience: int) -> int:
    """Be the program, with its own arguments, settings, folder, input and output."""
    signal.alarm(patience)
    os.chdir(folder)
    for number, (path, flags) in enumerate(zip(files, (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2), strict=True)):
        os.dup2(os.open(path, flags), number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    try:
        runpy.run_module("bot", run_name="__main__", alter_sys=True)
        code: object = 0
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  as Python itself
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    serve()
