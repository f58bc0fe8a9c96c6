"""Where a review is shown: to its department, and to whoever opened it, or whoever is there instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.causes import cards
from bot.causes.decisions.nagging import plan
from bot.delivery.reached import out_of_reach
from bot.incidents.promise.calling import Leads
from bot.say.language import in_public

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.causes.review.reviews import ReviewFacts
    from bot.directory.model import Person
    from bot.say.messages import Message

REVIEW_OUTCOME = "review"


def show_department(facts: ReviewFacts, *, aloud: bool = False) -> None:
    """Draw the card of the department."""
    work, write = facts.work, partial(cards.department.department_card, facts)
    if facts.channel is not None:
        with in_public():
            work.show(facts.subject, facts.channel, write(), outcome_to=REVIEW_OUTCOME, aloud=aloud)
    elif facts.asked is not None:
        work.show_to(facts.subject, facts.asked, write, outcome_to=REVIEW_OUTCOME)


def remind_department(facts: ReviewFacts) -> None:
    """Remind the department, in a message of its own: changing one makes no sound."""
    work, write = facts.work, partial(cards.department.reminder, facts)
    if facts.channel is not None:
        with in_public():
            message = write()
        work.show(
            facts.nag_subject,
            facts.channel,
            message,
            outcome_to=REVIEW_OUTCOME,
            under=facts.subject,
            aloud=True,
            afresh=True,
        )
    elif facts.asked is not None:
        work.show_to(facts.nag_subject, facts.asked, write, outcome_to=REVIEW_OUTCOME, afresh=True)


def close_reminder(facts: ReviewFacts) -> None:
    """Take the buttons from what reminded the department."""
    work, write = facts.work, partial(cards.department.reminder_over, facts)
    if facts.channel is not None:
        with in_public():
            work.correct(facts.nag_subject, facts.channel, write())
    elif facts.asked is not None:
        work.correct_for(facts.nag_subject, facts.asked, write)


def tell_lead(facts: ReviewFacts, write: Callable[[], Message]) -> None:
    """Tell whoever opened it, in the one card they have of it; where they are gone, whoever leads now."""
    for person in _leads(facts):
        facts.work.show_to(facts.subject, person, write, outcome_to=REVIEW_OUTCOME, afresh=True)


def _leads(facts: ReviewFacts) -> list[Person]:
    opener, work = facts.opener, facts.work
    if opener.on_team and not out_of_reach(work.session, [opener.id], work.now):
        return [opener]
    return Leads(work).supervisors or [opener]


def set_clock(facts: ReviewFacts) -> None:
    """Say when the clock looks at it again."""
    facts.review.next_due_at = plan(facts.timing, facts.work.now).next_at
