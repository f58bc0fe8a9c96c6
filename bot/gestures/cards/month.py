"""A month's list, as supervisors read it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.gestures.commands import CopyMonth, ListGestures, ShowMonth
from bot.gestures.months import EXPORT, Line, Month, totals
from bot.say.language import _
from bot.say.messages import Choice, Code, Listing, Message, Part, Section, Text, text
from bot.typing.amounts import Money, written

if TYPE_CHECKING:
    from collections.abc import Sequence


SHOWN = 20
COPIED = 40  # lines that one message holds


def month_card(month: Month, lines: Sequence[Line], locale: str) -> Message:
    """Show what was granted in a month, and how much it comes to."""
    parts: list[Part] = []
    for currency, amount in totals(lines).items():
        total = written(Money(amount, currency), locale)
        parts.append(Section(text=text(_("**{total}** in all"), total=total)))
    if lines:
        parts.append(Listing(lines=tuple(_line(one, locale) for one in lines[-SHOWN:])))
    else:
        parts.append(Section(text=(_("Nothing was granted."),), tone="quiet"))
    if len(lines) > SHOWN:
        more = _("These are the last {shown} of {count}; the table has all of them.")
        parts.append(Section(text=(more.format(shown=SHOWN, count=len(lines)),), tone="quiet"))
    buttons = [CopyMonth(month=str(month)).button(_("As a table to copy"), "primary")] if lines else []
    buttons += [
        ShowMonth(month=str(month.before)).button(_("The month before")),
        ListGestures().button(_("What may be given")),
    ]
    return Message.of(_("Given in {month}").format(month=month), *parts, Choice(buttons=tuple(buttons)))


def _line(line: Line, locale: str) -> Text:
    amount = written(Money(Decimal(line.amount), line.currency), locale)
    known = [line.granted, amount, line.gesture, line.case, line.given_by]
    if line.decided_by:
        known.append(_("decided by {name}").format(name=line.decided_by))
    if line.state != "granted":
        known.append(_("taken back"))
    return text("{line}", line=" · ".join(one for one in known if one))


def to_copy(month: Month, table: str) -> Message:
    """Give the list as a table; what is more than a message holds comes from the command line."""
    lines = table.splitlines()
    parts: list[Part] = [Listing(lines=tuple((Code(words=line),) for line in lines[:COPIED]))]
    if len(lines) > COPIED:
        told = _("That's the beginning. Whoever runs the server gets all of it: {command}")
        parts.append(Section(text=text(told, command=Code(words=EXPORT.format(month=month))), tone="warning"))
    return Message.of(_("Given in {month}, as a table").format(month=month), *parts)
