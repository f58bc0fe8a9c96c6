"""What became of promises to customers, and how soon they first heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.insights.figures.kept import missed_by, promises_kept, time_to_first_update
from bot.insights.figures.running import (
    incidents_open,
    incidents_opened,
    incidents_resolved,
    news_overdue,
    planned_work,
)
from bot.insights.values import Bar, Bars, Section, Share, Table
from bot.insights.wording import NONE, alike, bounds, in_percent, lasting, number, of_all
from bot.say.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import timedelta

    from bot.insights.counting import Compared, Counted
    from bot.insights.figures.running import Ran


def kept(counted: Counted) -> Share:
    """Say which share of promises was kept."""
    return promises_kept(counted.answered, counted.waiting)


def missed(counted: Counted) -> int:
    """Say how many were not."""
    share = kept(counted)
    return share.of - share.hits


def promises_section(compared: Compared) -> Section:
    """Say how many promises were kept, and by how much the others were missed."""
    both = (compared.now, compared.before)
    now, title = kept(compared.now), _("Promises to customers")
    if not now.of and not compared.now.ran:
        return Section("promises", title, (_("Customers were promised no news in this time."),), None, None)
    return Section(
        "promises",
        title,
        _sentences(compared.now),
        _picture(now, kept(compared.before)),
        Table(
            (_("Figure"), _("Now"), _("Before")),
            (
                (_("Incidents opened"), *_incidents(compared, incidents_opened)),
                (_("Incidents resolved"), *_incidents(compared, incidents_resolved)),
                (_("Promises kept"), *(of_all(kept(one)) for one in both)),
                (_("Likely range of that"), *(bounds(kept(one)) for one in both)),
                (_("Promises missed"), *(number(missed(one)) if kept(one).of else NONE for one in both)),
                (_("Half of those late by up to"), *alike(*(_late(one, 0.5) for one in both))),
                (_("Nine in ten late by up to"), *alike(*(_late(one, 0.9) for one in both))),
                (_("First update: half within"), *alike(*(time_to_first_update(one.first, 0.5) for one in both))),
                (
                    _("First update: nine in ten within"),
                    *alike(*(time_to_first_update(one.first, 0.9) for one in both)),
                ),
            ),
        ),
    )


def _incidents(compared: Compared, figure: Callable[[Ran], int]) -> tuple[str, str]:
    return number(figure(compared.now.ran)), number(figure(compared.before.ran)) if compared.begun is None else NONE


def _picture(now: Share, before: Share) -> Bars | None:
    if not now.of:
        return None
    title = _("Promises kept")
    alt = _("Promises kept: {share}; before: {before}.").format(share=of_all(now), before=of_all(before))
    return Bars(title, alt, "%", (Bar(title, *map(in_percent, (now.value, before.value, now.low, now.high))),))


def _sentences(counted: Counted) -> tuple[str, ...]:
    share, late, first = kept(counted), missed(counted), time_to_first_update(counted.first, 0.5)
    said = list(_ran(counted.ran))
    if share.of:
        said.append(
            ngettext("{kept} of {count} promise was kept.", "{kept} of {count} promises were kept.", share.of).format(
                kept=number(share.hits), count=number(share.of)
            )
        )
    if late:
        by = ngettext("The missed one was late by {late}.", "Half of those missed were late by {late} or less.", late)
        said.append(by.format(late=lasting(_late(counted, 0.5))))
    if first is not None:
        said.append(_first(counted, lasting(first)))
    if (untold := incidents_opened(counted.ran) - counted.first.total()) > 0:
        none = ngettext(
            "Customers were told nothing of {count} incident.",
            "Customers were told nothing of {count} incidents.",
            untold,
        )
        said.append(none.format(count=number(untold)))
    return tuple(said)


def _ran(ran: Ran) -> Iterator[str]:
    opened, resolved, running = incidents_opened(ran), incidents_resolved(ran), incidents_open(ran)
    planned, overdue = planned_work(ran), news_overdue(ran)
    if opened:
        said = ngettext("{count} incident was opened.", "{count} incidents were opened.", opened)
        yield said.format(count=number(opened))
    if resolved:
        said = ngettext("{count} incident was resolved.", "{count} incidents were resolved.", resolved)
        yield said.format(count=number(resolved))
    if running and not opened and not resolved:
        said = ngettext("{count} incident was open all along.", "{count} incidents were open all along.", running)
        yield said.format(count=number(running))
    if overdue:
        said = ngettext(
            "{count} incident is overdue: customers still wait for news.",
            "{count} incidents are overdue: customers still wait for news.",
            overdue,
        )
        yield said.format(count=number(overdue))
    if planned:
        yield _("Planned work ahead or under way: {count}.").format(count=number(planned))


def _first(counted: Counted, first: str) -> str:
    """Say how soon customers heard, of those incidents alone of which they did."""
    told = counted.first.total()
    return ngettext(
        "Customers were told of {count} incident, within {first}.",
        "Customers were told of {count} incidents, of half of them within {first}.",
        told,
    ).format(count=number(told), first=first)


def _late(counted: Counted, part: float) -> timedelta | None:
    return missed_by(counted.answered, counted.waiting, part)
