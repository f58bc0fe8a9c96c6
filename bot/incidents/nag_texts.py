"""What people are told about a promise: nags, ownership, pauses, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.cadence import LATE, Stage
from bot.incidents.commands import (
    AcceptOwnership,
    AskForOwner,
    AskForUpdate,
    AskToSnooze,
    ShowIncident,
    WasSent,
)
from bot.incidents.model import IncidentState
from bot.incidents.texts import incident_card, named
from bot.language import _
from bot.messages import Choice, Message, Say, Section, moment, text
from bot.people.availability import AvailabilityState
from bot.people.texts import ref

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.incidents.model import IncidentEvent, Words
    from bot.incidents.scene import Scene
    from bot.messages import Button, Part, Text
    from bot.people.availability import Availability


# --- nags ----------------------------------------------------------------------------------------


def nag(scene: Scene, stage: Stage, *, late: bool) -> Message:
    """Remind of a promise."""
    incident = scene.incident
    parts: list[Part] = [Section(text=_nag_line(scene, stage), tone="plain" if stage is Stage.WARNED else "warning")]
    if late:
        parts.append(Section(text=(_("This reminder is late: I was not running when it was due."),), tone="quiet"))
    parts.append(Choice(buttons=_nag_buttons(scene, stage)))
    return Message.of(named(incident), *parts)


def _nag_line(scene: Scene, stage: Stage) -> Text:
    at, owner = moment(scene.incident.promise_at), ref(scene.owner)
    if stage is Stage.DUE and scene.now - scene.incident.promise_at <= LATE:
        return text(_("{owner}, customers were promised news by {time}: now."), owner=owner, time=at)
    if stage is Stage.WARNED:
        return text(
            _("Customers were promised news by {time}. What do they notice now, and what is being done?"), time=at
        )
    if stage is Stage.DUE:
        return text(_("{owner}, customers were promised news by {time}."), owner=owner, time=at)
    if stage is Stage.SUPERVISOR:
        return text(
            _("Customers have waited for news since {time}, and {owner} has not posted any."), owner=owner, time=at
        )
    return text(_("{owner}, customers have waited for news since {time}."), owner=owner, time=at)


def _nag_buttons(scene: Scene, stage: Stage) -> tuple[Button, ...]:
    number = scene.incident.number
    buttons = [AskForUpdate(number=number).button(_("Update"), "primary")]
    if scene.incident.state == IncidentState.OPEN:  # before it begins there is nothing that could have changed
        buttons.append(AskForUpdate(number=number, no_change=True).button(_("No change")))
    if stage is Stage.SUPERVISOR:
        return (*buttons, AskForOwner(number=number).button(_("Choose an owner")))
    return (*buttons, AskToSnooze(number=number).button(_("Snooze")))


def nag_over(scene: Scene, what: str) -> Message:
    """Close a nag."""
    return Message.of(named(scene.incident), Section(text=(what,), tone="quiet"))


def pause_over(scene: Scene) -> Message:
    """Say that a pause has ended."""
    line = (
        _("The pause is over. Customers have waited for news since {time}.")
        if scene.is_red
        else _("The pause is over. The next update is promised by {time}.")
    )
    return Message.of(
        named(scene.incident),
        Section(text=text(line, time=moment(scene.incident.promise_at)), tone="warning"),
        Choice(buttons=_nag_buttons(scene, Stage.WARNED)),
    )


# --- what customers read -------------------------------------------------------------------------


def for_customers(words: Words, promise_at: datetime | None) -> Message:
    """Write an update the way customers read it."""
    parts: list[Part] = [Section(text=(one,)) for one in (words.notice, words.doing) if one]
    if promise_at is not None:
        parts.append(Section(text=text(_("Next update by {time}."), time=moment(promise_at))))
    return Message(parts=tuple(parts))


def update_posted(scene: Scene, event: IncidentEvent, *, sent: bool, places: int) -> Message:
    """Show the author the update, ready to copy, and what became of the clock."""
    words = event.words
    whole: Text = (f"{words.notice} {words.doing}".strip(),)
    at = moment(event.promise_at or scene.now)
    if event.promise_at is not None:
        time = written_time(event.promise_at, scene.organisation.zone, scene.now)
        whole = (*whole, *text(_(" Next update by {time}."), time=time))
    if sent:
        clock = text(_("The next update is promised by {time}. I remind you before."), time=at)
        if places:
            clock = (*clock, " ", _("It is in the conversations that customers read."))
    else:
        clock = (_("It is not sent yet, so the clock stays. Press “It was sent” when it has gone out."),)
    buttons = (
        () if sent else (WasSent(number=scene.incident.number, event=event.id).button(_("It was sent"), "primary"),)
    )
    parts: list[Part] = [Section(text=(_("Ready to copy:"),)), Say(text=whole)]
    parts.append(Section(text=clock, tone="good" if sent else "warning"))
    return Message.of(named(scene.incident), *parts, *((Choice(buttons=buttons),) if buttons else ()))


def already_sent(scene: Scene) -> Message:
    """Say that somebody else pressed it before."""
    return Message.of(named(scene.incident), Section(text=(_("It has gone out already."),), tone="quiet"))


def written_time(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Write a time for customers, who may live anywhere: with its zone, and with its day unless it is today."""
    local = at.astimezone(zone)
    day = "" if local.date() == now.astimezone(zone).date() else f"{local:%a %-d %b} "
    return f"{day}{local:%H:%M %Z}"


