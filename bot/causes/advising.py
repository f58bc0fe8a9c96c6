"""What a report advises about causes: the one thing to do on Monday, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.decisions.rates import Verdict
from bot.causes.model import ReviewState
from bot.insights.wording import number
from bot.say.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.causes.decisions.ranking import Ranking
    from bot.causes.review.reviews import ReviewFacts

OFTEN = 3  # what was named so often is no accident


def advise(ranking: Ranking, reviews: Sequence[ReviewFacts]) -> str:
    """Say what to do: about a late answer, a change for the worse, what was named most, a change for the better."""
    going_on = [one for one in reviews if one.is_open]
    return _ask_again(going_on) or _look_again(going_on) or _review(ranking, going_on) or _thank(going_on)


def _ask_again(reviews: Sequence[ReviewFacts]) -> str:
    late = [one for one in reviews if one.review.state == ReviewState.ASKED and one.work.now >= one.review.answer_by]
    said = _("On Monday: ask {department} what lies behind “{cause}”; the answer is late.")
    return _of(said, late[0]) if late else ""


def _look_again(reviews: Sequence[ReviewFacts]) -> str:
    worse = next((one for one in reviews if _verdict(one) is Verdict.WORSE), None)
    said = _("On Monday: look at “{cause}” with {department} again; it is named more since the change.")
    return _of(said, worse) if worse is not None else ""


def _review(ranking: Ranking, reviews: Sequence[ReviewFacts]) -> str:
    looked_at = {one.review.cause_id for one in reviews}
    row = next((row for row in ranking.rows if row.now.all >= OFTEN and row.cause_id not in looked_at), None)
    if row is None:
        return ""
    said = _("On Monday: ask {department} about “{cause}”, named {count} times; type /zanshin causes to ask them.")
    return said.format(department=row.department, cause=row.name, count=number(row.now.all))


def _thank(reviews: Sequence[ReviewFacts]) -> str:
    better = next((one for one in reviews if _verdict(one) is Verdict.BETTER), None)
    said = _("On Monday: thank {department}; “{cause}” is named less since the change.")
    return _of(said, better) if better is not None else ""


def _verdict(facts: ReviewFacts) -> Verdict | None:
    return facts.before_after.verdict if facts.before_after is not None else None


def _of(said: str, facts: ReviewFacts) -> str:
    return said.format(department=facts.cause.department, cause=facts.cause.name)
