"""Troubles: what a platform refuses until somebody mends it is logged, and told to those who can."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select

from bot.delivery.model import Notice
from bot.directory.actors import Actor
from bot.directory.model import Workspace
from bot.errors import DatabaseAway
from bot.ports import Clock, Subject
from bot.store.database import Database
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from enum import Enum

    from sqlalchemy.orm import Session


log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Something people have to mend, or should know."""

    workspace: str
    where: str  # the conversation or account, as the platform knows it
    code: str  # as the platform names it
    remedy: Enum  # what is to be done, in the words of the platform's errors


class Troubles:
    """Hears of the troubles of one platform, which brings who is told of each, and what."""

    def __init__(
        self,
        platform: str,
        database: Database,
        clock: Clock,
        tell: Callable[[Work, Workspace, Trouble], None],
        *,
        concerns: Callable[[Trouble], bool] = lambda _trouble: True,
    ) -> None:
        self._platform = platform
        self._database = database
        self._clock = clock
        self._tell = tell
        self._concerns = concerns  # somebody in the organisation, and not only whoever runs us

    async def hear(self, trouble: Trouble) -> None:
        """Write it into the log, and tell those who can mend it."""
        log.error(
            "A platform refuses us.",
            action="refused",
            platform=self._platform,
            code=trouble.code,
            where=trouble.where,
            remedy=trouble.remedy.value,
        )
        if not self._concerns(trouble):
            return
        try:
            await self._database.write(partial(self._tell_about, trouble=trouble, now=self._clock.now()))
        except DatabaseAway:
            return  # the log has it, and the next refusal is told

    def _tell_about(self, session: Session, *, trouble: Trouble, now: datetime) -> None:
        # Locked, so that of two refusals at the same moment one is told.
        workspace = session.scalar(
            select(Workspace)
            .where(Workspace.platform == self._platform, Workspace.address == trouble.workspace)
            .with_for_update()
        )
        if workspace is None:
            return
        with Work(session, now=now, actor=Actor(organisation_id=workspace.organisation_id, person_id=None)) as work:
            self._tell(work, workspace, trouble)


def was_told(work: Work, subject: Subject, since: datetime | None = None, conversation: int | None = None) -> bool:
    """Say whether something was told already, lately or in one conversation."""
    found = select(Notice.id).where(
        Notice.organisation_id == work.actor.organisation_id,
        Notice.subject == subject,
    )
    if since is not None:
        found = found.where(Notice.asked_at > since)
    if conversation is not None:
        found = found.where(Notice.conversation_id == conversation)
    return work.session.scalars(found.limit(1)).first() is not None
