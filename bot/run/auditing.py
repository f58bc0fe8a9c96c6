"""`zanshin audit`: who decided what, and whether anybody has changed that record since."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.run.terminal import NO_KEY, NOT_FINE, AsJSON, print_json
from bot.store.seal import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

_LINK = re.compile(r"\d{1,18}:\d{1,18}:[0-9a-f]+")

audit = typer.Typer(no_args_is_help=True, help="See who decided what, and whether that record is whole.")


@audit.command("list")
def list_decisions(
    *,
    last: Annotated[int, typer.Option(min=1, max=100_000, help="How many, the newest last.")] = 50,
    as_json: AsJSON = False,
) -> None:
    """List decisions: when, what, who, from where. What was written is in none of them."""
    from bot.work.trail import listed, unchained  # noqa: PLC0415  only these commands need a database

    # What waits first: a server may chain it meanwhile, and read twice is better than in neither list.
    waiting, found = _looked(lambda session: (unchained(session), listed(session, last)))
    lost = sum(place == UNREADABLE for place in [*(one["whence"] for one in found), *(one[2] for one in waiting)])
    if as_json:
        chained = [one | {"chained": True} for one in found]
        later = {"number": None, "who": None, "chained": False}
        also = [{"at": at.isoformat(), "command": what, "whence": place} | later for what, at, place in waiting]
        print_json([_without_lost(one) for one in (*chained, *also)])
    elif not found and not waiting:
        typer.echo("Nobody has decided anything yet.")
    else:
        _print_decisions(waiting, found)
    if lost:
        typer.echo(f"No key opens from where {_decisions(lost)} came. {NO_KEY}", err=True)
        raise typer.Exit(NOT_FINE)


def _print_decisions(waiting: Sequence[tuple[str, datetime, str | None]], found: Sequence[dict[str, Any]]) -> None:
    for one in found:
        typer.echo(
            f"{one['at'][:19]}Z  {one['command']:24} {one['who'] or '-':20} {one['whence'] or 'no longer known'}"
        )
    for command, at, whence in waiting:
        typer.echo(f"{at:%Y-%m-%dT%H:%M:%S}Z  {command:24} {'-':20} {whence or 'no longer known'} (not chained yet)")
    if waiting:
        typer.echo(f"{_not_chained(len(waiting))}; a server does it when it starts.", err=True)


def _without_lost(row: dict[str, Any]) -> dict[str, Any]:
    """Give a decision as data: a place that no key opens is none, and that is said."""
    return row if row["whence"] != UNREADABLE else {**row, "whence": None, "unreadable": ["whence"]}


def _decisions(count: int) -> str:
    return "1 decision" if count == 1 else f"{count} decisions"


def _not_chained(count: int) -> str:
    return f"{_decisions(count)} {'is' if count == 1 else 'are'} not chained yet"


@audit.command("verify")
def verify_decisions(
    *,
    expect: Annotated[
        list[str] | None, typer.Option(help="A line noted earlier, CHAIN:NUMBER:LINK: it must still be there.")
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """Follow every chain; print its last link, to be noted where whoever runs the database cannot write."""
    from bot.work.trail import missing, unchained, verify  # noqa: PLC0415  as above

    if wrong := [one for one in expect or () if not _LINK.fullmatch(one)]:
        raise typer.BadParameter(
            f"{wrong[0]} is no line of ours: copy CHAIN:NUMBER:LINK as `zanshin audit verify` prints it"
        )
    waiting, verdicts, gone = _looked(
        lambda session: (unchained(session), list(verify(session)), missing(session, expect or []))
    )
    since = waiting[0][1] if waiting else None
    if not verdicts and not waiting and not as_json:
        typer.echo("Nobody has decided anything yet: there is no line to note.")
    if as_json:
        waits = {"count": len(waiting), "since": since and since.isoformat()}
        print_json({"chains": [asdict(one) for one in verdicts], "missing": gone, "unchained": waits})
    for one in () if as_json else verdicts:
        found = f"{one.entries} decisions, {one.erased} of them without a name by now"
        says = f"LOOK {one.wrong}" if one.wrong else f"ok   {one.chain}:{one.last}:{one.link[:16]}"
        typer.echo(f"{says}  ({found})")
    for line in () if as_json else gone:
        typer.echo(f"LOOK {line} is not there any more: the record was cut off or changed")
    if since is not None:
        typer.echo(
            f"{_not_chained(len(waiting))}, the oldest of {since:%Y-%m-%d %H:%M:%S} UTC: whoever can write to the"
            " database could still change them. A running server chains what people decide within a second or two, and"
            " what was typed here with the next of it, or when it starts.",
            err=True,
        )
    lost = sum(one.unreadable for one in verdicts)
    if lost:
        typer.echo(f"No key opens from where {_decisions(lost)} came, so nobody can say who it was. {NO_KEY}", err=True)
    if gone or lost or any(one.wrong for one in verdicts):
        raise typer.Exit(NOT_FINE)


def _looked(look: Callable[[Any], Any]) -> Any:
    from bot.run.erasing import opened  # noqa: PLC0415  as above
    from bot.run.settings import read_settings  # noqa: PLC0415

    with opened(read_settings(), reading=True) as session:
        return look(session)
