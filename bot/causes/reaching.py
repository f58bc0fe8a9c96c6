"""Whom to reach out to who said nothing: a list that is its writer's own; nobody else reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.causes import cards
from bot.causes.commands import AddReachOut, AskToAddReachOut, NotReachedYet, ShowReachOuts, TickReachOut
from bot.causes.facts import causes_of, known_causes
from bot.causes.model import Cause, ReachOut
from bot.errors import NotFound
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.names import fold
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 50  # on one list: whoever has more of them needs another way


def show_reach_outs(_command: ShowReachOuts, work: Work) -> Reply:
    """Show one's list."""
    return _shown(work)


def _shown(work: Work, news: str = "") -> Reply:
    causes = {one.id: one.name for one in known_causes(work)}
    return work.answer(cards.reaching.reach_outs_card(_mine(work), causes, news))


def _mine(work: Work) -> Sequence[ReachOut]:
    """List what is on the actor's list: what is to be done first, each as it was added."""
    rows = select(ReachOut).where(
        ReachOut.organisation_id == work.actor.organisation_id, ReachOut.person_id == work.actor.person_id
    )
    return sorted(work.session.scalars(rows), key=lambda one: (one.done_at is not None, one.id))


def ask_to_add_reach_out(command: AskToAddReachOut, work: Work) -> Reply:
    """Open the form of one more."""
    return OpenForm(form=cards.reaching.reach_out_form(causes_of(work), command.cause))


def add_reach_out(command: AddReachOut, work: Work) -> Reply:
    """Put a customer on the list; who is on it already is not put there twice."""
    me = work.me()
    cause = work.look(Cause, command.cause, _("This cause")) if command.cause is not None else None
    mine = _mine(work)
    open_ones = [one for one in mine if one.done_at is None]
    if fold(command.customer) in {fold(one.customer) for one in open_ones}:
        return _shown(work, _("{customer} is on your list already.").format(customer=command.customer))
    if len(open_ones) >= MOST:
        full = _("You have {most} on your list. Tick some off first.").format(most=MOST)
        is_form = work.origin is not None and work.origin.pressed
        return FieldErrors(errors={"customer": full}) if is_form else _shown(work, full)
    row = ReachOut(
        organisation_id=work.actor.organisation_id,
        person_id=me.id,
        cause_id=cause.id if cause is not None else None,
        customer=command.customer,
        added_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return _shown(work, _("{customer} is on your list.").format(customer=command.customer))


def tick_reach_out(command: TickReachOut, work: Work) -> Reply:
    """Be done with one; pressed twice, it stays done."""
    row = _own(command.item, work)
    row.done_at = row.done_at or work.now
    return _shown(work, _("{customer} is ticked off.").format(customer=row.customer))


def not_reached_yet(command: NotReachedYet, work: Work) -> Reply:
    """Put one back that was ticked off by mistake."""
    row = _own(command.item, work)
    row.done_at = None
    return _shown(work, _("{customer} is to be reached again.").format(customer=row.customer))


def _own(item: int, work: Work) -> ReachOut:
    row = work.find(ReachOut, item, _("This customer"))
    if row.person_id != work.actor.person_id:
        raise NotFound(
            _("This customer isn't on your list."),
            _("Each lead has a list of their own, which nobody else reads."),
            _("Yours is here: `/zanshin customers`."),
        )
    return row