def resolved(scene: Scene, words: str, *, sent: bool) -> Message:
    """Show whoever resolved it what customers were told, ready to copy."""
    card = incident_card(scene)
    parts: list[Part] = []
    if words:
        parts += [Section(text=(_("Ready to copy:"),)), Say(text=(words,))]
    if words and not sent:
        told = _("It is not sent to customers.")
    elif not words:
        told = _("Customers were not told that it is over.")
    elif scene.rules.places:
        told = _("It is in the conversations that customers read.")
    else:
        told = _("It is noted as told to customers. If they do not read it yet, send it now.")
    parts.append(Section(text=(told,), tone="good" if sent else "warning"))
    return card.model_copy(update={"parts": (*parts, *card.parts)})


def update_card(scene: Scene, event: IncidentEvent, by: str, *, sent: bool) -> Message:
    """Show an update in the channel of its incident."""
    words = event.words
    head = _("{by} told customers:") if sent else _("{by} wrote, not sent to customers yet:")
    parts: list[Part] = [
        Section(text=(head.format(by=by),), tone="quiet" if sent else "warning"),
        *for_customers(words, event.promise_at).parts,
    ]
    if not sent:
        button = WasSent(number=scene.incident.number, event=event.id).button(_("It was sent"), "primary")
        parts.append(Choice(buttons=(button,)))
    return Message.of(named(scene.incident), *parts)


# --- people --------------------------------------------------------------------------------------


def own_it(scene: Scene, by: str) -> Message:
    """Ask somebody to own an incident."""
    return Message.of(
        _("Will you own #{number}?").format(number=scene.incident.number),
        Section(text=text(_("{by} asks you: **{title}**"), by=by, title=scene.incident.title)),
        Section(text=text(_("Its next update is promised by {time}."), time=moment(scene.incident.promise_at))),
        Choice(buttons=(AcceptOwnership(number=scene.incident.number).button(_("I own it"), "primary"),)),
    )


def owned(scene: Scene) -> Message:
    """Close the question who owns it."""
    line = text(_("{name} owns it."), name=scene.owner.name)
    return Message.of(named(scene.incident), Section(text=line, tone="good"))


def offered(scene: Scene, name: str, there: Availability) -> Message:
    """Confirm that somebody was asked, and say so if they are not there to answer."""
    line = text(_("{name} was asked. Until they accept, {owner} owns it."), name=name, owner=scene.owner.name)
    parts: list[Part] = [Section(text=line, tone="good")]
    if there.state is not AvailabilityState.AVAILABLE:
        away = (
            text(_("{name} is not here until {time}. Somebody else may answer sooner."), name=name, time=moment(until))
            if (until := there.until) is not None
            else (_("{name} is not here just now. Somebody else may answer sooner.").format(name=name),)
        )
        again = AskForOwner(number=scene.incident.number).button(_("Ask somebody else"))
        parts += [Section(text=away, tone="warning"), Choice(buttons=(again,))]
    return Message.of(named(scene.incident), *parts)


def note_over(scene: Scene, what: str) -> Message:
    """Close the question for an owner who is there; `what` may name them."""
    return Message.of(named(scene.incident), Section(text=(_(what).format(name=scene.owner.name),), tone="quiet"))


def you_are_away(scene: Scene) -> Message:
    """Tell an owner who leaves what stays with them."""
    line = text(
        _("You are away and own this: news is promised by {time}. Supervisors were asked for another owner."),
        time=moment(scene.incident.promise_at),
    )
    button = AskForOwner(number=scene.incident.number).button(_("Hand it over …"), "primary")
    return Message.of(named(scene.incident), Section(text=line, tone="warning"), Choice(buttons=(button,)))


def owner_is_away(scene: Scene) -> Message:
    """Ask supervisors for another owner."""
    line = (
        _("{name}, who owns it, cannot be reached. News is promised by {time}.")
        if scene.incident.unreached
        else _("{name}, who owns it, is not here. News is promised by {time}.")
    )
    said = text(line, name=scene.owner.name, time=moment(scene.incident.promise_at))
    return Message.of(
        named(scene.incident),
        Section(text=said, tone="warning"),
        Choice(
            buttons=(
                AskForOwner(number=scene.incident.number).button(_("Choose an owner"), "primary"),
                AcceptOwnership(number=scene.incident.number).button(_("I own it")),
            )
        ),
    )


def hand_over_before_you_go(scene: Scene, ends_at: datetime) -> Message:
    """Ask an owner whose shift ends to hand over."""
    return Message.of(
        _("Your shift ends soon: who owns #{number} then?").format(number=scene.incident.number),
        Section(
            text=text(
                _("It ends at {end}, and news of **{title}** is promised by {time}."),
                end=moment(ends_at),
                title=scene.incident.title,
                time=moment(scene.incident.promise_at),
            )
        ),
        Choice(buttons=(AskForOwner(number=scene.incident.number).button(_("Hand it over …"), "primary"),)),
    )


def paused(scene: Scene, by: str, why: str) -> Message:
    """Tell supervisors about a pause."""
    until = moment(scene.incident.resume_at or scene.now)
    return Message.of(
        named(scene.incident),
        Section(text=text(_("{by} paused its reminders until {time}: “{why}”"), by=by, time=until, why=why)),
        Choice(buttons=(ShowIncident(number=scene.incident.number).button(_("Look at it")),)),
    )


def far_promise(scene: Scene, by: str) -> Message:
    """Show supervisors a promise that is further away than usual."""
    at = moment(scene.incident.promise_at)
    return Message.of(
        named(scene.incident),
        Section(
            text=text(
                _("{by} promised the next update only by {time}: more than twice the usual for sev{severity}."),
                by=by,
                time=at,
                severity=scene.incident.severity,
            )
        ),
        Choice(buttons=(ShowIncident(number=scene.incident.number).button(_("Look at it")),)),
    )
