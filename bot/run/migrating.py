"""Bringing the schema of a database up to date, or back, as whoever types it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import WrongUse
from bot.run.taking_back import losses
from bot.store.database import file_of
from bot.store.engines import build_engine
from bot.store.schema import brought_by, pending, revisions, taken_back
from bot.store.schema import migrate as bring_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from bot.run.settings import Settings


def migrate(settings: Settings, to: str, ask: Callable[[str], None], *, dry_run: bool) -> str:
    """Bring the schema to a revision, asking before anything is lost; say what was done, or would be."""
    if to not in ("head", "base", *revisions()):
        raise WrongUse(f"There is no revision {to}. There are: {', '.join(revisions())}.")
    engine = build_engine(settings.database_url, settings.seal)
    file = file_of(engine)
    made = file is not None and not file.exists()
    done = "The schema is up to date." if to == "head" else f"The schema is the one of {to}."
    goes_back = "" if made else _what_goes(engine, to)
    if not dry_run:
        if goes_back:
            ask(goes_back)
        new = not made and pending(engine) == revisions()
        bring_to(engine, to)
        done = f"Made {file}. {done}" if made else f"Set up a new database. {done}" if new else done
    elif to != "head":
        done = f"The schema would become the one of {to}.{f' {goes_back}' if goes_back else ''}"
    elif missing := pending(engine):
        new = missing == revisions()
        done = "It would set up a new database." if new else f"It would bring: {brought_by(missing)}"
    engine.dispose()
    return done


def _what_goes(engine: Engine, to: str) -> str:
    """Say what going back undoes and what it loses; nothing, where it does not go back."""
    undone = taken_back(engine, to)
    if not undone:
        return ""
    lost = losses(engine, to)
    loss = f"Lost for good: {'; '.join(lost)}." if lost else "Nothing that is stored is lost."
    return f"It goes back by {len(undone)}, to {to}. What goes: {brought_by(undone)} {loss}"
