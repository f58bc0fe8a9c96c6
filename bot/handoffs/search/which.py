"""Which of several cases somebody means who named none: it is asked, and none is chosen unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.handoffs import cards
from bot.handoffs.facts import facts_of_all
from bot.handoffs.model import Handoff
from bot.say.language import _, listing
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.handoffs.commands import CancelHandoff, Recuse, TypeCallback

SHOWN = 3  # cases that are asked about


def which_search(
    several: Sequence[Handoff], command: CancelHandoff | Recuse | TypeCallback, nothing_done: str, work: Work
) -> Refusal:
    """Ask which of somebody's cases is meant, one press each."""
    named = [(one, cards.promised.name_of(facts)) for one, facts in facts_of_all(several, work).items()]
    these = [
        command.model_copy(update={"handoff": one}).button(_("For {case}").format(case=name)[:75], "primary")
        for one, name in named[:SHOWN]
    ]
    cases = _("These are: {cases}.").format(cases=listing([name for _one, name in named]))
    return Refusal(
        _("You have more than one case under way."),
        f"{cases} {nothing_done}",
        _("Which one did you mean?"),
        tuple(these),
    )
