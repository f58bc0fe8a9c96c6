"""The sentences around playbooks of a team's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.cards.steps import step_parts
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import (
    AskToRemovePlaybook,
    EditPlaybook,
    ListOwnPlaybooks,
    RemovePlaybook,
    SavePlaybook,
    StartRun,
    WritePlaybook,
)
from bot.playbooks.model import Misfit, OwnPlaybook
from bot.playbooks.shelf import name_of
from bot.say.language import _
from bot.say.messages import Choice, Form, Input, Listing, Message, Part, Section, Text, text

if TYPE_CHECKING:
    from collections.abc import Sequence


SHOWN = 10  # with buttons of their own


def own_list(playbooks: Sequence[OwnPlaybook], misfits: Sequence[Misfit], *, may_write: bool) -> Message:
    """Show what the team has written, with what can be done about it, and what did not fit."""
    parts: list[Part] = []
    for one in playbooks[:SHOWN]:
        parts.append(Section(text=text(_("**{title}**: {situation}"), title=one.title, situation=one.situation)))
        buttons = [StartRun(playbook=name_of(one)).button(_("Start"))]
        if may_write:
            buttons.append(EditPlaybook(playbook=one.id).button(_("Change")))
            buttons.append(AskToRemovePlaybook(playbook=one.id).button(_("Remove")))
        parts.append(Choice(buttons=tuple(buttons)))
    if more := playbooks[SHOWN:]:
        parts.append(Listing(lines=tuple((one.title,) for one in more)))
    if not playbooks:
        parts.append(
            Section(
                text=(_("None yet. What your team knows best about its own customers belongs here."),), tone="quiet"
            )
        )
    if may_write:
        parts.append(Choice(buttons=(WritePlaybook().button(_("Write one"), "primary"),)))
    else:
        parts.append(Section(text=(_("Supervisors write them. Tell yours what helped you."),), tone="quiet"))
    return Message.of(_("Playbooks of your own"), *parts, *_misfit_parts(misfits))


def _misfit_parts(misfits: Sequence[Misfit]) -> tuple[Part, ...]:
    """Show what was offered and did not fit, for whoever reviews playbooks."""
    if not misfits:
        return ()
    lines = tuple(map(_misfit, misfits[:SHOWN]))
    return Section(text=(_("Offered first, and didn’t fit:"),), tone="quiet"), Listing(lines=lines)


def _misfit(misfit: Misfit) -> Text:
    if misfit.instead:
        times = _("**{offered}**, and **{chosen}** was chosen instead: {count}×")
        return text(times, offered=misfit.playbook, chosen=misfit.instead, count=misfit.count)
    return text(
        _("**{offered}**, and nothing was chosen instead: {count}×"), offered=misfit.playbook, count=misfit.count
    )


def playbook_form(row: OwnPlaybook | None = None) -> Form:
    """Ask for a playbook."""
    kept = {"playbook": str(row.id), "version": str(row.version)} if row is not None else {}
    return Form(
        title=_("Change a playbook") if row is not None else _("Write a playbook"),
        command=SavePlaybook.called(),
        fields=kept,
        inputs=(
            Input(name="title", label=_("What is it called?"), value=row.title if row else "", max_length=60),
            Input(
                name="situation",
                label=_("When does somebody need it?"),
                value=row.situation if row else "",
                hint=_("One sentence, such as: A customer wants their money back after the deadline."),
                max_length=400,
            ),
            Input(
                name="words",
                label=_("What do people write then?"),
                kind="lines",
                value=row.words if row else "",
                hint=_("In their own words, one a line, three or more: by these I find it."),
                max_length=2000,
            ),
            Input(
                name="steps",
                label=_("The steps"),
                kind="lines",
                value=row.steps if row else "",
                hint=_(
                    "A paragraph each, with an empty line between. First what to do; then, in quotes, what to say; "
                    "and what not: Not: “Calm down.” It sounds like an order."
                ),
                max_length=3000,
            ),
        ),
        submit=_("Save"),
    )


def saved(playbook: Playbook, row: OwnPlaybook) -> Message:
    """Show how it begins, so that a slip is seen at once."""
    return Message.of(
        playbook.title,
        Section(text=(_("Saved. Your whole team finds it from now on."),), tone="good"),
        Section(
            text=text(_("It has {count} steps, and begins like this:"), count=len(playbook.steps))
            if len(playbook.steps) > 1
            else (_("It has one step:"),),
            tone="quiet",
        ),
        *_first(playbook),
        Choice(
            buttons=(
                StartRun(playbook=playbook.id).button(_("Try it"), "primary"),
                EditPlaybook(playbook=row.id).button(_("Change")),
                ListOwnPlaybooks().button(_("All of our own")),
            )
        ),
    )


def _first(playbook: Playbook) -> list[Part]:
    step = playbook.steps[0]
    title = [Section(text=text("**{title}**", title=step.title))] if step.title else []
    return [*title, *step_parts(step)]


def sure_to_remove(row: OwnPlaybook) -> Message:
    """Ask whether it may go."""
    return Message.of(
        _("Remove {title}?").format(title=row.title),
        Section(text=(_("Nobody finds it any more, and its words are erased. Runs of it end where they are."),)),
        Choice(
            buttons=(
                RemovePlaybook(playbook=row.id).button(_("Remove it"), "danger"),
                ListOwnPlaybooks().button(_("Keep it")),
            )
        ),
    )


def removed(title: str) -> Message:
    """Say that it is gone."""
    return Message.of(
        _("{title} is gone").format(title=title),
        Section(text=(_("Its words are erased."),), tone="quiet"),
        Choice(buttons=(ListOwnPlaybooks().button(_("All of our own")),)),
    )
