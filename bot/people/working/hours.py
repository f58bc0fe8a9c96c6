"""Weekly hours: set and shown."""

from __future__ import annotations

from bot.directory.model import Person
from bot.people.cards import actor as actor_cards
from bot.people.commands import SetShift, ShowShift
from bot.say.language import _
from bot.say.replies import Reply
from bot.typing.command import Need
from bot.work.named import find_person
from bot.work.permissions import check
from bot.work.work import Work


def set_shift(command: SetShift, work: Work) -> Reply:
    """Set weekly hours."""
    person = find_person(work, command.who) if command.who else work.me()
    own = person.id == work.actor.person_id
    if not own:
        check(work.actor, Need.SUPERVISOR)
    person = work.find(Person, person.id, _("This person"))
    person.shifts_text = command.shifts
    return work.answer(actor_cards.shift_set(person, work.organisation, own=own))


def show_shift(command: ShowShift, work: Work) -> Reply:
    """Show hours."""
    person = find_person(work, command.who) if command.who else work.me()
    own = person.id == work.actor.person_id
    return work.answer(actor_cards.shift_set(person, work.organisation, own=own))
