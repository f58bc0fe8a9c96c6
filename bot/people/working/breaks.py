"""A break begins now and ends when somebody said; an end that cannot be read is asked back, never left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.directory.roster import availability_of, named_clock
from bot.directory.shifts import read_shifts
from bot.errors import Refusal
from bot.people.cards import actor as actor_cards
from bot.people.commands import LONGEST_REASON, GoAway, Return
from bot.people.surroundings import Surroundings
from bot.say.dates import written_weekday
from bot.say.language import _, reader
from bot.say.messages import Button
from bot.say.replies import Done, Reply
from bot.typing.german import to_type
from bot.typing.times.moments import LONGEST_BREAK, AskBack, Moment, WorkingDay, explain, read_moment
from bot.typing.times.until import Until, read_until, split_until
from bot.work.work import Work

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.typing.times.until import Read


def go_away(command: GoAway, work: Work) -> Reply:
    """Take a break."""
    me = work.me()
    typed = bool(command.line or command.until)
    said = _read(command, me, work) if typed else Until(None, why=command.reason)
    until = said.at.at if isinstance(said.at, Moment) else None
    if command.minutes is not None:
        until = work.now + timedelta(minutes=command.minutes)
    me.away_since, me.away_until, me.away_reason = work.now, until, said.why[:LONGEST_REASON] or None
    if command.on_board:
        return Done()
    return work.answer(actor_cards.away(until, read_in=named_clock(me, work.organisation, work.now) if said.at else ""))


def _read(command: GoAway, me: Person, work: Work) -> Until:
    """Read the end in the zone of whoever is away."""
    zone = me.zone_in(work.organisation)
    day = working_day(me, zone, work.now)
    read = partial(read_moment, now=work.now, zone=zone, day=day, furthest=LONGEST_BREAK)
    said = _said(command, read)
    if isinstance(said.at, AskBack):
        raise _ask_back(said, said.at, read, zone, work.now)
    return said


def _said(command: GoAway, read: Read) -> Until:
    if command.until:
        return Until(read_until(command.until, read), command.until, command.reason)
    said = split_until(command.line, read)
    return replace(said, why=said.why or command.reason)


def working_day(person: Person, zone: ZoneInfo, now: datetime) -> WorkingDay:
    """Say what "end of day" means to somebody: the end of their shift, if they have one today."""
    today = now.astimezone(zone).weekday()
    shifts = read_shifts(person.shifts_text) if person.shifts_text else ()
    return next((WorkingDay(shift.start, shift.end) for shift in shifts if today in shift.days), WorkingDay())


def _ask_back(said: Until, ask: AskBack, read: Read, zone: ZoneInfo, now: datetime) -> Refusal:
    ends = tuple(
        GoAway(until=option, reason=said.why[:LONGEST_REASON]).button(_("Until {time}").format(time=time))
        for option in ask.options
        if (time := _written(read_until(option, read), zone, now))
    )
    open_end = GoAway(reason=said.why[:LONGEST_REASON]).button(_("Until I'm back"))
    return Refusal(
        _("I can't read until when you're away: {words}.").format(words=said.words[:60]),
        f"{explain(replace(ask, options=()))} {_('Nothing was changed.')}",
        _("Choose an end, or type it such as {lunch} or {until}.").format(**_examples(zone, now)),
        (*_unique(ends), open_end),
    )


def _examples(zone: ZoneInfo, now: datetime) -> dict[str, str]:
    """Say how an end can be typed: in the reader's words, and at a time that is still to come."""
    soon = (now + timedelta(hours=1)).astimezone(zone)
    time = f"{soon:%H}:30" if soon.date() == now.astimezone(zone).date() else _("tomorrow 9:00")
    until, lunch = ("bis", "Mittag") if reader().startswith("de") else ("until", "lunch")
    away = to_type("/zanshin away")
    return {"lunch": f"`{away} 30m {lunch}`", "until": f"`{away} {until} {time}`"}


def _unique(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    return tuple({button.label: button for button in buttons}.values())


def _written(found: Moment | AskBack, zone: ZoneInfo, now: datetime) -> str:
    if isinstance(found, AskBack):
        return ""
    local, today = found.at.astimezone(zone), now.astimezone(zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{written_weekday(local)} {local:%H:%M}"


def return_(command: Return, work: Work, around: Surroundings) -> Reply:
    """Be back, and ask to be asked again; whoever is not asked yet reads why."""
    me = work.me()
    if command.line and me.away_since is None:
        return go_away(GoAway(line=command.line), work)
    me.away_since = me.away_until = me.away_reason = me.spared_until = None
    me.back_at = work.now
    if command.on_board:
        return Done()
    found = availability_of(me, work.organisation, work.now)
    return work.answer(actor_cards.back(found, around.occupied(work, me).get(me.id)))
