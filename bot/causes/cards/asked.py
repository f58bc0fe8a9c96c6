"""What whoever ended a case or an incident is asked about its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.commands import AskForCause, NameCause
from bot.say.language import _
from bot.say.messages import Choice, Form, Input, Message, Option, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.causes.facts import Ended
    from bot.causes.model import Cause


def _about(ended: Ended) -> dict[str, int]:
    if ended.incident is not None:
        return {"incident": ended.incident.number}
    return {"handoff": ended.handoff.id} if ended.handoff is not None else {}


def question(ended: Ended, proposed: Sequence[Cause]) -> tuple[Part, ...]:
    """Ask for it, in one press where some are proposed; whoever passes over it has missed nothing."""
    others = _("Another cause …") if proposed else _("Name the cause …")
    asked = _("What caused it? One press, if you know; the team mends what comes up most.")
    if not proposed:
        asked = _("What caused it? If you know, name it; the team mends what comes up most.")
    buttons = [NameCause(cause=one.id, **_about(ended)).button(one.name) for one in proposed]
    return (
        Section(text=(asked,), tone="quiet"),
        Choice(buttons=(*buttons, AskForCause(**_about(ended)).button(others))),
    )


def named(ended: Ended, cause: Cause) -> tuple[Part, ...]:
    """Say what was named."""
    return (
        Section(text=text(_("Cause: **{name}**"), name=cause.name), tone="quiet"),
        Choice(buttons=(AskForCause(**_about(ended)).button(_("Another cause …")),)),
    )


def named_alone(ended: Ended, cause: Cause) -> Message:
    """Confirm it where nothing else stands around it."""
    title = _("The cause is noted")
    if ended.incident is not None:
        title = _("The cause of #{number} is noted").format(number=ended.incident.number)
    return Message.of(title, *named(ended, cause))


def _which(ended: Ended) -> Text:
    """Say which case or incident is meant; a case without a number is told by when it was handed over."""
    if ended.incident is not None:
        return text("#{number}: {title}", number=ended.incident.number, title=ended.incident.title)
    handoff = ended.handoff
    if handoff is None:
        return ()
    at = moment(handoff.started_at, "date")
    if handoff.case:
        return text(_("{case}, handed over {time}"), case=handoff.case, time=at)
    if handoff.customer:
        return text(_("The case of {customer}, handed over {time}"), customer=handoff.customer, time=at)
    return text(_("The case that was handed over {time}"), time=at)


def cause_form(ended: Ended, causes: Sequence[Cause], chosen: int | None) -> Form:
    """Let one be chosen out of all of them."""
    return Form(
        title=_("What caused it?"),
        command=NameCause.called(),
        fields={name: str(value) for name, value in _about(ended).items()},
        intro=_which(ended),
        inputs=(
            Input(
                name="cause",
                label=_("Cause"),
                kind="pick",
                options=tuple(Option(label=f"{one.name} ({one.department})"[:75], value=str(one.id)) for one in causes),
                value=str(chosen) if chosen in {one.id for one in causes} else "",
                hint=_("Who named it isn't kept."),
            ),
        ),
        submit=_("Note it"),
    )


def no_causes_yet() -> Message:
    """Say that there is nothing to choose from."""
    return Message.of(
        _("There are no causes to choose from yet"),
        Section(text=text(_("A supervisor makes the list: `/zanshin causes`."))),
    )
