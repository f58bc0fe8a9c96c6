"""Plays a day, and presses everything ever shown again whenever what it is about has changed."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.say.aloud import plain_message
from bot.say.replies import Done, FieldErrors, OpenForm, Private, Replace
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.databases import sqlite_database
from tests.replay.album import Face, Player, Watched, faces_of_message, faces_of_reply, shown_now
from tests.replay.copies import changes, columns_of, copied, rows_of
from tests.replay.rules import wrongs_of
from tests.stage import people_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.say.replies import Reply
    from tests.replay.copies import Rows

# Which rows a press is about, by the names of its fields; and what belongs to them.
ABOUT = {
    "handoff": "handoffs", "number": "incidents", "incident": "incidents", "hold": "holds", "grant": "grants",
    "gesture": "gestures", "run": "runs", "review": "reviews", "follow_up": "follow_ups", "cause": "causes",
    "plan": "report_plans", "person": "people",
}  # fmt: skip
PARTS = {"handoffs": "offers", "grants": "grant_asks", "incidents": "incident_events"}
ON_BOOKS = ("version", "playbook", "review", "right")  # what commands about playbooks end with
ON_PEOPLE = ("recuse", "status", "go-away", "return")
DEEP = 3  # an answer, and what can be pressed on it, and on that


@dataclass
class Press:
    """One press of something shown, and what came of it."""

    day: str
    line: str  # after which it was pressed
    face: Face
    stale: bool
    presser: int
    reply: Reply
    said: str
    silent: bool
    told: list[tuple[str, str]]  # where else, and what
    again: str
    did_again: dict[str, list[str]]
    told_again: list[tuple[str, str]]
    columns: dict[str, list[str]]
    then: Rows  # when it was shown
    before: Rows
    after: Rows

    def __str__(self) -> str:
        face = self.face
        what = f"“{face.label}” {face.command} {face.values} by {face.who} in {face.place}"
        return f"{self.day}, after {self.line!r}: {what}\n    answered {self.said[:300]!r}"


@dataclass
class Found:
    """What a replay came to."""

    faces: int = 0
    presses: int = 0
    stale: int = 0
    at_once: int = 0
    wrongs: list[str] = field(default_factory=list)
    commands: Counter[str] = field(default_factory=Counter)


def about(face: Face, rows: Rows) -> str:
    """Say how what a face is about stands: two presses of one face in one state are the same press."""
    found: list[object] = []
    for name, value in face.fields:
        if name in ("version", "playbook") and face.command.endswith(ON_BOOKS):
            found += [(table, row) for table in ("own_playbooks", "own_versions") for row in rows[table].items()]
        elif (table := ABOUT.get(name)) and value.isdigit():
            found += [(table, rows[table].get(int(value))), len(rows[PARTS.get(table, table)])]
    if face.command in ON_PEOPLE:
        found += [rows["handoffs"], rows["people"]]
    return repr(found)


def in_words(reply: Reply) -> str:
    """Read an answer."""
    match reply:
        case Private(message=message) | Replace(message=message):
            return plain_message(message)
        case OpenForm(form=form):
            return f"Form: {form.title}"
        case FieldErrors(errors=errors):
            return f"Wrong: {errors}"
        case _:
            return ""


class Replay:
    """One day, and every press of what it showed, or a share of them."""

    def __init__(self, day: str, lines: Sequence[str], folder: Path, *, seed: int = 0, share: float = 1.0) -> None:
        self.day, self.lines, self.folder = day, lines, folder
        self.file = folder / "zanshin.db"
        self._dice, self._share = random.Random(seed), share  # noqa: S311  it chooses what is pressed
        self._then: dict[Face, Rows] = {}  # when each was shown first
        self._tried: dict[Face, set[str]] = {}
        self.found = Found()

    async def play(self, template: Path) -> Found:
        """Play it."""
        with sqlite_database(template, self.folder, durable=False) as database:
            stage = Watched(database, SHIPPED_PLAYBOOKS)
            await people_of(stage)
            player = Player(stage)
            self._columns = columns_of(self.file)
            for line in self.lines:
                stage.replies = []
                await player.play(line)
                await stage.settle()
                await self._press_what_is_new(stage, line)
                await self._press_what_is_old(stage, line)
        self.found.faces = len(self._then)
        return self.found

    async def _press_what_is_new(self, stage: Watched, line: str) -> None:
        rows = rows_of(self.file)
        faces = [f for who, place, message, at in shown_now(stage) for f in faces_of_message(message, who, place, at)]
        for who, place, reply, at in stage.replies:
            faces += faces_of_reply(reply, who, place, at)
        for _depth in range(DEEP):
            new = [one for one in dict.fromkeys(faces) if one not in self._then]
            self._then.update(dict.fromkeys(new, rows))
            faces = []
            for face in filter(self._is_chosen, new):
                self._tried[face] = {about(face, rows)}
                faces += await self._press(stage, face, line, rows, stale=False)
            await self._press_at_once(stage, new)

    async def _press_what_is_old(self, stage: Watched, line: str) -> None:
        rows, last = rows_of(self.file), line == self.lines[-1]
        for face, then in list(self._then.items()):
            state, tried = about(face, rows), self._tried.setdefault(face, set())
            if then != rows and (last or state not in tried) and self._is_chosen(face):
                tried.add(state)
                await self._press(stage, face, line, rows, stale=True)

    def _is_chosen(self, _face: Face) -> bool:
        return self._share >= 1 or self._dice.random() < self._share

    async def _press(self, stage: Watched, face: Face, line: str, rows: Rows, *, stale: bool) -> list[Face]:
        """Press it twice in a copy of the world; give what the answer offers, if nothing was done."""
        self.found.presses += 1
        self.found.stale += stale
        self.found.commands[face.command] += 1
        copy = self.file.with_name(f"copy{self.found.presses}.db")
        with copied(stage, self.file, copy.name) as twin:
            reply, told, silent = await once(twin, face, "first")
            after = rows_of(copy)
            again, told_again, _silent = await once(twin, face, "second")
            did_again = changes(after, rows_of(copy), self._columns)
        presser = self._presser(face.who, rows)
        press = Press(
            self.day, line, face, stale, presser, reply, in_words(reply), silent, told, in_words(again), did_again,
            told_again, self._columns, self._then[face], rows, after,
        )  # fmt: skip
        self.found.wrongs += [f"{press}\n    {wrong}" for wrong in wrongs_of(press)]
        return list(faces_of_reply(reply, face.who, face.place, face.post)) if rows == after and not stale else []

    def _presser(self, who: str, rows: Rows) -> int:
        names = {"zoe": "Zoë Álvarez"}
        name = self._columns["people"].index("name")
        return next(int(str(row[0])) for row in rows["people"].values() if row[name] == names.get(who, who.title()))

    async def _press_at_once(self, stage: Watched, new: Sequence[Face]) -> None:
        """Have two people press the same at the same moment: neither meets a fault, or silence."""
        alike: dict[tuple[str, object], list[Face]] = {}
        for one in new:
            alike.setdefault((one.command, one.fields), []).append(one)
        for faces in alike.values():
            pair = [next(one for one in faces if one.who == who) for who in dict.fromkeys(one.who for one in faces)][:2]
            if len(pair) > 1 and self._is_chosen(pair[0]):
                self.found.at_once += 1
                with copied(stage, self.file, f"pair{self.found.at_once}.db") as twin:
                    replies = await asyncio.gather(*(send(twin, one, f"at-once-{one.who}") for one in pair))
                    await twin.settle()
                said = [in_words(one) for one in replies]
                if any("Something went wrong" in one for one in said):
                    self.found.wrongs.append(f"{self.day}: {pair} at once: {said}")


async def once(twin: Watched, face: Face, key: str) -> tuple[Reply, list[tuple[str, str]], bool]:
    """Press it; say what came of it, where else something new is read, and whether nothing is said at all."""
    before = [(post.conversation, plain_message(post.message)) for post in twin.messenger.posts]
    reply = await send(twin, face, key)
    await twin.settle()
    now = [(post.conversation, plain_message(post.message)) for post in twin.messenger.posts]
    changed = [one for at, one in enumerate(now) if at >= len(before) or before[at] != one]
    mine = (f"@{face.who}", f"home:{face.who}")
    told = [one for one in changed if one[0] and one[0] not in mine]
    return reply, told, isinstance(reply, Done) and not any(one[0] in mine for one in changed)


async def send(stage: Watched, face: Face, key: str) -> Reply:
    """Press or send a face as whoever saw it."""
    origin = stage.origin(face.who, face.place, key)
    carry_out = stage.program.dispatch.submit if face.sent else stage.program.dispatch.press
    return await carry_out(face.command, face.values, origin)
