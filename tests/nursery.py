"""Starts servers in processes of their own out of one that has read everything already.

A server that starts by itself reads programs for two seconds of the processor; one from here listens within a tenth.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

from bot.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, ForkServerProcess


@cache
def _nursery() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.read_already"])
    return context


def begin(settings: Mapping[str, str]) -> tuple[ForkServerProcess, Connection]:
    """Begin one server; give its process, and where it can be read what it says."""
    said, says = _nursery().Pipe(duplex=False)
    process = _nursery().Process(target=_serve, args=(dict(settings), says), daemon=True)
    process.start()
    says.close()
    return process, said


def _serve(settings: Mapping[str, str], says: Connection) -> None:
    os.environ.update(settings)
    os.dup2(says.fileno(), sys.stdout.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    sys.argv = ["zanshin", "serve"]
    main()
