"""The time by which the next update is promised, as people type it: read, asked back, taken off the end of a text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from bot.say.language import _, reader
from bot.typing.times.answers import FURTHEST, LONGEST_BREAK, AskBack, Moment, Why, WorkingDay
from bot.typing.times.clocks import HOUR
from bot.typing.times.days import names_day
from bot.typing.times.endings import counts, find_endings, find_inside, find_said_next
from bot.typing.times.german import in_german
from bot.typing.times.lengths import Length, is_number, may_be_time_of_day, read_dotted, read_length, without_in
from bot.typing.times.promising import find_promises
from bot.typing.times.walls import Scene, choose, read_wall, write_moment
from bot.typing.times.words import LONGEST_PHRASE, Phrase, is_vague, tidy, without_until
from bot.typing.times.zones import is_called, place_of, sure_zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo
    from zoneinfo import ZoneInfo


__all__ = [
    "FURTHEST",
    "LONGEST_BREAK",
    "AskBack",
    "Moment",
    "Why",
    "WorkingDay",
    "explain",
    "read_moment",
    "split_moment",
    "split_promise",
    "vague_promise",
]

_MOST_OPTIONS = 3
_BARE = re.compile(r"\d{1,3}(?: ?- ?\d{1,3})?")
_FOUR_DIGITS = re.compile(r"\d{4}")
_OR = re.compile(r"\s+(?:or|oder)\s+", re.IGNORECASE)
_MINUTES = {"top of": 0, "on": 0, "quarter past": 15, "half past": 30, "quarter to": 45}
_OF_THE_HOUR = re.compile(
    r"(?:the |a )?(?P<minute>(?:top of|on)(?= the hour)|(?:half|quarter) past|quarter to"
    r"|(?P<past>5|10|20|25) (?P<way>past|to))(?: the hour)?"
)
_LUNCH = ("12:00", "13:00", "14:00")
_ALWAYS = ("in 30 minutes", "in 1 hour", "first thing tomorrow")
_FAR = ("in 2 days", "in 7 days", "in 14 days")


def read_moment(
    words: str, *, now: datetime, zone: ZoneInfo, day: WorkingDay, furthest: timedelta = FURTHEST
) -> Moment | AskBack:
    """Read a time as typed by somebody in a zone; never guess later than what may be meant."""
    scene = Scene(now, zone, day, now.astimezone(zone).date(), furthest=furthest)
    found = _read(words, scene)
    return _offer(found, scene) if isinstance(found, AskBack) else found


def split_moment(words: str, *, now: datetime, zone: ZoneInfo, day: WorkingDay) -> tuple[str, Moment | AskBack | None]:
    """Take the time of the next update off the end of a text; none if it does not end in one."""
    text = words.strip()
    scene = Scene(now, zone, day, now.astimezone(zone).date())
    for ending in find_promises(text, last=True):
        if isinstance(found := _read(ending.tail, scene), Moment):
            return _without_other(ending.rest, found, scene)
        if (several := _several(ending.tail, scene)) is not None:
            return ending.rest, several
    for ending in find_endings(text):
        found = _read(ending.tail, scene)
        if isinstance(found, Moment):
            return _without_other(ending.rest, found, scene)
        if counts(ending, found.why, scene.today):
            return ending.rest, _offer(found, scene)
    rest, inside = _split_inside(text, scene)
    return _without_other(rest, inside, scene) if inside else _split_unread(text, scene)


def _split_unread(text: str, scene: Scene) -> tuple[str, AskBack | None]:
    """Take "Next update" off with whatever stands behind it, and ask when that is."""
    said = find_said_next(text)
    return (said.rest, _offer(_unread(_read(said.tail, scene)), scene)) if said else (text, None)


def _unread(found: Moment | AskBack) -> AskBack:
    return found if isinstance(found, AskBack) and found.why is not Why.NOTHING else AskBack(Why.UNCLEAR)


def split_promise(words: str, *, now: datetime, zone: ZoneInfo, day: WorkingDay) -> tuple[str, Moment | None]:
    """Take "next update at 13:00" out of a text, wherever it stands."""
    return _split_inside(words, Scene(now, zone, day, now.astimezone(zone).date()))


def vague_promise(words: str, *, now: datetime, zone: ZoneInfo, day: WorkingDay) -> str:
    """Find the sentence of a text that says vaguely when the next update comes: "Next update by lunch."."""
    said = find_said_next(words)
    found = _read(said.tail, Scene(now, zone, day, now.astimezone(zone).date())) if said else None
    return said.tail if said and isinstance(found, AskBack) and found.why is not Why.UNCLEAR else ""


def _split_inside(text: str, scene: Scene) -> tuple[str, Moment | None]:
    for ending in chain(find_promises(text), find_inside(text)):
        if isinstance(found := _read(ending.tail, scene), Moment):
            return ending.rest, found
    return text, None


def _without_other(rest: str, found: Moment, scene: Scene) -> tuple[str, Moment | AskBack]:
    """Promise one time only: the same said twice is said once, and of two the right one is asked."""
    without, other = _split_inside(rest, scene)
    if other is None:
        return rest, found
    if other.at == found.at:
        return without, found
    return without, _offer(AskBack(Why.SEVERAL, (write_moment(other, scene), write_moment(found, scene))), scene)


def _several(words: str, scene: Scene) -> AskBack | None:
    """Ask which one is meant of "14:00 or 15:00"."""
    times = [_read(one, scene) for one in _OR.split(words)]
    moments = [one for one in times if isinstance(one, Moment)]
    if len(times) == 1 or len(moments) < len(times):
        return None
    return _offer(AskBack(Why.SEVERAL, tuple(write_moment(one, scene) for one in moments)), scene)


def _offer(ask: AskBack, scene: Scene) -> AskBack:
    """Keep the options that are understood; whoever gets none is shown what always works."""
    always = _FAR if ask.why is Why.TOO_FAR else _ALWAYS

    def usable(options: Iterable[str]) -> tuple[str, ...]:
        return tuple(option for option in dict.fromkeys(options) if isinstance(_read(option, scene), Moment))

    return replace(ask, options=(usable(ask.options) or usable(always))[:_MOST_OPTIONS], furthest=scene.furthest)


def _read(words: str, scene: Scene) -> Moment | AskBack:
    phrase = tidy(words)
    if not phrase.text:
        return AskBack(Why.NOTHING)
    if len(phrase.text) > LONGEST_PHRASE:
        return AskBack(Why.UNCLEAR)
    if phrase.zone and _FOUR_DIGITS.fullmatch(phrase.text):  # no length of time has a place
        phrase = replace(phrase, text=f"at {phrase.text}")
    if sure := sure_zone(phrase.zone):
        return _read_there(phrase.text, *sure, scene)
    found = _understand(phrase.text, scene)
    if not phrase.zone or (isinstance(found, AskBack) and found.why is Why.UNCLEAR):
        return found
    return _read_abbreviated(found, phrase, scene)


def _read_there(text: str, zone: tzinfo, name: str, scene: Scene) -> Moment | AskBack:
    """Read a time in another zone; while it has another date there, a day named must be the same in both calendars."""
    there = replace(scene, zone=zone, named_zone=name, today=scene.now.astimezone(zone).date())
    found = [_understand(text, replace(there, today=today)) for today in dict.fromkeys((there.today, scene.today))]
    asked = [one for one in found if isinstance(one, AskBack)]
    moments = sorted({one for one in found if isinstance(one, Moment)}, key=lambda one: one.at)
    unsure = [one for one in asked if one.why is not Why.NOT_AHEAD]
    if unsure or not moments:
        return (unsure or asked)[0]
    if len(moments) == 1 or not names_day(text, there.today):
        return moments[0]
    return AskBack(Why.WHICH_DAY, tuple(write_moment(one, there) for one in moments))


def _read_abbreviated(found: Moment | AskBack, phrase: Phrase, scene: Scene) -> Moment | AskBack:
    """Take the abbreviation of the typist's own zone, or of a place that goes by it then; ask about any other."""
    at = found.at if isinstance(found, Moment) else scene.now
    if is_called(scene.zone, phrase.zone, at):
        return found
    if place := place_of(phrase.zone):
        there = _read_there(phrase.text, *place, scene)
        if isinstance(there, AskBack) or is_called(place[0], phrase.zone, there.at):
            return there
    if isinstance(found, AskBack):
        return replace(found, why=Why.OTHER_ZONE)
    return AskBack(Why.OTHER_ZONE, (write_moment(found, scene), f"{phrase.text} UTC"))


