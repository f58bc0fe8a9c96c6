"""When to nag whom about a promised update: pure. The owner before it is due, the channel, then the supervisor.

One nag at a time, in this order and at growing distances: after a night of silence or a snooze the next one is said,
and those after it keep their distance. After our own absence, those whose time has passed are left out: the last of
them is said alone, to whoever it is for. Never a burst.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.directory.model import Organisation, Person
from bot.directory.shifts import Shift, on_shift, shift_change
from bot.typing.times.moments import WorkingDay
from bot.understanding.drafts import OwnWords

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


CADENCES = {1: 20, 2: 30, 3: 60, 4: 240}  # minutes between two updates, by severity
SHORTEST = timedelta(minutes=1)  # between two nags
DAILY = timedelta(days=1)  # between two calls of the supervisors for what disturbs a little
LATE = timedelta(minutes=1)  # a nag later than this was held up by us, and says so
_INSTANT = timedelta(microseconds=1)
AWAKE = (1, 2)  # severities for which nobody's night is quiet


class Stage(enum.IntEnum):
    """How much was said about a promise."""

    QUIET = 0  # nothing yet
    WARNED = 1  # the owner, privately, before it is due
    DUE = 2  # the channel, naming the owner
    OVERDUE_1 = 3  # the channel again
    OVERDUE_2 = 4
    OVERDUE_3 = 5
    SUPERVISOR = 6  # the supervisors: of sev1 and sev2 each cadence again, of the others once a working day


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A promised update, and what was said about it so far."""

    severity: int  # 1 is the worst
    cadence: timedelta  # of that severity
    made_at: datetime
    at: datetime  # by when customers hear more
    stage: Stage = Stage.QUIET
    said_at: datetime | None = None  # when that stage was reached
    resume_at: datetime | None = None  # snoozed or paused until then


@dataclass(frozen=True)
class Quiet:
    """The working hours outside of which small incidents wait, in the zone of whoever is nagged.

    The last moment of a day still belongs to it: what is promised by the end of the day is due then.
    """

    hours: tuple[Shift, ...]  # none: never quiet
    zone: ZoneInfo

    def is_quiet(self, at: datetime) -> bool:
        """Say whether nobody is to be disturbed."""
        return not on_shift(self.hours, self.zone, at) and not on_shift(self.hours, self.zone, at - _INSTANT)

    def ends(self, at: datetime) -> datetime:
        """Say when work begins, at or after a moment."""
        if not self.is_quiet(at):
            return at
        return shift_change(self.hours, self.zone, at) or at


def _as_shipped() -> dict[int, timedelta]:
    return {severity: timedelta(minutes=length) for severity, length in CADENCES.items()}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How an organisation keeps its promises: cadences, quiet hours, and where customers read along."""

    cadences: dict[int, timedelta] = field(default_factory=_as_shipped)  # by severity
    hours: tuple[Shift, ...] = ()  # outside of them sev3 and sev4 wait; none: never quiet
    places: tuple[int, ...] = ()  # conversations that customers read
    own: OwnWords = field(default_factory=OwnWords)  # its own jargon, and promises that nobody may make

    @property
    def day(self) -> WorkingDay:
        """The working day that "end of day" and "before we open" mean."""
        return WorkingDay(self.hours[0].start, self.hours[0].end) if self.hours else WorkingDay()

    def quiet_for(self, person: Person, organisation: Organisation) -> Quiet:
        """Say when somebody is not to be disturbed, in their own zone."""
        return Quiet(self.hours, person.zone_in(organisation))


@dataclass(frozen=True, kw_only=True)
class Nag:
    """What to say now, if anything, and when to look again."""

    say: Stage | None
    late: bool = False
    skips: bool = False  # rungs before it were never said: their time passed while nobody looked
    next_due_at: datetime


def nag_due(promise: Promise, quiet: Quiet, now: datetime) -> Nag:
    """Decide what is to be said about a promise now: of several whose time has passed, the last alone."""
    first = _following(promise, now)
    at = due_at = _when(first, promise, quiet)
    if now - due_at > LATE and _may_wait(first, promise):
        at = quiet.ends(now)  # what we missed ourselves is no reason to wake anybody
    if now < at:
        return Nag(say=None, next_due_at=at)
    stage = _last_passed(first, due_at, promise, quiet, now)
    said = _said(promise, stage, now)
    following = _following(said, now)
    return Nag(
        say=stage,
        late=now - due_at > LATE,
        skips=stage is not first,
        next_due_at=_when(following, said, quiet),
    )


def _last_passed(stage: Stage, at: datetime, promise: Promise, quiet: Quiet, now: datetime) -> Stage:
    """Go up the rungs as they would have been said in time, to the last whose time has come."""
    while stage is not Stage.SUPERVISOR:
        said = _said(promise, stage, at)
        at = _when(Stage(stage + 1), said, quiet)
        if now < at:
            break
        stage = Stage(stage + 1)
    return stage


def _said(promise: Promise, stage: Stage, at: datetime) -> Promise:
    return replace(promise, stage=stage, said_at=at, resume_at=None)


def _following(promise: Promise, now: datetime) -> Stage:
    """Name the next thing to say; a warning that comes too late to be one is left out."""
    if promise.stage is Stage.QUIET:
        return Stage.WARNED if now < promise.at else Stage.DUE
    if promise.stage is not Stage.SUPERVISOR:
        return Stage(promise.stage + 1)
    return Stage.SUPERVISOR  # silence is no state


def _when(stage: Stage, promise: Promise, quiet: Quiet) -> datetime:
    at = _nominal(stage, promise)
    if promise.resume_at is not None:
        at = max(at, promise.resume_at)
    return quiet.ends(at) if _may_wait(stage, promise) else at


def _may_wait(stage: Stage, promise: Promise) -> bool:
    # Whoever made a promise is warned of it, day and night; everybody else is left alone for small incidents.
    return stage is not Stage.WARNED and promise.severity not in AWAKE


def _nominal(stage: Stage, promise: Promise) -> datetime:
    if stage is Stage.WARNED:
        return promise.at - lead(promise.cadence, promise.at - promise.made_at)
    if stage is Stage.DUE or promise.said_at is None:
        return promise.at
    if promise.stage is Stage.SUPERVISOR:
        return promise.said_at + (max(promise.cadence, SHORTEST) if promise.severity in AWAKE else DAILY)
    return promise.said_at + distance(stage, promise.cadence)


def lead(cadence: timedelta, left: timedelta) -> timedelta:
    """Say how long before its time a promise is warned of: a fifth of the cadence, or half of what is left."""
    return min(max(min(cadence / 5, left / 2), SHORTEST), left / 2)


def distance(stage: Stage, cadence: timedelta) -> timedelta:
    """Say how long after the nag before it this one comes: together, the supervisor is called one cadence late."""
    shares = {Stage.OVERDUE_1: 0.1, Stage.OVERDUE_2: 0.2, Stage.OVERDUE_3: 0.4, Stage.SUPERVISOR: 0.3}
    return max(cadence * shares[stage], SHORTEST)
