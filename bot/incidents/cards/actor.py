"""What whoever did something about an incident is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState
from bot.incidents.cards.channel import incident_card
from bot.incidents.cards.customer import written_time
from bot.incidents.commands import AskForOwner, AskForUpdate, Resume, WasSent
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import IncidentEvent
from bot.say.language import _
from bot.say.messages import Choice, Message, Part, Say, Section, Text, moment, text

if TYPE_CHECKING:
    from datetime import datetime


def update_posted(facts: IncidentFacts, event: IncidentEvent, *, sent: bool, places: int) -> Message:
    """Show the author the update, ready to copy, and what became of the clock."""
    words = event.words
    whole: Text = (f"{words.notice} {words.doing}".strip(),)
    at = moment(event.promise_at or facts.now)
    if event.promise_at is not None:
        time = written_time(event.promise_at, facts.organisation.zone, facts.now)
        whole = (*whole, *text(_(" Next update by {time}."), time=time))
    if sent:
        clock = text(_("The next update is promised by {time}. I remind you before."), time=at)
        if places:
            clock = (*clock, " ", _("It is in the conversations that customers read."))
    else:
        clock = (_("It is not sent yet, so the clock stays. Press “It was sent” when it has gone out."),)
    buttons = (
        () if sent else (WasSent(number=facts.incident.number, event=event.id).button(_("It was sent"), "primary"),)
    )
    parts: list[Part] = [Section(text=(_("Ready to copy:"),)), Say(text=whole)]
    parts.append(Section(text=clock, tone="good" if sent else "warning"))
    return Message.of(facts.incident.heading, *parts, *((Choice(buttons=buttons),) if buttons else ()))


def already_sent(facts: IncidentFacts) -> Message:
    """Say that somebody else pressed it before."""
    return Message.of(facts.incident.heading, Section(text=(_("It has gone out already."),), tone="quiet"))


def resolved(facts: IncidentFacts, words: str, *, sent: bool) -> Message:
    """Show whoever resolved it what customers were told, ready to copy."""
    card = incident_card(facts)
    parts: list[Part] = []
    if words:
        parts += [Section(text=(_("Ready to copy:"),)), Say(text=(words,))]
    if words and not sent:
        told = _("It is not sent to customers.")
    elif not words:
        told = _("Customers were not told that it is over.")
    elif facts.rules.places:
        told = _("It is in the conversations that customers read.")
    else:
        told = _("It is noted as told to customers. If they do not read it yet, send it now.")
    parts.append(Section(text=(told,), tone="good" if sent else "warning"))
    return card.model_copy(update={"parts": (*parts, *card.parts)})


def offered(facts: IncidentFacts, name: str, there: Availability) -> Message:
    """Confirm that somebody was asked, and say so if they are not there to answer."""
    line = text(_("{name} was asked. Until they accept, {owner} owns it."), name=name, owner=facts.owner.name)
    parts: list[Part] = [Section(text=line, tone="good")]
    if there.state is not AvailabilityState.AVAILABLE:
        away = (
            text(_("{name} is not here until {time}. Somebody else may answer sooner."), name=name, time=moment(until))
            if (until := there.until) is not None
            else (_("{name} is not here just now. Somebody else may answer sooner.").format(name=name),)
        )
        again = AskForOwner(number=facts.incident.number).button(_("Ask somebody else"))
        parts += [Section(text=away, tone="warning"), Choice(buttons=(again,))]
    return Message.of(facts.incident.heading, *parts)


def opened(facts: IncidentFacts, first: Text) -> Message:
    """Confirm that an incident is open."""
    return Message.of(facts.incident.heading, Section(text=first, tone="good"))


def noted(facts: IncidentFacts, what: str) -> Message:
    """Confirm that something was written down or changed."""
    return Message.of(facts.incident.heading, Section(text=(what,), tone="good"))


def delayed(facts: IncidentFacts, until: datetime) -> Message:
    """Confirm a snooze or a pause."""
    incident = facts.incident
    line = text(
        _("No reminder before {time}. Customers still expect news by {promise}."),
        time=moment(until),
        promise=moment(incident.promise_at),
    )
    resume = Resume(number=incident.number).button(_("Resume"))
    return Message.of(incident.heading, Section(text=line, tone="good"), Choice(buttons=(resume,)))


def resumed(facts: IncidentFacts) -> Message:
    """Confirm that reminders come again."""
    template = (
        _("Reminders are back. Customers were promised news by {time}: post an update now.")
        if facts.is_red
        else _("Reminders are back. The next update is promised by {time}.")
    )
    line = text(template, time=moment(facts.incident.promise_at))
    update = AskForUpdate(number=facts.incident.number).button(_("Update"), "primary")
    return Message.of(
        facts.incident.heading,
        Section(text=line, tone="warning" if facts.is_red else "good"),
        Choice(buttons=(update,)),
    )
