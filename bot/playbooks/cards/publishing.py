"""What the second reader of a team's own playbook reads, and its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.cards.steps import step_parts
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import (
    AskToDeclineVersion,
    DeclineVersion,
    EditPlaybook,
    ListOwnPlaybooks,
    PreviewVersion,
    PublishVersion,
    RestoreVersion,
    ShowFile,
    ShowVersions,
    StartRun,
    StillRight,
)
from bot.playbooks.model import OwnPlaybook, OwnVersion, VersionState
from bot.playbooks.shelves.shelf import name_of
from bot.say.language import N_, _, listing
from bot.say.messages import Button, Choice, Form, Input, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


SHOWN = 8  # versions, each with buttons of its own
STATES = {
    VersionState.WAITING: N_("waits for a second person"),
    VersionState.LIVE: N_("is what the team reads"),
    VersionState.EARLIER: N_("was written over"),
    VersionState.DECLINED: N_("was sent back"),
}


def waits(version: OwnVersion, readers: Sequence[str], *, before: bool) -> Message:
    """Tell the author that it is saved, and who can publish it."""
    state = _("Until then your team reads what it read before.") if before else _("Until then nobody finds it.")
    who = (
        _("Saved. Somebody else publishes it: I've asked {names}.").format(names=listing(readers))
        if readers
        else _("Saved. Somebody else has to publish it, and nobody else is on your team yet.")
    )
    return Message.of(
        version.title,
        Section(text=(who,), tone="good" if readers else "warning"),
        Section(text=(state,), tone="quiet"),
        Choice(
            buttons=(
                PreviewVersion(version=version.id).button(_("See it as they will"), "primary"),
                EditPlaybook(playbook=version.playbook_id).button(_("Change")),
                ListOwnPlaybooks().button(_("All of our own")),
            )
        ),
    )


def to_read(version: OwnVersion, author: str) -> Message:
    """Ask a second person to read what was written, and to publish it."""
    parts: list[Part] = [
        Section(text=text(_("When: {situation}"), situation=version.situation)),
        *([Section(text=text(_("Why: “{why}”"), why=version.why))] if version.why else []),
        Section(text=(_("Read it as somebody under attack would, step by step. Then decide."),), tone="quiet"),
        Choice(buttons=(PreviewVersion(version=version.id).button(_("Read it"), "primary"), *_decide(version))),
    ]
    title = _("{author} wrote “{title}”: is it right?").format(author=author, title=version.title)
    return Message.of(title[:150], *parts)


def waits_for_you(version: OwnVersion) -> tuple[Part, ...]:
    """Remind a second person of what they are asked to read."""
    read = PreviewVersion(version=version.id).button(_("Read it"), "primary")
    return (
        Section(text=text(_("**{title}** waits for you."), title=version.title), tone="warning"),
        Choice(buttons=(read, *_decide(version))),
    )


def _decide(version: OwnVersion) -> tuple[Button, ...]:
    return (
        PublishVersion(version=version.id).button(_("Publish")),
        AskToDeclineVersion(version=version.id).button(_("Send back …")),
    )


def preview(version: OwnVersion, playbook: Playbook, number: int, *, decides: bool) -> Message:
    """Show one step as an agent sees it, with the way through all of them."""
    step = playbook.steps[number]
    walking = []
    if number + 1 < len(playbook.steps):
        walking.append(PreviewVersion(version=version.id, step=number + 1).button(_("Next"), "primary"))
    if number:
        walking.append(PreviewVersion(version=version.id, step=number - 1).button(_("Back")))
    last = number + 1 == len(playbook.steps)
    buttons = [*walking, *(_decide(version) if decides and last else ())]
    return Message.of(
        step.title or playbook.title,
        Section(text=(_("This is how an agent sees it. Nothing is published by looking."),), tone="quiet"),
        *step_parts(step),
        *((Choice(buttons=tuple(buttons)),) if buttons else ()),
        progress=(number + 1, len(playbook.steps)),
    )


def decline_form(version: OwnVersion) -> Form:
    """Ask what has to be different."""
    return Form(
        title=_("Send it back"),
        command=DeclineVersion.called(),
        fields={"version": str(version.id)},
        inputs=(
            Input(
                name="answer",
                label=_("What has to be different?"),
                kind="lines",
                hint=_("The author reads it, and everybody who looks at the versions."),
                max_length=500,
            ),
        ),
        submit=_("Send it back"),
    )


def decided(version: OwnVersion, decider: str, row: OwnPlaybook) -> Message:
    """Say what came of a version, to whoever decided it, was asked, or wrote it."""
    buttons = [ShowVersions(playbook=row.id).button(_("All versions"))]
    if version.state == VersionState.LIVE and row.live:
        buttons.insert(0, StartRun(playbook=name_of(row)).button(_("Start it"), "primary"))
    return Message.of(
        version.title,
        Section(
            text=_what_came_of_it(version, decider, row),
            tone="good" if version.state == VersionState.LIVE and row.live else "plain",
        ),
        Choice(buttons=tuple(buttons)),
    )


def written_over(version: OwnVersion, by: str) -> Message:
    """Tell an author that what waited of them was replaced before anybody published it."""
    line = text(_("{name} wrote a newer version while yours waited. Yours is kept under “All versions”."), name=by)
    return Message.of(
        version.title,
        Section(text=line),
        Choice(buttons=(ShowVersions(playbook=version.playbook_id).button(_("All versions")),)),
    )


def _what_came_of_it(version: OwnVersion, decider: str, row: OwnPlaybook) -> Text:
    if version.state == VersionState.LIVE and not row.live:
        return (_("It was published, and retired since: nobody finds it."),)
    at = moment(version.decided_at or version.written_at)
    said = {
        VersionState.LIVE: _("{name} published it at {at}. Your whole team finds it from now on."),
        VersionState.DECLINED: _("{name} sent it back at {at}: “{answer}”"),
        VersionState.EARLIER: _("It was written over. There's a newer version."),
        VersionState.WAITING: _("It still waits for a second person."),
    }
    return text(said[VersionState(version.state)], name=decider, at=at, answer=version.answer or "")


def versions(row: OwnPlaybook, found: Sequence[OwnVersion], people: Mapping[int, str], *, may_write: bool) -> Message:
    """Show who wrote what and why, newest first, and the way back to any of it."""
    parts: list[Part] = []
    for one in found[:SHOWN]:
        line = _("**{number}**, {author}, {day}: {state}.")
        state = _(STATES[VersionState(one.state)])
        author, day = people[one.author_id], moment(one.written_at, "date")
        parts.append(Section(text=text(line, number=one.number, author=author, day=day, state=state)))
        parts += [Section(text=text(words), tone="quiet") for words in _whys(one, people)]
        buttons = [PreviewVersion(version=one.id).button(_("See it"))]
        if may_write and one.state in (VersionState.EARLIER, VersionState.DECLINED):
            buttons.append(RestoreVersion(version=one.id, latest=found[0].number).button(_("Back to this one")))
        parts.append(Choice(buttons=tuple(buttons)))
    if len(found) > SHOWN:
        older = _("{count} older ones are kept, too.").format(count=len(found) - SHOWN)
        parts.append(Section(text=(older,), tone="quiet"))
    if may_write:
        parts.append(Choice(buttons=(ShowFile(playbook=name_of(row)).button(_("As a file")),)))
    return Message.of(_("Versions of {title}").format(title=row.title)[:150], *parts)


def _whys(one: OwnVersion, people: Mapping[int, str]) -> list[str]:
    decider = people.get(one.decided_by_id or 0, "")
    whys = []
    if one.why:
        whys.append(_("Why: “{why}”").format(why=_plain(one.why)))
    if decider and one.answer:
        whys.append(_("{name} sent it back: “{answer}”").format(name=decider, answer=_plain(one.answer)))
    elif decider:
        whys.append(_("Published by {name}.").format(name=decider))
    return whys


def _plain(words: str) -> str:
    return words.replace("{", "").replace("}", "").replace("*", "").replace("`", "")


def still_right(row: OwnPlaybook) -> Message:
    """Ask whether a playbook that nobody has looked at for long still holds."""
    return Message.of(
        _("Is “{title}” still right?").format(title=row.title)[:150],
        Section(
            text=text(_("It was last looked at on {day}. Agents rely on it."), day=moment(row.reviewed_at, "date"))
        ),
        Choice(
            buttons=(
                StillRight(playbook=row.id).button(_("Still right"), "primary"),
                StartRun(playbook=name_of(row)).button(_("Read it")),
                EditPlaybook(playbook=row.id).button(_("Change")),
            )
        ),
    )


def asked_below(row: OwnPlaybook) -> Message:
    """Close the card of somebody who is asked once more."""
    return Message.of(row.title, Section(text=(_("I asked you again below."),), tone="quiet"))


def reviewed(row: OwnPlaybook) -> Message:
    """Thank whoever looked."""
    return Message.of(row.title, Section(text=(_("Thank you. I ask again in half a year."),), tone="good"))
