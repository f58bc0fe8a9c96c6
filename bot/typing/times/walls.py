"""Which moment a time on somebody's wall clock is: the one ahead, asked back where several may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from bot.typing.times.answers import FURTHEST, AskBack, Moment, Why, WorkingDay
from bot.typing.times.clocks import (
    HOUR,
    MIDNIGHT,
    NOON,
    Clock,
    Firm,
    Part,
    Reading,
    closing,
    minutes,
    narrow,
    read_clock,
    take_part,
)
from bot.typing.times.days import MONTHS, Day, find_days
from bot.typing.times.words import without_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_TYPICAL = {
    Part.MORNING: (9, 10, 11),
    Part.AFTERNOON: (14, 16, 17),
    Part.EVENING: (18, 20, 22),
    Part.NIGHT: (20, 22, 24),
}


@dataclass(frozen=True)
class Scene:
    """Where and when somebody types a time."""

    now: datetime
    zone: tzinfo
    day: WorkingDay
    today: date
    named_zone: str = ""  # follows every time we write, if one was named
    furthest: timedelta = FURTHEST


@dataclass(frozen=True)
class Said:
    """A time on a wall clock: the dates it can be on, if a day was named, and the time of day, if one was."""

    clock: Clock | None
    dates: tuple[date, ...] | None = None
    part: Part | None = None


def read_wall(text: str, scene: Scene) -> Said | None:
    """Read a time of day with or without a day beside it, or a day alone."""
    text = without_until(text)
    for day in find_days(text, scene.today):
        if found := _read(day, scene):
            return found
    words, part = take_part(text)
    if clock := read_clock(words, scene.day, dated=False):
        return Said(clock, None, part)
    return Said(None, None, part) if part and not words else None


def _read(day: Day, scene: Scene) -> Said | None:
    words, part = take_part(day.rest)
    part = part or day.part
    dated = day.dates != (scene.today,)
    clock = read_clock(words, scene.day, dated=dated)
    if clock or words.strip(" -"):
        return Said(clock, day.dates, part) if clock else None
    opens = minutes(scene.day.opens)
    if part is Part.MORNING and dated and opens < NOON:
        clock = Clock((Reading(opens),), landmark=True)
    return Said(clock, day.dates, part)


def choose(said: Said, scene: Scene) -> Moment | AskBack:
    """Find the one moment that can be meant, or ask."""
    if said.dates == ():
        return AskBack(Why.NO_SUCH_DAY)
    named = said.dates or (scene.today,)
    dates = [day for day in named if abs(day - scene.today) <= scene.furthest + 2 * _DAY]
    if not dates:  # kept away from all arithmetic: the calendar has an end
        return AskBack(Why.TOO_FAR if named[0] > scene.today else Why.NOT_AHEAD)
    clock = narrow(said.clock, said.part) if said.clock and said.part else said.clock
    if clock is None:
        offered = dates if said.dates else (scene.today, scene.today + _DAY)  # "in the morning" is often tomorrow's
        why = Why.NO_HOUR if max(offered) >= scene.today else Why.NOT_AHEAD
        return AskBack(why, tuple(_typical(offered, said.part, scene)))
    if not clock.readings:
        return AskBack(Why.NO_SUCH_TIME)
    found = {day: _on(day, clock, scene, named=said.dates is not None) for day in dates}
    possible = [day for day, one in found.items() if not _is_out(one)]
    if len(possible) <= 1:
        return found[(possible or dates)[0]]
    readings = clock.readings[:1] if clock.firm is Firm.SURE else clock.readings
    return AskBack(Why.WHICH_DAY, tuple(write(day, reading, scene) for reading in readings for day in possible))


def _typical(dates: Sequence[date], part: Part | None, scene: Scene) -> Iterator[str]:
    """Offer times of a day of which only the part is known."""
    working = (minutes(scene.day.opens), NOON, closing(scene.day))
    times = [hour * HOUR for hour in _TYPICAL[part]] if part else working
    if part is None and len(dates) > 1:  # "next Wednesday" is tomorrow's to some: each day is offered
        return (write(day, Reading(at), scene) for at in times for day in dates)
    return (write(day, Reading(at), scene) for day in dates for at in times)


def _is_out(found: Moment | AskBack) -> bool:
    return isinstance(found, AskBack) and found.why in (Why.NOT_AHEAD, Why.TOO_FAR)


def _on(day: date, clock: Clock, scene: Scene, *, named: bool) -> Moment | AskBack:
    """Choose among the readings of a time of day on one date."""
    readings = [_place(day, reading, clock, scene, named=named) for reading in clock.readings]
    ahead = [reading for reading in readings if _ahead(day, reading, scene)]
    usual, working = clock.firm is Firm.USUAL, range(minutes(scene.day.opens), closing(scene.day) + 1)
    # The first reading is the sooner one: whoever meant the other is reminded early, never late.
    if clock.firm is Firm.SURE or (usual and readings[0] in ahead and readings[0].end in working):
        return _settle(day, readings[0], clock, scene)
    if named and not ahead:
        return AskBack(Why.NOT_AHEAD, tuple(write(scene.today + _DAY, reading, scene) for reading in readings))
    later = [write(day + _DAY, reading, scene) for reading in readings] if day == scene.today else []
    why = Why.WHICH_DAY if clock.landmark else Why.HALF_OF_DAY  # "midnight on Monday" begins or ends it
    return AskBack(why, (*(write(day, reading, scene) for reading in ahead), *later))


def _place(day: date, reading: Reading, clock: Clock, scene: Scene, *, named: bool) -> Reading:
    """Put what reaches over midnight into the night meant: of a named day the one after, else the first ahead."""
    if (reading.start or 0) < 0 and (named or not _ahead(day, reading, scene)):
        return _shifted(reading, MIDNIGHT)
    if clock.landmark and reading.end > MIDNIGHT and day == scene.today:  # the end of a day that began yesterday
        before = _shifted(reading, -MIDNIGHT)
        return before if _ahead(day, before, scene) else reading
    return reading


def _shifted(reading: Reading, by: int) -> Reading:
    return Reading(reading.end + by, None if reading.start is None else reading.start + by)


def _settle(day: date, reading: Reading, clock: Clock, scene: Scene) -> Moment | AskBack:
    """Turn a wall time into the moment it is, if there is one that can be promised."""
    wall = _wall(day, reading.end)
    at = _ahead(day, reading, scene)
    if at is None:
        today = (write(scene.today, one, scene) for one in clock.readings)  # "9:30" may have meant 21:30
        return AskBack(Why.NOT_AHEAD, (*today, write(scene.today + _DAY, reading, scene)))
    if at - scene.now > scene.furthest:
        return AskBack(Why.TOO_FAR)
    if not clock.landmark and not _instants(wall, scene.zone):
        return _skipped(wall, scene)
    if reading.start is None:
        return Moment(at)
    begins = _instants(_shown(_wall(day, reading.start), scene.zone, _MINUTE), scene.zone)[0]
    return Moment(at, begins if scene.now < begins <= at else None)


def _skipped(wall: datetime, scene: Scene) -> AskBack:
    """Name the gap, and offer the time just after it."""
    before, after = _shown(wall, scene.zone, -_MINUTE) + _MINUTE, _shown(wall, scene.zone, _MINUTE)
    option = write(after.date(), Reading(minutes(after.time())), scene)
    return AskBack(Why.SKIPPED, (option,), (before.time(), after.time()))


def _ahead(day: date, reading: Reading, scene: Scene) -> datetime | None:
    """Find the first moment ahead at which the wall clock shows this, or, if it skips it, what it skips to.

    A time that comes twice, on the night the clocks go back, means the first: that promise is kept in either reading.
    """
    wall = _shown(_wall(day, reading.end), scene.zone, _MINUTE)
    return next((at for at in _instants(wall, scene.zone) if at > scene.now), None)


def _wall(day: date, at: int) -> datetime:
    return datetime.combine(day, time()) + at * _MINUTE


def _shown(wall: datetime, zone: tzinfo, step: timedelta) -> datetime:
    """Step to a time that the wall clock does show; at most over the day that a zone skips at the date line."""
    while not _instants(wall, zone):
        wall += step
    return wall


def _instants(wall: datetime, zone: tzinfo) -> list[datetime]:
    """List when a wall clock shows this: never as the clocks go forward over it, twice as they go back."""
    both = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in both if at.astimezone(zone).replace(tzinfo=None) == wall)


def write(day: date, reading: Reading, scene: Scene) -> str:
    """Write a time so that it is read back as the same."""
    first = reading.end if reading.start is None else reading.start
    day += first // MIDNIGHT * _DAY
    if scene.named_zone or day not in (scene.today, scene.today + _DAY):  # another zone may have another today
        prefix = f"{day.day} {MONTHS[day.month - 1].title()} "
    else:
        prefix = "" if day == scene.today else "tomorrow "
    start, end = (f"{at % MIDNIGHT // HOUR:02}:{at % HOUR:02}" for at in (first, reading.end))
    span = end if reading.start is None else f"between {start} and {end}"
    return f"{prefix}{span} {scene.named_zone}".rstrip()


def write_moment(found: Moment, scene: Scene) -> str:
    """Write a moment as the wall clock shows it."""
    end = found.at.astimezone(scene.zone)
    start = found.earliest.astimezone(scene.zone) if found.earliest else None
    before = (end.date() - start.date()).days * MIDNIGHT if start else 0
    reading = Reading(minutes(end.time()), minutes(start.time()) - before if start else None)
    return write(end.date(), reading, scene)
