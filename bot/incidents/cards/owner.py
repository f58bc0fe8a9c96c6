"""What the owner of an incident reads, and whoever is asked to own it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.incidents.cards.actor import is_worse as cards_for_actor
from bot.incidents.cards.leading import leading, to_its_card
from bot.incidents.cards.nags import nag_buttons
from bot.incidents.cards.supervisor import news_is_due, promised
from bot.incidents.commands import AcceptOwnership, AskForOwner, AskForUpdate, ChoosePlace
from bot.incidents.decisions.cadence import Stage
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import Incident, IncidentState
from bot.say.language import _, listing
from bot.say.messages import Button, Choice, Message, Section, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@leading
def is_worse(facts: IncidentFacts, by: str, *, awake: bool = False) -> Message:
    """Tell the owner that somebody made it worse, and ask for an update at once."""
    asked = cards_for_actor(facts, awake=awake)
    return Message.of(asked.title, Section(text=text(_("{by} made it worse."), by=by)), *asked.parts)


@leading
def open_again(facts: IncidentFacts, by: str) -> Message:
    """Tell the owner that somebody opened it again: the promise it makes is theirs to keep."""
    incident = facts.incident
    line = (
        _("{by} opened it again, and it's yours. The next update is promised by {time}; I'll remind you before that.")
        if incident.state == IncidentState.OPEN
        else _("{by} planned it again, and it's yours. Customers are told by {time}; I'll remind you before that.")
    )
    said = text(line, by=by, time=moment(incident.promise_at))
    return Message.of(
        incident.heading,
        Section(text=said, tone="warning"),
        Choice(
            buttons=(
                AskForUpdate(number=incident.number).button(_("Update"), "primary"),
                AskForOwner(number=incident.number).button(_("Hand it over …")),
            )
        ),
    )


@leading
def own_it(facts: IncidentFacts, by: str) -> Message:
    """Ask somebody to own an incident."""
    return Message.of(
        _("Will you own #{number}?").format(number=facts.incident.number),
        Section(text=text(_("{by} asks you: **{title}**"), by=by, title=facts.incident.title)),
        Section(text=news_is_due(facts)),
        Choice(buttons=(AcceptOwnership(number=facts.incident.number).button(_("I own it"), "primary"),)),
    )


def offer_not_reached(facts: IncidentFacts, name: str) -> Message:
    """Tell whoever asked that it did not arrive."""
    line = text(_("I couldn't reach {name}: {owner} still owns it."), name=name, owner=facts.owner.name)
    again = AskForOwner(number=facts.incident.number).button(_("Ask somebody else"), "primary")
    return Message.of(facts.incident.heading, Section(text=line, tone="warning"), Choice(buttons=(again,)))


def owned(incident: Incident, owner: Person) -> Message:
    """Close the question who owns it."""
    line = text(_("{name} owns it."), name=owner.name)
    return Message.of(incident.heading, Section(text=line, tone="good"))


def note_over(facts: IncidentFacts, what: str) -> Message:
    """Close the question for an owner who is there; `what` may name them."""
    return Message.of(facts.incident.heading, Section(text=(_(what).format(name=facts.owner.name),), tone="quiet"))


def is_back(facts: IncidentFacts) -> Message:
    """Close the question for another owner."""
    return Message.of("", Section(text=(_("{name} is here again.").format(name=facts.owner.name),), tone="quiet"))


def you_are_away(left: Sequence[IncidentFacts], *, asked: bool = True) -> Message:
    """Tell an owner who leaves what stays with them, and whether anybody is asked to own it instead."""
    if len(left) > 1:
        return _away_from_many(left, asked=asked)
    [facts] = left
    template = (
        _("You're away and own this: news is due by {time}. I'm asking the supervisors for another owner.")
        if asked
        else _("You're away and own this: news is due by {time}. There's nobody I could ask to own it: please choose.")
    )
    if facts.is_late:
        template = (
            _("You're away and own this: news was due by {time}. I'm asking the supervisors for another owner.")
            if asked
            else _(
                "You're away and own this: news was due by {time}. There's nobody I could ask to own it: please choose."
            )
        )
    line = text(template, time=moment(facts.incident.due_at))
    button = AskForOwner(number=facts.incident.number).button(_("Hand it over …"), "primary")
    told = Message.of(facts.incident.heading, Section(text=line, tone="warning"), Choice(buttons=(button,)))
    return to_its_card(facts, told)


def _away_from_many(left: Sequence[IncidentFacts], *, asked: bool) -> Message:
    line = (
        _("Customers wait for news of them. I'm asking the supervisors for other owners.")
        if asked
        else _("Customers wait for news of them. There's nobody I could ask to own them: please choose.")
    )
    return Message.of(
        _("You're away and own {count} incidents").format(count=len(left)),
        Section(text=(line,), tone="warning"),
        *promised(left, _("Hand over #{number} …")),
    )


@leading
def hand_over_before_you_go(facts: IncidentFacts, ends_at: datetime) -> Message:
    """Ask an owner whose shift ends to hand over."""
    return Message.of(
        _("Your shift ends soon: who owns #{number} then?").format(number=facts.incident.number),
        Section(
            text=text(_("It ends at {end}, and **{title}** goes on."), end=moment(ends_at), title=facts.incident.title)
        ),
        Section(text=news_is_due(facts)),
        Choice(buttons=(AskForOwner(number=facts.incident.number).button(_("Hand it over …"), "primary"),)),
    )


@leading
def pause_over(facts: IncidentFacts) -> Message:
    """Say that a pause has ended."""
    line = (
        _("The pause is over. Customers have waited for news since {time}.")
        if facts.is_late
        else _("The pause is over. The next update is promised by {time}.")
    )
    return Message.of(
        facts.incident.heading,
        Section(text=text(line, time=moment(facts.incident.due_at)), tone="warning"),
        Choice(buttons=nag_buttons(facts, Stage.WARNED)),
    )


@leading
def not_reached(facts: IncidentFacts, missed: Sequence[str], asked: Sequence[str], *, in_channel: bool) -> Message:
    """Tell the owner who was called and cannot be reached, and who is asked instead."""
    if asked:
        line = _("I couldn't reach {missed}. I'm asking {asked} instead.")
    elif in_channel:
        line = _("I couldn't reach {missed}. I'm asking in the channel instead.")
    else:
        line = _("I couldn't reach {missed}, and there's nobody else I could ask. It's up to you.")
    said = line.format(missed=listing(missed), asked=listing(asked))
    return Message.of(
        facts.incident.heading,
        Section(text=(said,), tone="warning"),
        Choice(buttons=nag_buttons(facts, Stage.WARNED)),
    )


def place_is_silent(facts: IncidentFacts, support: str) -> Message:
    """Tell whoever owns it that its channel takes nothing, and let them choose where it is shown instead."""
    what = _("I can't post in {place}, so nobody there sees this incident.").format(place=facts.place)
    instead = _("I'll remind you here, in the direct chat.")
    mend = _("Invite me there, or choose where it is shown:") if support else _("To show it there, invite me.")
    return Message.of(
        facts.incident.heading,
        Section(text=(f"{what} {instead} {mend}",), tone="warning"),
        Choice(buttons=(*_places(facts, support), *nag_buttons(facts, Stage.WARNED))[:5]),
    )


def _places(facts: IncidentFacts, support: str) -> tuple[Button, ...]:
    number = facts.incident.number
    chats = ChoosePlace(number=number, to="chats").button(_("Only direct chats"))
    if not support:
        return (chats,)
    label = _("Show it in {channel}").format(channel=support)[:75]
    return (ChoosePlace(number=number, to="support").button(label, "primary"), chats)


def stays_in_chats(facts: IncidentFacts) -> Message:
    """Confirm that no channel shows it."""
    said = _("No channel shows it. I'll remind you in the direct chat, and call supervisors in theirs.")
    return Message.of(facts.incident.heading, Section(text=(said,)))


def shown_in(facts: IncidentFacts) -> Message:
    """Confirm where it is shown."""
    said = text(_("{place} shows it from now on, and reads its reminders."), place=facts.place)
    return Message.of(facts.incident.heading, Section(text=said, tone="good"))
