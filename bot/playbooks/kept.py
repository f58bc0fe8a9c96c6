"""What is kept about somebody's playbooks: how many, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.playbooks.model import HouseRule, OwnPlaybook, PrivateSentence, Run, Vote
from bot.say.language import _
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from bot.directory.model import Person
    from bot.work.work import Work


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    return [*_of_use(work, person, retention), *_written(work, person)]


def _of_use(work: Work, person: Person, retention: Retention) -> Iterator[Kept]:
    runs = _count(work, Run.person_id == person.id)
    mine = _count(work, PrivateSentence.person_id == person.id)
    votes = _count(work, Vote.person_id == person.id)
    if runs:
        yield Kept(
            what=_("Playbooks you used ({count})").format(count=runs),
            readers=_("you alone; whoever takes your case, only if you tick it"),
            until=_("gone {days} after you began").format(days=in_days(retention.runs)),
        )
    if mine:
        yield Kept(
            what=_("Sentences of your own in playbooks ({count})").format(count=mine),
            readers=_("you alone"),
            until=_("until you take them out"),
        )
    if votes:
        yield Kept(
            what=_("Which sentences you said had worked ({count}): no words, only which and on which day").format(
                count=votes
            ),
            readers=_("the team, how often each one worked and never for whom"),
            until=_("gone {days} after that day").format(days=in_days(retention.runs)),
        )


def _written(work: Work, person: Person) -> Iterator[Kept]:
    own = _count(work, OwnPlaybook.author_id == person.id)
    rules = _count(work, HouseRule.author_id == person.id)
    if own:
        yield Kept(
            what=_("Playbooks of the team that you changed last ({count})").format(count=own),
            readers=_("the team"),
            until=_("until somebody removes them"),
        )
    if rules:
        yield Kept(
            what=_("Rules of the organisation that you wrote last ({count})").format(count=rules),
            readers=_("the team"),
            until=_("until they're changed"),
        )


def _count(work: Work, theirs: ColumnElement[bool]) -> int:
    return work.session.scalars(select(func.count()).where(theirs)).one()
