"""The sentences around playbooks of a team's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.authoring.files import MOST_PIECES, PIECE, in_pieces
from bot.playbooks.authoring.writing import as_typed
from bot.playbooks.cards import publishing
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import (
    AskToCopyPlaybook,
    AskToRemovePlaybook,
    BringBackPlaybook,
    CopyPlaybook,
    EditPlaybook,
    ListOwnPlaybooks,
    PreviewVersion,
    RemovePlaybook,
    RetirePlaybook,
    SaveFile,
    SavePlaybook,
    ShowFile,
    ShowVersions,
    StartRun,
    WritePlaybook,
)
from bot.playbooks.model import Misfit, OwnPlaybook, OwnVersion
from bot.playbooks.shelves.shelf import name_of
from bot.say.language import _
from bot.say.messages import Button, Choice, Form, Input, Listing, Message, Part, Section, Text, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


SHOWN = 10  # with buttons of their own


def own_list(
    rows: Sequence[OwnPlaybook],
    waiting: Mapping[int, OwnVersion],
    misfits: tuple[Sequence[Misfit], Mapping[str, str]],
    mine: Sequence[OwnVersion],
    *,
    may_write: bool,
) -> Message:
    """Show what waits for whoever looks, what the team has written, what can be done about it, and what misfits."""
    parts: list[Part] = [part for one in mine[:SHOWN] for part in publishing.waits_for_you(one)]
    for one in rows[:SHOWN]:
        parts.append(Section(text=text(_("**{title}**: {situation}"), title=one.title, situation=one.situation)))
        if may_write and (state := _state(one, waiting)):
            parts.append(Section(text=(state,), tone="quiet"))
        parts.append(Choice(buttons=_buttons(one, waiting.get(one.id), may_write=may_write)))
    if more := rows[SHOWN:]:
        parts.append(Listing(lines=tuple((one.title,) for one in more)))
    if not (rows or mine):
        none = _("None yet. What your team knows best about its own customers belongs here.")
        parts.append(Section(text=(none,), tone="quiet"))
    if may_write:
        paste = ShowFile().button(_("Paste a file"))
        begin = WritePlaybook().button(_("Write one"), "primary")
        parts.append(Choice(buttons=(begin, AskToCopyPlaybook().button(_("Copy one of ours")), paste)))
    else:
        parts.append(Section(text=(_("Supervisors write them. Tell yours what helped you."),), tone="quiet"))
    return Message.of(_("Playbooks of your own"), *parts, *_misfit_parts(*misfits))


def _misfit_parts(misfits: Sequence[Misfit], titles: Mapping[str, str]) -> tuple[Part, ...]:
    """Show what was offered and did not fit, for whoever reviews playbooks: by the titles they were offered under."""
    if not misfits:
        return ()
    lines = tuple(_misfit(one, titles) for one in misfits[:SHOWN])
    return Section(text=(_("Offered first, and didn’t fit:"),), tone="quiet"), Listing(lines=lines)


def _misfit(misfit: Misfit, titles: Mapping[str, str]) -> Text:
    offered, chosen = (titles.get(one, one) for one in (misfit.playbook, misfit.instead))
    if misfit.instead:
        times = _("**{offered}**, and **{chosen}** was chosen instead: {count}×")
        return text(times, offered=offered, chosen=chosen, count=misfit.count)
    return text(_("**{offered}**, and nothing was chosen instead: {count}×"), offered=offered, count=misfit.count)


def _state(one: OwnPlaybook, waiting: Mapping[int, OwnVersion]) -> str:
    if one.id in waiting:
        return _("A new version waits for a second person.") if one.live else _("Waits for a second person.")
    if one.retired_at is not None:
        return _("Retired: nobody finds it.")
    return "" if one.live else _("Sent back: nobody finds it yet.")


def _buttons(one: OwnPlaybook, waits: OwnVersion | None, *, may_write: bool) -> tuple[Button, ...]:
    start = [StartRun(playbook=name_of(one)).button(_("Start"))] if one.live else []
    if not may_write:
        return tuple(start)
    if waits is not None:
        start.append(PreviewVersion(version=waits.id).button(_("Read what waits")))
    if one.retired_at is not None:
        start.append(BringBackPlaybook(playbook=one.id).button(_("Bring back")))
    else:
        start.append(EditPlaybook(playbook=one.id).button(_("Change")))
    start.append(ShowVersions(playbook=one.id).button(_("Versions")))
    leave = RetirePlaybook if one.live else AskToRemovePlaybook
    start.append(leave(playbook=one.id).button(_("Retire") if one.live else _("Remove")))
    return tuple(start)


def to_copy(playbooks: Sequence[Playbook]) -> Message:
    """Offer every playbook that came with the program to begin with."""
    buttons = [CopyPlaybook(playbook=one.id).button(one.title) for one in playbooks]
    rows = [Choice(buttons=tuple(buttons[begin : begin + 5])) for begin in range(0, len(buttons), 5)]
    told = _("Its steps open in a form, to be cut and put in your own words. The one you copy stays as it is.")
    return Message.of(_("Which one do you begin with?"), Section(text=(told,), tone="quiet"), *rows)


def playbook_form() -> Form:
    """Ask for a new playbook."""
    return _form(_("Write a playbook"), {}, {})


def copy_form(playbook: Playbook) -> Form:
    """Ask for a new playbook that begins as one of ours."""
    words, steps = as_typed(playbook)
    filled = {"situation": playbook.situation, "words": words, "steps": steps}
    return _form(_("Write a playbook"), {}, filled | {"why": _("Begun with “{title}”").format(title=playbook.title)})


def change_form(row: OwnPlaybook, latest: OwnPlaybook | OwnVersion) -> Form:
    """Ask for a new version of a playbook, beginning with what was written last."""
    filled = {"title": latest.title, "situation": latest.situation, "words": latest.words, "steps": latest.steps}
    return _form(_("Change a playbook"), {"playbook": str(row.id), "version": str(row.version)}, filled)


def file_form(file: str, row: OwnPlaybook | None) -> Form:
    """Show a playbook as a file, in as many pieces as it takes; empty: ask for one."""
    pieces = in_pieces(file)
    told = (
        _("Copy it, or change it here. It's the same file as in the folder of the server.")
        if file
        else _("Paste it as it is. A long one goes in pieces, each beginning with a line that's not indented.")
    )
    names = ["file", *(f"file_{number}" for number in range(2, MOST_PIECES + 1))]
    asked = [
        Input(
            name=name,
            label=_("The file") if not place else _("… and on"),
            kind="lines",
            value=pieces[place] if place < len(pieces) else "",
            required=not place,
            max_length=PIECE,
        )
        for place, name in enumerate(names)
    ]
    why = Input(name="why", label=_("What is new about it, and why?"), required=False, max_length=300)
    return Form(
        title=_("A playbook as a file"),
        command=SaveFile.called(),
        fields={"playbook": str(row.id), "version": str(row.version)} if row is not None else {},
        intro=(told,),
        inputs=(*asked, why),
        submit=_("Save"),
    )


def _form(title: str, kept: Mapping[str, str], filled: Mapping[str, str]) -> Form:
    def ask(name: str, label: str, most: int, *, lines: bool = False, hint: str = "", required: bool = True) -> Input:
        value, kind = filled.get(name, ""), "lines" if lines else "line"
        return Input(name=name, label=label, kind=kind, value=value, hint=hint, max_length=most, required=required)

    steps = _(
        "A paragraph each, with an empty line between. First what to do; then, in quotes, what to say; "
        "and what not: Not: “Calm down.” It sounds like an order."
    )
    said = _("In their own words, one a line, three or more: by these I find it.")
    when = _("One sentence, such as: A customer wants their money back after the deadline.")
    why = _("The second person reads it first, and whoever looks at the versions.")
    return Form(
        title=title,
        command=SavePlaybook.called(),
        fields=dict(kept),
        inputs=(
            ask("title", _("What is it called?"), 60),
            ask("situation", _("When does somebody need it?"), 400, hint=when),
            ask("words", _("What do people write then?"), 2000, lines=True, hint=said),
            ask("steps", _("The steps"), 3000, lines=True, hint=steps),
            ask("why", _("What is new about it, and why?"), 300, hint=why, required=False),
        ),
        submit=_("Save"),
    )


def retired(row: OwnPlaybook) -> Message:
    """Say that nobody finds it any more."""
    return Message.of(
        _("{title} is retired").format(title=row.title),
        Section(text=(_("Nobody finds it any more. It's kept with all its versions."),)),
        Choice(
            buttons=(
                BringBackPlaybook(playbook=row.id).button(_("Bring it back")),
                ListOwnPlaybooks().button(_("All of our own")),
            )
        ),
    )


def found_again(row: OwnPlaybook) -> Message:
    """Say that it is found again."""
    return Message.of(
        row.title,
        Section(text=(_("Your whole team finds it again, as it was."),), tone="good"),
        Choice(buttons=(ListOwnPlaybooks().button(_("All of our own")),)),
    )


def sure_to_remove(row: OwnPlaybook, *, news: bool = False) -> Message:
    """Ask whether it may go; where it has changed since somebody was asked, with what it is now."""
    changed = _("It has changed since you were asked, and nothing was removed.")
    found = _("Your whole team finds it just now.") if row.live else _("Nobody finds it just now.")
    return Message.of(
        _("Remove {title}?").format(title=row.title),
        *((Section(text=(f"{changed} {found}",), tone="warning"),) if news else ()),
        Section(text=(_("Its words and all its versions are erased. Runs of it end where they are."),)),
        Choice(
            buttons=(
                RemovePlaybook(playbook=row.id, drawn=row.version).button(_("Remove it"), "danger"),
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
