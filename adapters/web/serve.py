"""Running the playground: on this machine only, in the foreground, until Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from pydantic import ValidationError

from adapters.web.app import WebAdapter
from adapters.web.playground import open_playground
from adapters.web.settings import PlaygroundSettings
from bot.errors import SettingsError
from bot.logs import set_up_logs

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"  # never anything else: the playground lets everybody be anybody


def run_playground(*, fresh: bool, port: int | None, folder: Path | None) -> None:
    """Open the playground and serve it."""
    set_up_logs()
    try:
        settings = PlaygroundSettings()
    except ValidationError as wrong:
        names = ", ".join("ZANSHIN_" + str(error["loc"][0]).upper() for error in wrong.errors())
        raise SettingsError(f"These settings are not valid: {names}.") from wrong
    playground = open_playground(folder or settings.playground_dir, settings.playbooks_dir, fresh=fresh)
    app = WebAdapter(playground).build()
    chosen = port if port is not None else settings.port
    try:
        web.run_app(app, host=HOST, port=chosen, print=_greet, access_log=None, shutdown_timeout=1)
    except OSError as problem:
        raise SettingsError(
            f"Port {chosen} cannot be used ({problem.strerror}). Choose another: ZANSHIN_PORT=8081 make playground"
        ) from problem
    finally:
        playground.database.close()


def _greet(_said: str) -> None:
    print("The playground is open. Stop it with Ctrl-C.", flush=True)  # noqa: T201  this is the command's own output
