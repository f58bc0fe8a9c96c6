"""Whose key opens nothing of what is stored writes nothing: it would be one more text that nobody else can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.keyring import fits
from bot.store.seal import WrongKey
from migrations.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOTHING_CHANGED = (
    "The database was written with another key than this ZANSHIN_SECRET_KEY, so nothing was changed. Set the right "
    "one, or name the key used before in ZANSHIN_OLD_SECRET_KEYS. Where no key is left: zanshin rotate-key --let-go"
)


def insist_on_the_key(engine: Engine) -> None:
    """Refuse to write where the keys are those of another database; whoever calls this has checked the schema."""
    metadata()  # a table that nobody has imported would be left out
    if not fits(engine, engine.dialect.zanshin_seal):  # type: ignore[attr-defined]  # put there by build_engine
        raise WrongKey(NOTHING_CHANGED)
