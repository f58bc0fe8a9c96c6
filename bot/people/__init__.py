"""People: who is here, who is free, who may do what. What this domain brings to the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.people.board import draw
from bot.people.commands import (
    AddToTeam,
    ChangePerson,
    ChangeSettings,
    GoAway,
    Help,
    ListTeam,
    OpenHome,
    RemoveFromTeam,
    Return,
    SetShift,
    ShowKept,
    Status,
    SyncTeam,
    UseForSupport,
)
from bot.people.groups import sync_team
from bot.people.home import draw_homes, open_home
from bot.people.joining.codes import Joining
from bot.people.joining.commands import ConfirmCode, DropCode, JoinWorkspaces, LinkPerson
from bot.people.leads import LEADS_OUTCOME, hear_of_leads
from bot.people.privacy.kept import kept, show_kept
from bot.people.refusing import hear_of_refusals
from bot.people.setting_up import change_settings, use_for_support
from bot.people.setup import follow_setup
from bot.people.showing import help_, status
from bot.people.surroundings import Surroundings
from bot.people.teaming import add_to_team, change_person, list_team, remove_from_team
from bot.people.typed import PHRASES
from bot.people.working.breaks import go_away, return_
from bot.people.working.hours import set_shift
from bot.say.replies import Reply
from bot.typing.command import Command
from bot.work.collecting import eraser_of, use_cases_of
from bot.work.domain import ClockTask, Domain
from bot.work.outcomes import REFUSED
from bot.work.retention import Retention
from bot.work.views import Board, Home
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable


def _changing(use_case: Callable[[Any, Work], Reply], around: Surroundings) -> Callable[[Any, Work], Reply]:
    """Let everybody who waits for somebody look again after a change of the team."""

    def carry_out(command: Command, work: Work) -> Reply:
        reply = use_case(command, work)
        work.session.flush()
        around.team_changed(work)
        work.board_changed()
        return reply

    return carry_out


def _setting_up(use_case: Callable[[Any, Work], Reply]) -> Callable[[Any, Work], Reply]:
    """Let admins read what is missing after a change."""

    def carry_out(command: Command, work: Work) -> Reply:
        reply = use_case(command, work)
        work.session.flush()
        follow_setup(work)
        return reply

    return carry_out


def domain(around: Surroundings, retention: Retention) -> Domain:
    """Bring people to the program."""
    changing: dict[type[Command], Callable[[Any, Work], Reply]] = {
        GoAway: go_away,
        Return: partial(return_, around=around),
        AddToTeam: _setting_up(add_to_team),
        SyncTeam: sync_team,
        RemoveFromTeam: _setting_up(remove_from_team),
        SetShift: set_shift,
        ChangePerson: partial(change_person, around=around),
        ChangeSettings: _setting_up(change_settings),
        UseForSupport: _setting_up(use_for_support),
    }
    joining = Joining(lambda: around.hindrances)
    return Domain(
        use_cases=use_cases_of(
            __name__,
            {
                **{command: _changing(use_case, around) for command, use_case in changing.items()},
                Help: partial(help_, phrases=lambda: around.phrases),
                ShowKept: partial(show_kept, around=around),
                ListTeam: partial(list_team, around=around),
                Status: partial(status, around=around),
                OpenHome: partial(open_home, around=around),
                JoinWorkspaces: joining.join,
                LinkPerson: joining.link,
                ConfirmCode: _changing(joining.confirm, around),
                DropCode: joining.drop,
            },
        ),
        phrases=PHRASES,
        erase_old=eraser_of(__name__, retention),
        kept=kept,
        outcomes={REFUSED: hear_of_refusals, LEADS_OUTCOME: hear_of_leads},
        clock=(
            ClockTask(name="boards", model=Board, act=partial(draw, around=around)),
            ClockTask(name="homes", model=Home, act=partial(draw_homes, around=around)),
        ),
    )
