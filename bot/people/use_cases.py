"""What happens when people say where they are, who they are and what they know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.commands import Need
from bot.directory.model import Conversation, ConversationKind, Person
from bot.directory.roster import availability_of, channel_name, find_channel, find_person, team
from bot.errors import Refusal
from bot.people import board_texts, joining_commands, texts
from bot.people.board import draw, open_board
from bot.people.breaks import go_away
from bot.people.commands import (
    PHRASES,
    AddToTeam,
    AskForSettings,
    AskForSupervisor,
    ChangePerson,
    ChangeSettings,
    EditPerson,
    GoAway,
    Help,
    ListTeam,
    OpenHome,
    RemoveFromTeam,
    Return,
    SetShift,
    ShowShift,
    Status,
    SyncTeam,
    UseForSupport,
)
from bot.people.groups import sync_team
from bot.people.home import draw_homes, open_home
from bot.people.joining import Joining, erase_old
from bot.people.joining_commands import ConfirmCode, DropCode, JoinWorkspaces, LinkPerson
from bot.say.language import _
from bot.say.replies import Done, FieldErrors, OpenForm
from bot.work.domain import ClockTask, Domain
from bot.work.permissions import check, may
from bot.work.views import Board, Home

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.commands import Command
    from bot.people.surroundings import Surroundings
    from bot.say.replies import Reply
    from bot.typing.grammar import Phrase
    from bot.work.work import Work


def help_(_command: Help, work: Work, *, phrases: Callable[[], Sequence[Phrase]]) -> Reply:
    """Show what can be typed."""
    return work.answer(texts.help_card(phrases()))


def return_(command: Return, work: Work) -> Reply:
    """Be back."""
    me = work.me()
    me.away_since = me.away_until = me.away_reason = None
    me.back_at = work.now
    return Done() if command.on_board else work.answer(texts.back())


def list_team(_command: ListTeam, work: Work) -> Reply:
    """Show the team."""
    organisation = work.organisation
    members = [
        (person, availability_of(person, organisation, work.now)) for person in team(work.session, organisation.id)
    ]
    return work.answer(texts.team_card(members, editable=may(work.actor, Need.SUPERVISOR)))


def add_to_team(command: AddToTeam, work: Work) -> Reply:
    """Give somebody a role; only admins make admins."""
    if command.role == "admin":
        check(work.actor, Need.ADMIN)
    person = work.find(Person, find_person(work, command.who).id, _("This person"))
    _set_role(person, command.role, held=True)
    person.removed_at = None
    if person.id != work.actor.person_id:
        work.tell(f"person:{person.id}", person, partial(texts.you_were_added, work.actor.name, person))
    return work.answer(texts.role_given(person))


def remove_from_team(command: RemoveFromTeam, work: Work) -> Reply:
    """Take a role away; the last admin stays."""
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
    for role in ("agent", "supervisor", "admin"):
        if command.role in (None, role):
            _set_role(person, role, held=False)
    if not person.on_team:
        person.removed_at = work.now
    return work.answer(texts.role_given(person))


def _set_role(person: Person, role: str, *, held: bool) -> None:
    match role:
        case "agent":
            person.is_agent = held
        case "supervisor":
            person.is_supervisor = held
        case "admin":
            person.is_admin = held


def _another_admin(work: Work, person: Person) -> bool:
    admins = select(Person.id).where(
        Person.organisation_id == work.actor.organisation_id, Person.is_admin, Person.id != person.id
    )
    # Locked, so that two admins cannot take each other's role at the same moment.
    return work.session.scalars(admins.with_for_update()).first() is not None


def ask_for_supervisor(_command: AskForSupervisor, _work: Work) -> Reply:
    """Open the form that names a supervisor."""
    return OpenForm(form=texts.supervisor_form())


def use_for_support(command: UseForSupport, work: Work) -> Reply:
    """Make a channel the support channel."""
    channel = find_channel(work, command.conversation) if command.conversation else work.here()
    _make_support_channel(work, channel)
    return work.answer(texts.support_channel_set(channel))


def _make_support_channel(work: Work, channel: Conversation) -> None:
    if channel.kind == ConversationKind.DIRECT:
        raise Refusal(
            _("A direct chat cannot be the support channel."),
            _("Nobody else could read along."),
            _("Type `/zanshin settings` in the channel your team works in."),
        )
    others = select(Conversation).where(
        Conversation.organisation_id == channel.organisation_id, Conversation.is_support
    )
    for other in work.session.scalars(others.with_for_update()):
        other.is_support = False
    channel.is_support = True


def set_shift(command: SetShift, work: Work) -> Reply:
    """Set weekly hours."""
    person = find_person(work, command.who) if command.who else work.me()
    own = person.id == work.actor.person_id
    if not own:
        check(work.actor, Need.SUPERVISOR)
    person = work.find(Person, person.id, _("This person"))
    person.shifts_text = command.shifts
    return work.answer(texts.shift_set(person, work.organisation, own=own))


def show_shift(command: ShowShift, work: Work) -> Reply:
    """Show hours."""
    person = find_person(work, command.who) if command.who else work.me()
    own = person.id == work.actor.person_id
    return work.answer(texts.shift_set(person, work.organisation, own=own))


def edit_person(command: EditPerson, work: Work) -> Reply:
    """Open the form about a person."""
    return OpenForm(form=texts.person_form(work.find(Person, command.person, _("This person"))))


def change_person(command: ChangePerson, work: Work) -> Reply:
    """Change what the team knows about a person."""
    person = work.find(Person, command.person, _("This person"))
    person.skills = [skill.strip() for skill in command.skills.split(",") if skill.strip()]
    person.capacity = command.capacity
    person.shifts_text = command.shifts
    person.time_zone = command.time_zone
    return list_team(ListTeam(), work)


def ask_for_settings(_command: AskForSettings, work: Work) -> Reply:
    """Open the settings."""
    channel = work.session.scalar(
        select(Conversation).where(Conversation.organisation_id == work.actor.organisation_id, Conversation.is_support)
    )
    return OpenForm(form=texts.settings_form(work.organisation, channel_name(channel)))


def change_settings(command: ChangeSettings, work: Work) -> Reply:
    """Change the settings."""
    if command.hold_warning > command.hold_limit:
        most = _("The first notice comes before the end: {most} seconds or less.").format(most=command.hold_limit)
        return FieldErrors(errors={"hold_warning": most})
    organisation = work.organisation
    organisation.time_zone = command.time_zone
    organisation.case_url = command.case_url or None
    organisation.emergency = command.emergency or None
    organisation.hold_warning_s, organisation.hold_limit_s = command.hold_warning, command.hold_limit
    if command.conversation:
        _make_support_channel(work, find_channel(work, command.conversation))
    return work.answer(texts.settings_saved())


def status(_command: Status, work: Work, *, around: Surroundings) -> Reply:
    """Open the board in the direct chat."""
    open_board(work, around)
    return work.answer(board_texts.board_opened())


def _changing(use_case: Callable[[Any, Work], Reply], around: Surroundings) -> Callable[[Any, Work], Reply]:
    """Let everybody who waits for somebody look again after a change of the team."""

    def carry_out(command: Command, work: Work) -> Reply:
        reply = use_case(command, work)
        work.session.flush()
        around.team_changed(work)
        work.board_changed()
        return reply

    return carry_out


def domain(around: Surroundings) -> Domain:
    """Bring people to the program."""
    changing: dict[type[Command], Callable[[Any, Work], Reply]] = {
        GoAway: go_away,
        Return: return_,
        AddToTeam: add_to_team,
        SyncTeam: sync_team,
        RemoveFromTeam: remove_from_team,
        SetShift: set_shift,
        ChangePerson: change_person,
        ChangeSettings: change_settings,
    }
    joining = Joining(lambda: around.hindrances)
    return Domain(
        use_cases={
            **{command: _changing(use_case, around) for command, use_case in changing.items()},
            Help: partial(help_, phrases=lambda: around.phrases),
            Status: partial(status, around=around),
            OpenHome: partial(open_home, around=around),
            ListTeam: list_team,
            AskForSupervisor: ask_for_supervisor,
            UseForSupport: use_for_support,
            ShowShift: show_shift,
            EditPerson: edit_person,
            AskForSettings: ask_for_settings,
            JoinWorkspaces: joining.join,
            LinkPerson: joining.link,
            ConfirmCode: _changing(joining.confirm, around),
            DropCode: joining.drop,
        },
        phrases=(*PHRASES, *joining_commands.PHRASES),
        erase_old=erase_old,
        clock=(
            ClockTask(name="boards", model=Board, act=partial(draw, around=around)),
            ClockTask(name="homes", model=Home, act=partial(draw_homes, around=around)),
        ),
    )
