"""What was granted to customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.insights.figures.given import given_alone
from bot.insights.values import Section, Table
from bot.insights.wording import NONE, number, of_all
from bot.say.language import _, ngettext
from bot.typing.amounts import Money, written

if TYPE_CHECKING:
    from bot.insights.counting import Compared


def gestures_section(compared: Compared, locale: str) -> Section | None:
    """Say what was granted, and how often within limits; nothing where nothing was."""
    given, before = compared.now.given, {(one.gesture, one.currency): one for one in compared.before.given}
    if not given and not before:
        return None
    alone = given_alone(given)
    said = ngettext("{count} gesture was granted.", "{count} gestures were granted.", alone.of).format(
        count=number(alone.of)
    )
    limits = (_("Within limits, without asking: {share}.").format(share=of_all(alone)),) if alone.of else ()
    rows = []
    for one in given:
        then = before.get((one.gesture, one.currency))
        amount = written(Money(one.amount, one.currency), locale)
        rows.append((one.gesture, number(one.count), amount, number(then.count) if then is not None else NONE))
    table = Table((_("Gesture"), _("Times"), _("In all"), _("Before")), tuple(rows)) if rows else None
    return Section("gestures", _("Gestures granted"), (said, *limits), None, table)
