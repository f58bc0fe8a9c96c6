"""Drafts the migration from the newest schema to what the models say now: `make migration NAME=kudos`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from bot.store.engines import build_engine
from bot.store.schema import alembic_config, migrate, revisions
from bot.store.seal import Seal


def draft(name: str) -> None:
    """Compare a new database with the models, and write what is missing into the next file."""
    with TemporaryDirectory() as folder:
        engine = build_engine(f"sqlite:///{Path(folder) / 'newest.db'}", Seal("for a moment"))
        migrate(engine)
        with engine.connect() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.revision(config, name, autogenerate=True, rev_id=f"{len(revisions()) + 1:04}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Give it a name: make migration NAME=kudos")
    draft(" ".join(sys.argv[1:]))
