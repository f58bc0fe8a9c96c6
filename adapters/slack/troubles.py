"""What somebody has to mend in Slack is told to those who can: the admins, once a day for each thing."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select

from adapters.slack import texts
from adapters.slack.places import PLATFORM
from bot.delivery.model import Notice
from bot.directory.actors import Actor
from bot.directory.model import Conversation, Person, Workspace
from bot.errors import DatabaseAway
from bot.work.work import Work

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.slack.messenger import Trouble
    from bot.ports import Clock
    from bot.store.database import Database

AGAIN_AFTER = timedelta(days=1)

log = structlog.get_logger()


class Troubles:
    """Hears of trouble."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def hear(self, trouble: Trouble) -> None:
        """Write it into the log, and tell the admins of the workspace."""
        log.error(
            "Slack refuses us.", action="refused", code=trouble.code, where=trouble.where, remedy=trouble.remedy.value
        )
        try:
            await self._database.write(partial(tell_admins, trouble=trouble, now=self._clock.now()))
        except DatabaseAway:
            return  # the log has it, and the next refusal is told


def tell_admins(session: Session, *, trouble: Trouble, now: datetime) -> None:
    """Tell every admin, unless they were told within a day. Where nobody can be spoken to, nobody is."""
    # Locked, so that of two refusals at the same moment one is told.
    workspace = session.scalar(
        select(Workspace)
        .where(Workspace.platform == PLATFORM, Workspace.address == trouble.workspace)
        .with_for_update()
    )
    if workspace is None:
        return
    subject = f"trouble:{trouble.code}:{trouble.where}"
    told = select(Notice.id).where(
        Notice.organisation_id == workspace.organisation_id,
        Notice.subject == subject,
        Notice.asked_at > now - AGAIN_AFTER,
    )
    if session.scalars(told.limit(1)).first() is not None:
        return
    place = session.scalar(
        select(Conversation.name).where(
            Conversation.workspace_id == workspace.id, Conversation.address == trouble.where
        )
    )
    actor = Actor(organisation_id=workspace.organisation_id, person_id=None)
    admins = select(Person).where(Person.organisation_id == workspace.organisation_id, Person.is_admin)
    with Work(session, now=now, actor=actor) as work:
        for admin in session.scalars(admins.order_by(Person.id)):
            work.tell(subject, admin, partial(texts.trouble, trouble.code, place or ""), lasts=AGAIN_AFTER)
