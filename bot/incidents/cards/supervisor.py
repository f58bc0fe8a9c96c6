"""What supervisors read about incidents."""

from __future__ import annotations

from bot.incidents.commands import AcceptOwnership, AskForOwner, ShowIncident
from bot.incidents.facts import IncidentFacts
from bot.say.language import _
from bot.say.messages import Choice, Message, Section, moment, text


def owner_is_away(facts: IncidentFacts) -> Message:
    """Ask supervisors for another owner."""
    if not facts.owner.on_team:
        line = _("{name}, who owns it, is no longer on the team. News is promised by {time}.")
    elif facts.incident.unreached:
        line = _("{name}, who owns it, cannot be reached. News is promised by {time}.")
    else:
        line = _("{name}, who owns it, is not here. News is promised by {time}.")
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
    why = _("I cannot post in {place}. It may be archived or deleted, or I was removed from it.")
    instead = _("Until that is mended, {owner} is reminded in the direct chat.")
    mend = _("Bring it back and invite me there, or resolve the incident and open it again in another channel.")
    said = f"{why} {instead} {mend}".format(place=facts.place, owner=facts.owner.name)
    return Message.of(
        facts.incident.heading,
        Section(text=(said,), tone="warning"),
        Choice(buttons=(ShowIncident(number=facts.incident.number).button(_("Look at it")),)),
    )
