"""Before and after, in words that say no more than the numbers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.decisions.rates import FEWEST, FIRST_LOOK, Verdict
from bot.insights.wording import of_all
from bot.say.language import _
from bot.say.messages import Part, Section, text

if TYPE_CHECKING:
    from bot.causes.decisions.rates import BeforeAfter, Difference
    from bot.causes.review.reviews import ReviewFacts
    from bot.insights.values import Share


def compared_parts(facts: ReviewFacts) -> list[Part]:
    """Say what before and after come to."""
    found = facts.before_after
    if found is None:
        said = _("Counting begins with that day.") if facts.is_open else _("It ended before anything was counted.")
        return [Section(text=(said,), tone="quiet")]
    counted = text(
        _("Before: {before}. Since: {after}, of the cases and incidents whose cause was named."),
        before=_of(found.before),
        after=_of(found.after),
    )
    tone = {Verdict.BETTER: "good", Verdict.WORSE: "warning"}.get(found.verdict, "plain")
    return [
        Section(text=(verdict_line(found),), tone=tone),
        Section(text=counted, tone="quiet"),
    ]


def result_of(facts: ReviewFacts) -> str:
    """Say in a line what came of a review, beside the name of its cause."""
    found = facts.before_after
    said = verdict_line(found) if found is not None else _("Nothing is counted yet.")
    return _("Changed on {day}. {verdict}").format(day=facts.since, verdict=said)


def _of(share: Share) -> str:
    if share.value is None:
        return _("none named")
    return of_all(share)


def verdict_line(found: BeforeAfter) -> str:
    """Say whether it helped, as far as that can be told."""
    gap = found.difference
    if found.verdict is Verdict.TOO_EARLY or gap is None:
        return _too_early(found, gap)
    if found.verdict is Verdict.BETTER:
        return _("It helped: its share fell by {points}.").format(points=_points(-gap.high, -gap.low))
    if found.verdict is Verdict.WORSE:
        return _("It got worse: its share rose by {points}.").format(points=_points(gap.low, gap.high))
    return _("No difference that can be seen: its share changed by {low} to {high} points.").format(
        low=round(100 * gap.low), high=f"{round(100 * gap.high):+}"
    )


def _points(low: float, high: float) -> str:
    return _("{low} to {high} percentage points").format(low=round(100 * low), high=round(100 * high))


def _too_early(found: BeforeAfter, gap: Difference | None) -> str:
    if found.since < FIRST_LOOK:
        return _("Too early to say: give it {days} days.").format(days=FIRST_LOOK.days)
    if gap is None or min(found.before.of, found.after.of) < FEWEST:
        return _("Too early to say: fewer than {count} causes were named before, or since.").format(count=FEWEST)
    return _("Too early to say: with so few, its share may have changed by {low} to {high} points.").format(
        low=f"{round(100 * gap.low):+}", high=f"{round(100 * gap.high):+}"
    )
