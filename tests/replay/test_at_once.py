"""Two people press at the same moment, in two transactions of PostgreSQL: one wins, and the other hears who."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

import pytest
from sqlalchemy import event

from bot.store.content import SHIPPED_PLAYBOOKS
from tests.databases import postgres_database
from tests.replay.album import Player
from tests.replay.engine import in_words
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.store.database import Database

NAMES = {"ana": "Ana", "ben": "Ben", "sofia": "Sofia", "omar": "Omar", "zoe": "Zoë Álvarez"}
TEAM = ("sofia: /zanshin team add <@zoe> supervisor", "zoe: /zanshin back", "ben: /zanshin back", "omar: /zanshin back")
SEARCH = ("ana: /recuse CASE-42 heated: he shouts", "+ 50 seconds", "+ 3 minutes")
HELD = ("ana: /recuse CASE-42 heated: he shouts", "+ 5 seconds", "ben@: [I take it]")
INCIDENT = ("omar@incidents: /incident open sev2 Card payments fail",)
ENDED = (*INCIDENT, "+ 1 minutes", "omar@incidents: /incident resolve 1 All cards work again.")
FOLLOW_UP = (*ENDED, "omar@incidents: /incident followup 1 <@ana> friday: rotate the keys")
GESTURE = (
    "sofia: /calm gestures",
    "sofia: [Add the first]",
    "sofia: {kind=credit; name=Sorry; per_case=€20}",
    "ana: /calm gesture",
    "ana: {gesture=1; amount=35; case=CASE-2}",
    "+ 5 minutes",
)
BOOK = (
    "sofia: /zanshin team add <@omar> supervisor",
    "sofia: /calm own",
    "sofia: [Write one]",
    (
        "sofia: {title=Late refund; situation=They want money back.; words=refund is late¶thirty days¶why no refund; "
        "steps=Hear them out¶“I see why that is annoying.”}"
    ),
)


class Asked(NamedTuple):
    """One press: by whom, of what."""

    who: str
    command: str
    fields: dict[str, str]


class Race(NamedTuple):
    """Two presses, and how an answer tells that its press has won; {name} is whoever pressed."""

    before: tuple[str, ...]
    one: Asked
    other: Asked
    won: tuple[str, ...]  # what the first, or either, reads who won
    won_by_other: tuple[str, ...] = ()
    lost: str = "{winner}"  # what whoever lost reads


def both(command: str, one: str, other: str, **fields: str) -> tuple[Asked, Asked]:
    return Asked(one, command, fields), Asked(other, command, fields)


RACES = {
    "two take a case": Race(SEARCH, *both("accept-handoff", "ben", "omar", handoff="1"), ("You took over from Ana",)),
    "two supervisors take it": Race(
        SEARCH, *both("take-over", "sofia", "zoe", handoff="1", holder="0"), ("You have it",)
    ),
    "one takes it, a supervisor takes it": Race(
        SEARCH,
        Asked("ben", "accept-handoff", {"handoff": "1"}),
        Asked("sofia", "take-over", {"handoff": "1", "holder": "0"}),
        ("You took over from Ana",),
        ("You have it",),
    ),
    "one takes it, who asked goes on alone": Race(
        SEARCH,
        Asked("ben", "accept-handoff", {"handoff": "1"}),
        Asked("ana", "cancel-handoff", {"handoff": "1"}),
        ("You took over from Ana",),
        ("You go on with it",),
    ),
    "one takes it, who asked promises a call": Race(
        SEARCH,
        Asked("ben", "accept-handoff", {"handoff": "1"}),
        Asked("ana", "promise-callback", {"handoff": "1"}),
        ("You took over from Ana",),
        ("The customer is to be called back",),
    ),
    "two supervisors take it from somebody": Race(
        HELD, *both("take-over", "sofia", "zoe", handoff="1", holder="2"), ("You have it",)
    ),
    "two grant": Race(GESTURE, *both("grant-gesture", "sofia", "zoe", grant="1"), ("{name} granted it",)),
    "one grants, one refuses": Race(
        GESTURE,
        Asked("sofia", "grant-gesture", {"grant": "1"}),
        Asked("zoe", "refuse-gesture", {"grant": "1", "instead": "25"}),
        ("Sofia granted it",),
        ("Zoë Álvarez said no",),
    ),
    "one grants, who asked takes it back": Race(
        GESTURE,
        Asked("sofia", "grant-gesture", {"grant": "1"}),
        Asked("ana", "cancel-gesture", {"grant": "1"}),
        ("Sofia granted it",),
        ("Nothing was given.",),
        lost="granted|taken back",
    ),
    "two publish": Race(BOOK, *both("publish-version", "omar", "zoe", version="1"), ("{name} published it",)),
    "one publishes, one sends it back": Race(
        BOOK,
        Asked("omar", "publish-version", {"version": "1"}),
        Asked("zoe", "decline-version", {"version": "1", "answer": "Shorter."}),
        ("Omar published it",),
        ("Zoë Álvarez sent it back",),
    ),
    "two end an incident": Race(
        INCIDENT,
        *both("resolve", "omar", "sofia", number="1", words="All cards work again.", ends="0"),
        ("#1 Card payments fail\nReady to copy",),
        lost="{winner} resolved it before you.",
    ),
    "two open it again": Race(
        ENDED, *both("reopen", "omar", "sofia", number="1"), ("It's open again",), lost="#1 is open already."
    ),
    "two own it": Race(
        INCIDENT,
        *both("offer-ownership", "ben", "sofia", number="1", who="me", owner="4"),
        ("{name} owns it",),
        lost="{winner} owns #1 since you saw this.",
    ),
    "one does it, one drops it": Race(
        FOLLOW_UP,
        Asked("ana", "finish-follow-up", {"follow_up": "1"}),
        Asked("sofia", "drop-follow-up", {"follow_up": "1", "sure": "yes"}),
        ("Done. Thank you.",),
        ("Dropped",),
        lost="It's done; Ana had it.|Dropped",
    ),
}


@pytest.mark.parametrize("name", RACES)
@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.long)])
async def test_one_wins_and_the_other_hears_who(postgres_url: str, name: str, turn: int) -> None:
    """Whatever takes, ends, grants, publishes or resolves is done once, by one of two."""
    race = RACES[name]
    with postgres_database(postgres_url) as database:
        stage = FakeStage(database, SHIPPED_PLAYBOOKS)
        await people_of(stage)
        player = Player(stage)
        for line in (*TEAM, *race.before):
            await player.play(line)
        asked = (race.one, race.other) if turn % 2 else (race.other, race.one)
        with together(database):
            replies = await asyncio.gather(*(press(stage, one) for one in asked))
        await stage.settle()
        said = {one.who: reply or await last_read(stage, one.who) for one, reply in zip(asked, replies, strict=True)}

    winners = [one for one in asked if any(words in said[one.who] for words in signs(race, one))]
    assert len(winners) == 1, said
    [loser] = [one for one in asked if one not in winners]
    heard = race.lost.format(winner=NAMES[winners[0].who]).split("|")
    assert any(words in said[loser.who] for words in heard), said


def signs(race: Race, asked: Asked) -> list[str]:
    """Say what tells that a press has won."""
    won = race.won_by_other if asked == race.other and race.won_by_other else race.won
    mine = f"{NAMES[asked.who]}"
    return [words.format(name=mine) for words in won]


async def press(stage: FakeStage, asked: Asked) -> str:
    origin = stage.origin(asked.who, f"@{asked.who}", f"at-once-{asked.who}")
    return in_words(await stage.program.dispatch.submit(asked.command, asked.fields, origin))


async def last_read(stage: FakeStage, who: str) -> str:
    """Read the card that says it, where the answer was no words of its own."""
    return [one.text for one in await stage.seen(who, f"@{who}")][-1]


@contextmanager
def together(database: Database) -> Iterator[None]:
    """Have the next two transactions begin at the same moment."""
    gate = threading.Barrier(2, timeout=2)

    def wait(_connection: object) -> None:
        with suppress(threading.BrokenBarrierError):
            gate.wait()
            gate.abort()  # those that follow do not wait

    event.listen(database.engine, "begin", wait)
    yield
    event.remove(database.engine, "begin", wait)
