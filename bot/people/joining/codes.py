"""Codes bring two sides together: made on one, entered on the other within minutes, confirmed by both."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased

from bot.directory.actors import Actor
from bot.directory.model import Identity, Organisation, Person, Workspace
from bot.errors import NotAllowed, NotFound
from bot.people.cards import joining as joining_cards
from bot.people.joining.commands import ConfirmCode, DropCode, JoinWorkspaces, LinkPerson
from bot.people.joining.merging import lock_both, merge_organisations, merge_people
from bot.people.model import Code, CodeState, WrongCode
from bot.ports import Subject
from bot.say.language import _
from bot.say.messages import Message
from bot.say.replies import Private, Reply
from bot.typing.command import Need
from bot.work.domain import CodePurpose
from bot.work.permissions import check
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.work.domain import Hindrance

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
LENGTH = 8
HOLDS = timedelta(minutes=10)  # until it is entered
CONFIRMED_WITHIN = timedelta(hours=1)
MOST_WRONG = 5  # within the time a code holds
_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Joining:
    """Brings workspaces and people together, if nothing of any domain stands in the way."""

    hindrances: Callable[[], Sequence[Hindrance]]

    def join(self, command: JoinWorkspaces, work: Work) -> Reply:
        """Make a code for an admin of another workspace, or enter theirs."""
        if not command.code:
            return self._make(CodePurpose.JOIN, work)
        code = _entered(command.code, CodePurpose.JOIN, work)
        if code is None:
            return Private(message=joining_cards.wrong_code("/zanshin join"), undone=True)
        if code.organisation_id == work.actor.organisation_id:
            return Private(message=joining_cards.joined_already(), undone=True)
        _take(code, work)
        first, second = work.session.get_one(Organisation, code.organisation_id), work.organisation
        return work.answer(joining_cards.ask_to_join(code, *_described(work.session, first, second)))

    def link(self, command: LinkPerson, work: Work) -> Reply:
        """Make a code for oneself elsewhere, or enter it there."""
        if not command.code:
            return self._make(CodePurpose.LINK, work)
        code = _entered(command.code, CodePurpose.LINK, work)
        if code is None:
            return Private(message=joining_cards.wrong_code("/zanshin link"), undone=True)
        if code.organisation_id != work.actor.organisation_id:
            return Private(message=joining_cards.join_first(), undone=True)
        if code.person_id == work.actor.person_id:
            return Private(message=joining_cards.linked_already(), undone=True)
        _insist_on_two_workspaces(code.person_id, work.me().id, work.session)
        _take(code, work)
        maker = work.session.get_one(Person, code.person_id)
        return work.answer(joining_cards.ask_to_link(code, maker.name, work.me().name))

    def _make(self, purpose: CodePurpose, work: Work) -> Reply:
        me = work.me()
        mine = (Code.person_id == me.id) & (Code.purpose == purpose) & (Code.state == CodeState.MADE)
        work.session.execute(update(Code).where(mine).values(state=CodeState.ENDED))
        letters = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
        work.session.add(
            Code(
                organisation_id=me.organisation_id,
                person_id=me.id,
                purpose=purpose,
                digest=work.digest(letters, purpose),
                until=work.now + HOLDS,
            )
        )
        shown = f"{letters[:4]}-{letters[4:]}"
        return work.answer(joining_cards.code_made(purpose, shown))

    def confirm(self, command: ConfirmCode, work: Work) -> Reply:
        """Confirm: first whoever entered the code, then whoever made it."""
        code = _code_of(command.code, work)
        if code.purpose == CodePurpose.JOIN:
            check(work.actor, Need.ADMIN)
        if code.state == CodeState.ENTERED and code.entered_by_id == work.actor.person_id:
            return self._ask_maker(code, work)
        if code.state == CodeState.CONFIRMED and code.person_id == work.actor.person_id:
            return self._bring_together(code, work)
        return work.answer(
            joining_cards.waits_for_other() if code.state == CodeState.CONFIRMED else joining_cards.is_over()
        )

    def _ask_maker(self, code: Code, work: Work) -> Reply:
        code.state = CodeState.CONFIRMED
        maker = work.session.get_one(Person, code.person_id)
        me = work.me()
        if code.purpose == CodePurpose.JOIN:
            first, second = work.session.get_one(Organisation, code.organisation_id), work.organisation
            write = partial(joining_cards.ask_maker_to_join, code, me.name, *_described(work.session, first, second))
        else:
            where = work.session.get_one(Workspace, code.entered_at_id)
            write = partial(joining_cards.ask_maker_to_link, code, me.name, where.name)
        with _on_behalf(code.organisation_id, work) as theirs:
            theirs.show_to(Subject.of("code", code.id), maker, write, lasts=CONFIRMED_WITHIN)
        return work.answer(joining_cards.waits_for(maker.name))

    def _bring_together(self, code: Code, work: Work) -> Reply:
        session = work.session
        other = session.get_one(Person, code.entered_by_id)
        if not _are_two(code, other, session):
            code.state = CodeState.ENDED
            return work.answer(joining_cards.is_over())
        _insist_on_both(code, other, session)
        for hinders in self.hindrances():
            if why := hinders(session, code.purpose, other, work.me()):
                raise NotAllowed(_("Not just now."), why, _("Press the button again when that's over."))
        code.state = CodeState.DONE
        work.touched |= {code.organisation_id, other.organisation_id}
        card = Subject.of("code", code.id)
        write: Callable[[], Message] = joining_cards.linked
        if code.purpose == CodePurpose.JOIN:
            write = partial(joining_cards.joined, session.get_one(Organisation, other.organisation_id).name)
            merge_organisations(session, code.organisation_id, other.organisation_id)
            work.tell(card, other, joining_cards.joined_there)
        else:
            merge_people(session, work.me(), other)
        work.show_to(card, work.me(), write)
        work.board_changed()
        return work.answer(write())

    def drop(self, command: DropCode, work: Work) -> Reply:
        """End it, and tell the other side if they wait."""
        code = _code_of(command.code, work)
        if code.state not in (CodeState.ENTERED, CodeState.CONFIRMED):
            return work.answer(joining_cards.is_over())
        other = code.person_id if code.entered_by_id == work.actor.person_id else code.entered_by_id
        if code.state == CodeState.CONFIRMED and other is not None:
            person = work.session.get_one(Person, other)
            with _on_behalf(person.organisation_id, work) as theirs:
                theirs.show_to(Subject.of("code", code.id), person, joining_cards.dropped_there)
        code.state = CodeState.ENDED
        return work.answer(joining_cards.dropped())


def _on_behalf(organisation_id: int, work: Work) -> Work:
    """Say something to the other side, in what is theirs."""
    return Work(work.session, now=work.now, actor=Actor(organisation_id=organisation_id, person_id=None))


def _entered(typed: str, purpose: CodePurpose, work: Work) -> Code | None:
    """Find the code that was typed; a wrong one is counted, and after a few no more are read for a while."""
    me = work.me()
    lately = (WrongCode.person_id == me.id) & (WrongCode.at > work.now - HOLDS)
    if work.session.scalars(select(func.count(WrongCode.id)).where(lately)).one() >= MOST_WRONG:
        raise NotAllowed(
            _("I read no more codes from you just now."),
            _("Too many were wrong."),
            _("Wait ten minutes, and have a new one made meanwhile."),
        )
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())
    code = work.session.scalar(
        select(Code)
        .where(Code.digest == work.digest(letters, purpose), Code.state == CodeState.MADE, Code.until > work.now)
        .with_for_update()
    )
    if code is None:
        work.session.add(WrongCode(organisation_id=me.organisation_id, person_id=me.id, at=work.now))
    return code


def _take(code: Code, work: Work) -> None:
    code.state, code.until = CodeState.ENTERED, work.now + CONFIRMED_WITHIN
    code.entered_by_id, code.entered_at_id = work.actor.person_id, work.actor.workspace_id


def _code_of(code_id: int, work: Work) -> Code:
    """Find a code of whoever acts: it may belong to the other side's organisation, and to nobody else."""
    code = work.session.scalar(select(Code).where(Code.id == code_id).with_for_update())
    if code is None or work.actor.person_id not in (code.person_id, code.entered_by_id):
        raise NotFound(
            _("This code isn't here."),
            _("It may belong to somebody else."),
            _("Have a new one made: `/zanshin join` or `/zanshin link`."),
        )
    if code.until <= work.now and code.state != CodeState.DONE:
        code.state = CodeState.ENDED
    return code


