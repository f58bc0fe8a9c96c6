"""Causes by how often they were named."""

from __future__ import annotations

from bot.causes.cards.pareto import sentences
from bot.causes.counting import Count
from bot.causes.decisions.ranking import changes, pareto_of, rank, table_of
from bot.causes.decisions.silent import Assumption
from bot.causes.model import Cause

CAUSES = [Cause(id=1, key="bill"), Cause(id=2, key="late"), Cause(id=3, name_text="Seats", department_text="Cabins")]
NOW: dict[int | None, Count] = {1: Count(2, 1), 2: Count(10, 2), None: Count(4)}
BEFORE: dict[int | None, Count] = {2: Count(3), 3: Count(1)}


def test_the_most_frequent_comes_first_and_shares_add_up() -> None:
    """Those named only before stand last, and are not drawn."""
    ranking = rank(CAUSES, NOW, BEFORE)
    picture = pareto_of(ranking)

    assert [row.name for row in ranking.rows] == ["Late or lost delivery", "Wrong bill or charge", "Seats"]
    assert (ranking.all, ranking.unnamed, ranking.before, ranking.vital) == (15, 4, 4, 1)
    assert picture is not None
    assert [(bar.now, bar.before) for bar in picture.bars] == [(12.0, 3.0), (3.0, 0.0)]
    assert picture.cumulative == (0.8, 1.0)


def test_the_table_has_every_number_and_a_range_for_the_silent() -> None:
    """Incidents stand for no complaint: nobody counted who wrote about them."""
    rows = table_of(rank(CAUSES, NOW, BEFORE), Assumption()).rows

    assert rows[0] == ("Late or lost delivery", "Logistics", "10", "2", "3", "80%", "10 to 240")
    assert rows[2] == ("Seats", "Cabins", "0", "0", "1", "0%", "–")


def test_what_is_said_names_the_assumption_and_what_is_not_known() -> None:
    """Never a bare number, and nothing of nothing."""
    said = sentences(rank(CAUSES, NOW, BEFORE), Assumption())
    nothing = rank(CAUSES, {}, {})

    assert said[0] == "Late or lost delivery was named most: 12 of 15, 3 in the period before."
    assert said[1].startswith("If 4% to 50% of those who meet it say so, 10 to 240 more customers")
    assert said[2].startswith("4 more have no cause")
    assert sentences(nothing, Assumption())[0].startswith("No cause was named in these days.")
    assert pareto_of(nothing) is None


def test_several_may_be_named_most() -> None:
    """Then each of them is said, and of none alone what it stands for."""
    tied = rank(CAUSES, {1: Count(2), 2: Count(1, 1), 3: Count(1)}, BEFORE)

    assert sentences(tied, Assumption())[0].startswith(
        "Wrong bill or charge and Late or lost delivery were named most: 2 times each, of 5."
    )
    assert "customers met it" not in " ".join(sentences(tied, Assumption()))


def test_without_a_period_before_none_is_told() -> None:
    """Nothing was recorded then, which is no zero."""
    ranking = rank(CAUSES, NOW, None)
    picture = pareto_of(ranking)

    assert picture is not None
    assert {bar.before for bar in picture.bars} == {None}
    assert table_of(ranking, Assumption()).rows[0][4] == "–"
    assert sentences(ranking, Assumption())[0] == "Late or lost delivery was named most: 12 of 15."
    assert "nothing to compare with" in " ".join(sentences(ranking, Assumption()))


def test_a_change_is_said_where_it_is_sure() -> None:
    """What is worse comes first; a few more of a few are no change."""
    now: dict[int | None, Count] = {1: Count(8), 2: Count(21), 3: Count(45)}
    before: dict[int | None, Count] = {1: Count(30), 2: Count(5), 3: Count(40)}

    assert changes(rank(CAUSES, now, before)) == (
        "“Late or lost delivery” is named more: for 28% of all, after 7%.",
        "“Wrong bill or charge” is named less: for 11% of all, after 40%.",
    )
    assert changes(rank(CAUSES, NOW, BEFORE)) == ()
    assert changes(rank(CAUSES, NOW, None)) == ()


def test_where_nothing_was_named_what_has_no_cause_is_not_called_more() -> None:
    """More than nothing is no number anybody can picture."""
    said = " ".join(sentences(rank(CAUSES, {None: Count(1)}, {}), Assumption()))

    assert "1 case or incident of these days has no cause yet." in said
    assert "more" not in said
