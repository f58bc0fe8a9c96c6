"""What a refusal or failure of Slack means for a message, and for whoever can mend it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import aiohttp
import pytest
from multidict import CIMultiDict
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.errors import NotLetIn, PermissionMissing, Remedy, judge
from adapters.slack.pacing import Pace, Pacing
from bot.delivery.retry import after_failure
from bot.errors import (
    AccessRevoked,
    CardGone,
    ConversationGone,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)

if TYPE_CHECKING:
    from bot.door.verdicts import Verdict


def refused(error: str = "", *, status: int = 200, says: bool = True, **headers: str) -> Verdict[Remedy]:
    named = CIMultiDict({name.replace("_", "-"): value for name, value in headers.items()})
    data = {"ok": False, "error": error} if error else {}
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data=data,
        headers=named,
        status_code=status,
    )
    return judge(SlackApiError("refused", response), says=says)


@pytest.mark.parametrize(
    ("code", "error", "remedy", "then"),
    [
        ("service_unavailable", PlatformDown, Remedy.RETRY, "again"),
        ("token_expired", PlatformDown, Remedy.RETRY, "again"),
        ("something_new", PlatformDown, Remedy.RETRY, "again"),
        ("fatal_error", OutcomeUnknown, Remedy.RETRY, "unknown"),
        ("channel_not_found", ConversationGone, Remedy.GIVE_UP, "dead"),
        ("message_not_found", CardGone, Remedy.GIVE_UP, "anew"),
        ("user_disabled", ConversationGone, Remedy.GIVE_UP, "dead"),
        ("invalid_blocks", MessageTooLong, Remedy.GIVE_UP, "dead"),
        ("msg_blocks_too_long", MessageTooLong, Remedy.GIVE_UP, "dead"),
        ("not_in_channel", NotLetIn, Remedy.TELL_OWNER, "dead"),
        ("is_archived", NotLetIn, Remedy.TELL_OWNER, "dead"),
        ("missing_scope", PermissionMissing, Remedy.TELL_OWNER, "dead"),
        ("invalid_auth", PermissionMissing, Remedy.TELL_OWNER, "dead"),
        ("token_revoked", AccessRevoked, Remedy.UNINSTALL, "dead"),
        ("account_inactive", AccessRevoked, Remedy.UNINSTALL, "dead"),
    ],
)
def test_every_refusal_has_its_meaning(code: str, error: type[DeliveryError], remedy: Remedy, then: str) -> None:
    """A code of Slack decides what becomes of the message, and who has to hear of it."""
    verdict = refused(code)

    assert type(verdict.error) is error
    assert (verdict.remedy, verdict.code) == (remedy, code)
    assert after_failure(verdict.error, 1, 0.5).kind == then


@pytest.mark.parametrize(
    ("written", "pause"),
    [("7", 7), ("0", 0), ("soon", 30), ("", 30), ("-1", 30), ("99999999999999999999", 3600), ("٣", 30)],
)
def test_a_pause_is_as_long_as_slack_asks_for(written: str, pause: int) -> None:
    """Too many requests: the header says how long to wait, and nonsense in it is no pause without end."""
    error = refused("ratelimited", status=429, retry_after=written).error

    assert isinstance(error, RateLimited)
    assert error.retry_after == timedelta(seconds=pause)


def test_too_fast_needs_no_words() -> None:
    """A bare 429, as a proxy sends it, asks for a pause too."""
    assert isinstance(refused(status=429).error, RateLimited)


@pytest.mark.parametrize(
    ("status", "says", "error"),
    [
        (503, True, PlatformDown),
        (404, True, PlatformDown),
        (500, True, OutcomeUnknown),
        (502, True, OutcomeUnknown),
        (200, True, OutcomeUnknown),
        (502, False, PlatformDown),
    ],
)
def test_an_answer_without_a_word_is_judged_by_its_status(status: int, says: bool, error: type[DeliveryError]) -> None:
    """Only what may have been said already leaves us in doubt; looking something up can always be done again."""
    assert type(refused(status=status, says=says).error) is error


def test_an_inner_error_of_a_mere_question_is_asked_again() -> None:
    """What says nothing to anybody is simply repeated."""
    assert type(refused("internal_error", says=False).error) is PlatformDown


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (aiohttp.ConnectionTimeoutError(), PlatformDown),
        (TimeoutError(), OutcomeUnknown),
        (aiohttp.ServerDisconnectedError(), OutcomeUnknown),
        (aiohttp.ClientOSError(104, "reset"), OutcomeUnknown),
        (aiohttp.ClientPayloadError(), OutcomeUnknown),
        (AttributeError("no JSON object"), OutcomeUnknown),
    ],
)
def test_a_broken_connection_leaves_us_in_doubt_once_it_stood(failure: Exception, error: type[DeliveryError]) -> None:
    """Without a connection nothing arrived; after that, nobody knows."""
    assert type(judge(failure, says=True).error) is error
    assert type(judge(failure, says=False).error) is PlatformDown


# --- the pace -------------------------------------------------------------------------------------

ONE = Pace(every=1, burst=3)
HERE, THERE = ("channel", "T1", "C1"), ("channel", "T1", "C2")


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_the_pace_holds() -> None:
    """Three at once, then one a second; another channel is not held up."""
    time = Time()
    pacing = Pacing(time)

    assert [pacing.take((HERE, ONE)) for _ in range(3)] == [0, 0, 0]
    assert pacing.take((HERE, ONE)) == 1
    assert pacing.take((THERE, ONE)) == 0
    time.now += 1
    assert pacing.take((HERE, ONE)) == 0


def test_whoever_comes_too_early_is_given_a_turn_of_their_own() -> None:
    """Many who are too early come again one after another, and then they pass."""
    time = Time()
    pacing = Pacing(time)
    for _ in range(3):
        pacing.take((HERE, ONE))

    waits = [pacing.take((HERE, ONE)) for _ in range(4)]

    assert waits == [1, 2, 3, 4]
    for _ in waits:
        time.now += 1
        assert pacing.take((HERE, ONE)) == 0


def test_who_is_refused_under_one_pace_takes_nothing_under_the_other() -> None:
    """A turn is taken under every pace, or under none."""
    pacing, tight = Pacing(Time()), Pace(every=10, burst=1)
    pacing.take((HERE, tight))

    assert pacing.take((HERE, tight), (THERE, ONE)) == 10
    assert [pacing.take((THERE, ONE)) for _ in range(4)] == [0, 0, 0, 1]


def test_a_pause_that_was_asked_for_is_kept() -> None:
    """After Slack asked for it nothing passes for so long, and afterwards no burst does."""
    time = Time()
    pacing = Pacing(time)

    pacing.hold(HERE, ONE, 7)

    assert pacing.take((HERE, ONE)) == 7
    time.now += 7
    assert pacing.take((HERE, ONE)) == 0
    assert pacing.take((HERE, ONE)) > 0


def test_what_is_long_past_is_forgotten() -> None:
    """However many channels were spoken to, only the recent ones are remembered."""
    time = Time()
    pacing = Pacing(time)
    for number in range(10_000):
        pacing.take((("channel", str(number)), ONE))
    time.now += 60

    pacing.take((HERE, ONE))

    assert len(pacing._meters) == 1  # noqa: SLF001  there is nothing else to see it by
