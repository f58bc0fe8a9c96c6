"""What is sent again is still true: what is too late, over or overtaken is passed over, and said why."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

import bot
from bot.__main__ import app
from bot.errors import ConversationGone
from bot.run.operating import outdated
from bot.run.operating.outbox import AGAIN, MENDABLE, PASSED_OVER, retry
from bot.run.operating.outdated import RULES, STAYS_TRUE
from tests.databases import SECRET
from tests.dialogues.test_incidents import LINE, opened
from tests.operator.test_outbox import do, outbox
from tests.stage import Cast, FakeStage

if TYPE_CHECKING:
    import pytest

    from tests.stage import Voice

MANY = 50
FOUND = "Cards fail. We switch. Next update in 15m"


async def read_along(cast: Cast) -> Voice:
    """Let customers read along in #support, and open an incident."""
    await cast.sofia.in_("support").types("/zanshin help")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(places="#support")
    return await opened(cast)


def break_off(stage: FakeStage, *accounts: str) -> None:
    """Let nothing reach these people any more."""
    for account in accounts:
        stage.messenger.fail_in(f"@{account}", *(ConversationGone() for _time in range(MANY)))


def given_up(stage: FakeStage, about: str) -> list[str]:
    return [entry.name for entry in outbox(stage, *MENDABLE) if entry.about == about]


async def sent_again(stage: FakeStage, *names: str, stale: bool = False) -> set[str]:
    """Mend what was broken, send again, and say what was done."""
    stage.messenger._failing.clear()  # noqa: SLF001
    done = do(partial(retry, stale=stale), stage, *names)
    await stage.program.sender.drain()
    return set(done.values())


async def test_an_offer_of_a_case_that_somebody_has_is_passed_over(stage: FakeStage) -> None:
    """Whoever could not be asked is not asked afterwards, unless somebody wants that; nobody reads of a search."""
    cast = Cast(stage)
    break_off(stage, "ben")
    await cast.ana.types("/recuse CASE-42")
    await cast.later(minutes=5)
    (offer,) = given_up(stage, "offer")
    await cast.omar.privately.presses("I take it")
    dry = do(retry, stage, offer, dry_run=True)
    done = await sent_again(stage, offer)
    before = list(await cast.ben.privately.sees())
    anyway = await sent_again(stage, offer, stale=True)

    assert set(dry.values()) == done == {PASSED_OVER + outdated.TAKEN}
    assert before == []
    assert anyway == {AGAIN}
    assert len(await cast.ben.privately.sees()) == 1


async def test_an_offer_that_still_stands_goes_out_again(stage: FakeStage) -> None:
    """As long as nobody has the case, whoever was asked may take it."""
    cast = Cast(stage)
    break_off(stage, "ben")
    await cast.ana.types("/recuse CASE-42")
    (offer,) = given_up(stage, "offer")

    assert await sent_again(stage, offer) == {AGAIN}
    assert (await cast.ben.privately.presses("I take it")).text


async def test_a_reminder_is_passed_over_once_customers_were_told_or_it_was_said_again(stage: FakeStage) -> None:
    """A nag of before is no longer what is owed."""
    cast = Cast(stage)
    omar = await opened(cast)
    break_off(stage, "omar", "sofia")
    await cast.later(minutes=16)
    (warned,) = given_up(stage, "nag")
    still = do(retry, stage, warned, dry_run=True)
    await cast.later(minutes=5)
    later = do(retry, stage, warned, dry_run=True)
    await omar.tells(f"/incident update {LINE} 10:50")
    told = await sent_again(stage, warned)

    assert set(still.values()) == {AGAIN}
    assert set(later.values()) == {PASSED_OVER + outdated.NAGGED_SINCE}
    assert told == {PASSED_OVER + outdated.TOLD_SINCE}


async def test_an_update_that_a_newer_one_has_overtaken_stays_out_of_the_customers_channel(stage: FakeStage) -> None:
    """What customers read last is the newest."""
    cast = Cast(stage)
    omar = await read_along(cast)
    stage.messenger.fail_in("support", *(ConversationGone() for _time in range(MANY)))
    await omar.tells(f"/incident update {LINE} 10:40")
    (first,) = given_up(stage, "update")
    await cast.later(minutes=2)
    await omar.tells(f"/incident update {FOUND}")
    (_first, second) = given_up(stage, "update")

    assert await sent_again(stage, first) == {PASSED_OVER + outdated.TOLD_SINCE}
    assert await sent_again(stage, second) == {AGAIN}


async def test_that_reminders_are_back_is_passed_over_once_the_incident_is_over(stage: FakeStage) -> None:
    """Who was to hear of it looks again as long as there is something to be reminded of."""
    cast = Cast(stage)
    omar = await opened(cast, "sev2 Card payments fail")
    await omar.types("/incident snooze 1 until 15:00 because the vendor looks")
    break_off(stage, "sofia")
    await omar.types("/incident severity 1 sev1")
    (awake,) = given_up(stage, "awake")
    still = do(retry, stage, awake, dry_run=True)
    await cast.later(minutes=1)
    await omar.types("/incident resolve 1 Cards work again.")
    over = await sent_again(stage, awake)

    assert set(still.values()) == {AGAIN}
    assert over == {PASSED_OVER + outdated.INCIDENT_OVER}


async def test_the_command_line_counts_what_was_passed_over_and_says_how_to_send_it(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in a dry run; with --stale all of it goes out."""
    cast = Cast(stage)
    stage.clock.move_to(datetime.now(stage.clock.now().tzinfo))
    break_off(stage, "ben")
    await cast.ana.types("/recuse CASE-42")
    await cast.later(minutes=5)
    await cast.omar.privately.presses("I take it")
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", stage.database.url)
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", SECRET)
    retrying = ("outbox", "retry", "--all", "--dry-run")
    passed, all_the_same = (CliRunner().invoke(app, [*retrying, *more]).output for more in ((), ("--stale",)))

    assert "0 go out again, 1 passed over as no longer true:\n  1: somebody has the case by now\n" in passed
    assert "With --stale these go out all the same." in passed
    assert "passed over" not in all_the_same
    assert passed.endswith("This was a dry run: nothing was changed.\n")


async def test_what_came_too_late_has_no_time_any_more_when_it_is_sent_all_the_same(stage: FakeStage) -> None:
    """Or the sender would find it too late once more."""
    cast = Cast(stage)
    omar = await read_along(cast)
    stage.messenger.fail_in("support", *(ConversationGone() for _time in range(MANY)))
    await omar.tells(f"/incident update {LINE} 10:40")
    (update,) = given_up(stage, "update")
    stage.clock.move(timedelta(hours=3))

    assert await sent_again(stage, update) == {PASSED_OVER + outdated.TOO_LATE}
    assert await sent_again(stage, update, stale=True) == {AGAIN}
    assert "Some cards are declined." in (await cast.ben.sees())[-1]


def test_of_every_kind_of_message_it_is_known_when_it_is_no_longer_true() -> None:
    """A new kind has a rule, or is said to stay true."""
    source = "\n".join(one.read_text() for one in Path(bot.__file__).parent.rglob("*.py"))
    kinds = set(re.findall(r'Subject\.of\(\s*"([a-z-]+)"', source))
    kinds |= set(re.findall(r'tell_deciders\(\s*"([a-z-]+)"', source))

    assert kinds <= RULES.keys() | set(STAYS_TRUE)
    assert not RULES.keys() & set(STAYS_TRUE)
