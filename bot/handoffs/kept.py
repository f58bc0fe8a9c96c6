"""What is kept about somebody in cases: how many, who reads it, until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.handoffs.model import Handoff, Hold, Offer
from bot.say.language import _
from bot.work.domain import Kept
from bot.work.retention import Retention, in_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select

    from bot.directory.model import Person
    from bot.work.work import Work

WORDS_KEPT = timedelta(hours=24)  # the note, the case, the customer, why somebody could not: after the end


def kept(work: Work, person: Person, *, retention: Retention) -> list[Kept]:
    """List it."""
    return list(_kinds(work, person, retention))


def _kinds(work: Work, person: Person, retention: Retention) -> Iterator[Kept]:
    asked = _count(work, select(func.count(Handoff.id)).where(Handoff.requester_id == person.id))
    if asked:
        reasons = select(func.count(Handoff.id)).where(
            Handoff.requester_id == person.id, Handoff.reason_text.is_not(None) | Handoff.danger_text.is_not(None)
        )
        yield Kept(
            what=_("Cases you stepped out of ({count}; {reasons} with their reason)").format(
                count=asked, reasons=_count(work, reasons)
            ),
            readers=_("the team, that you stepped out; whoever takes it and supervisors, note and reason"),
            until=_("your note goes a day after the end; the reason, and that it was you, after {days}").format(
                days=in_days(retention.reasons)
            ),
        )
    if taken := _count(work, select(func.count(Handoff.id)).where(Handoff.taker_id == person.id)):
        yield Kept(
            what=_("Cases you took over ({count})").format(count=taken),
            readers=_("whoever stepped out, and the team"),
            until=_("that it happened stays"),
        )
    if offered := _count(work, select(func.count(Offer.id)).where(Offer.person_id == person.id)):
        yield Kept(
            what=_("Times you were asked to take a case over ({count})").format(count=offered),
            readers=_("whoever stepped out, and supervisors"),
            until=_("what you said goes a day after the end, that you were asked after {days}").format(
                days=in_days(retention.reasons)
            ),
        )
    if holds := _count(work, select(func.count(Hold.id)).where(Hold.person_id == person.id)):
        yield Kept(
            what=_("Customers you had on hold ({count})").format(count=holds),
            readers=_("the team, on the board, while it lasts"),
            until=_("that it was you goes after {days}; how long it took stays").format(
                days=in_days(retention.reasons)
            ),
        )


def _count(work: Work, select_count: Select[int]) -> int:
    return work.session.scalars(select_count).one()
