"""How handoffs went, and when in the week nobody was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.decisions.rungs import Rung
from bot.insights.figures import handed
from bot.insights.values import Bar, Bars, HeatMap, Section, Table
from bot.insights.wording import NONE, alike, bounds, hour_named, in_percent, lasting, number, of_all, percent, weekday
from bot.say.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.insights.counting import Compared
    from bot.insights.figures.spread import Hour
    from bot.insights.values import Share

SHOWN = 8  # hours
DAYS, HOURS = range(7), range(24)
FEWEST_HOURS = 8  # a picture of fewer has no shape


def handoffs_section(compared: Compared) -> Section:
    """Say how many there were, how soon somebody took them and how far the search went."""
    now, before = compared.now.waits, before_of(compared)
    count = handed.handoffs(now)
    if compared.handoffs_cut:
        said = _(
            "Who handed a case over is forgotten after a while, so a team's handoffs can't be told from so long ago."
        )
        return Section("handoffs", _("Handoffs"), (said,), None, None)
    if not count:
        return Section("handoffs", _("Handoffs"), (_("Nobody handed a case over."),), None, None)
    return Section(
        "handoffs",
        _("Handoffs"),
        (
            ngettext("There was {count} handoff.", "There were {count} handoffs.", count).format(count=number(count)),
            _taken(now),
        ),
        _rungs(compared),
        Table(
            (_("Figure"), _("Now"), _("Before")),
            (
                (_("Handoffs"), number(count), number(handed.handoffs(before)) if compared.handoffs_compared else NONE),
                (_("Of them heated"), *(of_all(handed.heated_handoffs(one)) for one in (now, before))),
                (_("Taken within 60 seconds"), *(of_all(handed.taken_at_once(one)) for one in (now, before))),
                (_("Likely range of that"), *(bounds(handed.taken_at_once(one)) for one in (now, before))),
                (_("Half were taken within"), *alike(*(handed.time_to_accept(one, 0.5) for one in (now, before)))),
                (_("Nine in ten within"), *alike(*(handed.time_to_accept(one, 0.9) for one in (now, before)))),
                *(
                    (f"{_('Search ended at')}: {name}", of_all(share), of_all(handed.rungs_reached(before)[rung]))
                    for (rung, share), name in zip(handed.rungs_reached(now).items(), _rung_names(), strict=True)
                ),
            ),
        ),
    )


def _taken(now: Sequence[handed.Waits]) -> str:
    half = handed.time_to_accept(now, 0.5)
    if half is None:
        return _("None was taken.")
    said = _("Taken within 60 seconds: {share}; half of those taken had somebody after {half}.")
    return said.format(share=taken_at_once(now), half=lasting(half))


def taken_at_once(waits: Sequence[handed.Waits]) -> str:
    """Say how many found somebody within 60 seconds, and of how many, where some were called off before."""
    soon = handed.taken_at_once(waits)
    if not soon.hits:
        return _("none")
    if soon.of == handed.handoffs(waits):
        return percent(soon.value)
    return _("{hits} of {count} not called off").format(hits=number(soon.hits), count=number(soon.of))


def before_of(compared: Compared) -> Sequence[handed.Waits]:
    """See the handoffs of the period before; none where they are no longer known."""
    return compared.before.waits if compared.handoffs_compared else ()


def _rungs(compared: Compared) -> Bars:
    now, before = handed.rungs_reached(compared.now.waits), handed.rungs_reached(before_of(compared))
    bars = tuple(
        Bar(name, *map(in_percent, (share.value, before[rung].value, share.low, share.high)))
        for (rung, share), name in zip(now.items(), _rung_names(), strict=True)
    )
    told = _("How far the search for a colleague went: {parts}.")
    named = zip(_rung_names(), now.values(), strict=True)
    parts = ", ".join(f"{name} {percent(share.value)}" for name, share in named if share.of)
    return Bars(_("How far the search went"), told.format(parts=parts), "%", bars)


def _rung_names() -> tuple[str, ...]:
    names = {
        Rung.WISH: _("the colleague wished for"),
        Rung.BEST: _("the best colleague"),
        Rung.EVERYBODY: _("everybody who was free"),
        Rung.SUPERVISORS: _("the supervisors"),
        Rung.NOBODY: _("nobody left"),
    }
    return tuple(names[rung] for rung in Rung)


def worst_hour(compared: Compared) -> tuple[Hour, Share] | None:
    """Find the hour of the week in which most often nobody was left."""
    if compared.handoffs_cut:
        return None
    found = handed.hours_without_anybody(compared.now.hours, compared.period.zone)
    worst = max(found.items(), key=lambda one: (one[1].hits, one[1].value or 0), default=None)
    return worst if worst is not None and worst[1].hits else None


def hours_section(compared: Compared) -> Section | None:
    """Say in which hours of the week nobody was left, so that shifts can be planned; nothing without handoffs."""
    found = handed.hours_without_anybody(compared.now.hours, compared.period.zone)
    if not found or compared.handoffs_cut:
        return None
    empty = sorted(((hour, one) for hour, one in found.items() if one.hits), key=lambda one: (-one[1].hits, one[0]))
    total, shown = sum(one.hits for _hour, one in empty), _hours_of(found)
    if not empty:
        said = _("For every handoff somebody was left to ask.")
    else:
        said = ngettext(
            "Once nobody was left to ask: {hour}.", "{count} times nobody was left to ask, most often {hour}.", total
        ).format(count=number(total), hour=hour_named(empty[0][0]))
    return Section(
        "hours",
        _("When nobody was left"),
        (said,),
        HeatMap(
            _("When nobody was left"),
            said,
            _("handoffs"),
            tuple(weekday(day, "abbreviated") for day in DAYS),
            tuple(f"{hour:02}" for hour in shown),
            tuple(tuple(_hits(found.get((day, hour))) for hour in shown) for day in DAYS),
        ),
        Table(
            (_("Hour"), _("Nobody was left"), _("Handoffs")),
            tuple((hour_named(hour), number(one.hits), number(one.of)) for hour, one in empty[:SHOWN]),
        )
        if empty
        else None,
    )


def _hours_of(found: Iterable[Hour]) -> range:
    """Say which hours a picture of the week shows: those between which something happened, and never too few."""
    begins, ends = min(hour for _day, hour in found), max(hour for _day, hour in found) + 1
    begins = max(0, min(begins, ends - FEWEST_HOURS))
    return range(begins, min(len(HOURS), max(ends, begins + FEWEST_HOURS)))


def _hits(share: Share | None) -> float | None:
    return None if share is None else float(share.hits)
