"""What somebody has to mend in Slack is told to those who can: the admins, once a day for each thing."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from adapters.slack import texts
from bot.delivery.reached import trouble_subject
from bot.directory.model import Conversation, Person, Workspace
from bot.door.troubles import Trouble, was_told
from bot.work.work import Work

AGAIN_AFTER = timedelta(days=1)
UNFOUND = "channel_not_found"


def tell_admins(work: Work, workspace: Workspace, trouble: Trouble) -> None:
    """Tell every admin, unless they were told within a day. Where nobody can be spoken to, nobody is."""
    subject = trouble_subject(trouble.code, trouble.where)
    if was_told(work, subject, work.now - AGAIN_AFTER):
        return
    found = work.session.scalar(
        select(Conversation).where(Conversation.workspace_id == workspace.id, Conversation.address == trouble.where)
    )
    place = found.shown.removeprefix("#") if found is not None else ""
    if not place and trouble.code == UNFOUND:  # nobody would know which one: whoever uses it hears so
        return
    admins = select(Person).where(
        Person.organisation_id == workspace.organisation_id, Person.is_admin, Person.left_at.is_(None)
    )
    for admin in work.session.scalars(admins.order_by(Person.id)):
        work.tell(subject, admin, partial(texts.trouble, trouble.code, place), lasts=AGAIN_AFTER)
