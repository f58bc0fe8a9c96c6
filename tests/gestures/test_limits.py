"""What an agent may grant alone, whatever was granted before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gestures.limits import Bound, Limits, Used, judge

amounts = st.decimals(min_value=0, max_value=1000, places=2)
limits = st.builds(Limits, case=amounts, day=st.one_of(st.none(), amounts), customer=st.one_of(st.none(), amounts))
uses = st.builds(Used, case=amounts, day=amounts, customer=amounts)

TABLE = [
    # amount, limits for case, day, customer, used of each, beyond, left
    ("20", ("20", None, None), ("0", "0", "0"), (), "20"),
    ("20.01", ("20", None, None), ("0", "0", "0"), (Bound.CASE,), "20"),
    ("10", ("20", None, None), ("15", "90", "90"), (Bound.CASE,), "5"),
    ("10", ("20", "50", None), ("0", "45", "0"), (Bound.DAY,), "5"),
    ("10", ("20", "50", "30"), ("0", "0", "25"), (Bound.CUSTOMER,), "5"),
    ("30", ("20", "25", "10"), ("0", "0", "0"), (Bound.CASE, Bound.DAY, Bound.CUSTOMER), "10"),
    ("1", ("0", None, None), ("0", "0", "0"), (Bound.CASE,), "0"),
    ("1", ("20", None, None), ("50", "0", "0"), (Bound.CASE,), "0"),
]


@pytest.mark.parametrize(("amount", "most", "used", "beyond", "left"), TABLE)
def test_an_amount_is_judged(
    amount: str,
    most: tuple[str, str | None, str | None],
    used: tuple[str, str, str],
    beyond: tuple[Bound, ...],
    left: str,
) -> None:
    """Each limit binds by itself; one that is not set does not."""
    case, day, customer = (None if one is None else Decimal(one) for one in most)
    verdict = judge(
        Decimal(amount),
        Limits(case=case or Decimal(0), day=day, customer=customer),
        Used(case=Decimal(used[0]), day=Decimal(used[1]), customer=Decimal(used[2])),
    )

    assert (verdict.beyond, verdict.left, verdict.alone) == (beyond, Decimal(left), not beyond)


@given(amounts, limits, uses)
def test_what_is_left_is_the_most_that_can_be_granted_alone(amount: Decimal, most: Limits, used: Used) -> None:
    """An amount is granted alone exactly when it is no more than what is left."""
    verdict = judge(amount, most, used)

    assert verdict.left >= 0
    assert verdict.alone == (amount <= verdict.left)
    assert judge(verdict.left, most, used).alone


@given(st.lists(amounts, max_size=12), limits)
def test_no_row_of_grants_alone_goes_beyond_a_limit(asked: list[Decimal], most: Limits) -> None:
    """However an amount is taken apart, one case, one day and one customer get no more than their limits."""
    total = Decimal(0)
    for amount in asked:
        if judge(amount, most, Used(case=total, day=total, customer=total)).alone:
            total += amount

    assert all(total <= limit for limit in (most.case, most.day, most.customer) if limit is not None)


@given(amounts, amounts, limits, uses)
def test_what_was_granted_never_makes_room(amount: Decimal, more: Decimal, most: Limits, used: Used) -> None:
    """The more was granted, the less is left; a limit taken away never makes less of it."""
    later = Used(case=used.case + more, day=used.day + more, customer=used.customer + more)

    assert judge(amount, most, later).left <= judge(amount, most, used).left
    assert judge(amount, replace(most, day=None), used).left >= judge(amount, most, used).left