def _understand(text: str, scene: Scene) -> Moment | AskBack:
    inside, of_day = without_in(text), may_be_time_of_day(text)
    if inside != text and is_number(inside):
        return AskBack(Why.NO_UNIT, (f"in {inside} minutes", f"in {inside} hours"))
    if inside != text and (dotted := read_dotted(inside)):
        return AskBack(Why.TIME_OR_LENGTH, (_dotted(dotted),))
    if of_day is None or _BARE.fullmatch(text) or _FOUR_DIGITS.fullmatch(text):
        return _time_or_length(text, scene)
    if not of_day and (length := read_length(text)):
        return _from_now(length, scene)
    if said := read_wall(text, scene):
        return choose(said, scene)
    return _of_the_hour(text, scene) or _asked(text)


def _asked(text: str) -> AskBack:
    if not is_vague(text):
        return AskBack(Why.UNCLEAR)
    return AskBack(Why.VAGUE, _LUNCH if without_until(text).startswith("lunch") else ())


def _of_the_hour(text: str, scene: Scene) -> Moment | None:
    """Read "half past" without its hour: when the clock on the wall shows that minute next."""
    if not (found := _OF_THE_HOUR.fullmatch(without_until(text))):
        return None
    past = int(found["past"] or 0)
    minute = (past if found["way"] == "past" else HOUR - past) if past else _MINUTES[found["minute"]]
    now = scene.now.astimezone(UTC).replace(second=0, microsecond=0)
    ahead = (now + timedelta(minutes=later) for later in range(1, 2 * HOUR))
    return Moment(next(at for at in ahead if at.astimezone(scene.zone).minute == minute))


