"""What whoever typed reads: the help, their break, what they have just set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState, Occupied
from bot.directory.model import Conversation, Organisation, Person
from bot.directory.naming import ref
from bot.directory.shifts import in_words_of
from bot.people.cards.kept import kept_button
from bot.people.cards.team import roles
from bot.people.commands import AskForSettings, GoAway, ListTeam, Return
from bot.say.language import _, listing, reader
from bot.say.messages import Button, Choice, Listing, Message, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def away(until: datetime | None, *, read_in: str = "") -> Message:
    """Confirm a break; its end was read in a zone of their own, if one is named."""
    when = (
        text(_("Until {time} nobody is sent to you."), time=moment(until))
        if until
        else text(_("Nobody is sent to you until you say that you're back."))
    )
    zone = Section(text=text(_("I read it in your time zone, {zone}."), zone=read_in), tone="quiet")
    return Message.of(
        _("Enjoy your break"),
        Section(text=when),
        *((zone,) if read_in else ()),
        Choice(buttons=(Return().button(_("End my break"), "primary"), *(() if until else _ends()))),
    )


def _ends() -> tuple[Button, ...]:
    """Offer an end to a break that has none."""
    return (
        GoAway(minutes=30).button(_("It ends in 30 min")),
        GoAway(minutes=60).button(_("It ends in an hour")),
    )


def back(found: Availability, busy: Occupied | None) -> Message:
    """Welcome somebody back, and say why they are not asked yet, if they are not."""
    if busy is not None:
        line = Section(text=busy.told())
    elif found.state is AvailabilityState.OFF_SHIFT:
        line = Section(text=_off_shift(found.until))
    else:
        line = Section(text=(_("You're available again."),), tone="good")
    return Message.of(_("Welcome back"), line, Choice(buttons=(GoAway(minutes=30).button(_("Away for 30 min")),)))


def _off_shift(until: datetime | None) -> Text:
    if until is None:
        return (_("You're off shift, so nobody is sent to you yet."),)
    return text(_("You're off shift until {time}; I ask you again then."), time=moment(until))


def role_given(person: Person) -> Message:
    """Confirm a role."""
    return Message.of(
        _("Done"), Section(text=text(_("{name} is now: {roles}."), name=ref(person), roles=roles(person)), tone="good")
    )


def shift_set(person: Person, organisation: Organisation, *, own: bool) -> Message:
    """Confirm weekly hours."""
    who = _("Your hours") if own else _("The hours of {name}").format(name=person.name)
    hours = in_words_of(person.shifts_text, reader())
    if not hours:
        line = text(_("{who}: none set, so always."), who=who)
    elif own:
        line = text(_("{who}: **{hours}**. Outside them nobody hands you a case."), who=who, hours=hours)
    else:
        line = text(_("{who}: **{hours}**. Outside them they're handed no case."), who=who, hours=hours)
    zone = Section(text=text(_("Times are those of {zone}."), zone=person.zone_name(organisation)), tone="quiet")
    return Message.of(
        _("Working hours"),
        Section(text=line),
        *((zone,) if person.shifts_text else ()),
        Section(text=_how_to_change(person, own=own), tone="quiet"),
    )


def _how_to_change(person: Person, *, own: bool) -> Text:
    """Say what to type: whoever copies it changes the hours they are looking at, and no others."""
    if own:
        return text(_("Change them with `/zanshin shift mon-fri 9-17`, or `/zanshin shift off`."))
    return text(
        _("Change them with `/zanshin shift @{name} mon-fri 9-17`, or `/zanshin shift @{name} off`."), name=person.name
    )


def support_channel_set(channel: Conversation) -> Message:
    """Confirm the support channel."""
    return Message.of(
        _("This is set"),
        Section(
            text=text(
                _("{name} is the support channel. Whoever types a command there joins the team as an agent."),
                name=channel.shown or _("This channel"),
            ),
            tone="good",
        ),
    )


def settings_saved() -> Message:
    """Confirm the settings."""
    return Message.of(
        _("Settings saved"),
        Section(text=(_("They hold from now on."),), tone="good"),
        Choice(buttons=(AskForSettings().button(_("Open them again")), kept_button())),
    )


def team_synced(
    group: str, *, added: Sequence[Person], kept: Sequence[Person], gone: Sequence[Person], left_out: Sequence[Person]
) -> Message:
    """Say what came of reading a group."""
    lines = (
        (_("Now agents: {names}"), added),
        (_("On the team already: {names}"), kept),
        (_("No longer agents, for they have left the group: {names}"), gone),
        (_("Left out, because somebody took them off the team: {names}. Add them by name if you like."), left_out),
    )
    said = tuple((words.format(names=listing([one.name for one in people][:30])),) for words, people in lines if people)
    return Message.of(
        _("The team follows {group}").format(group=group)[:150],
        Listing(lines=said or ((_("Nobody is in this group."),),)),
        Section(text=(_("Type it again when the group has changed."),), tone="quiet"),
        Choice(buttons=(ListTeam().button(_("The team")),)),
    )
