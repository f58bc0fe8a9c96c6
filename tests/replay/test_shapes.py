"""What a day has shown, pressed late as each platform sends it: no fault of ours, and nothing taken unasked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bot.handoffs.model import Handoff
from bot.incidents.model import Incident
from tests.handoffs.crowd import rows
from tests.replay.album import Player

if TYPE_CHECKING:
    from bot.say.messages import Button
    from tests.stage import Cast, Seen

DAY = (
    "ana: /recuse CASE-42 heated: he shouts",
    "+ 5 seconds",
    "sofia: /zanshin status",
    "sofia@: [Case from Ana]",
    "ben@: [I take it]",
    "ben@: [Hand it on]",
    "+ 5 seconds",
    "omar@: [I take it]",
    "+ 1 minutes",
    "ben: /calm keep-calm",
    "omar@incidents: /incident open sev2 Card payments fail",
    "omar@incidents: /incident update 1 Some cards are declined. We switch. Next update in 20m",
    "omar@incidents: [Customers have it]",
    "+ 1 minutes",
    "omar@incidents: /incident snooze 1 10m because the vendor answers soon",
    "omar@incidents: /incident resolve 1 All cards work again.",
    "+ 1 minutes",
    "omar@incidents: /incident reopen 1",
    "ana: /zanshin away 30m lunch",
    "+ 5 minutes",
)
WHO = ("ana", "ben", "sofia", "omar")
PRESSES = 25


async def test_what_was_shown_is_pressed_late_as_platforms_send_it(cast: Cast) -> None:
    """Everybody presses what they saw, one after the other, in any order."""
    player = Player(cast.stage)
    shown: dict[tuple[str, str, str, str], tuple[Seen, Button]] = {}
    for line in DAY:
        await player.play(line)
        for who in WHO:
            for place in ("support", "incidents", f"@{who}"):
                for post in await cast.voice(who).in_(place).posts():
                    shown |= {(who, place, button.label, post.text): (post, button) for button in post.buttons}
    dice = random.Random(7)  # noqa: S311  it chooses what is pressed
    chosen = dice.sample(sorted(shown), min(PRESSES, len(shown)))
    for number, (who, place, label, text) in enumerate(chosen):
        post, button = shown[who, place, label, text]
        before = await holders(cast)
        await cast.stage.press(who, place, post, button, f"{who}-{number + 90_000_000}")
        await cast.stage.settle()
        await nothing_is_wrong(cast, f"{who} pressed {label!r} on {text[:80]!r}")
        fields = {str(value) for value in button.fields.values()}
        for case, (before_it, after_it) in (
            (k, (before[k], v)) for k, v in (await holders(cast)).items() if k in before
        ):
            own = label in ("Hand it on", "Done with it", "I own it")
            assert before_it in (None, after_it) or own or str(before_it) in fields, (case, label, who)


async def holders(cast: Cast) -> dict[str, int | None]:
    """Say who has each case, and who owns each incident."""
    cases = {f"case {one.id}": one.taker_id for one in await rows(cast.stage, Handoff)}  # type: ignore[arg-type]
    return cases | {f"#{one.number}": one.owner_id for one in await rows(cast.stage, Incident)}  # type: ignore[arg-type]


async def nothing_is_wrong(cast: Cast, what: str) -> None:
    """Nobody reads that something went wrong."""
    for who in WHO:
        for place in ("support", "incidents", f"@{who}"):
            posts: list[Seen] = await cast.voice(who).in_(place).posts()
            assert not any("Something went wrong" in post.text for post in posts), what
