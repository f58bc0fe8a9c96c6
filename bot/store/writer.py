"""The writer of SQLite: one thread that carries out waiting work in groups, one commit for each group."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection, Engine

GROUP = 8  # the most pieces of work that share a commit: larger groups gain nothing and wait longer

T = TypeVar("T")


@dataclass(eq=False)
class _Job:
    work: Callable[[Session], Any]
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: BaseException | None = None

    def run(self, connection: Connection, *, alone: bool) -> None:
        """Run inside a savepoint: what goes wrong here undoes nothing of the others; who is alone needs none."""
        mode: Literal["rollback_only", "create_savepoint"] = "rollback_only" if alone else "create_savepoint"
        with Session(connection, join_transaction_mode=mode, expire_on_commit=False) as session:
            with self:
                self.result = self.work(session)
                session.commit()
            if self.error is not None:
                session.rollback()

    def __enter__(self) -> None:
        self.result = self.error = None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        # An error of the work belongs to whoever asked, not to this thread. An error of the database may have
        # undone the whole transaction, so the group has to decide.
        self.error = error
        return not isinstance(error, DBAPIError)

    def answer(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class GroupWriter:
    """Takes work from any thread and carries it out on its own, in the order it came."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        """Hand in work; the future is done after its commit. Cancelling it works until it has begun."""
        job = _Job(work)
        self._waiting.put(job)
        if self._closed:
            job.future.cancel()
        return job.future

    def close(self) -> None:
        """Finish what runs, cancel what waits, then stop."""
        self._closed = True
        with suppress(Empty):
            while True:
                if job := self._waiting.get_nowait():
                    job.future.cancel()
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while jobs := self._next_group():
            self._carry_out(jobs)

    def _next_group(self) -> list[_Job]:
        """Wait for work and take as much as may share a commit; nothing means to stop."""
        jobs: list[_Job] = []
        job = self._waiting.get()
        with suppress(Empty):
            while job is not None:
                jobs.append(job)
                if len(jobs) == GROUP:
                    return jobs
                job = self._waiting.get_nowait()
            if jobs:
                self._waiting.put(None)  # seen again once these are done
        return jobs

    def _carry_out(self, jobs: Sequence[_Job]) -> None:
        """Commit a group together; if the database refuses it, each piece alone."""
        started: list[_Job] = []
        try:
            with self._engine.begin() as connection:
                # Whoever gave up while we waited for the lock is left out, for certain and for ever.
                started = [job for job in jobs if job.future.set_running_or_notify_cancel()]
                for job in started:
                    job.run(connection, alone=len(started) == 1)
        except SQLAlchemyError as error:
            if not started:
                _fail([job for job in jobs if job.future.set_running_or_notify_cancel()], error)
            elif len(started) == 1:
                _fail(started, error)
            else:
                for job in started:
                    self._carry_out_alone(job)
            return
        for job in started:
            job.answer()

    def _carry_out_alone(self, job: _Job) -> None:
        try:
            with self._engine.begin() as connection:
                job.run(connection, alone=True)
        except SQLAlchemyError as error:
            _fail([job], error)
        else:
            job.answer()


def _fail(jobs: Sequence[_Job], error: SQLAlchemyError) -> None:
    for job in jobs:
        job.future.set_exception(error)
