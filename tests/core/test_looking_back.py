"""The retrospective of an incident, taken out by whoever runs the server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.errors import NothingFound
from bot.run.looking_back import written_in
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def test_it_is_written_as_markdown(stage: FakeStage) -> None:
    """What was posted, or else the draft; what is still going on, or was never there, is refused with a sentence."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev3 Search is slow")
    with pytest.raises(NothingFound, match="isn't over yet"):
        await stage.database.write(partial(written_in, number=1, organisation=None))
    await omar.tells("/incident resolve 1 Search is fast again.")
    written = await stage.database.write(partial(written_in, number=1, organisation=None))
    with pytest.raises(NothingFound, match="There is no incident #7"):
        await stage.database.write(partial(written_in, number=7, organisation=None))

    assert written.startswith("# Retrospective: #1 Search is slow\n")
    assert "- 10:00 Omar told customers that it's over: “Search is fast again.”" in written
