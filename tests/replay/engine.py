"""Plays a day, and presses everything ever shown again whenever what it is about has changed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.say.messages import plain_message
from bot.say.replies import Done, FieldErrors, OpenForm, Private, Replace
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.databases import sqlite_database
from tests.replay.album import Face, Player, Watched, faces_of_message, faces_of_reply, shown_now
from tests.replay.copies import changes, columns_of, copied, rows_of
from tests.stage import people_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.say.replies import Reply
    from tests.replay.copies import Rows

# Which rows a press is about, by the names of its fields.
ABOUT = {
    "handoff": "handoffs", "number": "incidents", "incident": "incidents", "hold": "holds", "grant": "grants",
    "gesture": "gestures", "run": "runs", "review": "reviews", "follow_up": "follow_ups", "cause": "causes",
    "plan": "report_plans", "person": "people",
}  # fmt: skip


@dataclass
class Press:
    """One press of something shown, and what came of it."""

    day: str
    step: int
    line: str
    shown: int  # the step it was first shown at
    face: Face
    stale: bool
    reply: Reply
    said: str
    did: dict[str, list[str]]
    told: list[tuple[str, str]]  # to whom else, what
    again: str = ""
    did_again: dict[str, list[str]] = field(default_factory=dict)
    told_again: list[tuple[str, str]] = field(default_factory=list)
    before: Rows = field(default_factory=dict)
    after: Rows = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    since: dict[str, list[str]] = field(default_factory=dict)
    home_silent: bool = False


def about(face: Face, rows: Rows) -> str:
    """Name what a face is about, as it stands: the rows its fields point to."""
    found: list[object] = []
    for name, value in face.fields:
        if name in ("version", "playbook") and face.command.endswith(("version", "playbook", "review", "right")):
            found += [(t, row) for t in ("own_playbooks", "own_versions") for row in rows[t].items()]
        elif (table := ABOUT.get(name)) and value.isdigit():
            found.append((table, rows[table].get(int(value))))
            if table in ("handoffs", "grants", "incidents"):
                more = {"handoffs": "offers", "grants": "grant_asks", "incidents": "incident_events"}[table]
                found.append((more, len(rows[more])))
    if face.command in ("recuse", "status", "go-away", "return"):
        found += [("handoffs", rows["handoffs"]), ("people", rows["people"])]
    return repr(found)


def in_words(reply: Reply) -> str:
    match reply:
        case Private(message=message) | Replace(message=message):
            return plain_message(message)
        case OpenForm(form=form):
            return f"FORM {form.title}"
        case FieldErrors(errors=errors):
            return f"ERRORS {errors}"
        case _:
            return ""


class Replay:
    """One day, and every press of what it showed."""

    def __init__(self, day: str, lines: Sequence[str], folder: Path, seed: int = 0, share: float = 1.0) -> None:
        self.day, self.lines, self.folder = day, lines, folder
        self.file = folder / "zanshin.db"
        self.dice, self.share = random.Random(seed), share  # noqa: S311  chooses what is pressed, and keeps no secret
        self.first_shown: dict[Face, int] = {}
        self.state_then: dict[Face, Rows] = {}
        self.tried: dict[Face, set[str]] = {}
        self.presses: list[Press] = []
        self._number = 0

    async def play(self, template: Path) -> list[Press]:
        with sqlite_database(template, self.folder, durable=False) as database:
            stage = Watched(database, SHIPPED_PLAYBOOKS)
            await people_of(stage)
            player = Player(stage)
            self.columns = columns_of(self.file)
            for step, line in enumerate(self.lines):
                stage.replies = []
                await player.play(line)
                await self._look(stage, step, line)
            return self.presses

    async def _look(self, stage: Watched, step: int, line: str) -> None:
        """Take in what is new, and press what has become old."""
        rows = rows_of(self.file)
        faces = [f for who, place, message, at in shown_now(stage) for f in faces_of_message(message, who, place, at)]
        for who, place, reply, at in stage.replies:
            faces += faces_of_reply(reply, who, place, at)
        new = [one for one in dict.fromkeys(faces) if one not in self.first_shown]
        for depth in range(3):
            for face in new:
                self.first_shown[face], self.state_then[face] = step, rows
            found: list[Face] = []
            for face in new:
                if self._is_chosen():
                    self.tried[face] = {about(face, rows)}
                    found += await self._press(stage, face, step, line, rows, stale=False)
            new = [one for one in dict.fromkeys(found) if one not in self.first_shown]
            if depth == 2:
                break
        last = step == len(self.lines) - 1
        for face in list(self.first_shown):
            state = about(face, rows)
            tried = self.tried.setdefault(face, set())
            if self.first_shown[face] < step and (state not in tried or last) and self._is_chosen():
                tried.add(state)
                await self._press(stage, face, step, line, rows, stale=True)

    def _is_chosen(self) -> bool:
        return self.share >= 1 or self.dice.random() < self.share

    async def _press(self, stage: Watched, face: Face, step: int, line: str, rows: Rows, *, stale: bool) -> list[Face]:
        self._number += 1
        with copied(stage, self.file, f"copy{self._number}.db") as twin:
            copy = self.file.with_name(f"copy{self._number}.db")
            reply, told, after, silent = await self._once(twin, face, copy, f"p{self._number}")
            did = changes(rows, after, self.columns)
            again, told_again, after_again, _ = await self._once(twin, face, copy, f"q{self._number}")
        since = changes(self.state_then[face], rows, self.columns)
        press = Press(
            self.day, step, line, self.first_shown[face], face, stale, reply, in_words(reply), did, told,
            in_words(again), changes(after, after_again, self.columns), told_again, rows, after, self.columns, since,
            silent,
        )  # fmt: skip
        self.presses.append(press)
        if not did and not stale:
            return list(faces_of_reply(reply, face.who, face.place, face.post))
        return []

    async def _once(
        self, twin: Watched, face: Face, file: Path, key: str
    ) -> tuple[Reply, list[tuple[str, str]], Rows, bool]:
        before = [(post.conversation, plain_message(post.message)) for post in twin.messenger.posts]
        reply = await send(twin, face, key)
        own = twin.messenger.posts
        pressed = own[face.post] if face.post is not None and face.post < len(own) else None
        twin._take(reply, face.who, face.place, pressed)  # noqa: SLF001
        await twin.settle()
        now = [(post.conversation, plain_message(post.message)) for post in twin.messenger.posts]
        changed = [one for at, one in enumerate(now) if at >= len(before) or before[at] != one]
        mine = (f"@{face.who}", f"home:{face.who}")
        told = [
            one for one in changed if one[0] not in mine and not (one[0] == face.place and one[1] == in_words(reply))
        ]
        silent = isinstance(reply, Done) and not any(one[0] in mine for one in changed)
        return reply, told, rows_of(file), silent


async def send(stage: Watched, face: Face, key: str) -> Reply:
    """Press or send a face as whoever saw it."""
    origin = stage.origin(face.who, face.place, key)
    carry_out = stage.program.dispatch.submit if face.sent else stage.program.dispatch.press
    return await carry_out(face.command, face.values, origin)
