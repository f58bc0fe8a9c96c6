"""`zanshin rotate-key`: everything that people wrote is sealed with the new key, while the program runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import WrongUse
from bot.run.terminal import NOT_FINE, DryRun, was_dry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Engine

    from bot.store.keyring import Progress
    from bot.store.seal import Seal


def rotate_key(
    *,
    let_go: Annotated[
        bool, typer.Option("--let-go", help="Also let go, for good, of texts whose key is lost: asks first.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Seal every stored text with ZANSHIN_SECRET_KEY; ZANSHIN_OLD_SECRET_KEYS are needed until this is done."""
    from bot.run.keys import insist_on_the_key  # noqa: PLC0415  only this command needs a database

    with _opened() as (engine, seal):
        if len(seal.digest_keys) == 1 and not let_go:
            raise WrongUse(
                "Name the key used until now in ZANSHIN_OLD_SECRET_KEYS and the new one in ZANSHIN_SECRET_KEY, for "
                "every process of the server too; then run this again."
            )
        if not let_go:
            insist_on_the_key(engine)
        if dry_run:
            _look(engine, seal)
        elif let_go:
            _let_go(engine, seal, yes=yes)
        else:
            _rotate(engine, seal)
    was_dry(dry_run=dry_run)


@contextmanager
def _opened() -> Iterator[tuple[Engine, Seal]]:
    from bot.run.settings import read_settings  # noqa: PLC0415  as above
    from bot.store.engines import build_engine  # noqa: PLC0415
    from bot.store.schema import check_schema  # noqa: PLC0415
    from migrations.tables import metadata  # noqa: PLC0415

    settings = read_settings()
    metadata()
    seal = settings.seal
    engine = build_engine(settings.database_url, seal)
    try:
        check_schema(engine)
        yield engine, seal
    finally:
        engine.dispose()


def _look(engine: Engine, seal: Seal) -> None:
    from bot.store.keyring import look_through  # noqa: PLC0415  as above

    lost = _told(look_through(engine, seal), "to be sealed anew")
    if lost:
        typer.echo(_no_key_opens(lost), err=True)


def _rotate(engine: Engine, seal: Seal) -> None:
    from bot.store.keyring import make_keyring, rotate  # noqa: PLC0415  as above

    for place in make_keyring(engine, seal):
        typer.echo(f"Key {place} of ZANSHIN_OLD_SECRET_KEYS opens nothing, so it is not needed.", err=True)
    _note(engine, "operator-rotates-key")
    lost = _told(rotate(engine, seal))
    if lost:
        typer.echo(
            f"{_no_key_opens(lost)} Add it, and run this again; where it is lost: zanshin rotate-key --let-go", err=True
        )
        raise typer.Exit(NOT_FINE)
    typer.echo("Everything is sealed with ZANSHIN_SECRET_KEY. Take ZANSHIN_OLD_SECRET_KEYS away and start again.")


def _let_go(engine: Engine, seal: Seal, *, yes: bool) -> None:
    """Let go of what no key opens, after asking; what can be read is sealed with the newest key on the way."""
    from bot.store.keyring import Lost, drop_keyring, look_through, rotate  # noqa: PLC0415  as above

    found = list(look_through(engine, seal))
    lost = sum(one.unreadable for one in found)
    if not lost:
        typer.echo("Every text can be read: there is nothing to let go of.")
        return
    for one in found:
        if one.unreadable:
            typer.echo(f"{one.column:32} {one.unreadable} of {one.looked_at} that no key opens")
    if not yes:
        typer.confirm(f"{_no_key_opens(lost)} Let go of {'it' if lost == 1 else 'them'} for good?", abort=True)
    if seal.opens_keyring is False:
        drop_keyring(engine, seal)
        typer.echo("The key of hashes was lost, too: cases and customers of before are no longer found by their name,")
        typer.echo("and what was decided before can no longer be verified.")
    _note(engine, "operator-lets-go-of-texts")
    _told(rotate(engine, seal, Lost.GO), gone="let go of")
    typer.echo("Everything that is left can be read with ZANSHIN_SECRET_KEY.")


def _told(progress: Iterable[Progress], did: str = "sealed anew", gone: str = "that no key opens") -> int:
    """Say how far each column has come; give how many texts no key opened."""
    lost = 0
    for one in progress:
        lost += one.unreadable
        unread = f", {one.unreadable} {gone}" if one.unreadable else ""
        typer.echo(f"{one.column:32} {one.sealed_anew} of {one.looked_at} {did}{unread}")
    return lost


def _no_key_opens(lost: int) -> str:
    return f"{'1 text was' if lost == 1 else f'{lost} texts were'} written with a key that is not named."


def _note(engine: Engine, deed: str) -> None:
    from sqlalchemy.orm import Session  # noqa: PLC0415  as above

    from bot.run.deeds import note_deed  # noqa: PLC0415

    with Session(engine) as session, session.begin():
        note_deed(session, deed)
