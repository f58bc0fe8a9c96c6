"""What admins read and set: the times of the ladder."""

from __future__ import annotations

from bot.handoffs.commands import AskForTimes, ChangeTimes
from bot.handoffs.decisions.rungs import Times
from bot.say.language import _
from bot.say.messages import Choice, Form, Input, Message, Section


def times_form(times: Times) -> Form:
    """Ask for the times of the ladder."""

    def seconds(name: str, label: str, value: float) -> Input:
        return Input(name=name, label=label, value=str(int(value)))

    return Form(
        title=_("Times of a handoff"),
        command=ChangeTimes.called(),
        inputs=(
            seconds("one", _("Seconds for one colleague to answer"), times.one.total_seconds()),
            seconds("everybody", _("Seconds for everybody together"), times.everybody.total_seconds()),
            seconds("supervisors", _("Seconds between calls of the supervisors"), times.supervisors.total_seconds()),
            seconds("nobody", _("Minutes between calls of the channel"), times.nobody.total_seconds() / 60),
            seconds("cooling", _("Minutes of rest after a handoff"), times.cooling.total_seconds() / 60),
        ),
        submit=_("Save"),
    )


def times_saved() -> Message:
    """Confirm the times."""
    return Message.of(
        _("Times saved"),
        Section(text=(_("Searches that go on take them up at their next step."),), tone="good"),
        Choice(buttons=(AskForTimes().button(_("Open them again")),)),
    )
