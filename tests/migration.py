"""Drafts the migration from the newest schema to what the models say now: `make migration NAME=kudos`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from bot.store.engines import build_engine
from bot.store.schema import alembic_config, migrate, revisions
from bot.store.seal import Seal

ROOT = Path(__file__).parents[1]


def draft(name: str) -> None:
    """Compare a new database with the models, and write what is missing into the next file."""
    with TemporaryDirectory() as folder:
        engine = build_engine(f"sqlite:///{Path(folder) / 'newest.db'}", Seal("for a moment"))
        migrate(engine)
        with engine.connect() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            made = command.revision(config, name, autogenerate=True, rev_id=next_number(revisions()))
        engine.dispose()
    [script] = made if isinstance(made, list) else [made]
    assert script is not None
    path = Path(script.path)
    path.write_text(tidy(path.read_text()))
    print(f"Read {path.relative_to(ROOT)}, and say in its first line what changes for people.")


def next_number(revisions: list[str]) -> str:
    """Count on from the newest, which may be one that was put in between: behind 0026 and 0026a comes 0027."""
    return f"{int(re.findall(r'[0-9]+', revisions[-1])[0]) + 1:04}"


def tidy(written: str) -> str:
    """Leave out what Alembic says to whoever drafts."""
    lines = [line for line in written.splitlines() if not line.strip().startswith("# ###")]
    return re.sub(r"\n\n\n\n+", "\n\n\n", "\n".join(lines)).rstrip() + "\n"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Give it a name: make migration NAME=kudos")
    draft(" ".join(sys.argv[1:]))
