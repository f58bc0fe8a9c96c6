"""The list of causes, as supervisors read and change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.commands import (
    LONGEST_HINTS,
    LONGEST_NAME,
    AskToWriteCause,
    BringBackCause,
    ListCauses,
    RetireCause,
    SaveCause,
)
from bot.say.language import _
from bot.say.messages import Choice, Form, Input, Listing, Message, Part, Section, Text, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.causes.model import Cause

WITH_BUTTONS = 12
RETIRED = 5


def causes_card(causes: Sequence[Cause], places: Mapping[int, str]) -> Message:
    """Show every cause with who mends it."""
    parts: list[Part] = [Section(text=(_("Whoever ends a case or an incident may name one of these."),), tone="quiet")]
    there = [one for one in causes if one.retired_at is None]
    for one in there[:WITH_BUTTONS]:
        parts.append(Section(text=_line(one, places.get(one.id, ""))))
        change = AskToWriteCause(cause=one.id).button(_("Change {name}").format(name=one.name))
        parts.append(Choice(buttons=(change, RetireCause(cause=one.id).button(_("Retire")))))
    if rest := there[WITH_BUTTONS:]:
        parts.append(Listing(lines=tuple(_line(one, places.get(one.id, "")) for one in rest)))
    for one in [one for one in causes if one.retired_at is not None][-RETIRED:]:
        label = _("Bring back {name}").format(name=one.name)
        parts.append(Choice(buttons=(BringBackCause(cause=one.id).button(label),)))
    parts.append(Choice(buttons=(AskToWriteCause().button(_("Add a cause")),)))
    return Message.of(_("What goes wrong, and who mends it"), *parts)


def _line(one: Cause, place: str) -> Text:
    if place:
        return text(
            _("**{name}**: {department}, asked in {place}"), name=one.name, department=one.department, place=place
        )
    return text(_("**{name}**: {department}"), name=one.name, department=one.department)


def cause_form(row: Cause | None, channel: str = "", person: str = "") -> Form:
    """Ask for a cause and its department."""
    name, department, hints = (row.name, row.department, row.hints) if row is not None else ("", "", "")
    return Form(
        title=_("Change a cause") if row is not None else _("Add a cause"),
        command=SaveCause.called(),
        fields={"cause": str(row.id), "version": str(row.version)} if row is not None else {},
        inputs=(
            Input(name="name", label=_("What goes wrong?"), value=name, max_length=LONGEST_NAME),
            Input(
                name="department",
                label=_("Which department can mend it?"),
                value=department,
                max_length=LONGEST_NAME,
            ),
            Input(
                name="channel",
                label=_("Where is it asked?"),
                kind="conversation",
                hint=_("The department's channel. I have to be in it."),
                value=channel,
                required=False,
            ),
            Input(
                name="person",
                label=_("Who answers for it?"),
                kind="person",
                hint=_("Asked in their direct chat if there's no channel."),
                value=person,
                required=False,
            ),
            Input(
                name="hints",
                label=_("Words that speak for it"),
                kind="lines",
                hint=_("With commas. Where a title or a note has them, I propose this cause first."),
                value=hints,
                required=False,
                max_length=LONGEST_HINTS,
            ),
        ),
        submit=_("Save"),
    )


def cause_saved(row: Cause, place: str) -> Message:
    """Confirm a cause."""
    return Message.of(
        _("Saved: {name}").format(name=row.name), Section(text=_line(row, place), tone="good"), _to_the_list()
    )


def cause_retired(row: Cause) -> Message:
    """Confirm that a cause can no longer be chosen."""
    back = BringBackCause(cause=row.id).button(_("Bring it back"))
    return Message.of(
        _("{name} is retired").format(name=row.name),
        Section(text=(_("Nobody is asked to choose it any more. What it was named for stays counted."),)),
        Choice(buttons=(back, ListCauses().button(_("All causes")))),
    )


def _to_the_list() -> Choice:
    return Choice(buttons=(ListCauses().button(_("All causes")),))
