"""What is kept about somebody's playbooks: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.playbooks.model import OwnPlaybook, PrivateSentence, Run, Vote
from bot.say.language import _
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    runs = work.session.scalars(select(func.count(Run.id)).where(Run.person_id == person.id)).one()
    mine = work.session.scalars(
        select(func.count(PrivateSentence.id)).where(PrivateSentence.person_id == person.id)
    ).one()
    votes = work.session.scalars(select(func.count(Vote.id)).where(Vote.person_id == person.id)).one()
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
    if mine:
        found.append(
            Kept(
                what=_("Sentences of your own in playbooks ({count})").format(count=mine),
                readers=_("you alone"),
                until=_("until you take them out"),
            )
        )
    if votes:
        found.append(
            Kept(
                what=_("Which sentences you said had worked ({count}): no words, only which and on which day").format(
                    count=votes
                ),
                readers=_("the team sees how often each one worked, never for whom"),
                until=_("gone {days} after that day").format(days=in_days(retention.runs)),
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
