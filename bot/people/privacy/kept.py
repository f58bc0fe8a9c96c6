"""What is kept about whoever asks: shown to them alone, out of the rows there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from bot.directory.model import Identity, Person
from bot.directory.shifts import in_words_of
from bot.people.cards import kept as cards
from bot.people.cards.team import roles
from bot.people.commands import ShowKept
from bot.people.surroundings import Surroundings
from bot.say.language import _, reader
from bot.say.replies import Reply
from bot.work.domain import Kept
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session


def show_kept(_command: ShowKept, work: Work, *, around: Surroundings) -> Reply:
    """Show it; of somebody who was never here, nothing is kept."""
    me = work.me() if work.actor.person_id is not None else None
    return work.answer(cards.kept_card(around.kept(work, me) if me is not None else ()))


def kept(work: Work, person: Person) -> list[Kept]:
    """List what the team knows of somebody."""
    return list(_kinds(work, person))


def _kinds(work: Work, person: Person) -> Iterator[Kept]:
    yield Kept(
        what=_("Who you are: {name}, {roles}; your time zone and skills").format(name=person.name, roles=roles(person)),
        readers=_("the team"),
        until=_("your roles until you're taken off the team; your name while a case or an incident names you"),
    )
    accounts = work.session.scalars(select(func.count(Identity.id)).where(Identity.person_id == person.id)).one()
    yield Kept(
        what=_("Accounts by which I know you ({count}), each with when you last did something here").format(
            count=accounts
        ),
        readers=_("nobody"),
        until=_("until the app is removed"),
    )
    if person.shifts_text:
        yield Kept(
            what=_("Your working hours: {hours}").format(hours=in_words_of(person.shifts_text, reader())),
            readers=_("the team"),
            until=_("until they're changed"),
        )
    if person.away_since is not None:
        why = _("with its reason") if person.away_reason else _("without a reason")
        yield Kept(
            what=_("Your last break, {why}").format(why=why),
            readers=_("the team, that you're away; nobody, why"),
            until=_("the reason until the break is over"),
        )
    if person.hinted_at is not None:
        yield Kept(
            what=_("Whether you seem to be there, as your chat shows it: only the latest"),
            readers=_("nobody; I ask whoever seems to be there first"),
            until=_("until it changes"),
        )


def erase_old(session: Session, now: datetime) -> bool:
    """Forget why somebody was away, once their break has ended by itself."""
    over = (Person.away_until < now, Person.away_reason.is_not(None))
    session.execute(update(Person).where(*over).values(away_reason=None))
    return False  # they are few
