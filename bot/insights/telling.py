"""The three sentences a supervisor reads first: what changed, what people met, what to do on Monday. Pure."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from bot.insights.figures import handed
from bot.insights.figures.kept import missed_by
from bot.insights.figures.met import situations_met
from bot.insights.figures.running import news_overdue
from bot.insights.figures.spread import count_changed, share_changed
from bot.insights.sections.handoffs import taken_at_once, worst_hour
from bot.insights.sections.playbooks import before_of, met_most, risen
from bot.insights.sections.promises import kept, missed
from bot.insights.wording import lasting, number, percent, weekday
from bot.say.dates import written_days
from bot.say.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from bot.insights.counting import Compared
    from bot.insights.period import Period
    from bot.insights.values import Section

TWICE = 2  # what happened once is no pattern
SLOW = 0.8  # a smaller share taken within 60 seconds asks for a look
OFTEN = 3  # a misfit that came so often is no accident


def three_sentences(compared: Compared, further: Sequence[Section] = ()) -> tuple[str, str, str]:
    """Say what changed, what people met, and what to do on Monday."""
    if _is_empty(compared, further):
        if compared.begun is not None and compared.begun > compared.period.last:
            return _before_all(compared.period, compared.begun)
        return (
            _nothing(compared.period),
            _("Nobody handed a case over, started a playbook, promised customers news or granted a gesture."),
            _("On Monday: if the team did work, ask what keeps them from /calm and /recuse."),
        )
    return what_changed(compared, further)[1], what_was_met(compared), what_to_do(compared, further)[1]


def told(compared: Compared, further: Sequence[Section] = ()) -> frozenset[str]:
    """Name the sections whose facts the three sentences tell already."""
    if _is_empty(compared, further):
        return frozenset()
    return frozenset({what_changed(compared, further)[0], "situations", what_to_do(compared, further)[0]})


def _is_empty(compared: Compared, further: Sequence[Section]) -> bool:
    return compared.now.is_empty and not any(one.picture for one in further)


def _nothing(period: Period) -> str:
    said = _("Nothing was recorded on {day}.") if period.days == 1 else _("Nothing was recorded in {period}.")
    return said.format(day=period.name, period=period.name)


def _before_all(period: Period, begun: date) -> tuple[str, str, str]:
    """Say that a period lies before anything was recorded: whether the team worked then, nobody can tell."""
    later = _("Ask for days from {day} on.").format(day=written_days(begun, begun))
    return _nothing(period), _("That was before anything at all was recorded."), later


def what_changed(compared: Compared, further: Sequence[Section] = ()) -> tuple[str, str]:
    """Say the one change that matters most to customers, or that none is sure, behind the section it is of."""
    others = ((one.key, one.changed) for one in further if one.changed)
    changes = (*_changes(compared, worse=True), *_changes(compared, worse=False), *others)
    return changes[0] if changes else ("handoffs", _steady(compared))


def _changes(compared: Compared, *, worse: bool) -> Iterator[tuple[str, str]]:
    now, before = compared.now, compared.before
    promises, promised = kept(now), kept(before)
    if share_changed(promises, promised) == (-1 if worse else 1):
        said = (
            _("Fewer promises were kept: {now}, after {before}.")
            if worse
            else _("More promises were kept: {now}, after {before}.")
        )
        yield "promises", said.format(now=percent(promises.value), before=percent(promised.value))
    if compared.handoffs_cut or not compared.handoffs_compared:
        return
    soon, sooner = handed.taken_at_once(now.waits), handed.taken_at_once(before.waits)
    if share_changed(soon, sooner) == (-1 if worse else 1):
        said = (
            _("Handoffs wait longer: {now} were taken within 60 seconds, after {before}.")
            if worse
            else _("Handoffs are taken sooner: {now} within 60 seconds, after {before}.")
        )
        yield "handoffs", said.format(now=percent(soon.value), before=percent(sooner.value))
    count, counted = handed.handoffs(now.waits), handed.handoffs(before.waits)
    if count_changed(count, counted, compared.period.days, compared.period.before.days) == (1 if worse else -1):
        said = (
            _("There were more handoffs: {now}, after {before}.")
            if worse
            else _("There were fewer handoffs: {now}, after {before}.")
        )
        yield "handoffs", said.format(now=number(count), before=number(counted))


def _steady(compared: Compared) -> str:
    if compared.handoffs_cut:
        return _("Nothing has clearly changed, as far as it is still known.")
    count = handed.handoffs(compared.now.waits)
    if not count and compared.begun is not None:
        return _("Nobody handed a case over, and there is nothing to compare with yet.")
    if not count:
        return _("Nobody handed a case over, and nothing else has clearly changed.")
    said = (
        ngettext(
            "{count} handoff, {share} taken within 60 seconds: no clear change.",
            "{count} handoffs, {share} taken within 60 seconds: no clear change.",
            count,
        )
        if compared.begun is None
        else ngettext(
            "There is nothing to compare with yet: {count} handoff, {share} taken within 60 seconds.",
            "There is nothing to compare with yet: {count} handoffs, {share} taken within 60 seconds.",
            count,
        )
    )
    return said.format(count=number(count), share=taken_at_once(compared.now.waits))


def what_was_met(compared: Compared) -> str:
    """Say which situation has become more frequent, or else which one was met most."""
    up = risen(compared)
    if up is not None:
        name, share = up
        return _("“{title}” is met more: {now} of all playbooks started, after {before}.").format(
            title=compared.title(name), now=percent(share.value), before=percent(before_of(compared, name).value)
        )
    started = compared.now.runs.total()
    if not situations_met(compared.now.runs):
        return _("No playbook was started, so I can't tell what people met.")
    met = met_most(compared)
    if met is None:
        return ngettext(
            "{count} playbook was started: no situation stands out.",
            "{count} playbooks were started: no situation stands out.",
            started,
        ).format(count=number(started))
    return _("“{title}” was met most: {share} of all playbooks started.").format(
        title=compared.title(met[0]), share=percent(met[1].value)
    )


def what_to_do(compared: Compared, further: Sequence[Section] = ()) -> tuple[str, str]:
    """Say the one thing to do on Monday, what customers feel first, behind the section it is of."""
    advised = chain(
        ((subject, advise(compared)) for advise, subject in AT_ONCE.items()),
        ((one.key, one.to_do) for one in further),
        ((subject, advise(compared)) for advise, subject in IN_TIME.items()),
    )
    nothing = ("", _("On Monday: nothing asks for you. Thank the team."))
    return next((one for one in advised if one[1]), nothing)


def _plan(compared: Compared) -> str:
    worst = worst_hour(compared)
    if worst is None or worst[1].hits < TWICE:
        return ""
    (day, hour), share = worst
    said = _("On Monday: plan one more person for {day} from {begins} to {ends}; {count} times nobody was left then.")
    return said.format(
        day=weekday(day), begins=f"{hour:02}:00", ends=f"{(hour + 1) % 24:02}:00", count=number(share.hits)
    )


def _catch_up(compared: Compared) -> str:
    late = news_overdue(compared.now.ran)
    if not late:
        return ""
    return ngettext(
        "On Monday: see that customers hear of {count} overdue incident; `/incident list` names it.",
        "On Monday: see that customers hear of {count} overdue incidents; `/incident list` names them.",
        late,
    ).format(count=number(late))


def _promise_less(compared: Compared) -> str:
    late = missed(compared.now)
    half = missed_by(compared.now.answered, compared.now.waiting, 0.5)
    if not late or half is None:
        return ""
    said = ngettext(
        "On Monday: find out why {count} promise was missed, by {late}.",
        "On Monday: find out why {count} promises were missed, half of them by up to {late}.",
        late,
    )
    return said.format(count=number(late), late=lasting(half))


def _be_quicker(compared: Compared) -> str:
    soon = handed.taken_at_once(compared.now.waits)
    if compared.handoffs_cut or soon.high is None or soon.high >= SLOW:
        return ""
    return _(
        "On Monday: ask the team what keeps them from taking a case; only {share} found somebody within 60 seconds."
    ).format(share=percent(soon.value))


def _review(compared: Compared) -> str:
    if not compared.review:
        return ""
    return _("On Monday: read “{title}” again; nobody has said for half a year that it is still right.").format(
        title=compared.review[0]
    )


def _fit_better(compared: Compared) -> str:
    playbook, instead, count = next(iter(compared.misfits), ("", "", 0))
    if count < OFTEN:
        return ""
    if not instead:
        return _("On Monday: ask what people looked for when “{title}” did not fit; it happened {count} times.").format(
            title=compared.title(playbook), count=number(count)
        )
    return _(
        "On Monday: ask why “{instead}” was chosen where “{title}” was offered; it happened {count} times."
    ).format(title=compared.title(playbook), instead=compared.title(instead), count=number(count))


def _practise(compared: Compared) -> str:
    met = next(iter(situations_met(compared.now.runs)), None)
    if met is None:
        return ""
    return _("On Monday: take ten minutes with the team for “{title}”.").format(title=compared.title(met))


# What customers feel first comes first, each with the section it is of; what other sections advise stands between.
AT_ONCE: dict[Callable[[Compared], str], str] = {
    _catch_up: "promises",
    _plan: "hours",
    _promise_less: "promises",
    _be_quicker: "handoffs",
}
IN_TIME: dict[Callable[[Compared], str], str] = {
    _review: "playbooks",
    _fit_better: "playbooks",
    _practise: "situations",
}
