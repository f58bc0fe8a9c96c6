"""Who was here a moment ago: reads rely on it, and also errors are said in their language."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.directory.actors import Actor, Origin, enrol, find_actor
from bot.directory.following import read_locale
from bot.directory.model import ConversationKind
from bot.ports import Clock
from bot.say.language import PUBLIC
from bot.store.database import Database
from bot.work.memory import Memory, Recollection

REMEMBERED = 30.0  # seconds that reads may rely on who somebody is
REMEMBERED_MOST = 10_000


@dataclass(frozen=True)
class Acquaintance:
    """Somebody who was here."""

    actor: Actor
    until: float
    recollection: Recollection  # of their organisation: once that is forgotten, so are they


class Acquaintances:
    """Those who were here."""

    def __init__(self, database: Database, clock: Clock, memory: Memory) -> None:
        self._database = database
        self._clock = clock
        self._memory = memory
        self._known: dict[tuple[str, str, str], Acquaintance] = {}
        self._languages: dict[tuple[str, str, str], str] = {}

    def recall(self, origin: Origin) -> Acquaintance | None:
        """Give who acts, where that is still certain."""
        known = self._known.get(origin.identity)
        if (
            known is not None
            and read_locale(origin.locale) in {"", known.actor.locale}
            and known.until > time.monotonic()
            and self._memory.holds(known.actor.organisation_id, known.recollection)
        ):
            return known
        return None

    async def look_up(self, origin: Origin) -> Acquaintance:
        """Ask the database who acts, and remember it."""
        actor = await self._find_or_enrol(origin)
        if len(self._known) >= REMEMBERED_MOST:
            self._known.clear()
        recollection = self._memory.of(actor.organisation_id)
        known = self._known[origin.identity] = Acquaintance(actor, time.monotonic() + REMEMBERED, recollection)
        return known

    async def _find_or_enrol(self, origin: Origin) -> Actor:
        actor = await self._database.read(lambda session: find_actor(session, origin))
        if actor is None or (not actor.on_team and origin.kind is ConversationKind.CHANNEL):
            actor = await self._database.write(lambda session: enrol(session, origin, self._clock.now()).actor)
            self._memory.forget({actor.organisation_id})
        return actor

    def language_of(self, origin: Origin) -> str:
        """Name the language to speak to somebody in, whom nobody has looked up yet."""
        return read_locale(origin.locale) or self._languages.get(origin.identity, PUBLIC)

    def note_language(self, origin: Origin, actor: Actor) -> None:
        """Remember in which language somebody was answered."""
        if len(self._languages) >= REMEMBERED_MOST:
            self._languages.clear()
        self._languages[origin.identity] = actor.locale
