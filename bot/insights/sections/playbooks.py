"""Which situations people met most, what did not fit, and what is due for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.insights.figures.met import situations_met
from bot.insights.figures.spread import share_changed
from bot.insights.values import Bar, Bars, Section, Share, Table
from bot.insights.wording import NONE, bounds, in_percent, number, percent
from bot.say.language import _, listing, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.insights.counting import Compared

SHOWN = 8
ENOUGH = 3  # playbooks started: of fewer, nothing is said to be met most
NAMED = 3  # playbooks that are due for review
NOTHING = Share(0, 0)


def before_of(compared: Compared, playbook: str) -> Share:
    """Say how large the share of a situation was before; of nothing, where that is no longer kept."""
    total = compared.before.runs.total() if compared.runs_compared else 0
    return Share(compared.before.runs[playbook], total) if total else NOTHING


def risen(compared: Compared) -> tuple[str, Share] | None:
    """Find the situation whose share has surely risen, and most."""
    up = [
        (name, share)
        for name, share in situations_met(compared.now.runs).items()
        if share_changed(share, before_of(compared, name)) > 0
    ]
    gained = lambda one: (one[1].value or 0) - (before_of(compared, one[0]).value or 0)  # noqa: E731  named for what it means
    return max(up, key=gained, default=None)


def met_most(compared: Compared) -> tuple[str, Share] | None:
    """Find what was met most; of a tie, or of too few to tell, nothing was."""
    met = list(situations_met(compared.now.runs).items())
    tied = len(met) > 1 and met[0][1].hits == met[1][1].hits
    return met[0] if met and met[0][1].of >= ENOUGH and not tied else None


def situations_section(compared: Compared) -> Section | None:
    """Show what people met most, against the period before; that nobody met anything is told before."""
    met = list(situations_met(compared.now.runs).items())[:SHOWN]
    title = _("Situations most met")
    if not met:
        cut = tuple(_cut(compared))
        return Section("situations", title, cut, None, None) if cut else None
    said = (*_most(compared), *_cut(compared))
    return Section("situations", title, said, situations_picture(compared), _met_table(compared, met))


def _most(compared: Compared) -> tuple[str, ...]:
    most = met_most(compared)
    if most is None:
        return ()
    name, share = most
    said = ngettext(
        "“{title}” was met most: {count} time, {share} of all playbooks started.",
        "“{title}” was met most: {count} times, {share} of all playbooks started.",
        share.hits,
    )
    return (said.format(title=compared.title(name), count=number(share.hits), share=percent(share.value)),)


def situations_picture(compared: Compared) -> Bars:
    """Draw what people met most."""
    met = list(situations_met(compared.now.runs).items())[:SHOWN]
    bars = tuple(
        Bar(
            compared.title(name),
            *map(in_percent, (share.value, before_of(compared, name).value, share.low, share.high)),
        )
        for name, share in met
    )
    parts = ", ".join(f"{compared.title(name)} {percent(share.value)}" for name, share in met)
    alt = (
        _("Situations most met, as shares of all: {parts}.").format(parts=parts)
        if bars
        else _("No playbook was started.")
    )
    return Bars(_("Situations most met"), alt, "%", bars)


def _met_table(compared: Compared, met: list[tuple[str, Share]]) -> Table:
    return Table(
        (_("Situation"), _("Times"), _("Share"), _("Likely range"), _("Before")),
        tuple(
            (
                compared.title(name),
                number(share.hits),
                percent(share.value),
                bounds(share),
                percent(before_of(compared, name).value),
            )
            for name, share in met
        ),
    )


def _cut(compared: Compared) -> Iterator[str]:
    """Say what is no longer known, before somebody takes it for a change."""
    if compared.runs_cut:
        yield _("Which playbooks were used is kept for a time only, so the beginning of this period is missing.")
    elif not compared.runs_compared and compared.begun is None:
        yield _("Which playbooks were used before is no longer kept, so there is nothing to compare with.")


def playbooks_section(compared: Compared) -> Section | None:
    """Say which playbooks ask for somebody to look after them; nothing where none does."""
    if not compared.misfits and not compared.review:
        return None
    said = []
    if compared.review:
        count = len(compared.review)
        said.append(
            ngettext("{count} playbook is due for review.", "{count} playbooks are due for review.", count).format(
                count=number(count)
            )
        )
        said.append(listing(compared.review[:NAMED]))
    if compared.misfits:
        playbook, instead, times = compared.misfits[0]
        said.append(f"{compared.title(playbook)}: {_misfit(compared, instead)} ({number(times)}×).")
        said.append(_("What did not fit is counted since the beginning, not in this period alone."))
    rows = (
        *((title, _("it is due for review"), NONE) for title in compared.review[:SHOWN]),
        *(
            (compared.title(playbook), _misfit(compared, instead), number(count))
            for playbook, instead, count in compared.misfits[:SHOWN]
        ),
    )
    table = Table((_("Playbook"), _("Because"), _("Times")), rows)
    return Section("playbooks", _("Playbooks to look at"), tuple(said), None, table)


def _misfit(compared: Compared, instead: str) -> str:
    if not instead:
        return _("it was offered first and did not fit")
    return _("it was offered first and “{title}” was chosen").format(title=compared.title(instead))
