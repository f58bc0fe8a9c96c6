"""`zanshin outbox`, `handoffs`, `incidents`, `simulate`: looked at and mended from a terminal."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import WrongUse
from bot.run.looking_back import retro
from bot.run.operating.drawing import age, counted, due, in_columns
from bot.run.settings import LONGEST_KEPT, read_settings
from bot.run.terminal import AsJSON, DryRun, print_json, was_dry
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from bot.run.operating.outbox import Entry

outbox = typer.Typer(no_args_is_help=True, help="See what waits to be sent or was given up; send it again, or drop it.")
handoffs = typer.Typer(no_args_is_help=True, help="See the handoffs that are not over.")
incidents = typer.Typer(
    no_args_is_help=True, help="See the incidents that are not resolved, and look back on those that are."
)

Names = Annotated[list[str] | None, typer.Argument(help="Messages, as the list names them: notice:12 card:7")]
Days = Annotated[int, typer.Option(min=1, max=LONGEST_KEPT, help="How far back to look at what was given up, in days.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(outbox, name="outbox")
    app.add_typer(handoffs, name="handoffs")
    app.add_typer(incidents, name="incidents")
    incidents.command("retro")(retro)
    app.command("simulate")(simulate_day)


@outbox.command("list")
def list_outbox(
    *,
    state: Annotated[str | None, typer.Option(help="Only these: pending, dead, unknown, expired or sent.")] = None,
    days: Days = 1,
    as_json: AsJSON = False,
) -> None:
    """List what waits or was given up: kind, place, age, state and reason, never a word of it."""
    now = SystemClock().now()
    found = _entries(state, days, now)
    if as_json:
        print_json([_as_data(asdict(entry)) for entry in found])
    elif not found:
        typer.echo(f"No message is {state}." if state else "No message waits, and none was given up lately.")
    else:
        typer.echo(_drawn(found, now))


@outbox.command("retry")
def retry_outbox(
    names: Names = None,
    *,
    given_up: Annotated[bool, typer.Option("--all", help="Everything that was given up lately.")] = False,
    days: Days = 1,
    stale: Annotated[bool, typer.Option("--stale", help="Also what is no longer true.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Send messages again as if for the first time, as far as they are still true; the server takes them up at once."""
    from bot.run.operating.outbox import AGAIN, MENDABLE, passed_over, retry  # noqa: PLC0415  see add_to

    now = SystemClock().now()
    chosen = list(names or ())
    if given_up:
        chosen += [entry.name for state in MENDABLE for entry in _entries(state, days, now)]
        if not chosen:
            typer.echo("Nothing was given up lately.")
            return
    done = _change(chosen, partial(retry, now=now, names=chosen, stale=stale), dry_run=dry_run)
    if old := passed_over(done):
        again = done.count(AGAIN)
        typer.echo(f"{again} {'goes' if again == 1 else 'go'} out again, {old.total()} passed over as no longer true:")
        typer.echo("\n".join(f"  {count}: {why}" for why, count in old.most_common()))
        typer.echo("With --stale these go out all the same.")
    was_dry(dry_run=dry_run)


@outbox.command("drop")
def drop_from_outbox(names: Names = None, *, dry_run: DryRun = False) -> None:
    """Never send messages, and erase their words; what waits to hear of them goes on as if they had been refused."""
    from bot.run.operating.outbox import drop  # noqa: PLC0415  see add_to

    chosen = list(names or ())
    _change(chosen, partial(drop, now=SystemClock().now(), names=chosen), dry_run=dry_run)
    was_dry(dry_run=dry_run)


@handoffs.command("list")
def list_handoffs(*, as_json: AsJSON = False) -> None:
    """List every handoff that is not over; neither who stepped out nor why is shown."""
    from bot.run.operating.listing import open_handoffs  # noqa: PLC0415  see add_to
    from bot.run.operating.opening import look_into  # noqa: PLC0415

    found, now = look_into(read_settings(), open_handoffs), SystemClock().now()
    if as_json:
        print_json([_as_data(asdict(row)) for row in found])
    elif not found:
        typer.echo("No handoff is open.")
    else:
        head = ("number", "organisation", "state", "since", "asks", "urgent", "the clock looks")
        rows = (
            (
                str(row.number),
                row.organisation,
                row.state,
                age(row.since, now),
                f"{row.rung} ({row.rounds})" if row.rung else "-",
                "yes" if row.urgent else "no",
                due(row.due_at, now),
            )
            for row in found
        )
        typer.echo(in_columns(head, rows))


