"""A supervisor asks what changed, and reads what to do on Monday."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_a_supervisor_reads_what_changed_and_what_to_do(cast: Cast) -> None:
    """Three sentences, then the numbers of each subject against the days before."""
    for who in (cast.ana, cast.ben, cast.sofia):
        await who.types("/calm restrain")
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    told = await cast.sofia.types("/zanshin report today")

    assert "There is nothing to compare with yet: 1 handoff, 100% taken within 60 seconds." in told.text
    assert "“Restrain” was met most: 100% of all playbooks started." in told.text
    assert "On Monday: take ten minutes with the team for “Restrain”." in told.text
    assert "Taken within 60 seconds: 100% (1 of 1) · Before –" in told.text
    assert "Restrain · Times 3 · Share 100%" in told.text
    assert not [word for word in ("Ana", "Ben", "charged twice", "CASE-42") if word in told.text]


async def test_what_was_called_off_is_no_part_of_what_was_taken(cast: Cast) -> None:
    """Of six handoffs, five were called off: that is said, as is that no playbook was started, once."""
    for case in range(41, 46):
        await cast.ana.types(f"/recuse CASE-{case} heated: charged twice")
        await cast.ana.types("/recuse cancel")
    none = await cast.sofia.types("/zanshin report today")
    await cast.ana.types("/recuse CASE-46 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    one = await cast.sofia.types("/zanshin report today")

    assert "5 handoffs, none taken within 60 seconds" in none.text
    assert "None was taken." in none.text
    assert "6 handoffs, 1 of 1 not called off taken within 60 seconds" in one.text
    assert "Taken within 60 seconds: 1 of 1 not called off; half of those taken had somebody after" in one.text
    assert one.text.count("No playbook was started") + one.text.count("Nobody started a playbook") == 1


async def test_nothing_is_met_most_at_a_tie(cast: Cast) -> None:
    """Nor of two playbooks in all."""
    await cast.ana.types("/calm restrain")
    await cast.ana.types("/calm keep-calm")
    told = await cast.sofia.types("/zanshin report today")

    assert "2 playbooks were started: no situation stands out." in told.text
    assert "was met most" not in told.text


async def test_first_updates_are_told_of_those_that_had_one(cast: Cast) -> None:
    """Half of all is not half of the few of which customers heard."""
    for title in ("Cards fail", "Search is slow", "Login is down"):
        await cast.omar.in_("incidents").types(f"/incident open sev2 {title}")
    await cast.later(minutes=5)
    await cast.omar.in_("incidents").tells("/incident update 1 Cards fail. We switch. Next update in 20m")
    told = await cast.sofia.types("/zanshin report today")

    assert "Customers were told of 1 incident, within 5 minutes." in told.text
    assert "Customers were told nothing of 2 incidents." in told.text


async def test_from_one_period_to_the_next(cast: Cast) -> None:
    """A button leads to the period before; nothing happened there, and that is said."""
    await cast.ana.types("/calm restrain")
    await cast.sofia.types("/zanshin report today")
    before = await cast.sofia.presses("The period before")

    assert "Nothing was recorded on 23 Nov 2026." in before.text
    assert "That was before anything at all was recorded." in before.text
    assert "Ask for days from 24 Nov 2026 on." in before.text
    assert "ask what keeps them from /calm and /recuse" not in before.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tomorrow", "hasn't come yet."),
        ("2026-11-20 to 2026-11-01", "That ends before it begins."),
        ("2020-01-01 to 2026-01-01", "That is more than a year."),
        ("3/5 to today", "“3/5” may mean more than one day."),
        ("month for gardening", "There is no team called “gardening” here."),
        ("week 60", "There is no such week as “week 60”."),
        ("KW 0 for billing", "There is no such week as “kw 0”."),
        ("fortnight", "There is no team called “fortnight” here."),
    ],
)
async def test_what_cannot_be_is_said_clearly(cast: Cast, typed: str, said: str) -> None:
    """An impossible range, the future, a team nobody knows: what is wrong, why, and what to type."""
    told = await cast.sofia.types(f"/zanshin report {typed}")

    assert said in told.text


async def test_a_team_too_small_is_not_broken_down(cast: Cast) -> None:
    """Of fewer than five people one could guess who is meant."""
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Ben")
    await cast.sofia.fills(skills="billing")
    told = await cast.sofia.types("/zanshin report month billing")

    assert "I don't break figures down for “billing”." in told.text
    assert "fewer than five people" in told.text


async def test_only_supervisors_and_admins_read_it(cast: Cast) -> None:
    """An agent is told who can."""
    told = await cast.ana.types("/zanshin report")

    assert "Only supervisors and admins can do this." in told.text


async def test_what_was_before_the_first_day_is_no_zero(cast: Cast) -> None:
    """A period is compared with the one before as soon as all of that lies behind the first day."""
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    year = await cast.sofia.types("/zanshin report this year")
    await cast.later(days=3)
    await cast.ana.types("/recuse CASE-43 heated: charged twice")
    later = await cast.sofia.types("/zanshin report today")

    assert "after 0" not in year.text
    assert "Nothing was recorded before 24 Nov 2026, so there is nothing to compare with." in year.text
    assert "Before: 26 Nov 2026." in later.text


async def test_a_day_on_which_an_incident_was_only_overdue_or_resolved_is_not_nothing(cast: Cast) -> None:
    """Opened the day before: customers wait, and then it's over; each is told, with what to do about it."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev4 Cards fail")
    await cast.later(days=3)
    overdue = await cast.sofia.types("/zanshin report today")
    await omar.tells("/incident resolve 1 All cards work again.")
    resolved = await cast.sofia.types("/zanshin report today")
    await cast.later(days=1)
    after = await cast.sofia.types("/zanshin report today")

    assert "Nothing was recorded" not in overdue.text + resolved.text
    assert "1 incident is overdue: customers still wait for news." in overdue.text
    assert "On Monday: see that customers hear of 1 overdue incident; `/incident list` names it." in overdue.text
    assert "1 incident was resolved." in resolved.text
    assert "overdue" not in resolved.text
    assert "Nothing was recorded on 28 Nov 2026." in after.text


async def test_work_planned_for_later_is_not_nothing(cast: Cast) -> None:
    """Nobody has noticed anything of it yet, and customers may have been told."""
    await cast.omar.in_("incidents").types("/incident plan sev2 in 2h Payments are down for 20 minutes")
    told = await cast.sofia.types("/zanshin report today")

    assert "Nothing was recorded on" not in told.text
    assert "Planned work ahead or under way: 1." in told.text


async def test_no_button_leads_to_what_is_read(cast: Cast) -> None:
    """Beside the last week stand the month and the quarter."""
    week = await cast.sofia.types("/zanshin report week")
    month = await cast.sofia.presses("Last month", week)

    assert [one.label for one in week.buttons] == ["The period before", "Last month", "Last quarter"]
    assert [one.label for one in month.buttons] == ["The period before", "Last week", "Last quarter"]
