"""Running the playground: on this machine only, in the foreground, until Ctrl-C."""

from __future__ import annotations

import socket
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web
from pydantic import ValidationError

from adapters.web.app import WebAdapter
from adapters.web.folder import taken
from adapters.web.playground import open_playground
from adapters.web.settings import PlaygroundSettings
from bot.errors import SettingsError
from bot.run.serve import keep_what_is_there
from bot.watch.logs import set_up_logs

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"  # never anything else: the playground lets everybody be anybody
SAID: dict[int | str, str] = {  # how a setting can be made
    "port": "--port or ZANSHIN_PORT",
    "playground_dir": "--data or ZANSHIN_PLAYGROUND_DIR",
    "playbooks_dir": "ZANSHIN_PLAYBOOKS_DIR",
}


def run_playground(*, fresh: bool, port: int | None, folder: Path | None, lived: bool = False) -> None:
    """Open the playground and serve it; whatever stands in its way is found before any file is touched."""
    set_up_logs()
    settings = _settings(port=port, playground_dir=folder)
    with _listening(settings.port) as door, taken(settings.playground_dir):
        playground = open_playground(
            settings.playground_dir,
            settings.playbooks_dir,
            fresh=fresh,
            lived=lived,
            address=f"http://{HOST}:{door.getsockname()[1]}",
        )
        try:
            app = WebAdapter(playground).build()
            keep_what_is_there()
            web.run_app(
                app,
                sock=door,
                print=partial(_greet, door.getsockname()[1]),
                access_log=None,
                shutdown_timeout=1,
            )
        finally:
            playground.database.close()


def _settings(**chosen: object) -> PlaygroundSettings:
    given = {name: value for name, value in chosen.items() if value is not None}
    try:
        return PlaygroundSettings.model_validate(PlaygroundSettings().model_dump() | given)
    except ValidationError as wrong:
        problems = ", ".join(f"{SAID[error['loc'][0]]} ({error['msg']})" for error in wrong.errors())
        raise SettingsError(f"These settings are not valid: {problems}.") from wrong


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as problem:
        raise SettingsError(
            f"Port {port} cannot be used ({problem.strerror}). Choose another: ZANSHIN_PORT=8081 make playground"
        ) from problem


def _greet(port: int, _said: str) -> None:
    print(f"The playground is open on http://{HOST}:{port}. Stop it with Ctrl-C.", flush=True)  # noqa: T201  our output
