"""A review: a department is asked about a cause, answers, changes something, and what comes of it is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import partial

from sqlalchemy import select

from bot.causes import cards
from bot.causes.commands import (
    AnswerReview,
    AskAgain,
    AskForChange,
    AskToAnswer,
    AskToReview,
    CloseReview,
    OpenReview,
    RecordChange,
    ShowReview,
)
from bot.causes.decisions.nagging import answer_by
from bot.causes.facts import place_of
from bot.causes.model import Cause, Review, ReviewState
from bot.causes.review.reviews import ReviewFacts, find_review, look_at_review
from bot.causes.review.telling import close_reminder, set_clock, show_department, tell_lead
from bot.say.language import _
from bot.say.messages import Form
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.times.back import days_that_were
from bot.work.meanwhile import put_together, remembering
from bot.work.work import Work

A_WEEK = 7  # days


def ask_to_review(command: AskToReview, work: Work) -> Reply:
    """Open the form, or show the review there is."""
    cause = work.look(Cause, command.cause, _("This cause"))
    there = _open_review_of(cause, work)
    if there is not None:
        return work.answer(cards.lead.lead_card(ReviewFacts(there, work)))
    return OpenForm(form=cards.lead.review_form(cause, place_of(cause, work)))


def _open_review_of(cause: Cause, work: Work) -> Review | None:
    return work.session.scalar(
        select(Review).where(Review.cause_id == cause.id, Review.state != ReviewState.CLOSED).limit(1)
    )


def open_review(command: OpenReview, work: Work) -> Reply:
    """Ask the department, and go on asking until the day that was said."""
    me = work.me()
    cause = work.find(Cause, command.cause, _("This cause"))  # locked: two who ask at once ask once
    there = _open_review_of(cause, work)
    if there is not None:
        return work.answer(cards.lead.lead_card(ReviewFacts(there, work)))
    review = Review(
        organisation_id=work.actor.organisation_id,
        cause_id=cause.id,
        opened_by_id=me.id,
        channel_id=cause.channel_id,
        person_id=cause.person_id,
        state=ReviewState.ASKED,
        question_text=command.question or None,
        opened_at=work.now,
        answer_by=answer_by(work.now, command.days, work.organisation.zone),
        said_at=work.now,
    )
    work.session.add(review)
    work.session.flush()
    facts = ReviewFacts(review, work)
    set_clock(facts)
    show_department(facts, aloud=True)
    return work.answer(cards.lead.lead_card(facts))


def show_review(command: ShowReview, work: Work) -> Reply:
    """Show how it stands."""
    return work.answer(cards.lead.lead_card(look_at_review(command.review, work)))


def ask_to_answer(command: AskToAnswer, work: Work) -> Reply:
    """Open the form of an answer, while one can be given."""
    facts = look_at_review(command.review, work)
    if not facts.is_open:
        return work.answer(cards.department.department_card(facts))
    return remembering(cards.department.answer_form(facts))


def answer_review(command: AnswerReview, work: Work) -> Reply:
    """Keep what the department says; whoever asked reads it at once."""
    facts = find_review(command.review, work)
    review = facts.review
    if not facts.is_open:
        return work.answer(cards.department.department_card(facts))
    merged = put_together(command, cards.department.answer_form(facts))
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    if command.answer == review.answer_text and review.state != ReviewState.ASKED:  # sent twice
        return _thanked(facts)
    review.answer_text, review.answered_by_id, review.answered_at = command.answer, work.actor.person_id, work.now
    if review.state == ReviewState.ASKED:  # what was changed before goes on being counted
        review.state = ReviewState.TESTING if review.changed_at is not None else ReviewState.ANSWERED
    return _went_on(facts)


def ask_for_change(command: AskForChange, work: Work) -> Reply:
    """Open the form of a change."""
    facts = look_at_review(command.review, work)
    if not facts.is_open:
        return work.answer(cards.department.department_card(facts))
    return remembering(_change_form(facts, work))


def _change_form(facts: ReviewFacts, work: Work) -> Form:
    since = (facts.review.changed_at or work.now).astimezone(work.organisation.zone).date()
    return cards.department.change_form(facts, since)


def record_change(command: RecordChange, work: Work) -> Reply:
    """Keep what was changed, and count from that day on."""
    facts = find_review(command.review, work)
    review, zone = facts.review, work.organisation.zone
    if not facts.is_open:
        return work.answer(cards.department.department_card(facts))
    form = _change_form(facts, work)
    what, day = form.inputs  # the day is proposed anew each day: the one that was written holds
    own_day = form.model_copy(update={"inputs": (what, day.model_copy(update={"value": command.since}))})
    merged = put_together(command, own_day)
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    since = read_day(command.since, work.now.astimezone(zone).date())
    if since is None:
        return FieldErrors(errors={"since": _("I can't read that as one day. Try 2026-11-28, or “monday”.")})
    changed_at = datetime.combine(since, time(), zone).astimezone(UTC)
    known = (review.state, review.change_text, review.changed_at)
    if known == (ReviewState.TESTING, command.change, changed_at):  # sent twice
        return _thanked(facts)
    review.change_text, review.changed_at, review.state = command.change, changed_at, ReviewState.TESTING
    return _went_on(facts)


def read_day(words: str, today: date) -> date | None:
    """Read since which day; None where it is none, or may be several."""
    dates = days_that_were(words, today)
    return dates[0] if dates is not None and len(dates) == 1 else None


def _went_on(facts: ReviewFacts) -> Reply:
    """Show everybody how it stands; whoever did it reads it where they did it."""
    work = facts.work
    facts.review.said_at = work.now
    facts.__dict__.pop("answered_by", None)
    set_clock(facts)
    close_reminder(facts)
    show_department(facts)
    if work.actor.person_id != facts.review.opened_by_id:
        tell_lead(facts, partial(cards.lead.lead_card, facts))
    return _thanked(facts)


def _thanked(facts: ReviewFacts) -> Reply:
    """Thank the department, or show whoever asked how it stands."""
    is_lead = facts.work.actor.person_id == facts.review.opened_by_id
    return facts.work.answer(cards.lead.lead_card(facts) if is_lead else cards.department.thanks(facts))


def ask_again(command: AskAgain, work: Work) -> Reply:
    """Ask the department once more, with a week to answer; what was changed so far stays, and stays counted."""
    facts = find_review(command.review, work)
    review = facts.review
    stands = (review.state, int(review.opened_at.timestamp()))
    if not facts.is_open or (command.state and (command.state, command.asked) != stands):
        return work.answer(cards.lead.lead_card(facts))  # it has gone on since: what it says now comes first
    cause = facts.cause
    review.channel_id, review.person_id = cause.channel_id, cause.person_id  # it may have another place by now
    facts = ReviewFacts(review, work)
    review.state, review.opened_at, review.said_at, review.escalated_at = ReviewState.ASKED, work.now, work.now, None
    review.answer_by = answer_by(work.now, A_WEEK, work.organisation.zone)
    set_clock(facts)
    show_department(facts, aloud=True)
    return work.answer(cards.lead.lead_card(facts))


def close_review(command: CloseReview, work: Work) -> Reply:
    """End it; pressed twice, it stays ended."""
    facts = find_review(command.review, work)
    if facts.is_open:
        facts.review.state, facts.review.ended_at, facts.review.next_due_at = ReviewState.CLOSED, work.now, None
        close_reminder(facts)
        show_department(facts)
        if facts.review.opened_by_id != work.actor.person_id:
            work.correct_for(facts.subject, facts.opener, partial(cards.lead.lead_card, facts))
    return work.answer(cards.lead.lead_card(facts))
