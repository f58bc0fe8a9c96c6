"""A month's list of what was granted, for supervisors in chat and for whoever runs the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import get_currency_precision
from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.directory.model import Organisation, Person
from bot.errors import Refusal
from bot.gestures import cards
from bot.gestures.commands import CopyMonth, ShowMonth
from bot.gestures.facts import locale_of
from bot.gestures.model import Gesture, Grant
from bot.gestures.months import Line, Month, MonthNotUnderstood, as_csv, read_month
from bot.say.language import _
from bot.say.replies import Private, Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def show_month(command: ShowMonth, work: Work) -> Reply:
    """Show what was granted in a month."""
    month = _month(command.month, work)
    lines = lines_of(work.session, work.organisation, month)
    return work.answer(cards.month.month_card(month, lines, locale_of(work)))


def copy_month(command: CopyMonth, work: Work) -> Reply:
    """Give the list as a table to copy."""
    month = _month(command.month, work)
    return Private(message=cards.month.to_copy(month, as_csv(lines_of(work.session, work.organisation, month))))


def _month(words: str, work: Work) -> Month:
    try:
        return read_month(words, work.now.astimezone(work.organisation.zone).date())
    except MonthNotUnderstood:
        raise Refusal(
            _("I can't read “{words}” as a month.").format(words=words[:40]),
            _("A list is of one month."),
            _("Write it like this: `/calm gestures {month}`.").format(month=f"{work.now:%Y-%m}"),
        ) from None


def lines_of(session: Session, organisation: Organisation, month: Month) -> list[Line]:
    """Load what an organisation granted in a month, oldest first."""
    begins, ends = month.bounds(organisation.zone)
    requester, decider = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Grant, Gesture, requester.name, decider.name)
        .join(Gesture, Gesture.id == Grant.gesture_id)
        .join(requester, requester.id == Grant.requester_id)
        .outerjoin(decider, decider.id == Grant.decided_by_id)
        .where(Grant.organisation_id == organisation.id, Grant.granted_at >= begins, Grant.granted_at < ends)
        .order_by(Grant.granted_at, Grant.id)
    )
    return [
        Line(
            organisation=organisation.name,
            granted=f"{(grant.granted_at or begins).astimezone(organisation.zone):%Y-%m-%d %H:%M}",
            state=grant.state,
            kind=gesture.kind,
            gesture=gesture.name,
            amount=f"{grant.amount:.{get_currency_precision(grant.currency)}f}",
            currency=grant.currency,
            case=grant.case or "",
            customer=grant.customer or "",
            given_by=given_by,
            decided_by=decided_by or "",
            reason=grant.why_text or "",
        )
        for grant, gesture, given_by, decided_by in rows
    ]