@incidents.command("list")
def list_incidents(*, as_json: AsJSON = False) -> None:
    """List every incident that is not resolved, without its title."""
    from bot.run.operating.listing import live_incidents  # noqa: PLC0415  see add_to
    from bot.run.operating.opening import look_into  # noqa: PLC0415

    found, now = look_into(read_settings(), live_incidents), SystemClock().now()
    if as_json:
        print_json([_as_data(asdict(row)) for row in found])
    elif not found:
        typer.echo("No incident is open.")
    else:
        head = (
            "number",
            "organisation",
            "severity",
            "state",
            "since",
            "place",
            "promised",
            "reminded",
            "the clock looks",
        )
        rows = (
            (
                f"#{row.number}",
                row.organisation,
                str(row.severity),
                "paused" if row.paused else row.state,
                age(row.since, now),
                row.place,
                due(row.promise_at, now),
                row.reminded,
                due(row.due_at, now),
            )
            for row in found
        )
        typer.echo(in_columns(head, rows))


def simulate_day(
    *,
    day: Annotated[str, typer.Option("--day", help="today, tomorrow, or a date such as 2026-12-24.")] = "today",
    zone: Annotated[str | None, typer.Option(help="Whose day; the zone of the organisation unless set.")] = None,
    as_json: AsJSON = False,
) -> None:
    """Say what would be sent to whom that day if nobody did anything; played on a copy, nothing is written or sent."""
    from bot.run.operating.days import day_of, zone_of  # noqa: PLC0415  see add_to
    from bot.run.operating.repeats import in_groups  # noqa: PLC0415
    from bot.run.operating.scratch import scratch_of  # noqa: PLC0415
    from bot.run.operating.simulating import simulated  # noqa: PLC0415

    settings, now = read_settings(), SystemClock().now()
    with scratch_of(settings) as scratch:
        there = zone_of(zone, scratch)
        begins, ends = day_of(day, now, there)
        said = simulated(scratch, settings, now, (begins, ends))
    if as_json:
        print_json([_as_data(asdict(one)) for one in said])
        return
    date = f"{begins.astimezone(there):%A, %d %B %Y} ({there.key})"
    if not said:
        typer.echo(f"If nobody does anything, nothing is sent on {date}.")
        return
    typer.echo(f"If nobody does anything, {counted(len(said), 'message')} on {date}:")
    rows = (
        (
            f"{one.first.at.astimezone(there):%H:%M}",
            one.first.platform,
            one.first.place,
            f"{one.first.about} {one.first.number}",
            one.then(there),
        )
        for one in in_groups(said)
    )
    typer.echo(in_columns(("at", "platform", "to", "about", "again"), rows))


def _entries(state: str | None, days: int, now: datetime) -> list[Entry]:
    from bot.delivery.model import DeliveryState  # noqa: PLC0415  see add_to
    from bot.run.operating.opening import look_into  # noqa: PLC0415
    from bot.run.operating.outbox import WAITING, entries  # noqa: PLC0415

    if state is not None and state not in tuple(DeliveryState):
        raise WrongUse(f"{state} is no state. Choose one of: {', '.join(DeliveryState)}")
    states = (state,) if state is not None else WAITING
    return look_into(read_settings(), partial(entries, now=now, states=states, within=timedelta(days=days)))


def _drawn(found: Sequence[Entry], now: datetime) -> str:
    from bot.run.operating.reasons import in_words  # noqa: PLC0415  see add_to

    head = ("message", "about", "platform", "place", "state", "age", "tries", "next try", "reason")
    rows = (
        (
            entry.name,
            entry.about,
            entry.platform,
            entry.place,
            entry.state,
            age(entry.asked_at, now),
            str(entry.attempts),
            due(entry.try_at, now) if entry.state == "pending" else "-",
            in_words(entry.error) or "-",
        )
        for entry in found
    )
    return in_columns(head, rows)


def _change(names: Sequence[str], job: Callable[[Session], list[tuple[str, str]]], *, dry_run: bool) -> list[str]:
    """Do it, print of each what was done, and give that."""
    from bot.run.operating.opening import change  # noqa: PLC0415  see add_to

    if not names:
        raise WrongUse("Name the messages, as zanshin outbox list does: notice:12 card:7")
    found = change(read_settings(), job, dry_run=dry_run)
    typer.echo("\n".join(f"{name}: {done}." for name, done in found))
    return [done for _name, done in found]


def _as_data(row: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
