"""Teams at the door: what was let in is translated, dispatched, and its reply carried out. Decides nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from adapters.teams import texts
from adapters.teams.answers import Answers
from adapters.teams.bot import Turns
from adapters.teams.guard import NOT_OURS, UNREADABLE
from adapters.teams.inbound import (
    Act,
    CameIn,
    OpenedHome,
    PeopleLeft,
    Query,
    Refreshed,
    Renamed,
    Unread,
    Via,
    WentOut,
    read,
)
from adapters.teams.invokes import no_sentences, said_answer, sentences
from adapters.teams.offers import Offers
from adapters.teams.places import PLATFORM, direct
from adapters.teams.render import activity as said
from adapters.teams.render import render
from adapters.teams.roster import Roster
from adapters.teams.spans import Reading
from adapters.teams.workspaces import begin_home_anew, is_support_team, meet
from bot.compose import Program
from bot.directory.following import Said
from bot.directory.model import ConversationKind
from bot.door.door import Door, away
from bot.door.guard import Answered
from bot.door.wanted import Pressed
from bot.errors import DatabaseAway
from bot.people.commands import OpenHome
from bot.people.setup import greet_admin
from bot.playbooks.commands import FindSentences
from bot.say.messages import Message
from bot.say.replies import Private, Reply

if TYPE_CHECKING:
    from adapters.teams.inbound import Inbound
    from adapters.teams.line import Line
    from adapters.teams.payloads import Activity
    from adapters.teams.places import Spot
    from adapters.teams.references import References
    from adapters.teams.settings import TeamsSettings

    Body = dict[str, Any] | None

TAKEN = 200


class TeamsAdapter:
    """Answers Teams."""

    def __init__(self, program: Program, line: Line, references: References, settings: TeamsSettings) -> None:
        self._program = program
        self._line = line
        self._references = references
        self._settings = settings
        self._answers = Answers(line, Offers(program.database), program.clock, targeted=settings.targeted)
        self._roster = Roster(line, program.database)
        self._met: set[str] = set()  # tenants whose workspace is in place
        self._door = Door(program, PLATFORM)
        self._turns = Turns()

    async def take(self, activity: Activity) -> Answered:
        """Take an activity that was let in; answer it within the time Teams gives."""
        try:
            wanted = read(activity)
        except ValueError:
            return self._unreadable(activity)
        if wanted is None or isinstance(wanted, Refreshed):
            return Answered(TAKEN, {} if activity.type == "invoke" else None)
        if not self._settings.allows_tenant(wanted.spot.tenant):
            return NOT_OURS
        body = await self._turns.answer(activity.type, activity.name or "", partial(self._hear, wanted))
        return Answered(TAKEN, body)

    def _unreadable(self, activity: Activity) -> Answered:
        """Tell whoever pressed something we cannot read; everything else is refused."""
        if activity.type == "invoke" and activity.name == "adaptiveCard/action":
            return Answered(TAKEN, said_answer(texts.not_understood()))
        return UNREADABLE

    async def _hear(self, wanted: Inbound) -> Body:
        apologise = partial(self._answers.carry_out, wanted) if isinstance(wanted, Act) else None
        return await self._door.hear(self._carry_out(wanted), apologise)

    async def _carry_out(self, wanted: Inbound) -> Body:
        match wanted:
            case Act() as act:
                return await self._act(act)
            case Query() as query:
                return await self._find_sentences(query)
            case CameIn() as came:
                await self._come_in(came)
            case WentOut(spot=spot, account=account):
                with suppress(DatabaseAway):  # the next message there finds it out too
                    await self._references.gone(spot.tenant, direct(account) if spot.personal else spot.channel)
            case Renamed(spot=spot, channel=channel, name=name):
                await self._door.rename(spot.tenant, channel, name)
            case PeopleLeft(spot=spot, accounts=accounts):
                await self._let_go(spot, accounts)
        return None

    async def _let_go(self, spot: Spot, accounts: tuple[str, ...]) -> None:
        """Ask people for nothing once they have left the team that holds the support channel."""
        with suppress(DatabaseAway):  # whatever is sent to them finds it out too
            if not await self._program.database.read(partial(is_support_team, spot=spot)):
                return
        for one in accounts:
            await self._door.follow(Said(platform=PLATFORM, workspace=spot.tenant, account=one, left=True))

    # --- acts -----------------------------------------------------------------------------------

    async def _act(self, act: Act) -> Body:
        if act.via in (Via.DIRECT, Via.MENTION, Via.TARGETED, Via.SUBMIT) and not self._door.is_news(act.origin):
            return None
        try:
            await self._meet(act.spot.tenant)
            await self._references.refresh(_address(act), act.spot, act.directory_id)
        except DatabaseAway:
            return await self._answers.carry_out(act, away())
        act = await self._roster.complete(act)
        return await self._answers.carry_out(act, await self._reply(act))

    async def _reply(self, act: Act) -> Reply:
        match act.wanted:
            case OpenedHome():
                return await self._open_home(act)
            case Unread():
                return Private(message=Message.of(texts.not_understood()), undone=True)
            case wanted:
                return await self._door.answer(wanted, act.origin)

    async def _open_home(self, act: Act) -> Reply:
        """Show Home as a card of the direct chat: a new one at its end, and not far up where it was the last time."""
        with suppress(DatabaseAway):  # whoever asks is told so by what follows
            await self._program.database.write(partial(begin_home_anew, who=act.origin))
        at_home = replace(act.origin, conversation=direct(act.origin.account), kind=ConversationKind.DIRECT)
        return await self._door.answer(Pressed(command=OpenHome.called(), fields={}), at_home)

    async def _find_sentences(self, query: Query) -> Body:
        with suppress(DatabaseAway):  # whoever asks is told so by what follows
            await self._meet(query.origin.workspace)
        wanted = Pressed(command=FindSentences.called(), fields={"words": query.words})
        reply = await self._door.answer(wanted, query.origin)
        if isinstance(reply, Private) and not reply.undone and reply.message.parts:
            return sentences(reply.message)
        return no_sentences(texts.nothing_found())

    # --- where we were added --------------------------------------------------------------------

    async def _come_in(self, came: CameIn) -> None:
        with suppress(DatabaseAway):  # what they do next writes it down
            await self._meet(came.spot.tenant)
            address = direct(came.origin.account) if came.spot.personal else came.spot.channel
            await self._references.refresh(address, came.spot, came.directory_id)
            if came.greets and came.spot.personal:
                await self._door.appoint(came.origin)
        if not came.greets or not self._door.is_news(came.origin):
            return
        hello = texts.welcome() if came.spot.personal else texts.in_channel()
        await self._line.say_here(came.spot, said(render(hello, Reading(self._program.clock.now()))))
        if came.spot.personal:
            job = partial(greet_admin, who=came.origin, now=self._program.clock.now())
            with suppress(DatabaseAway):  # Home shows it too
                await self._program.database.write(job)
                self._program.sender.wake()

    async def _meet(self, tenant: str) -> None:
        """Put the workspace of a tenant in place, once."""
        if tenant not in self._met:
            await self._program.database.write(partial(meet, tenant=tenant, now=self._program.clock.now()))
            self._met.add(tenant)


def _address(act: Act) -> str:
    return direct(act.origin.account) if act.spot.personal else act.spot.channel
