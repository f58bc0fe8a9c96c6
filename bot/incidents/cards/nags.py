"""Nags: what reminds people of a promise."""

from __future__ import annotations

from bot.directory.naming import ref
from bot.incidents.cadence import LATE, Stage
from bot.incidents.cards.channel import have_it, waits
from bot.incidents.commands import AskForOwner, AskForUpdate, AskToSnooze
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import IncidentState
from bot.say.language import _
from bot.say.messages import Button, Choice, Message, Part, Section, Text, moment, text


def nag(facts: IncidentFacts, stage: Stage, *, late: bool) -> Message:
    """Remind of a promise."""
    incident = facts.incident
    parts: list[Part] = [Section(text=_nag_line(facts, stage), tone="plain" if stage is Stage.WARNED else "warning")]
    if incident.prepared_at is not None:
        parts.append(Section(text=waits(incident.prepared_at), tone="warning"))
    if late:
        parts.append(Section(text=(_("This reminder is late: I was not running when it was due."),), tone="quiet"))
    parts.append(Choice(buttons=nag_buttons(facts, stage)))
    return Message.of(incident.heading, *parts)


def _nag_line(facts: IncidentFacts, stage: Stage) -> Text:
    at, owner = moment(facts.incident.promise_at), ref(facts.owner)
    if stage is Stage.DUE and facts.now - facts.incident.promise_at <= LATE:
        return text(_("{owner}, customers were promised news by {time}: now."), owner=owner, time=at)
    if stage is Stage.WARNED:
        return text(
            _("Customers were promised news by {time}. What do they notice now, and what is being done?"), time=at
        )
    if stage is Stage.DUE:
        return text(_("{owner}, customers were promised news by {time}."), owner=owner, time=at)
    if stage is Stage.SUPERVISOR and facts.incident.prepared_at is None:
        return text(
            _("Customers have waited for news since {time}, and {owner} has not posted any."), owner=owner, time=at
        )
    return text(_("{owner}, customers have waited for news since {time}."), owner=owner, time=at)


def nag_buttons(facts: IncidentFacts, stage: Stage) -> tuple[Button, ...]:
    """Offer what answers a nag: first of all, to say that customers have what was prepared."""
    number, prepared = facts.incident.number, facts.prepared
    buttons = [AskForUpdate(number=number).button(_("Update"), "plain" if prepared else "primary")]
    if prepared is not None:
        buttons.insert(0, have_it(facts, prepared))
    if facts.incident.state == IncidentState.OPEN:  # before it begins there is nothing that could have changed
        buttons.append(AskForUpdate(number=number, no_change=True).button(_("No change")))
    if stage is Stage.SUPERVISOR:
        return (*buttons, AskForOwner(number=number).button(_("Choose an owner")))
    return (*buttons, AskToSnooze(number=number).button(_("Snooze")))


def nag_over(facts: IncidentFacts, what: str) -> Message:
    """Close a nag."""
    return Message.of(facts.incident.heading, Section(text=(what,), tone="quiet"))
