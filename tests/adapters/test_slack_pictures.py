"""Pictures in Slack: uploaded out of sight, shown in one call, and what is said when they cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.slack.errors import Remedy
from bot.errors import ConversationGone, DeliveryError, OutcomeUnknown, PlatformDown, RateLimited
from bot.pictures.carried import image_of
from bot.pictures.values import Bar, Bars
from bot.say.messages import Link, Message, Section
from tests.adapters.test_slack_messenger import CHANNEL, DIRECT, Set, on
from tests.fakes.slack import Fault, rate_limited

if TYPE_CHECKING:
    from bot.ports import Place

__all__ = ["on"]  # the fixture

PICTURE = Bars("Answered in time", "Answered in time: 82 %, before 74 %.", "%", (Bar("This week", 82, 74),))
SENTENCE = ("Ask <!channel> & co: ", Link(words="open the report", url="https://zanshin.example.com/report/abc"))
REPORT = Message.of("Last week", Section(text=SENTENCE), image_of(PICTURE))


async def fails(on: Set, place: Place = CHANNEL) -> DeliveryError:
    with pytest.raises(DeliveryError) as failed:
        await on.messenger.notify(place, REPORT)
    return failed.value


async def test_a_picture_arrives_with_what_is_said_above_it(on: Set) -> None:
    """People see one message: the file with its description, and the words, in which nobody can shout."""
    await on.messenger.notify(CHANNEL, REPORT)

    [said] = on.slack.seen_by("U0ANA", "C1")
    [file] = on.slack.files.values()
    assert file.data.startswith(b"\x89PNG")
    assert (file.name, file.alt) == ("report.png", PICTURE.alt)
    assert said.text == (
        "*Last week*\nAsk &lt;!channel&gt; &amp; co: <https://zanshin.example.com/report/abc|open the report>"
    )
    assert said.arguments["files"] == [{"id": file.id, "title": "Last week"}]
    assert on.slack.called("chat.postMessage") == []


async def test_a_picture_alone_arrives_in_a_direct_chat(on: Set) -> None:
    """Its description is its name, where nothing else is said."""
    await on.messenger.notify(DIRECT, Message.of("", image_of(PICTURE)))

    [said] = on.slack.seen_by("U0ANA", "@U0ANA")
    assert said.text == PICTURE.alt


@pytest.mark.parametrize(
    ("method", "fault", "error"),
    [
        ("files.getUploadURLExternal", rate_limited(30), RateLimited),
        ("files.getUploadURLExternal", Fault(error="internal_error"), PlatformDown),
        ("files.getUploadURLExternal", Fault(reset=True), PlatformDown),
        ("upload", Fault(status=500), PlatformDown),
        ("upload", Fault(reset=True), PlatformDown),
        ("files.completeUploadExternal", rate_limited(30), RateLimited),
        ("files.completeUploadExternal", Fault(error="channel_not_found"), ConversationGone),
        ("files.completeUploadExternal", Fault(reset=True, after_acting=True), OutcomeUnknown),
    ],
)
async def test_a_picture_that_cannot_be_uploaded_comes_later(
    on: Set, method: str, fault: Fault, error: type[DeliveryError]
) -> None:
    """Until the last call nobody has seen anything, so all of it may be done again."""
    on.slack.fail(method, fault)

    assert isinstance(await fails(on), error)


async def test_without_the_permission_the_words_arrive_and_say_so(on: Set) -> None:
    """An app installed before it asked for that cannot upload: nothing is kept from anybody, and admins are told."""
    on.slack.fail("files.getUploadURLExternal", Fault(error="missing_scope"))
    await on.messenger.notify(CHANNEL, REPORT)

    [said] = on.slack.seen_by("U0ANA", "C1")
    assert PICTURE.alt in said.text
    assert "An admin can install it again to allow that." in said.text
    assert [trouble.remedy for trouble in on.trouble] == [Remedy.TELL_OWNER]
