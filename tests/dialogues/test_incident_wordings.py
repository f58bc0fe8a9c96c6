"""Everything prepared for customers can be read by somebody: every sentence, duty and note, on every stage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.incidents.updates.wordings import load_wordings
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from tests.stage import Cast


def shape_of(sentence: str) -> re.Pattern[str]:
    """Read a sentence whatever stands in its gaps."""
    return re.compile(".+".join(re.escape(piece) for piece in re.split(r"\{\w+\}", sentence)))


async def test_every_prepared_sentence_is_somewhere_to_be_read(cast: Cast) -> None:
    """Page by page, every kind has a button, and behind it stands all that was written."""
    kinds = {one.title: one for one in load_wordings(SHIPPED_PLAYBOOKS).kinds.values()}
    omar = cast.omar.in_("incidents")
    pages, seen = 0, set()
    page = await omar.types("/incident wordings")
    while page is not None:
        more = [button.label for button in page.buttons if "more …" in button.label]
        titles = [button.label for button in page.buttons if button.label in kinds]
        for title in titles:
            wording = kinds[title]
            read = (await omar.types(f"/incident wordings {wording.id}")).text
            said = (
                *wording.duties,
                *wording.notice,
                *wording.doing,
                *wording.no_change,
                *wording.solved,
                *wording.notes,
            )
            assert [one for one in said if not shape_of(one).search(read)] == [], wording.id
        seen |= set(titles)
        page = await omar.presses(more[0], page) if more else None
        pages += 1

    assert seen == set(kinds)
    assert pages > 1


async def test_words_find_what_is_prepared(cast: Cast) -> None:
    """Whoever describes what has happened reads the duties first; a press shows another situation."""
    omar = cast.omar.in_("incidents")
    breach = await omar.types("/incident wordings data breach")
    others = await omar.presses("Other situations", breach)
    unknown = await omar.types("/incident wordings zzyzx")

    assert "72 hours" in breach.text
    assert others.text.startswith("Prepared words")
    assert unknown.text.startswith("Prepared words\nNothing was prepared for “zzyzx”.")
