"""What a department reads that is asked about a cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.cards.comparing import compared_parts
from bot.causes.commands import LONGEST_WORDS, AnswerReview, AskForChange, AskToAnswer, RecordChange
from bot.causes.model import ReviewState
from bot.say.directions import isolated
from bot.say.language import _
from bot.say.messages import Button, Choice, Fact, Fields, Form, Input, Message, Part, Section, moment, text

if TYPE_CHECKING:
    from datetime import date

    from bot.causes.review.reviews import ReviewFacts


def department_card(facts: ReviewFacts) -> Message:
    """Ask the department, and show from then on how it stands."""
    parts: list[Part] = [Section(text=text(_("{name} asks {department}:"), **_who(facts))), *question(facts)]
    parts += stands(facts)
    buttons = _buttons(facts)
    return Message.of(title(facts), *parts, *((Choice(buttons=tuple(buttons)),) if buttons else ()))


def _who(facts: ReviewFacts) -> dict[str, str]:
    return {"name": facts.opener.name, "department": facts.cause.department}


def title(facts: ReviewFacts) -> str:
    """Name the review."""
    return _("Review: {cause}").format(cause=isolated(facts.cause.name))


def question(facts: ReviewFacts) -> list[Part]:
    """Ask in the words of whoever opened it, or in ours, and say how often it happened."""
    asked = facts.review.question_text or _("What lies behind this, and what could you change so that it happens less?")
    parts: list[Part] = [Section(text=(asked,))]
    if facts.lately.of:
        often = _("Named for {count} of {all} cases and incidents in the 30 days before.")
        parts.append(Section(text=text(often, count=facts.lately.hits, all=facts.lately.of), tone="quiet"))
    return parts


def stands(facts: ReviewFacts) -> list[Part]:
    """Say how far it has come."""
    review = facts.review
    parts: list[Part] = []
    if review.state == ReviewState.ASKED:
        wanted = text(_("An answer is wanted by {time}."), time=moment(review.answer_by, "date"))
        parts.append(Section(text=wanted, tone="warning" if facts.work.now >= review.answer_by else "quiet"))
    known = []
    if review.answer_text and review.answered_at is not None:
        name = facts.answered_by.name if facts.answered_by is not None else facts.cause.department
        known.append(Fact(name=_("Answer of {name}").format(name=name), text=(review.answer_text,)))
    if review.change_text and review.changed_at is not None:
        since = text(_("{change} (since {day})"), change=review.change_text, day=facts.since)
        known.append(Fact(name=_("What was changed"), text=since))
    if known:
        parts.append(Fields(facts=tuple(known)))
    if review.changed_at is not None:
        parts += compared_parts(facts)
    if not facts.is_open:
        parts.append(Section(text=(_("This review is closed. Thank you."),), tone="good"))
    return parts


def _buttons(facts: ReviewFacts) -> list[Button]:
    review = facts.review
    if not facts.is_open:
        return []
    answer = AskToAnswer(review=review.id)
    change = AskForChange(review=review.id).button(_("What was changed …"))
    if review.state == ReviewState.ASKED:
        return [answer.button(_("Answer …"), "primary"), change]
    return [change, answer.button(_("Add to the answer …"))]


def reminder(facts: ReviewFacts) -> Message:
    """Remind the department of what it owes."""
    by = text(
        _("{name} is waiting for your answer until {time}. A line is enough to begin with."),
        name=facts.opener.name,
        time=moment(facts.review.answer_by, "date"),
    )
    answer = AskToAnswer(review=facts.review.id).button(_("Answer …"), "primary")
    return Message.of(title(facts), Section(text=by, tone="warning"), Choice(buttons=(answer,)))


def reminder_over(facts: ReviewFacts) -> Message:
    """Say that nothing is owed any more."""
    line = _("It's closed.") if not facts.is_open else _("Thank you, it's answered.")
    return Message.of(title(facts), Section(text=(line,), tone="good"))


def answer_form(facts: ReviewFacts) -> Form:
    """Ask for the answer."""
    return Form(
        title=_("Answer"),
        command=AnswerReview.called(),
        fields={"review": str(facts.review.id)},
        inputs=(
            Input(
                name="answer",
                label=_("What lies behind it, and what could change?"),
                kind="lines",
                hint=_("{name} and whoever reads this card see it.").format(name=facts.opener.name),
                value=facts.review.answer_text or "",
                max_length=LONGEST_WORDS,
            ),
        ),
        submit=_("Send"),
    )


def change_form(facts: ReviewFacts, since: date) -> Form:
    """Ask what was changed."""
    return Form(
        title=_("What was changed"),
        command=RecordChange.called(),
        fields={"review": str(facts.review.id)},
        intro=(_("I count before and after, so that you can see whether it helps."),),
        inputs=(
            Input(
                name="change",
                label=_("What is done differently now?"),
                kind="lines",
                value=facts.review.change_text or "",
                max_length=LONGEST_WORDS,
            ),
            Input(
                name="since",
                label=_("Since which day?"),
                hint=_("Such as {today}, or “monday”. It may lie ahead.").format(today=since.isoformat()),
                value=since.isoformat(),
                max_length=60,
            ),
        ),
        submit=_("Save"),
    )


def thanks(facts: ReviewFacts) -> Message:
    """Thank whoever answered."""
    told = text(_("{name} reads it now."), name=facts.opener.name)
    return Message.of(title(facts), Section(text=told, tone="good"), *stands(facts))
