"""What was prepared for customers, to be read and copied: the kinds of incidents, and all that can be said of one."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from bot.incidents.commands import AskForUpdate, ShowWordings
from bot.say.language import _
from bot.say.messages import Choice, Message, Part, Say, Section
from bot.store.content import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.incidents.updates.wordings import Wording


AT_ONCE = 10  # kinds on a page
A_ROW = 5


def kinds(wordings: Sequence[Wording], page: int, sought: str = "") -> Message:
    """List the kinds of incidents for which something is prepared, a page at a time; say what was sought in vain."""
    shown = wordings[page * AT_ONCE : (page + 1) * AT_ONCE]
    buttons = [ShowWordings(kind=one.id).button(one.title[:60]) for one in shown]
    rows = [Choice(buttons=tuple(buttons[first : first + A_ROW])) for first in range(0, len(buttons), A_ROW)]
    if (left := len(wordings) - (page + 1) * AT_ONCE) > 0:
        more = ShowWordings(page=page + 1).button(_("{count} more …").format(count=left))
        rows.append(Choice(buttons=(more,)))
    line = _("What has happened? Everything that was prepared for it is shown, to copy.")
    vain = _("Nothing was prepared for “{words}”.").format(words=shorten(sought, 60, placeholder="…")) if sought else ""
    return Message.of(_("Prepared words"), Section(text=(f"{vain} {line}".strip(),)), *rows)


def all_of(wording: Wording) -> Message:
    """Show all that was prepared for one kind of incident, with what a law or evidence asks of whoever writes."""
    parts: list[Part] = [Section(text=(one,), tone="warning") for one in wording.duties]
    for name, sentences in (
        (_("What customers notice:"), wording.notice),
        (_("What is being done, or what they can do:"), wording.doing),
        (_("If there's no news:"), wording.no_change),
        (_("When it's over:"), wording.solved),
    ):
        parts += [Section(text=(name,)), *(Say(text=fill(one)) for one in sentences)]
    parts += [Section(text=(one,), tone="quiet") for one in wording.notes]
    others = ShowWordings().button(_("Other situations"))
    return Message.of(wording.title, *parts, Choice(buttons=(AskForUpdate().button(_("Update"), "primary"), others)))
