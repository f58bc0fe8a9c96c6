"""What somebody has to mend in Teams: colleagues who have not added us, and ids or secrets that are refused."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select

from adapters.teams import texts
from adapters.teams.errors import Remedy
from adapters.teams.places import PLATFORM
from bot.delivery.model import Notice
from bot.directory.actors import Actor, support_channel
from bot.directory.model import Identity, Person, Workspace
from bot.directory.roster import supervisors
from bot.errors import DatabaseAway
from bot.work.work import Work

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.teams.messenger import Trouble
    from adapters.teams.references import References
    from bot.ports import Clock
    from bot.store.database import Database

CALLED_AGAIN_AFTER = timedelta(hours=8)  # at most once a working day
CALL_LASTS = timedelta(minutes=15)
TOLD_LASTS = timedelta(days=1)

log = structlog.get_logger()


class Troubles:
    """Hears of trouble."""

    def __init__(self, database: Database, references: References, clock: Clock) -> None:
        self._database = database
        self._references = references
        self._clock = clock

    async def hear(self, trouble: Trouble) -> None:
        """Write it into the log, and tell those who can mend it."""
        log.error("Teams refuses us.", action="refused", code=trouble.code, remedy=trouble.remedy.value)
        try:
            if trouble.remedy in (Remedy.INSTALL, Remedy.FORGET):
                await self._references.gone(trouble.workspace, trouble.address)
            if trouble.remedy in (Remedy.INSTALL, Remedy.ALLOW) and trouble.address.startswith("@"):
                await self._database.write(partial(tell_not_reached, trouble=trouble, now=self._clock.now()))
        except DatabaseAway:
            return  # the log has it, and the next refusal is told


def tell_not_reached(session: Session, *, trouble: Trouble, now: datetime) -> None:
    """Tell the supervisors, once for each cause, and whoever can add us, in the channel; never what it is about."""
    # Locked, so that of two refusals at the same moment one is told.
    workspace = session.scalar(
        select(Workspace)
        .where(Workspace.platform == PLATFORM, Workspace.address == trouble.workspace)
        .with_for_update()
    )
    if workspace is None:
        return
    person = session.scalar(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(Identity.workspace_id == workspace.id, Identity.address == trouble.address.removeprefix("@"))
    )
    if person is None or not person.on_team:
        return
    switched_off = trouble.remedy is Remedy.ALLOW  # then it is not in their hands
    subject = f"not installed:{person.id}"
    actor = Actor(organisation_id=workspace.organisation_id, person_id=None)
    channel = support_channel(session, workspace.organisation_id)
    with Work(session, now=now, actor=actor) as work:
        here = channel is not None and channel.workspace_id == workspace.id
        if (
            channel is not None
            and here
            and not switched_off
            and not _said(session, subject, now - CALLED_AGAIN_AFTER, channel.id)
        ):
            work.announce(subject, channel, texts.add_me_first(person.name), lasts=CALL_LASTS)
        told = f"supervisors told:{person.id}" + (":switched off" if switched_off else "")
        write = texts.colleague_switched_off if switched_off else texts.colleague_not_reached
        if not _said(session, told):
            for supervisor in supervisors(session, workspace.organisation_id):
                if supervisor.id != person.id:
                    work.tell(told, supervisor, partial(write, person.name), lasts=TOLD_LASTS)


def _said(session: Session, subject: str, since: datetime | None = None, conversation: int | None = None) -> bool:
    found = select(Notice.id).where(Notice.subject == subject)
    if since is not None:
        found = found.where(Notice.asked_at > since)
    if conversation is not None:
        found = found.where(Notice.conversation_id == conversation)
    return session.scalars(found.limit(1)).first() is not None
