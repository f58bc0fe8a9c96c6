"""`zanshin rotate-key`: everything that people wrote is sealed with the new key, while the program runs."""

from __future__ import annotations

import typer

from bot.errors import WrongUse
from bot.run.terminal import NOT_FINE


def rotate_key() -> None:
    """Seal every stored text with ZANSHIN_SECRET_KEY; ZANSHIN_OLD_SECRET_KEYS are needed until this is done."""
    from sqlalchemy.orm import Session  # noqa: PLC0415  only this command needs a database

    from bot.run.deeds import note_deed  # noqa: PLC0415  as above
    from bot.run.settings import read_settings  # noqa: PLC0415  as above
    from bot.store.engines import build_engine  # noqa: PLC0415
    from bot.store.keyring import make_keyring, rotate  # noqa: PLC0415
    from bot.store.schema import check_schema  # noqa: PLC0415
    from migrations.tables import metadata  # noqa: PLC0415

    settings = read_settings()
    if not settings.old_secret_keys:
        raise WrongUse(
            "Name the key used until now in ZANSHIN_OLD_SECRET_KEYS and the new one in ZANSHIN_SECRET_KEY, for every "
            "process of the server too; then run this again."
        )
    metadata()
    seal = settings.seal
    engine = build_engine(settings.database_url, seal)
    lost = 0
    try:
        check_schema(engine)
        with Session(engine) as session, session.begin():
            note_deed(session, "operator-rotates-key")
        for place in make_keyring(engine, seal):
            typer.echo(f"Key {place} of ZANSHIN_OLD_SECRET_KEYS opens nothing, so it is not needed.", err=True)
        for one in rotate(engine, seal):
            lost += one.unreadable
            unread = f", {one.unreadable} that no key opens" if one.unreadable else ""
            typer.echo(f"{one.column:32} {one.sealed_anew} of {one.looked_at} sealed anew{unread}")
    finally:
        engine.dispose()
    if lost:
        texts = "1 text was" if lost == 1 else f"{lost} texts were"
        typer.echo(f"{texts} written with a key that is not named. Add it, and run this again.", err=True)
        raise typer.Exit(NOT_FINE)
    typer.echo("Everything is sealed with ZANSHIN_SECRET_KEY. Take ZANSHIN_OLD_SECRET_KEYS away and start again.")
