"""What supervisors read about incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.commands import AcceptOwnership, AskForOwner, ShowIncident
from bot.incidents.facts import IncidentFacts
from bot.say.language import _
from bot.say.messages import Choice, Listing, Message, Part, Section, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence

BUTTONS = 5


def owner_is_away(left: Sequence[IncidentFacts]) -> Message:
    """Ask supervisors for another owner of what somebody leaves behind."""
    if len(left) > 1:
        return _many_without_owner(left)
    [facts] = left
    if not facts.owner.on_team:
        line = _("{name}, who owns it, is no longer on the team. News is promised by {time}.")
    elif facts.incident.unreached:
        line = _("{name}, who owns it, can't be reached. News is promised by {time}.")
    else:
        line = _("{name}, who owns it, isn't here. News is promised by {time}.")
    said = text(line, name=facts.owner.name, time=moment(facts.incident.promise_at))
    return Message.of(
        facts.incident.heading,
        Section(text=said, tone="warning"),
        Choice(
            buttons=(
                AskForOwner(number=facts.incident.number).button(_("Choose an owner"), "primary"),
                AcceptOwnership(number=facts.incident.number).button(_("I own it")),
            )
        ),
        toast=_("Who owns it now? {heading}").format(heading=facts.incident.heading),
    )


def _many_without_owner(left: Sequence[IncidentFacts]) -> Message:
    owner, count = left[0].owner, len(left)
    title = _("{count} incidents need an owner").format(count=count)
    line = _("{name}, who owns them, isn't here.") if owner.on_team else _("{name}, who owns them, has left the team.")
    return Message.of(
        title,
        Section(text=text(line, name=owner.name), tone="warning"),
        *promised(left, _("Owner of #{number} …")),
        toast=title,
    )


def promised(left: Sequence[IncidentFacts], label: str) -> tuple[Part, ...]:
    """List by when each has news promised, with a button for the first few."""
    incidents = [one.incident for one in left]
    lines = [text(_("{heading}: news by {time}"), heading=one.heading, time=moment(one.due_at)) for one in incidents]
    first = sorted(incidents, key=lambda one: one.due_at)[:BUTTONS]
    buttons = [AskForOwner(number=one.number).button(label.format(number=one.number)) for one in first]
    return Listing(lines=tuple(lines)), Choice(buttons=tuple(buttons))


def paused(facts: IncidentFacts, by: str, why: str) -> Message:
    """Tell supervisors about a pause."""
    until = moment(facts.incident.resume_at or facts.now)
    return Message.of(
        facts.incident.heading,
        Section(text=text(_("{by} paused its reminders until {time}: “{why}”"), by=by, time=until, why=why)),
        Choice(buttons=(ShowIncident(number=facts.incident.number).button(_("Look at it")),)),
    )


def far_promise(facts: IncidentFacts, by: str) -> Message:
    """Show supervisors a promise that is further away than usual."""
    at = moment(facts.incident.promise_at)
    return Message.of(
        facts.incident.heading,
        Section(
            text=text(
                _("{by} promised the next update only by {time}: more than twice the usual for sev{severity}."),
                by=by,
                time=at,
                severity=facts.incident.severity,
            )
        ),
        Choice(buttons=(ShowIncident(number=facts.incident.number).button(_("Look at it")),)),
    )


def channel_is_silent(facts: IncidentFacts) -> Message:
    """Say that the channel of an incident takes nothing any more, and where its reminders go now."""
    why = _("I can't post in {place}. It may be archived or deleted, or I was removed from it.")
    instead = _("Until that's mended, {owner} is reminded in the direct chat.")
    mend = _("Bring it back and invite me there, or resolve the incident and open it again in another channel.")
    said = f"{why} {instead} {mend}".format(place=facts.place, owner=facts.owner.name)
    return Message.of(
        facts.incident.heading,
        Section(text=(said,), tone="warning"),
        Choice(buttons=(ShowIncident(number=facts.incident.number).button(_("Look at it")),)),
    )
