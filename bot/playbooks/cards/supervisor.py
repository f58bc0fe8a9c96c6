"""What supervisors read about playbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.language import _
from bot.say.messages import Listing, Message, Section, text

if TYPE_CHECKING:
    from collections.abc import Sequence


def broken_files(problems: Sequence[str]) -> Message:
    """Tell supervisors which files are broken; the others go on working."""
    return Message.of(
        _("A file among the playbooks can't be read"),
        Section(text=(_("It's left out until its file is mended. All others work as usual."),), tone="warning"),
        Listing(lines=tuple((problem[:500],) for problem in problems[:10])),
        Section(text=text(_("Whoever runs Zanshin can check with `zanshin playbooks check`."))),
    )
