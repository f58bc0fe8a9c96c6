"""What somebody has to mend in Teams: colleagues who have not added us, and ids or secrets that are refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from adapters.teams import texts
from adapters.teams.errors import Remedy
from adapters.teams.places import PLATFORM, is_direct
from bot.directory.model import Identity, Person, Workspace
from bot.directory.roster import supervisors
from bot.door.troubles import Trouble, Troubles, was_told
from bot.errors import DatabaseAway
from bot.ports import Clock, Subject
from bot.say.messages import Message
from bot.store.database import Database
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.teams.references import References

CALLED_AGAIN_AFTER = timedelta(hours=8)  # at most once a working day
CALL_LASTS = timedelta(minutes=15)
TOLD_LASTS = timedelta(days=1)


class TeamsTroubles:
    """Hears of trouble, and forgets where nobody is reached any more."""

    def __init__(self, database: Database, references: References, clock: Clock) -> None:
        self._references = references
        self._troubles = Troubles(PLATFORM, database, clock, tell_not_reached, concerns=_concerns_a_person)

    async def hear(self, trouble: Trouble) -> None:
        """Take note of it, and have those told who can mend it."""
        if trouble.remedy in (Remedy.INSTALL, Remedy.FORGET):
            with suppress(DatabaseAway):  # the next refusal says it again
                await self._references.gone(trouble.workspace, trouble.where)
        await self._troubles.hear(trouble)


def _concerns_a_person(trouble: Trouble) -> bool:
    return trouble.remedy in (Remedy.INSTALL, Remedy.ALLOW) and is_direct(trouble.where)


def tell_not_reached(work: Work, workspace: Workspace, trouble: Trouble) -> None:
    """Tell the supervisors, once for each cause, and whoever can add us, in the channel; never what it is about."""
    person = work.session.scalar(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(Identity.workspace_id == workspace.id, Identity.address == trouble.where.removeprefix("@"))
    )
    if person is None or not person.on_team:
        return
    if trouble.remedy is Remedy.ALLOW:  # then it is not in their hands
        _tell_supervisors(
            work, person, Subject.of("supervisors told", person.id, "switched off"), texts.colleague_switched_off
        )
        return
    _call(work, workspace, person)
    _tell_supervisors(work, person, Subject.of("supervisors told", person.id), texts.colleague_not_reached)


def _call(work: Work, workspace: Workspace, person: Person) -> None:
    """Ask them to add us, where they read along."""
    channel, subject = work.support_channel, Subject.of("not installed", person.id)
    if channel is None or channel.workspace_id != workspace.id:
        return
    if not was_told(work, subject, work.now - CALLED_AGAIN_AFTER, channel.id):
        work.announce(subject, channel, texts.add_me_first(person.name), lasts=CALL_LASTS)


def _tell_supervisors(work: Work, person: Person, subject: Subject, write: Callable[[str], Message]) -> None:
    if was_told(work, subject):
        return
    for supervisor in supervisors(work.session, work.actor.organisation_id):
        if supervisor.id != person.id:
            work.tell(subject, supervisor, partial(write, person.name), lasts=TOLD_LASTS)
