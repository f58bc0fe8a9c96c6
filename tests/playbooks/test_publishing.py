"""Many hands at one playbook: one decision holds, and what was written before a rule of ours is still kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.playbooks.authoring.writing import LONGEST_STEPS, LONGEST_WORDS, as_typed, own_playbook
from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.model import OwnPlaybook, OwnVersion, VersionState
from bot.say.aloud import plain_message
from bot.say.replies import Private, Replace
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.handoffs.crowd import join, rows
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.playbooks.catalogue import Playbook
    from bot.say.replies import Reply
    from tests.stage import FakeStage

WRITTEN = {
    "title": "Late parcels",
    "situation": "A parcel is late.",
    "words": "late\nwhere is it\nnot here",
    "steps": "Say so\n“I'll look now.”",
}


async def submit(stage: FakeStage, who: str, command: str, fields: dict[str, str], key: str) -> Reply:
    return await stage.program.dispatch.submit(command, fields, stage.origin(who, f"@{who}", key))


def said(reply: Reply) -> str:
    assert isinstance(reply, Private | Replace), reply
    return plain_message(reply.message)


async def test_of_two_second_readers_at_once_the_first_decides(stage: FakeStage) -> None:
    """One publishes while the other sends it back: both read what holds."""
    await join(stage, ["noor", "mateo"], supervisors=True)
    await submit(stage, "sofia", "save-playbook", WRITTEN, "save")
    replies = await asyncio.gather(
        submit(stage, "noor", "publish-version", {"version": "1"}, "yes"),
        submit(stage, "mateo", "decline-version", {"version": "1", "answer": "Too short"}, "no"),
        submit(stage, "noor", "publish-version", {"version": "1"}, "yes again"),
    )

    [version] = await rows(stage, OwnVersion)
    [playbook] = await rows(stage, OwnPlaybook)
    assert version.state in (VersionState.LIVE, VersionState.DECLINED)
    assert playbook.live == (version.state == VersionState.LIVE)
    decided = "published it at" if playbook.live else "sent it back at"
    assert all(decided in said(reply) for reply in replies)


async def test_what_was_written_over_while_it_was_read_is_not_published(stage: FakeStage) -> None:
    """The second reader's old card says that there is a newer version."""
    await submit(stage, "sofia", "save-playbook", WRITTEN, "first")
    changed = WRITTEN | {"playbook": "1", "version": "1", "steps": "Say so\n“I'll ring them now.”"}
    await submit(stage, "sofia", "save-playbook", changed, "second")
    late = await submit(stage, "ben", "publish-version", {"version": "1"}, "late")
    await submit(stage, "ben", "publish-version", {"version": "2"}, "newer")

    [playbook] = await rows(stage, OwnPlaybook)
    assert "There's a newer version." in said(late)
    assert "ring them" in playbook.steps


async def test_a_team_of_one_is_told_what_it_needs(stage: FakeStage) -> None:
    """Nobody is asked, and nothing is published by its author."""
    sofia = Cast(stage).sofia
    for who in ("ana", "ben", "omar"):
        await sofia.types(f"/zanshin team remove @{who}")
    saved = await submit(stage, "sofia", "save-playbook", WRITTEN, "save")

    assert "nobody else is on your team yet" in said(saved)
    assert (await rows(stage, OwnPlaybook))[0].live is False


@pytest.mark.parametrize("playbook", load_catalogue(SHIPPED_PLAYBOOKS).playbooks.values(), ids=lambda one: one.id)
def test_every_playbook_of_ours_can_be_begun_with(playbook: Playbook) -> None:
    """What its copy puts into the form can be read again, and fits."""
    words, steps = as_typed(playbook)
    read = own_playbook(
        id_="own-1",
        title="A copy",
        situation=playbook.situation,
        words=words,
        steps=steps,
        author="Ana",
        day=playbook.reviewed,
    )

    assert len(words) <= LONGEST_WORDS
    assert len(steps) <= LONGEST_STEPS
    assert len(read.steps) >= min(5, len(playbook.steps))
    assert [line.text for line in read.steps[0].say] == [line.text.replace("“", "’") for line in playbook.steps[0].say]
