"""The team: who is on it, as what, and what it knows of them."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from bot.directory.model import Person
from bot.directory.roster import availability_of, supervisors, team
from bot.errors import Refusal
from bot.people.cards import actor as actor_cards
from bot.people.cards import admin as admin_cards
from bot.people.cards import newcomer as newcomer_cards
from bot.people.cards import setup as setup_cards
from bot.people.cards import team as team_cards
from bot.people.commands import AddToTeam, ChangePerson, EditPerson, ListTeam, RemoveFromTeam, readable_shifts
from bot.people.groups import refuse_group
from bot.people.roles import roles_of, set_role, tell_of_roles
from bot.people.setup import show_setup, warn_if_last
from bot.people.surroundings import Surroundings
from bot.ports import Subject
from bot.say.language import _
from bot.say.replies import OpenForm, Reply
from bot.typing.command import Need
from bot.typing.german import to_type
from bot.typing.names import tidy_name
from bot.work.meanwhile import put_together, remembering
from bot.work.named import find_person
from bot.work.permissions import check, how_to_be_admin, may
from bot.work.work import Work


def list_team(_command: ListTeam, work: Work, *, around: Surroundings) -> Reply:
    """Show the team, and of everybody what the board says of them."""
    organisation = work.organisation
    members = [
        (person, availability_of(person, organisation, work.now)) for person in team(work.session, organisation.id)
    ]
    may_edit = may(work.actor, Need.SUPERVISOR)
    card = team_cards.team_card(members, around.occupied(work), organisation, work.now, editable=may_edit)
    return work.answer(card if work.actor.has_admin else setup_cards.with_no_admin(card, how_to_be_admin(work.actor)))


def add_to_team(command: AddToTeam, work: Work) -> Reply:
    """Give somebody a role; only admins make admins."""
    if command.role == "admin":
        check(work.actor, Need.ADMIN)
    refuse_group(command.who, f"{to_type('/zanshin team add')} @name {command.role}")
    person = work.find(Person, find_person(work, command.who).id, _("This person"))
    before, is_new_admin = roles_of(person), command.role == "admin" and not person.is_admin
    set_role(person, command.role, held=True)
    person.removed_at = None
    if person.id != work.actor.person_id and roles_of(person) != before:
        work.tell(
            Subject.of("person", person.id), person, partial(newcomer_cards.you_were_added, work.actor.name, person)
        )
    if is_new_admin:
        show_setup(work, person)
    return work.answer(actor_cards.role_given(person))


def remove_from_team(command: RemoveFromTeam, work: Work) -> Reply:
    """Take a role away; the last admin stays, and the last supervisor until it is said again."""
    refuse_group(command.who, f"{to_type('/zanshin team remove')} @name")
    person = work.find(Person, find_person(work, command.who).id, _("This person"))
    loses_admin = person.is_admin and command.role in (None, "admin")
    if loses_admin:
        check(work.actor, Need.ADMIN)
        if not _another_admin(work, person):
            raise Refusal(
                _("{name} stays admin.").format(name=person.name),
                _("Nobody else is, and without an admin nobody could change anything any more."),
                _("Make somebody else admin first: `/zanshin team add @name admin`."),
            )
    if person.is_supervisor and command.role in (None, "supervisor") and not command.sure:
        _warn_of_last_supervisor(command, person, work)
    before, led = roles_of(person), person.is_supervisor
    for role in ("agent", "supervisor", "admin"):
        if command.role in (None, role):
            set_role(person, role, held=False)
    if not person.on_team:
        person.removed_at = work.now
    if roles_of(person) != before:
        tell_of_roles(person, work)
    if led and not person.is_supervisor:
        work.session.flush()
        warn_if_last(person, work)
    return work.answer(actor_cards.role_given(person))


def _another_admin(work: Work, person: Person) -> bool:
    admins = select(Person.id).where(
        Person.organisation_id == work.actor.organisation_id, Person.is_admin, Person.id != person.id
    )
    # Locked, so that two admins cannot take each other's role at the same moment.
    return work.session.scalars(admins.with_for_update()).first() is not None


def _warn_of_last_supervisor(command: RemoveFromTeam, person: Person, work: Work) -> None:
    if any(one.id != person.id for one in supervisors(work.session, work.actor.organisation_id)):
        return
    raise Refusal(
        _("{name} stays supervisor.").format(name=person.name),
        _("Nobody else is: in danger, or when no colleague can take a case, I could call nobody."),
        _("Name another one first: `/zanshin team add @name supervisor`."),
        (command.model_copy(update={"sure": True}).button(_("Remove them anyway"), "danger"),),
    )


def edit_person(command: EditPerson, work: Work) -> Reply:
    """Open the form about a person."""
    person = work.find(Person, command.person, _("This person"))
    return remembering(admin_cards.person_form(person, work.organisation))


def change_person(command: ChangePerson, work: Work, *, around: Surroundings) -> Reply:
    """Change what the team knows about a person."""
    person = work.find(Person, command.person, _("This person"))
    merged = put_together(command, admin_cards.person_form(person, work.organisation))
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    person.skills = [skill.strip() for skill in command.skills.split(",") if skill.strip()]
    person.capacity = command.capacity
    person.shifts_text = readable_shifts(command.shifts)
    person.time_zone = command.time_zone
    name = tidy_name(command.name)
    person.named_by_hand = bool(name) and (person.named_by_hand or name != person.name)
    person.name = name or person.name  # empty: the platform's, from the next time it says it
    return list_team(ListTeam(), work, around=around)
