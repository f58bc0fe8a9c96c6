"""Writes docs/figures.md out of the docstrings of the figures: `python -m tests.figures`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.insights import building  # noqa: F401
from bot.insights.figures.definitions import FIGURES
from bot.insights.figures.population import FEWEST
from tests.platforms import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "figures.md"
HEAD = """\
# What the figures mean

What `/zanshin report`, `/zanshin causes` and `zanshin report` count, figure by figure. `make generated` writes this
page out of the code that counts.

- **Who**: one organisation. A team is everybody who has the same skill today. Fewer than {fewest} people, or all but
  fewer than {fewest}, are not broken down, nor is a team that leaves so few of another one: no totals, subtracted,
  tell of a few people, and no figure is of one person.
- **When**: whole days where the organisation works, the last one included. A whole month or quarter is compared with
  the one before it, any other period with as many days just before it.
- **How sure**: the bounds beside a share are those of Wilson at 95%. Something is called a change only where the
  bounds of the difference leave no room for none; for counts, where the days of both periods do not explain them.
- **From what**: the rows that are still kept. How long that is stands in [privacy.md](privacy.md); no figure reads
  what anybody wrote.
"""


def written() -> str:
    """Write the page of today."""
    return "\n".join((HEAD.format(fewest=FEWEST), *_figures()))


def _figures() -> Iterator[str]:
    for one in sorted(FIGURES.values(), key=lambda one: (one.module.startswith("bot.causes"), one.module)):
        yield f"## {one.title}\n\n{one.means.strip()}\n"


if __name__ == "__main__":
    PAGE.write_text(written())
