"""What was named most, as supervisors read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.cards.comparing import result_of
from bot.causes.commands import (
    AskForSilence,
    AskToReview,
    ChangeSilence,
    ListCauses,
    ShowCauses,
    ShowReachOuts,
    ShowReview,
)
from bot.causes.decisions.ranking import changes, named_most, pareto_of
from bot.causes.decisions.silent import silent_behind
from bot.causes.model import ReviewState
from bot.insights.wording import number, per_mille, percent
from bot.pictures.carried import image_of
from bot.say.language import _, ngettext
from bot.say.messages import (
    Button,
    Choice,
    Form,
    Input,
    Listing,
    Message,
    Offered,
    Offers,
    Part,
    Section,
    Text,
    moment,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.causes.decisions.ranking import Ranked, Ranking
    from bot.causes.decisions.silent import Assumption
    from bot.causes.review.reviews import ReviewFacts
    from bot.insights.period import Period

SHOWN = 8
TO_REVIEW = 3
ENDED = 3  # reviews that are closed


def causes_card(period: Period, ranking: Ranking, reviews: Sequence[ReviewFacts], assumed: Assumption) -> Message:
    """Show what was named most, what is under review, and what can be done."""
    parts: list[Part] = [Section(text=(line,)) for line in sentences(ranking, assumed)]
    picture = pareto_of(ranking)
    if picture is not None:
        parts.append(image_of(picture))
    if ranking.rows:
        parts.append(Listing(lines=tuple(_line(ranking, row) for row in ranking.rows[:SHOWN])))
    going_on = [one for one in reviews if one.is_open]
    parts += _under(_("Under review:"), going_on)
    parts += _under(_("Looked at, and closed:"), [one for one in reviews if not one.is_open][-ENDED:])
    parts += _to_do(period, ranking, {one.review.cause_id for one in going_on})
    return Message.of(_("Causes, {period}").format(period=period.name)[:150], *parts)


def sentences(ranking: Ranking, assumed: Assumption) -> tuple[str, ...]:
    """Say what stands out, and what is not known."""
    if not ranking.all:
        said = [_("No cause was named in these days. Whoever ends a case or an incident is asked for it.")]
    else:
        said = [_most(ranking)]
        silent = silent_behind(ranking.top[0].now.cases, assumed)
        if silent is not None and len(ranking.top) == 1:
            said.append(_silence(silent.low, silent.high, assumed))
        said += changes(ranking)
    if ranking.all and ranking.before is None:
        said.append(_("The period before began before anything was recorded, so there is nothing to compare with."))
    if ranking.unnamed and not ranking.all:
        said.append(
            ngettext(
                "{count} case or incident of these days has no cause yet.",
                "{count} cases and incidents of these days have no cause yet.",
                ranking.unnamed,
            ).format(count=ranking.unnamed)
        )
    elif ranking.unnamed:
        said.append(
            ngettext(
                "{count} more has no cause, so what is rare here may be less rare than it looks.",
                "{count} more have no cause, so what is rare here may be less rare than it looks.",
                ranking.unnamed,
            ).format(count=ranking.unnamed)
        )
    return tuple(said)


def _most(ranking: Ranking) -> str:
    line, top = named_most(ranking), ranking.top[0]
    if len(ranking.top) == 1 and ranking.before is not None:
        line = _("{name} was named most: {count} of {all}, {before} in the period before.").format(
            name=top.name, count=top.now.all, all=ranking.all, before=top.before.all
        )
    named = sum(1 for row in ranking.rows if row.now.all)
    if 1 < ranking.vital < named:
        more = _("{vital} of {named} causes make up four in five.").format(vital=ranking.vital, named=named)
        return f"{line} {more}"
    return line


def _silence(low: int, high: int, assumed: Assumption) -> str:
    return _(
        "If {fewest} to {most} of those who meet it say so, {low} to {high} more customers met it and said nothing."
    ).format(fewest=per_mille(assumed.fewest), most=per_mille(assumed.most), low=number(low), high=number(high))


def _of_hundred(share: int) -> str:
    return f"{share / 10:g}"


def _line(ranking: Ranking, row: Ranked) -> Text:
    return text(
        _("**{name}**: {count} ({share}), {before} before · {department}")
        if ranking.before is not None
        else _("**{name}**: {count} ({share}) · {department}"),
        name=row.name,
        count=row.now.all,
        share=percent(ranking.share(row).value),
        before=row.before.all,
        department=row.department,
    )


def _under(title: str, reviews: Sequence[ReviewFacts]) -> list[Part]:
    """Say how reviews stand, each beside the button that names its cause and shows it."""
    if not reviews:
        return []
    shown = ((one, ShowReview(review=one.review.id).button(one.cause.name)) for one in reviews)
    return [
        Section(text=(title,)),
        Offers(offered=tuple(Offered(text=_stands(one), button=show) for one, show in shown)),
    ]


def _stands(facts: ReviewFacts) -> Text:
    review = facts.review
    if review.changed_at is not None:
        return (result_of(facts),)
    said = {
        ReviewState.ASKED: _("{department} is to answer by {time}."),
        ReviewState.ANSWERED: _("{department} has answered, nothing was changed yet."),
    }.get(ReviewState(review.state), _("Nothing was changed."))
    return text(
        said,
        department=facts.cause.department,
        time=moment(review.answer_by, "date"),
    )


def _to_do(period: Period, ranking: Ranking, under_review: set[int]) -> list[Part]:
    to_ask = [row for row in ranking.rows if row.now.all and row.cause_id not in under_review][:TO_REVIEW]
    label = _("Review {name}")
    review = tuple(
        AskToReview(cause=row.cause_id).button(label.format(name=row.name), "plain" if number else "primary")
        for number, row in enumerate(to_ask)
    )
    before = period.before
    others: tuple[Button, ...] = (
        ShowCauses(period=f"{before.first} to {before.last}").button(_("The period before")),
        ListCauses().button(_("The list of causes")),
        AskForSilence().button(_("Who says nothing …")),
        ShowReachOuts().button(_("Whom to reach out to")),
    )
    return [*((Choice(buttons=review),) if review else ()), Choice(buttons=others)]


def silence_form(assumed: Assumption) -> Form:
    """Ask how many of those who meet a problem are taken to say so."""
    return Form(
        title=_("Who says nothing"),
        command=ChangeSilence.called(),
        intro=(
            _(
                "Nobody can count who says nothing, so I show a range. The well-known 4% counted letters to "
                "headquarters about small sums; to somebody they talk to, about half of customers complain, and "
                "more where companies buy from each other. Say what fits yours."
            ),
        ),
        inputs=(
            Input(
                name="fewest",
                label=_("Of 100 who meet it, at least how many say so?"),
                value=_of_hundred(assumed.fewest),
                max_length=20,
            ),
            Input(name="most", label=_("And at most?"), value=_of_hundred(assumed.most), max_length=20),
        ),
        submit=_("Save"),
    )


def silence_saved(assumed: Assumption) -> Message:
    """Confirm the assumption."""
    told = text(
        _("From now on I take it that {fewest} to {most} of those who meet a problem say so."),
        fewest=per_mille(assumed.fewest),
        most=per_mille(assumed.most),
    )
    return Message.of(
        _("Saved"), Section(text=told, tone="good"), Choice(buttons=(ShowCauses().button(_("The causes")),))
    )
