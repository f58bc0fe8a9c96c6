"""Bringing the schema of a database up to date, or back, as whoever types it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import WrongUse
from bot.store.database import file_of
from bot.store.engines import build_engine
from bot.store.schema import migrate as bring_to
from bot.store.schema import pending, revisions, taken_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.run.settings import Settings


def migrate(settings: Settings, to: str, ask: Callable[[str], None], *, dry_run: bool) -> str:
    """Bring the schema to a revision, asking before anything is lost; say what was done, or would be."""
    if to not in ("head", "base", *revisions()):
        raise WrongUse(f"There is no revision {to}. There are: {', '.join(revisions())}.")
    engine = build_engine(settings.database_url, settings.seal)
    file = file_of(engine)
    made = file is not None and not file.exists()
    done = "The schema is up to date." if to == "head" else f"The schema is the one of {to}."
    lost = [] if made else taken_back(engine, to)
    goes_back = f"It goes back to {to}: whatever {', '.join(lost)} brought is lost, with all that is in it."
    if not dry_run:
        if lost:
            ask(goes_back)
        bring_to(engine, to)
        done = f"Made {file}. {done}" if made else done
    elif to != "head":
        done = f"The schema would become the one of {to}.{f' {goes_back}' if lost else ''}"
    elif missing := pending(engine):
        done = f"It would bring {', '.join(missing)}."
    engine.dispose()
    return done
