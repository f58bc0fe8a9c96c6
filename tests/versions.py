"""Two versions at once, as in an upgrade: `python -m tests.versions [REVISION] [SECONDS]`.

An older revision of this repository and this one serve one PostgreSQL as real processes, side by side, while people
type and press through both in turn; then the new one serves alone, and the old one again after `migrate --to`. Figures
are printed; what is lost, said twice or not said at all is an AssertionError. Without a revision it is the one before
the last change of the schema.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from tests.benchmarks.measuring import share
from tests.databases import empty_postgres, postgres_server
from tests.typists import Day, Office, Version, begin, hand_over, nag, nagged, note, open_incident, run, zanshin

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent.parent
AROUND = 240  # seconds for all that comes before and after both versions serve
PACE = 0.2  # seconds between two acts
HANDOFF_EVERY, NAG_EVERY = 25, 20  # acts
ASKED = text(
    "SELECT offers.handoff_id, identities.address, offers.asks FROM offers"
    " JOIN identities ON identities.person_id = offers.person_id"
)


def before_the_last_schema() -> str:
    """Find the revision before the one that last brought a migration."""
    asked = ["git", "log", "-1", "--format=%H", "--diff-filter=A", "--", "migrations/versions"]
    return f"{run(asked, cwd=HERE).decode().strip()}^"


def unpack(revision: str, folder: Path) -> str:
    """Put the source of a revision into a folder; give its short name."""
    (folder / "source.tar").write_bytes(run(["git", "archive", "--format=tar", revision], cwd=HERE))
    run(["tar", "--extract", "--file", "source.tar"], cwd=folder)
    return run(["git", "rev-parse", "--short", revision], cwd=HERE).decode().strip()


def schema_of(source: Path) -> str:
    """Name the last migration that a version knows."""
    return max(one.name for one in (source / "migrations" / "versions").glob("0*.py")).partition("_")[0]


def go_on(day: Day, versions: tuple[Version, Version], seconds: float) -> None:
    """Let people type and press through both in turn."""
    until, act = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        one, other = versions if act % 2 else versions[::-1]
        if act % HANDOFF_EVERY == 1:
            hand_over(day, one, other)
        elif act % NAG_EVERY == 2:
            nag(day, one, other)
        else:
            note(day, one)
        act += 1
        time.sleep(PACE)


def check(day: Day) -> list[str]:
    """Compare what was asked for with what is there; give the figures."""
    for table in ("cards", "notices"):
        waiting = f"SELECT count(*) FROM {table} WHERE state = 'pending' AND try_at <= now()"  # noqa: S608  of ours
        day.waits_for("The last message", lambda waiting=waiting: day.asks(waiting) == 0)  # type: ignore[misc]
    kept = day.asks("SELECT count(*) FROM incident_events WHERE kind = 'noted'")
    assert kept == day.notes, f"{day.notes} notes were acknowledged, {kept} are there."
    told = day.asks("SELECT count(*) FROM incident_events WHERE kind = 'updated'")
    assert told == day.updates, f"{day.updates} updates were told, {told} are there."
    reminders = sum(nagged(day, number) for number in day.incidents)
    assert reminders == day.nags, f"{day.nags} promises ran out, {reminders} reminders were said."
    with day.engine.connect() as connection:
        asked = {(str(handoff), f"D0{account}"): asks for handoff, account, asks in connection.execute(ASKED)}
    offers = Counter(
        (fields["handoff"], one.channel)
        for one in day.office.posts
        if one.channel.startswith("D0") and (fields := one.fields_of("accept-handoff"))
    )
    assert offers == asked, f"Asked for: {asked}; said: {dict(offers)}"
    numbered = [one for one in day.office.posts if one.is_numbered]  # others may well say the same of two cases
    twice = [one for one, count in Counter(numbered).items() if count > 1]
    assert not twice, f"Said twice: {twice[0]}"
    over = sum("This handoff is over" in one.body for one in day.office.posts)  # or edited into what stood there
    assert over <= day.handoffs, f"{day.handoffs} handoffs ended, {over} times it was said."
    return [
        f"{kept} of {day.notes} notes are there",
        f"{reminders} reminders for {day.nags} promises that ran out",
        f"{told} of {day.updates} updates",
        f"{offers.total()} offers for {sum(asked.values())} asked in {day.handoffs} handoffs",
        f"{len(day.office.posts)} messages, none twice",
    ]


def pace_of(server: Version) -> str:
    """Say how long answers took."""
    waits = sorted(server.waits)
    return f"{server.name}: {len(waits)} answers, p50 {median(waits):.0f} ms, p99 {share(waits, 0.99):.0f} ms"


def upgrade(day: Day, url: str, before: Path, seconds: float, stack: ExitStack) -> None:
    """Upgrade as docs/operations.md says, and go back; print what was seen."""
    old_schema, new_schema = schema_of(before), schema_of(HERE)
    zanshin(before, url, "migrate")
    old = Version("old", before, url, day.office)
    stack.callback(old.kill)
    begin(day, old, url, before)
    note(day, old)
    print(f"migrated with the old one serving: {zanshin(HERE, url, 'migrate')}")
    new = Version("new", HERE, url, day.office)
    stack.callback(new.kill)
    open_incident(day, new)
    go_on(day, (old, new), seconds)
    print(f"side by side for {seconds:.0f} s: {'; '.join(check(day))}")
    print(f"{pace_of(old)}; {pace_of(new)}")
    print(f"the old one's /readyz: {old.get('/readyz')}; the new one's: {new.get('/readyz')}")
    print(f"the old one stopped in {old.stop():.1f} s")
    nag(day, new, new)
    hand_over(day, new, new)
    print(f"the new one alone: {'; '.join(check(day))}; it stopped in {new.stop():.1f} s")
    if new_schema != old_schema:
        print(f"back: {zanshin(HERE, url, 'migrate', '--to', old_schema, '--yes')}")
    old.start()
    note(day, old)
    nag(day, old, old)
    hand_over(day, old, old)
    print(f"the old one again: {'; '.join(check(day))}; it stopped in {old.stop():.1f} s")


@contextmanager
def office_open() -> Iterator[Office]:
    """Serve Slack for as long as this takes."""
    office = Office()
    threading.Thread(target=office.serve_forever, daemon=True).start()
    try:
        yield office
    finally:
        office.shutdown()
        office.server_close()


def _too_long(*_signal: object) -> None:
    raise TimeoutError("It took too long, and was ended.")


def main(revision: str = "", seconds: str = "60") -> None:
    """Try an upgrade from a revision, with both versions serving for so long."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(int(float(seconds)) + AROUND)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zanshin-")))
        name = unpack(revision or before_the_last_schema(), folder)
        print(f"old: {name}, schema {schema_of(folder)}; new: this folder, schema {schema_of(HERE)}")
        url = stack.enter_context(empty_postgres(stack.enter_context(postgres_server())))
        engine = create_engine(url)
        stack.callback(engine.dispose)
        day = Day(stack.enter_context(office_open()), engine)
        with ExitStack() as servers:
            upgrade(day, url, folder, float(seconds), servers)
    print("Nothing lost, nothing said twice.")


if __name__ == "__main__":
    main(*sys.argv[1:])
