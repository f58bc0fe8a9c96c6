"""What whoever opened a review reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.cards.comparing import compared_parts
from bot.causes.cards.department import question, stands, title
from bot.causes.commands import (
    LONGEST_WORDS,
    AskAgain,
    AskForChange,
    AskToAnswer,
    AskToWriteCause,
    CloseReview,
    OpenReview,
    ShowReview,
)
from bot.causes.decisions.rates import Verdict
from bot.causes.model import ReviewState
from bot.say.language import _
from bot.say.messages import Button, Choice, Form, Input, Message, Option, Part, Section, text

if TYPE_CHECKING:
    from bot.causes.model import Cause
    from bot.causes.review.reviews import ReviewFacts

TERMS = (3, 7, 14, 30)  # days


def review_form(cause: Cause, place: str) -> Form:
    """Ask what to ask the department."""
    where = _("{department} is asked in {place}.").format(department=cause.department, place=place)
    nowhere = _("{department} has no channel here: you ask them, and write down what they say.")
    return Form(
        title=_("Review a cause"),
        command=OpenReview.called(),
        fields={"cause": str(cause.id)},
        intro=text(
            "{cause}. {where}",
            cause=cause.name,
            where=where if place else nowhere.format(department=cause.department),
        ),
        inputs=(
            Input(
                name="question",
                label=_("What do you ask?"),
                kind="lines",
                hint=_("Empty: what lies behind it, and what could change. How often it happened stands below."),
                required=False,
                max_length=LONGEST_WORDS,
            ),
            Input(
                name="days",
                label=_("Until when?"),
                kind="pick",
                options=tuple(Option(label=_("in {days} days").format(days=days), value=str(days)) for days in TERMS),
                value="7",
            ),
        ),
        submit=_("Ask"),
    )


def lead_card(facts: ReviewFacts) -> Message:
    """Show how a review stands, with what can be done next."""
    return Message.of(title(facts), _where(facts), *question(facts), *stands(facts), *_next(facts))


def _where(facts: ReviewFacts) -> Section:
    department = facts.cause.department
    if not facts.is_open:
        asked = _("{department} was asked.") if facts.place else _("{department} has no channel here: I asked nobody.")
        return Section(text=text(asked, department=department), tone="quiet")
    if not facts.place and facts.review.state == ReviewState.ASKED:
        alone = _("{department} has no channel here, so I asked nobody. Ask them, and write down what they say.")
        return Section(text=text(alone, department=department), tone="warning")
    asked = _("I asked {department} in {place}. I remind them, and tell you if nobody answers in time.")
    if facts.review.state != ReviewState.ASKED:
        asked = _("With {department}, in {place}.") if facts.place else _("With {department}.")
    return Section(text=text(asked, department=department, place=facts.place), tone="quiet")


def _next(facts: ReviewFacts) -> tuple[Part, ...]:
    review = facts.review
    if not facts.is_open:
        return ()
    close = CloseReview(review=review.id).button(_("Close it"))
    change = AskForChange(review=review.id).button(_("What was changed …"))
    buttons: list[Button] = []
    if review.state == ReviewState.ASKED:
        buttons.append(AskToAnswer(review=review.id).button(_("Write down their answer …")))
        if not facts.place:
            buttons.append(AskToWriteCause(cause=review.cause_id).button(_("Give them a channel …")))
    if review.state != ReviewState.ASKED or review.changed_at is not None:
        buttons.append(change)
    if review.state == ReviewState.TESTING or facts.work.now >= review.answer_by:
        buttons.append(again(facts).button(_("Ask them again")))
    return (Choice(buttons=(*buttons, close)),)


def again(facts: ReviewFacts) -> AskAgain:
    """Ask once more, as the review stands now."""
    review = facts.review
    return AskAgain(review=review.id, state=review.state, asked=int(review.opened_at.timestamp()))


def no_answer(facts: ReviewFacts, *, missed: bool) -> Message:
    """Tell whoever opened it that the department has not answered, or was not reached."""
    department = facts.cause.department
    line = _("{department} hasn't answered in time. What now is yours to say.")
    if missed and facts.place:
        line = _("I can't reach {department} in {place}. Ask them yourself, or give them another channel.")
    elif missed:
        line = _("There's no answer from {department} yet, and I have nowhere to ask them.")
    review = facts.review
    asked = again(facts)
    channel = AskToWriteCause(cause=review.cause_id)
    answer = AskToAnswer(review=review.id).button(_("Write down their answer …"))
    ways = (asked.button(_("Ask them again, a week"), "primary"), answer, channel.button(_("Another channel …")))
    if not facts.place:  # nobody can be asked before there is one
        ways = (channel.button(_("Give them a channel …"), "primary"), answer, asked.button(_("Wait another week")))
    buttons = (*ways, CloseReview(review=review.id).button(_("Close it")))
    told = Section(text=text(line, department=department, place=facts.place), tone="warning")
    counted = compared_parts(facts) if review.changed_at is not None else []  # asked again, it goes on being counted
    return Message.of(title(facts), told, *counted, Choice(buttons=buttons))


def changed_yet(facts: ReviewFacts) -> Message:
    """Ask whoever opened it what came of the answer."""
    asked = text(
        _("{department} answered two weeks ago. Was anything changed? Then I count whether it helps."),
        department=facts.cause.department,
    )
    return Message.of(title(facts), Section(text=asked), *stands(facts), *_next(facts))


def compared(facts: ReviewFacts) -> Message:
    """Show before and after, and say what to do about it."""
    found = facts.before_after
    verdict = found.verdict if found is not None else Verdict.TOO_EARLY
    said = {
        Verdict.BETTER: _("The new way does what it was to do. Close this, and tell them: it was their work."),
        Verdict.WORSE: _("Other things may have changed too. Look at it with {department} again."),
        Verdict.SAME: _("As it is, it doesn't show. Ask {department} what else could change."),
        Verdict.TOO_EARLY: _("I look again in four weeks, and tell you."),
    }
    line = text(said[verdict], department=facts.cause.department)
    return Message.of(title(facts), *stands(facts), Section(text=line), *_next(facts))


def stands_in(facts: ReviewFacts) -> Message:
    """Tell somebody else who leads of a review whose owner cannot be reached."""
    line = text(
        _("{name} opened this review, and I can't reach them. It waits for somebody who leads."),
        name=facts.opener.name,
    )
    show = ShowReview(review=facts.review.id).button(_("Look at it"), "primary")
    return Message.of(title(facts), Section(text=line, tone="warning"), Choice(buttons=(show,)))
