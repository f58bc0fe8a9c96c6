"""How many statements each command runs: `python -m tests.statements` writes the table, `show recuse` prints them.

The count does not depend on the machine, so what is gathered twice, or never needed, shows here first.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event

from bot.store.content import SHIPPED_PLAYBOOKS
from bot.watch.logs import set_up_logs
from tests.databases import postgres_database, postgres_server, sqlite_database, sqlite_template
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from sqlalchemy import Engine

    from bot.store.database import Database

TABLE = Path(__file__).with_suffix(".txt")
HEAD = """\
# The statements each command runs on the database; transactions and savepoints are counted apart.
# A person has acted before, except where it says first. Written by: python -m tests.statements
# To see the statements of one:                                       python -m tests.statements show /recuse
"""
COLUMNS = ("statements", "transactions", "savepoints")


@dataclass
class Ran:
    """What one command ran."""

    statements: list[str] = field(default_factory=list)
    transactions: int = 0
    savepoints: int = 0

    @property
    def counts(self) -> tuple[int, int, int]:
        return len(self.statements), self.transactions, self.savepoints


class Meter:
    """Listens to the engines of a database while something is counted."""

    def __init__(self, *engines: Engine) -> None:
        self.ran: dict[str, Ran] = {}
        self._now: Ran | None = None
        for engine in engines:
            event.listen(engine, "before_cursor_execute", self._executes)
            event.listen(engine, "begin", self._begins)
            event.listen(engine, "savepoint", self._saves)

    @contextlib.contextmanager
    def count(self, name: str) -> Iterator[None]:
        """Count what runs inside, under this name."""
        self._now = self.ran[name] = Ran()
        yield
        self._now = None

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Leave out what runs inside."""
        before, self._now = self._now, None
        yield
        self._now = before

    def _executes(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said = " ".join(statement.split())
        if self._now is not None and not said.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            self._now.statements.append(said)

    def _begins(self, _connection: object) -> None:
        if self._now is not None:
            self._now.transactions += 1

    def _saves(self, _connection: object, _name: str) -> None:
        if self._now is not None:
            self._now.savepoints += 1


class MeteredStage(FakeStage):
    """The core on a platform in memory; what the clock and the sender do after a command is left out."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, SHIPPED_PLAYBOOKS)
        self.meter = Meter(*database.engines)

    async def settle(self) -> None:
        with self.meter.aside():
            await super().settle()


async def calm(cast: Cast, count: Count) -> None:
    """Somebody asks for a playbook and walks through it."""
    words = "/calm she keeps shouting at me about the refund"
    with count("/calm words, first"):
        await cast.ana.types(words)
    with count("/calm words"):
        await cast.ana.types(words)
    with count("/calm"):
        await cast.ana.types("/calm")
    with count("/calm playbook"):
        await cast.ana.types("/calm restrain")
    with count("Next, on a step"):
        await cast.ana.presses("Next")
    with count("Back, on a step"):
        await cast.ana.presses("Back")
    await cast.ana.types(words)
    with count("/calm words, while a run is open"):
        await cast.ana.types(words)


async def handoffs(cast: Cast, count: Count) -> None:
    """A case passes from hand to hand."""
    with count("/recuse"):
        await cast.ana.types("/recuse CASE-42 heated: she keeps shouting")
    with count("Not now"):
        await cast.ben.privately.presses("Not now")
    with count("I take it"):
        await cast.omar.privately.presses("I take it")
    await cast.sofia.types("/zanshin status")
    with count("the case, from the board"):
        await cast.sofia.privately.presses("Case from Ana")
    with count("I take it over, as a supervisor"):
        await cast.sofia.privately.presses("Take it from Omar")
    with count("Done with it"):
        await cast.sofia.privately.presses("Done with it")
    with count("/recuse @somebody"):
        await cast.ana.types("/recuse @ben heated")
    with count("/recuse, again"):
        await cast.ana.types("/recuse")


async def incidents(cast: Cast, count: Count) -> None:
    """An incident from its opening to its end."""
    omar = cast.omar.in_("incidents")
    with count("/incident open"):
        await omar.types("/incident open sev2 Card payments fail")
    with count("/incident note"):
        await omar.types("/incident note The provider answers again")
    with count("/incident update"):
        answer = await omar.types("/incident update Some cards are declined. We switch to the other provider. 11:00")
    with count("Customers have it"):
        await omar.presses("Customers have it", answer)
    with count("/incident list"):
        await omar.types("/incident list")
    with count("/incident show"):
        await omar.types("/incident show 1")
    with count("/incident mine"):
        await omar.types("/incident mine")
    with count("/incident resolve"):
        await omar.types("/incident resolve All cards work again.")


async def gestures(cast: Cast, count: Count) -> None:
    """Something is given to a customer: alone, and with a supervisor."""
    await cast.sofia.types("/calm gestures")
    await cast.sofia.presses("Add the first")
    await cast.sofia.fills(kind="credit", name="Sorry", per_case="€20")
    with count("/calm gesture, the form"):
        await cast.ana.types("/calm gesture")
    with count("a gesture within limits"):
        await cast.ana.fills(gesture="1", amount="15", case="CASE-1")
    await cast.ana.types("/calm gesture")
    with count("a gesture beyond limits"):
        await cast.ana.fills(gesture="1", amount="35", case="CASE-2")
    with count("Grant it"):
        await cast.sofia.privately.presses("Grant €35.00")
    with count("/calm gestures"):
        await cast.ana.types("/calm gestures")


async def people(cast: Cast, count: Count) -> None:
    """The team, its board and its pages."""
    with count("/zanshin help"):
        await cast.ana.types("/zanshin help")
    with count("/zanshin team"):
        await cast.ana.types("/zanshin team")
    with count("/zanshin shift"):
        await cast.ana.types("/zanshin shift")
    with count("/zanshin status"):
        await cast.sofia.types("/zanshin status")
    with count("/zanshin status, again"):
        await cast.sofia.types("/zanshin status")
    with count("/zanshin away"):
        await cast.ana.types("/zanshin away 30m lunch")
    with count("/zanshin back"):
        await cast.ana.types("/zanshin back")
    with count("Home, first"):
        await cast.ana.opens_home()
    with count("Home"):
        await cast.ana.opens_home()


async def nothing(cast: Cast, count: Count) -> None:
    """The clock and the sender look, and nothing is due."""
    stage = cast.stage
    assert isinstance(stage, FakeStage)
    await cast.ana.types("/recuse heated")
    await cast.omar.in_("incidents").types("/incident open sev2 Card payments fail")
    await cast.later(seconds=1)
    with count("an idle second"):
        await stage.program.ticker.tick()
        await stage.program.sender.send_due()


SCENES: tuple[Scene, ...] = (calm, handoffs, incidents, gestures, people, nothing)


async def played(open_database: Callable[[], contextlib.AbstractContextManager[Database]]) -> dict[str, Ran]:
    """Play every scene, each on a fresh database, and return what each command ran."""
    ran: dict[str, Ran] = {}
    for scene in SCENES:
        with open_database() as database:
            stage = MeteredStage(database)
            await people_of(stage)
            cast = Cast(stage)
            for voice in (cast.ana, cast.ben, cast.sofia, cast.omar):
                await voice.types("/zanshin back")  # so that everybody has acted before
            await scene(cast, stage.meter.count)
            ran |= stage.meter.ran
    return ran


async def on_sqlite() -> dict[str, Ran]:
    """Play on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        return await played(lambda: sqlite_database(template, Path(folder)))


async def on_postgres(url: str) -> dict[str, Ran]:
    """Play on PostgreSQL."""
    return await played(lambda: postgres_database(url))


def column_of(ran: dict[str, Ran]) -> dict[str, str]:
    """Write the counts of one database."""
    return {name: "".join(f"{count:>14}" for count in one.counts) for name, one in ran.items()}


def table(columns: dict[str, dict[str, str]]) -> str:
    """Write the table: a line for each command, three numbers for each database."""
    over = "".join(f"{name:>42}" for name in columns)
    heads = "".join(f"{head:>14}" for head in COLUMNS) * len(columns)
    lines = [f"{'':34}{over}", f"{'':34}{heads}"]
    lines += [
        f"{name:34}{''.join(column[name] for column in columns.values())}" for name in next(iter(columns.values()))
    ]
    return HEAD + "\n".join(line.rstrip() for line in lines) + "\n"


def committed(database: str) -> dict[str, str]:
    """Read the counts of one database from the committed table."""
    lines = TABLE.read_text().removeprefix(HEAD).splitlines()[2:]
    start = 34 + 42 * ("SQLite", "PostgreSQL").index(database)
    return {line[:34].rstrip(): line[start : start + 42] for line in lines}


def write() -> None:
    """Write the table anew."""
    sqlite = asyncio.run(on_sqlite())
    with postgres_server() as url:
        postgres = asyncio.run(on_postgres(url))
    TABLE.write_text(table({"SQLite": column_of(sqlite), "PostgreSQL": column_of(postgres)}))
    print(f"{len(sqlite)} commands are in {TABLE.name}.")


def show(wanted: str) -> None:
    """Print the statements of every command whose name holds these words."""
    for name, one in asyncio.run(on_sqlite()).items():
        if wanted.lower() in name.lower():
            print(f"\n{name}: {len(one.statements)} statements, {one.transactions} transactions")
            for number, statement in enumerate(one.statements, 1):
                print(f"{number:4}  {shortened(statement)}")


def shortened(statement: str) -> str:
    """Leave out the columns: what matters is which rows are asked for."""
    columns, from_, rest = statement.partition(" FROM ")
    return f"{columns[:40]} …{from_}{rest}"


def main() -> None:
    """Write the table, or show some statements."""
    set_up_logs()
    match sys.argv[1:]:
        case []:
            write()
        case ["show", *words] if words:
            show(" ".join(words))
        case _:
            sys.exit("python -m tests.statements, or: python -m tests.statements show /recuse")


if TYPE_CHECKING:
    Count = Callable[[str], contextlib.AbstractContextManager[None]]
    Scene = Callable[[Cast, Count], Awaitable[None]]

if __name__ == "__main__":
    main()
