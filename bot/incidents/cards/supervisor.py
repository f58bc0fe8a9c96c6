"""What supervisors read about incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.cards.leading import leading, to_its_card
from bot.incidents.commands import AcceptOwnership, AskForOwner, ShowIncident
from bot.incidents.facts import IncidentFacts
from bot.say.language import _
from bot.say.messages import Choice, Listing, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence

BUTTONS = 5


def owner_is_away(left: Sequence[IncidentFacts]) -> Message:
    """Ask supervisors for another owner of what somebody leaves behind."""
    if len(left) > 1:
        return _many_without_owner(left)
    [facts] = left
    if not facts.owner.on_team:
        line = _("{name}, who owns it, is no longer on the team.")
    elif facts.incident.unreached:
        line = _("{name}, who owns it, can't be reached.")
    else:
        line = _("{name}, who owns it, isn't here.")
    said = (*text(line, name=facts.owner.name), " ", *news_is_due(facts))
    asked = Message.of(
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
    return to_its_card(facts, asked)


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


def news_is_due(facts: IncidentFacts) -> Text:
    """Say by when customers are to hear more, or that this time has passed."""
    # What became worse is due sooner than anybody was promised.
    is_promised = facts.is_promised and facts.incident.due_at == facts.incident.promise_at
    if facts.is_late and is_promised:
        line = _("Customers were promised news by {time}, and it hasn't come.")
    elif facts.is_late:
        line = _("News for customers was due by {time}, and it hasn't come.")
    elif is_promised:
        line = _("News is promised by {time}.")
    else:
        line = _("News is due by {time}.")
    return text(line, time=moment(facts.incident.due_at))


def promised(left: Sequence[IncidentFacts], label: str) -> tuple[Part, ...]:
    """List by when each has news promised, with a button for the first few."""
    first = sorted((one.incident for one in left), key=lambda one: one.due_at)[:BUTTONS]
    buttons = [AskForOwner(number=one.number).button(label.format(number=one.number)) for one in first]
    return Listing(lines=tuple(map(_news_by, left))), Choice(buttons=tuple(buttons))


def _news_by(facts: IncidentFacts) -> Text:
    incident = facts.incident
    line = _("{heading}: news was due by {time}") if facts.is_late else _("{heading}: news by {time}")
    return text(line, heading=incident.heading, time=moment(incident.due_at))


@leading
def paused(facts: IncidentFacts, by: str, why: str) -> Message:
    """Tell supervisors about a pause, or about a snooze beyond the promise."""
    until = moment(facts.incident.resume_at or facts.now)
    line = (
        _("{by} paused its reminders until {time}: “{why}”")
        if facts.incident.paused
        else _("{by} snoozed its next reminder until {time}: “{why}”")
    )
    return Message.of(
        facts.incident.heading,
        Section(text=text(line, by=by, time=until, why=why)),
        Choice(buttons=(ShowIncident(number=facts.incident.number).button(_("Look at it")),)),
    )


@leading
def reminds_again(facts: IncidentFacts, by: str) -> Message:
    """Tell supervisors that a change of severity has ended a pause or a snooze."""
    incident = facts.incident
    said = _("{by} made it sev{severity}, so its reminders no longer rest.")
    return Message.of(
        incident.heading,
        Section(text=(*text(said, by=by, severity=incident.severity), " ", *news_is_due(facts))),
        Choice(buttons=(ShowIncident(number=incident.number).button(_("Look at it")),)),
    )


@leading
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
