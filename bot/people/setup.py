"""What an admin still has to set up: shown on Home, and once in the direct chat, until all is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from sqlalchemy import exists, select

from bot.directory.actors import Actor, Origin, enrol
from bot.directory.model import Conversation, Person
from bot.directory.roster import on_team, team
from bot.people.cards import setup as setup_cards
from bot.ports import Subject
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

Step = Literal["supervisor", "channel", "zone", "emergency"]
NEVER_SET = "UTC"  # of a zone; who lives by it chooses Etc/UTC


def missing_steps(work: Work) -> list[Step]:
    """List what is still to be set up."""
    organisation = work.organisation
    channel = select(exists().where(Conversation.organisation_id == organisation.id, Conversation.is_support))
    supervisor = select(exists().where(Person.organisation_id == organisation.id, Person.is_supervisor, on_team()))
    there: dict[Step, bool] = {
        "supervisor": bool(work.session.scalar(supervisor)),
        "channel": bool(work.session.scalar(channel)),
        "zone": organisation.time_zone != NEVER_SET,
        "emergency": bool(organisation.emergency),
    }
    return [step for step, is_there in there.items() if not is_there]


def show_setup(work: Work, admin: Person) -> None:
    """Show an admin what is missing, in their direct chat; nothing if all is there."""
    missing = missing_steps(work)
    if missing:
        work.show_to(_subject(work), admin, partial(setup_cards.setup_card, missing))


def follow_setup(work: Work) -> None:
    """Let every card about setting up follow what was just set."""
    readers = work.readers(_subject(work))
    if readers:
        missing = missing_steps(work)
        for admin in readers:
            work.correct_for(_subject(work), admin, partial(setup_cards.setup_card, missing))


def warn_if_last(gone: Person, work: Work) -> None:
    """Tell every admin, or else the whole team, that whoever is gone was the last supervisor."""
    _warn_if_none(work, gone.name, Subject.of("leaderless", gone.id), {gone.id, work.actor.person_id})


def warn_if_erased(session: Session, organisation_id: int, now: datetime) -> None:
    """Tell them when it was whoever runs the server that erased the last supervisor, and not who it was."""
    with Work(session, now=now, actor=Actor(organisation_id=organisation_id, person_id=None)) as work:
        _warn_if_none(work, "", Subject.of("leaderless", 0), set())


def _warn_if_none(work: Work, name: str, about: Subject, but: Collection[int | None]) -> None:
    everybody = team(work.session, work.actor.organisation_id)
    if any(one.is_supervisor for one in everybody):
        return
    admins = [one for one in everybody if one.is_admin]
    for person in admins or everybody:
        if person.id not in but:
            work.tell(about, person, partial(setup_cards.nobody_leads, name, names=bool(admins)))
    follow_setup(work)


def appoint(session: Session, who: Origin, now: datetime, *, role: str = "admin", reachable: bool = True) -> bool:
    """Give somebody a role on the word of whoever runs the server; say whether that is news.

    They need not have done anything yet; an admin who can be reached is shown what is missing.
    """
    person = enrol(session, who, now).person
    news = not getattr(person, f"is_{role}")
    setattr(person, f"is_{role}", True)
    person.removed_at = None
    if news and role == "admin" and reachable:
        with Work(session, now=now, actor=Actor(organisation_id=person.organisation_id, person_id=None)) as work:
            show_setup(work, person)
    return news


def greet_admin(session: Session, who: Origin, now: datetime) -> None:
    """Show whoever has just come in what is missing, if they were named admin beforehand."""
    person = enrol(session, who, now).person
    if person.is_admin:
        with Work(session, now=now, actor=Actor(organisation_id=person.organisation_id, person_id=None)) as work:
            show_setup(work, person)


def _subject(work: Work) -> Subject:
    return Subject.of("setup", work.actor.organisation_id)
