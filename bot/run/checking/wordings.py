"""Rules for prepared wordings: what is said to many customers at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.run.checking.sentences import in_saying
from bot.run.checking.slips import Slip, quoted
from bot.run.checking.tongues import ENGLISH, Tongue
from bot.store.content import gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.incidents.updates.wordings import Sentences, Wording

HURTS_NOBODY = {"planned-work"}  # nothing went wrong: nobody is apologised to
LISTS = ("notice", "doing", "no_change", "solved")


def slips_of_wording(wording: Wording, tongue: Tongue = ENGLISH) -> Iterator[Slip]:
    """Mark everything wrong in a wording."""
    for name in LISTS:
        for slip in _list(wording, name, tongue):
            yield replace(slip, step=name)
    if not wording.notes:
        yield Slip(
            "no-notes", "there are no notes", "No article is right in everything", "Say where evidence limits it"
        )


def _list(wording: Sentences, name: str, tongue: Tongue) -> Iterator[Slip]:
    sentences: tuple[str, ...] = getattr(wording, name)
    for one in sentences:
        yield from in_saying(one, (tongue.one,), tongue=tongue)
    if name == "solved" and getattr(wording, "id", "") not in HURTS_NOBODY:
        for one in sentences:
            if not tongue.sorry.search(one):
                yield Slip(
                    "no-apology", f"no apology in {quoted(one)}", "They were hurt, whoever did it", "Say sorry, once"
                )
    if name == "no_change":
        for one in sentences:
            if not tongue.at_work.search(one):
                yield Slip(
                    "nothing-done",
                    f"{quoted(one)} doesn't say what is being done",
                    "No news is no news only if somebody is at it",
                    "Say what they notice, what's done, and by when",
                )
    if name in {"notice", "no_change"} and not any(set(gaps(one)) <= {"next_update", "since"} for one in sentences):
        yield Slip(
            "gap-alone",
            f"every sentence has a gap only a person can fill, such as {quoted(sentences[0])}",
            "The form can't be sent as it's prepared",
            "Add one with {next_update} or {since} alone",
        )
