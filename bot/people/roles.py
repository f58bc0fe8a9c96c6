"""The roles of somebody change, and whoever loses one hears of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.people.cards import newcomer as cards
from bot.ports import Subject

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.work.work import Work


def roles_of(person: Person) -> tuple[bool, ...]:
    """Say which roles somebody has, to see whether that has changed since."""
    return person.is_agent, person.is_supervisor, person.is_admin


def set_role(person: Person, role: str, *, held: bool) -> None:
    """Give or take one role."""
    match role:
        case "agent":
            person.is_agent = held
        case "supervisor":
            person.is_supervisor = held
        case "admin":
            person.is_admin = held


def tell_of_roles(person: Person, work: Work) -> None:
    """Tell somebody that they have fewer roles, unless they took them themselves."""
    if person.id != work.actor.person_id:
        told = partial(cards.your_roles_changed, work.actor.name, person)
        work.tell(Subject.of("person", person.id), person, told)
