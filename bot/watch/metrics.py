"""What Prometheus reads: every name begins with zanshin_, and no label holds an id or anybody's words."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import timedelta

QUICK = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)  # seconds
SLOW = (0.5, 1, 2, 5, 10, 30, 60, 300, 3600)  # seconds


class Result(enum.StrEnum):
    """What came of a command."""

    DONE = "done"
    REFUSED = "refused"  # a rule said no
    LIMITED = "limited"  # they, their whole workspace, or everybody together asked too often
    BUG = "bug"  # rolled back and logged
    DATABASE_AWAY = "database_away"


class Metrics:
    """The figures of one program, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._commands = Counter(
            "zanshin_commands", "Commands of people carried out.", ("command", "result"), registry=registry
        )
        self._command_seconds = Histogram(
            "zanshin_command_seconds",
            "From the command to its reply.",
            ("command",),
            buckets=QUICK,
            registry=registry,
        )
        self._messages = Counter(
            "zanshin_messages",
            "Cards and notices: sent, dead, expired, unknown, or pending because they are tried again.",
            ("platform", "result"),
            registry=registry,
        )
        self._late = Histogram(
            "zanshin_clock_late_seconds",
            "How late the clock acted on rows that were due.",
            ("task",),
            buckets=SLOW,
            registry=registry,
        )
        self._lag = Histogram(
            "zanshin_loop_lag_seconds", "How late the event loop woke up.", buckets=QUICK, registry=registry
        )
        self._database = Gauge("zanshin_database_up", "Whether the database can be read.", registry=registry)
        self._pending = Gauge("zanshin_deliveries_pending", "Cards and notices still to be sent.", registry=registry)
        self._oldest = Gauge(
            "zanshin_delivery_oldest_due_seconds",
            "How long ago the oldest of those that are due became due.",
            registry=registry,
        )
        self._forgotten = Counter(
            "zanshin_audit_mended_rows",
            "Rows that had no time for their next step, and were given one.",
            ("task",),
            registry=registry,
        )
        self._behind = Gauge(
            "zanshin_audit_late_rows", "Rows that are due for over a minute.", ("task",), registry=registry
        )
        self._audits = Counter("zanshin_audits", "Looks at everything that waits.", ("result",), registry=registry)
        self._parked = Gauge("zanshin_parked_rows", "Rows the clock could not act on.", registry=registry)
        self._expected: Callable[[], None] = partial(self._begin, (), (), ())

    def expect(self, *, platforms: Iterable[str], commands: Iterable[str], tasks: Iterable[str]) -> None:
        """Let what may be counted be there as zero: what appears as one has not risen, and would alarm nobody."""
        self._expected = partial(self._begin, tuple(platforms), tuple(commands), tuple(tasks))

    def _begin(self, platforms: Iterable[str], commands: Iterable[str], tasks: Iterable[str]) -> None:
        for platform in platforms:
            for result in ("sent", "dead", "expired", "unknown", "pending"):
                self._messages.labels(platform, result)
        for command in commands:
            self._commands.labels(command, Result.BUG)
        for task in tasks:
            self._late.labels(task)
            self._forgotten.labels(task)

    def carried_out(self, command: str, result: Result, seconds: float) -> None:
        """Count a command."""
        self._commands.labels(command, result).inc()
        self._command_seconds.labels(command).observe(seconds)

    def delivered(self, results: Iterable[tuple[str, str]]) -> None:
        """Count what came of messages: platform and result."""
        for platform, result in results:
            self._messages.labels(platform, result).inc()

    def acted(self, task: str, late: Iterable[float]) -> None:
        """Note how many seconds late the clock acted on each row."""
        histogram = self._late.labels(task)
        for seconds in late:
            histogram.observe(seconds)

    def lagged(self, seconds: float) -> None:
        """Note how late the event loop woke up."""
        self._lag.observe(seconds)

    def audited(self, forgotten: Mapping[str, Sequence[int]], late: Mapping[str, int]) -> None:
        """Count what an audit found, by the kind of rows."""
        self._audits.labels("fine" if not forgotten and not late else "not_fine").inc()
        self._behind.clear()
        for task, rows in forgotten.items():
            self._forgotten.labels(task).inc(len(rows))
        for task, count in late.items():
            self._behind.labels(task).set(count)

    def looked(self, waiting: Waiting | None) -> None:
        """Set what was seen in the database; None when it was away, for old figures would say that all is well."""
        self._database.set(waiting is not None)
        self._pending.set(waiting.pending if waiting else math.nan)
        self._oldest.set(waiting.late.total_seconds() if waiting else math.nan)
        self._parked.set(waiting.parked if waiting else math.nan)

    def written(self) -> bytes:
        """Write all of it in the format of Prometheus."""
        self._expected()
        return generate_latest(self._registry)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How much waits, for how long."""

    pending: int  # cards and notices
    late: timedelta  # since the oldest of them became due
    parked: int
