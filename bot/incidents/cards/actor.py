"""What whoever did something about an incident is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState
from bot.incidents.cards.channel import have_it, incident_card
from bot.incidents.cards.customer import next_by, written_time
from bot.incidents.commands import AskForOwner, AskForUpdate, AskToResolve, Resume, TakeBetter
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import IncidentEvent
from bot.say.directions import isolated
from bot.say.language import _, listing
from bot.say.messages import Choice, Listing, Message, Part, Say, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True)
class Noticed:
    """What was found in an update that customers do not need, and how it reads without."""

    remarks: tuple[str, ...] = ()
    better: str = ""


NOTHING_NOTICED = Noticed()


def update_posted(facts: IncidentFacts, event: IncidentEvent, noticed: Noticed = NOTHING_NOTICED) -> Message:
    """Show the author the update, ready to copy, what is worth a second look, and what became of the clock."""
    whole: Text = (event.words.whole,)
    at = moment(event.promise_at or facts.now)
    if event.promise_at is not None and not event.words.names_time:
        time = written_time(event.promise_at, facts.organisation.zone, facts.now)
        whole = (*whole, " ", *text(next_by(event.words), time=time))
    parts: list[Part] = [Section(text=(_("Ready to copy:"),)), Say(text=whole), *_noticed(facts, event, noticed)]
    if event.told_at is None:
        parts += _ask_whether_told(facts, event)
    else:
        clock = text(_("The next update is promised by {time}. I'll remind you before."), time=at)
        parts.append(Section(text=(_told(facts, event), " ", *clock), tone="good"))
    return Message.of(facts.incident.heading, *parts)


def _noticed(facts: IncidentFacts, event: IncidentEvent, noticed: Noticed) -> list[Part]:
    """Point at words before customers read them, and offer better ones; nobody is kept from sending it as it is."""
    if not noticed.remarks:
        return []
    told = event.told_at is not None
    head = _("For the next one:") if told else _("Before customers read it, look at this again:")
    parts: list[Part] = [
        Section(text=(head,), tone="quiet" if told else "warning"),
        Listing(lines=tuple((line,) for line in noticed.remarks)),
    ]
    if noticed.better and not told:
        take = TakeBetter(number=facts.incident.number, event=event.id).button(_("Take these words"))
        parts += [Section(text=(_("You could write:"),)), Say(text=(noticed.better,)), Choice(buttons=(take,))]
    return parts


def _ask_whether_told(facts: IncidentFacts, event: IncidentEvent) -> list[Part]:
    """Ask for the one press that says that customers have it."""
    first = _("This is prepared, and I've sent it to nobody. Send it, then press “Customers have it”.")
    parts: list[Part] = [Section(text=(first,), tone="warning")]
    if facts.is_posted(event):
        parts.append(Section(text=(_("That also posts it in the channels that customers read."),), tone="quiet"))
    if facts.is_live:
        due = _("Until customers have it, news is due by {time}.")
        if facts.is_late:
            due = _("News was due by {time}: customers wait until they have it.")
        still = text(due, time=moment(facts.incident.due_at))
        parts.append(Section(text=still, tone="quiet"))
    return [*parts, Choice(buttons=(have_it(facts, event),))]


def _told(facts: IncidentFacts, event: IncidentEvent) -> str:
    """Say what is known of where customers have it: what somebody said, and what we are posting ourselves."""
    where = event.words.where
    if event.words.whole and facts.is_posted(event):
        return _("Noted as told to customers ({where}); I'm posting it where they read along.").format(where=where)
    if where:
        return _("Noted as told to customers ({where}).").format(where=where)
    return _("Noted as told to customers.")


def already_told(facts: IncidentFacts) -> Message:
    """Say that somebody else pressed it before."""
    return Message.of(
        facts.incident.heading, Section(text=(_("It's noted already that customers have it."),), tone="quiet")
    )


def resolved(
    facts: IncidentFacts,
    event: IncidentEvent,
    wording: Sequence[Text] = (),
    *,
    noted: str = "",
    by: str = "",
    noticed: Noticed = NOTHING_NOTICED,
) -> Message:
    """Show whoever resolved it what customers read, or else offer words; `noted` was kept besides: `by` was faster."""
    card = incident_card(facts)
    words = event.words
    parts: list[Part]
    if not words.whole and event.told_at is not None:
        parts = [Section(text=(_told(facts, event),), tone="good")]
    elif not words.whole:
        parts = _untold(facts, noted or words.note, wording)
    else:
        parts = [Section(text=(_noted_besides(event, noted),))] if noted else []
        parts += [Section(text=(_("Ready to copy:"),)), Say(text=(words.whole,)), *_noticed(facts, event, noticed)]
        if event.told_at is None:
            parts += _ask_whether_told(facts, event)
        else:
            parts.append(Section(text=(_told(facts, event),), tone="good"))
    first = (Section(text=(_("{name} resolved it before you.").format(name=by),)),) if by else ()
    return card.model_copy(update={"parts": (*first, *parts, *card.parts)})


def _noted(note: str) -> str:
    return _("“{note}” is noted for the team.").format(note=isolated(note))


def _noted_besides(event: IncidentEvent, note: str) -> str:
    """Say that words are kept for the team, and how customers read more where they have a last word."""
    if event.told_at is None:
        return _noted(note)
    more = _("Customers have a last word already; if they're to read this too, open it again and post an update.")
    return f"{_noted(note)} {more}"


def _untold(facts: IncidentFacts, note: str, wording: Sequence[Text]) -> list[Part]:
    """Say that customers do not know yet that it is over, and offer the words."""
    line = _("Customers weren't told that it's over.")
    if note:
        line = f"{_noted(note)} {line}"
    parts: list[Part] = [Section(text=(line,), tone="warning")]
    if wording:
        parts += [Section(text=(_("You could write:"),)), *(Say(text=one) for one in wording)]
    button = AskToResolve(number=facts.incident.number).button(_("Write the last word …"), "primary")
    return [*parts, Choice(buttons=(button,))]


def offered(facts: IncidentFacts, name: str, there: Availability) -> Message:
    """Confirm that somebody was asked, and say so if they are not there to answer."""
    line = text(_("I'm asking {name}. Until they accept, {owner} owns it."), name=name, owner=facts.owner.name)
    parts: list[Part] = [Section(text=line, tone="good")]
    if there.state is not AvailabilityState.AVAILABLE:
        away = (
            text(_("{name} isn't here until {time}. Somebody else may answer sooner."), name=name, time=moment(until))
            if (until := there.until) is not None
            else (_("{name} isn't here just now. Somebody else may answer sooner.").format(name=name),)
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


def delayed(facts: IncidentFacts, until: datetime, told: Sequence[str]) -> Message:
    """Confirm a snooze or a pause, and say who else is told."""
    incident = facts.incident
    line = text(
        _("No reminder before {time}. Customers still expect news by {promise}."),
        time=moment(until),
        promise=moment(incident.promise_at),
    )
    resume = Resume(number=incident.number, rests=facts.rests_until).button(_("Resume"))
    also = _("I'm telling {names} that nobody is reminded until then.").format(names=listing(told)) if told else ""
    parts = (Section(text=(also,), tone="quiet"),) if also else ()
    return Message.of(incident.heading, Section(text=line, tone="good"), *parts, Choice(buttons=(resume,)))


def severity_is(facts: IncidentFacts, *, changed: bool = True) -> Message:
    """Confirm how bad it is, with the promise that stands."""
    card = incident_card(facts)
    line = (
        _("It's sev{severity} now. The next update stays due by {time}.")
        if changed
        else _("It's sev{severity} already. The next update stays due by {time}.")
    )
    said = text(line, severity=facts.incident.severity, time=moment(facts.incident.due_at))
    return card.model_copy(update={"parts": (Section(text=said, tone="good"), *card.parts)})


def is_worse(facts: IncidentFacts, *, awake: bool = False) -> Message:
    """Ask for an update at once, as it has become worse; what customers were told stays."""
    incident = facts.incident
    line = text(
        _("It's sev{severity} now: post an update, by {time} at the latest. The promise of {promise} stays.")
        if facts.is_promised
        else _("It's sev{severity} now: post an update, by {time} at the latest."),
        severity=incident.severity,
        time=moment(incident.due_at),
        promise=moment(incident.promise_at),
    )
    update = AskForUpdate(number=incident.number).button(_("Update"), "primary")
    line = (*line, " ", _("Its reminders no longer rest.")) if awake else line  # a pause or snooze has ended with it
    return Message.of(incident.heading, Section(text=line, tone="warning"), Choice(buttons=(update,)))


def resumed(facts: IncidentFacts) -> Message:
    """Confirm that reminders come again."""
    template = (
        _("Reminders are back. News for customers was due by {time}: post an update now.")
        if facts.is_late
        else _("Reminders are back. The next update is promised by {time}.")
    )
    line = text(template, time=moment(facts.incident.due_at))
    update = AskForUpdate(number=facts.incident.number).button(_("Update"), "primary")
    return Message.of(
        facts.incident.heading,
        Section(text=line, tone="warning" if facts.is_late else "good"),
        Choice(buttons=(update,)),
    )
