"""What is kept about somebody's playbooks: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.playbooks.model import OwnPlaybook, Run
from bot.say.language import _
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    runs = work.session.scalars(select(func.count(Run.id)).where(Run.person_id == person.id)).one()
    own = work.session.scalars(select(func.count(OwnPlaybook.id)).where(OwnPlaybook.author_id == person.id)).one()
    found = []
    if runs:
        found.append(
            Kept(
                what=_("Playbooks you used ({count})").format(count=runs),
                readers=_("you alone; whoever takes your case, only if you tick it"),
                until=_("gone {days} after you began").format(days=in_days(retention.runs)),
            )
        )
    if own:
        found.append(
            Kept(
                what=_("Playbooks of the team that you changed last ({count})").format(count=own),
                readers=_("the team"),
                until=_("until somebody removes them"),
            )
        )
    return found