def _are_two(code: Code, other: Person, session: Session) -> bool:
    """Say whether there is still something to bring together: another code may have done it."""
    if code.purpose == CodePurpose.JOIN:
        return lock_both(session, Organisation, (code.organisation_id, other.organisation_id))
    return lock_both(session, Person, (code.person_id, other.id))


def _insist_on_both(code: Code, other: Person, session: Session) -> None:
    """Refuse where whoever confirmed first could not do it any more."""
    if code.purpose == CodePurpose.LINK:
        _insist_on_two_workspaces(code.person_id, other.id, session)
    elif not other.is_admin:
        raise NotAllowed(
            _("They didn't join."),
            _("{name} is no admin there any more.").format(name=other.name),
            _("Make a new code for another admin of theirs: `/zanshin join`."),
        )


def _insist_on_two_workspaces(one: int, other: int, session: Session) -> None:
    """Refuse two accounts of one workspace: somebody has one direct chat there."""
    first, second = aliased(Identity), aliased(Identity)
    shared = (
        select(first.id)
        .join(second, second.workspace_id == first.workspace_id)
        .where(first.person_id == one, second.person_id == other)
    )
    if session.scalars(shared.limit(1)).first() is not None:
        raise NotAllowed(
            _("You weren't linked."),
            _("Both accounts are in the same workspace."),
            _("Make the code on the other platform: type `/zanshin link` there."),
        )


def _described(
    session: Session, first: Organisation, second: Organisation
) -> tuple[joining_cards.Side, joining_cards.Side]:
    return _side(session, first), _side(session, second)


def _side(session: Session, organisation: Organisation) -> joining_cards.Side:
    workspaces = session.scalars(
        select(Workspace).where(Workspace.organisation_id == organisation.id).order_by(Workspace.id)
    )
    people = session.scalars(
        select(func.count(func.distinct(Identity.person_id)))
        .join(Person, Person.id == Identity.person_id)
        .where(Person.organisation_id == organisation.id)
    ).one()
    return joining_cards.Side(organisation.name, tuple(one.name for one in workspaces), people)


def erase_old(session: Session, now: datetime) -> bool:
    """Erase codes that are over, and what was entered wrongly."""
    session.execute(delete(Code).where(Code.until < now - _KEPT))
    session.execute(delete(WrongCode).where(WrongCode.at < now - _KEPT))
    return False  # they are few
