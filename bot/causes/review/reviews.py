"""The facts of a review: the cause, who asked, who was asked where, and how often it was named before and since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import or_, select

from bot.causes.counting import count_causes, named_in
from bot.causes.decisions.nagging import Timing
from bot.causes.decisions.rates import BeforeAfter, windows
from bot.causes.facts import channel_shown
from bot.causes.model import Cause, Review, ReviewState
from bot.directory.model import Conversation, Person
from bot.insights.values import Share
from bot.ports import Subject
from bot.say.dates import written_days
from bot.say.language import _
from bot.work.work import Work

if TYPE_CHECKING:
    from datetime import datetime

LATELY = timedelta(days=30)

Row = TypeVar("Row")


@dataclass
class ReviewFacts:
    """One review with everybody in it; nothing is loaded before it is asked for."""

    review: Review
    work: Work

    @property
    def subject(self) -> Subject:
        """Name its card: one where the department is asked, one for whoever opened it."""
        return Subject.of("review", self.review.id)

    @property
    def nag_subject(self) -> Subject:
        """Name what reminds the department of it."""
        return Subject.of("review-nag", self.review.id)

    @cached_property
    def cause(self) -> Cause:
        """What it is about."""
        return self.work.session.get_one(Cause, self.review.cause_id)

    @cached_property
    def opener(self) -> Person:
        """Who opened it."""
        return self.work.session.get_one(Person, self.review.opened_by_id)

    @cached_property
    def channel(self) -> Conversation | None:
        """The channel of the department."""
        return self._get(Conversation, self.review.channel_id)

    @cached_property
    def asked(self) -> Person | None:
        """Who answers for the department, where it has no channel."""
        return self._get(Person, self.review.person_id) if self.channel is None else None

    @cached_property
    def answered_by(self) -> Person | None:
        """Who answered."""
        return self._get(Person, self.review.answered_by_id)

    def _get(self, model: type[Row], row_id: int | None) -> Row | None:
        return self.work.session.get(model, row_id) if row_id is not None else None

    @property
    def place(self) -> str:
        """Name where the department is asked; empty: nowhere."""
        if self.channel is not None:
            return channel_shown(self.channel)
        return self.asked.name if self.asked is not None else ""

    @property
    def is_open(self) -> bool:
        """Say whether it goes on."""
        return self.review.state != ReviewState.CLOSED

    @property
    def since(self) -> str:
        """Name the day since which the change holds, where the organisation works; empty before there is one."""
        if self.review.changed_at is None:
            return ""
        day = self.review.changed_at.astimezone(self.work.organisation.zone).date()
        return written_days(day, day)

    @cached_property
    def lately(self) -> Share:
        """How often the cause was named among all that were, in the month before the review was opened."""
        return self._share(self.review.opened_at - LATELY, self.review.opened_at)

    @cached_property
    def before_after(self) -> BeforeAfter | None:
        """How often it was named before the change and since, up to the end; None while nothing was changed."""
        changed_at, until = self.review.changed_at, self.review.ended_at or self.work.now
        if changed_at is None or changed_at > until:
            return None
        before, after = windows(changed_at, until)
        return BeforeAfter(self._share(*before), self._share(*after), until - changed_at)

    def _share(self, begins: datetime, ends: datetime) -> Share:
        counts = count_causes(self.work.session, self.review.organisation_id, begins, ends)
        mine = counts.get(self.review.cause_id)
        return Share(mine.all if mine is not None else 0, named_in(counts))

    @property
    def timing(self) -> Timing:
        """See it as the clock does."""
        row = self.review
        return Timing(row.state, row.opened_at, row.answer_by, row.said_at, row.escalated_at, row.changed_at)


def find_review(review_id: int, work: Work) -> ReviewFacts:
    """Load a review of the actor's organisation for a change."""
    return ReviewFacts(work.find(Review, review_id, _("This review")), work)


def look_at_review(review_id: int, work: Work) -> ReviewFacts:
    """Load a review of the actor's organisation to read it."""
    return ReviewFacts(work.look(Review, review_id, _("This review")), work)


def reviews_since(work: Work, begins: datetime) -> list[ReviewFacts]:
    """List the reviews that go on, oldest first, and after them those that have ended since."""
    rows = (
        select(Review)
        .where(
            Review.organisation_id == work.actor.organisation_id,
            or_(Review.state != ReviewState.CLOSED, Review.ended_at >= begins),
        )
        .order_by(Review.ended_at.is_not(None), Review.id)
    )
    return [ReviewFacts(one, work) for one in work.session.scalars(rows)]
