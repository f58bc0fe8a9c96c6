"""The retrospective of an incident, as its owner drafts it and the team reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.afterwards.cards import followups
from bot.afterwards.commands import (
    LONGEST,
    AskForFollowUp,
    AskForRetrospective,
    CopyRetrospective,
    PostRetrospective,
    SkipRetrospective,
)
from bot.afterwards.markdown import Promise, as_markdown
from bot.afterwards.model import Account
from bot.afterwards.timeline import Record, facts, timeline
from bot.incidents.facts import IncidentFacts
from bot.say.language import _
from bot.say.messages import Button, Choice, Form, Input, Listing, Message, Part, Say, Section, text

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 1800  # characters of a timeline on a card


def draft(record: Record, promises: Sequence[Promise], *, may_post: bool) -> Message:
    """Show what the record says, for the owner to make something of it."""
    first = _("Only you see this draft. Change what you like, and post it in the thread of the incident.")
    return Message.of(
        _title(record),
        *([Section(text=(first,))] if may_post else []),
        *_body(record, Account(timeline=timeline(record, SHOWN))),
        *_promises(promises),
        Choice(buttons=_buttons(record, _("Edit and post …"), may_post=may_post, skip=may_post)),
    )


def for_reader(record: Record, account: Account, promises: Sequence[Promise], *, may_post: bool) -> Message:
    """Show what was posted to somebody who asks for it."""
    buttons = _buttons(record, _("Change it …"), may_post=may_post)
    return Message.of(_title(record), *_body(record, account), *_promises(promises), Choice(buttons=buttons))


def for_team(record: Record, account: Account, promises: Sequence[Promise], by: str) -> Message:
    """Show what was posted, in the thread of the incident."""
    said = Section(text=(_("{name} looks back on it.").format(name=by),), tone="quiet")
    number = record.incident.number
    return Message.of(
        _title(record),
        said,
        *_body(record, account),
        *_promises(promises),
        Choice(buttons=(CopyRetrospective(number=number).button(_("As Markdown")),)),
    )


def posted(incident: IncidentFacts) -> Message:
    """Confirm that it was posted."""
    line = _("It's in the thread of {place}. Posted again, it replaces what stands there.").format(place=incident.place)
    number = incident.incident.number
    return Message.of(
        incident.incident.heading,
        Section(text=(line,), tone="good"),
        Choice(
            buttons=(
                AskForFollowUp(number=number).button(_("Add a follow-up …"), "primary"),
                AskForRetrospective(number=number).button(_("Change it …")),
                CopyRetrospective(number=number).button(_("As Markdown")),
            )
        ),
    )


def skipped(incident: IncidentFacts) -> Message:
    """Confirm that none is written."""
    line = _("No retrospective, then. Should you want one later: `/incident retro {number}`.")
    said = text(line.replace("{number}", str(incident.incident.number)))
    return Message.of(incident.incident.heading, Section(text=said, tone="quiet"))


def copyable(record: Record, account: Account, promises: Sequence[Promise]) -> Message:
    """Show it as Markdown."""
    return Message.of(
        _title(record),
        Section(text=(_("Ready to copy:"),)),
        Say(text=(as_markdown(record.incident.heading, facts(record), account, promises),)),
    )


def form(record: Record, account: Account, version: str) -> Form:
    """Ask for what the record cannot know, with what it does."""
    number = record.incident.number
    return Form(
        title=_("Looking back on #{number}").format(number=number)[:24],
        command=PostRetrospective.called(),
        fields={"number": str(number), "version": version},
        intro=(_("It's about what happened, and nobody's fault. Everything can be left out."),),
        inputs=(
            _lines("summary", _("What happened, in two sentences?"), account.summary),
            _lines("timeline", _("Timeline"), account.timeline),
            _lines("learned", _("What do we do differently from now on?"), account.learned),
            *followups.optional_inputs(),
        ),
        submit=_("Post it"),
    )


def _lines(name: str, label: str, value: str) -> Input:
    return Input(name=name, label=label, kind="lines", value=value[:LONGEST], required=False, max_length=LONGEST)


def _title(record: Record) -> str:
    return _("Looking back: {heading}").format(heading=record.incident.heading)[:150]


def _body(record: Record, account: Account) -> list[Part]:
    parts: list[Part] = [Listing(lines=tuple((one,) for one in facts(record)))]
    if account.summary:
        parts.append(Section(text=(account.summary,)))
    parts += _timeline(account.timeline.splitlines())
    if account.learned:
        parts += [Section(text=(_("What we take from it:"),), tone="quiet"), Section(text=(account.learned,))]
    return parts


def _promises(promises: Sequence[Promise]) -> list[Part]:
    if not promises:
        return []
    lines = tuple((_promise(one),) for one in promises)
    return [Section(text=(_("Follow-ups:"),), tone="quiet"), Listing(lines=lines)]


def _promise(one: Promise) -> str:
    said = _("{what} ({who}, done)") if one.done else _("{what} ({who}, by {by})")
    return said.format(what=one.words, who=one.who, by=one.by)


def _timeline(lines: Sequence[str]) -> list[Part]:
    written = [line for line in lines if line.strip()]
    if not written:
        return []
    return [
        Section(text=(written[0],), tone="quiet"),
        *([Listing(lines=tuple((line,) for line in written[1:]))] if written[1:] else []),
    ]


def _buttons(record: Record, label: str, *, may_post: bool, skip: bool = False) -> tuple[Button, ...]:
    number = record.incident.number
    copy = CopyRetrospective(number=number).button(_("As Markdown"))
    if not may_post:
        return (copy,)
    edit = AskForRetrospective(number=number).button(label, "primary")
    return (edit, copy, SkipRetrospective(number=number).button(_("Not this time"))) if skip else (edit, copy)