def _time_or_length(text: str, scene: Scene) -> AskBack:
    found = _understand(f"at {text}", scene)
    times = (write_moment(found, scene),) if isinstance(found, Moment) else found.options
    if _FOUR_DIGITS.fullmatch(text):
        return AskBack(Why.TIME_OR_LENGTH, times)
    dotted = read_dotted(text)
    length = f"{text} minutes" if _BARE.fullmatch(text) else text
    lengths = () if not dotted and _falls(text) else (_dotted(dotted) if dotted else f"in {length}",)
    return AskBack(Why.TIME_OR_LENGTH, (*lengths, *times))


def _falls(text: str) -> bool:
    """Say whether two numbers fall, as hours of work do and minutes never."""
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    return len(numbers) > 1 and numbers[0] > numbers[-1]


def _dotted(length: tuple[int, int]) -> str:
    hours, past = length
    whole = f"{hours} hour{'s' if hours > 1 else ''} " if hours else ""
    return f"in {whole}{past} minutes"


def _from_now(length: Length, scene: Scene) -> Moment | AskBack:
    if length.end <= timedelta():
        return AskBack(Why.NOT_AHEAD)
    if length.end > scene.furthest:
        return AskBack(Why.TOO_FAR)
    now = scene.now.astimezone(UTC)
    start = length.start if length.start and timedelta() < length.start < length.end else None
    return Moment(now + length.end, now + start if start else None)


def explain(ask: AskBack) -> str:
    """Say why a time is asked back, and what would be understood."""
    why = {
        Why.NOTHING: _("By when will customers hear more? No time is given."),
        Why.VAGUE: _("That's no time I can keep watch over."),
        Why.UNCLEAR: _("I find no time in that."),
        Why.HALF_OF_DAY: _("I can't tell which time of day you mean."),
        Why.TIME_OR_LENGTH: _("I can't tell whether that's a time of day or a length of time."),
        Why.NO_UNIT: _("Minutes or hours?"),
        Why.NO_HOUR: _("That names the day, but no time."),
        Why.WHICH_DAY: _("I can't tell which day you mean."),
        Why.NOT_AHEAD: _("That time doesn't lie ahead."),
        Why.TOO_FAR: _("That's more than {days} days ahead."),
        Why.NO_SUCH_DAY: _("There's no such day in the calendar."),
        Why.NO_SUCH_TIME: _("There's no such time."),
        Why.SKIPPED: _("That night the clocks go from {start} straight to {end}: this time doesn't exist."),
        Why.OTHER_ZONE: _("I can't tell which place's time that is. Give it in your own time, or in UTC."),
        Why.BEGINS: _("I can't tell whether it begins or ends then."),
        Why.SEVERAL: _("I find more than one time in that."),
    }[ask.why]
    start, end = ask.gap or (time(), time())
    why = why.format(days=ask.furthest.days, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    options = [in_german(one) if reader().startswith("de") else one for one in ask.options]
    return _("{why} For example: {options}.").format(why=why, options=", ".join(options)) if options else why
