"""What admins fill in: the settings of incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.shifts import in_words_of
from bot.incidents.commands import LONGEST_LIST, AskForCadences, ChangeCadences
from bot.incidents.decisions.cadence import Rules
from bot.say.language import _, reader
from bot.say.messages import Choice, Form, Input, Message, Section

if TYPE_CHECKING:
    from collections.abc import Sequence


def settings_form(rules: Rules, hours: str, places: str) -> Form:
    """Ask for the cadences, the working hours, and where customers read along."""
    cadences = tuple(
        Input(
            name=f"cadence_{severity}",
            label=_("Minutes between updates, sev{severity}").format(severity=severity),
            value=str(int(length.total_seconds() // 60)),
        )
        for severity, length in rules.cadences.items()
    )
    return Form(
        title=_("Incidents"),
        command=ChangeCadences.called(),
        inputs=(
            *cadences,
            Input(
                name="hours",
                label=_("Working hours"),
                value=in_words_of(hours, reader()),
                required=False,
                hint=_("Such as mon-fri 8-18. Outside of them sev3 and sev4 wait; empty means never"),
                max_length=200,
            ),
            Input(
                name="places",
                label=_("Channels that customers read"),
                value=places,
                required=False,
                hint=_("Updates are posted there, such as #status, #customers"),
                max_length=500,
            ),
            Input(
                name="jargon",
                label=_("Words your customers do not know"),
                value=", ".join(rules.own.jargon),
                required=False,
                hint=_("Such as names of your systems, with commas. I point at them in updates"),
                max_length=LONGEST_LIST,
            ),
            Input(
                name="promises",
                label=_("Promises nobody may make"),
                value=", ".join(rules.own.promises),
                required=False,
                hint=_("Such as free of charge, same day. I point at them too"),
                max_length=LONGEST_LIST,
            ),
        ),
        submit=_("Save"),
    )


def settings_saved() -> Message:
    """Confirm the settings."""
    return Message.of(
        _("Settings saved"),
        Section(text=(_("Open incidents take them up with their next update."),), tone="good"),
        Choice(buttons=(AskForCadences().button(_("Open them again")),)),
    )


def names_of(channels: Sequence[str]) -> str:
    """Write channels as the form takes them."""
    return ", ".join(f"#{name}" for name in channels)
