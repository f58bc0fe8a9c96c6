"""The sentences of the people domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.availability import AvailabilityState
from bot.directory.naming import ref
from bot.people.commands import (
    AddToTeam,
    AskForSettings,
    AskForSupervisor,
    ChangePerson,
    ChangeSettings,
    EditPerson,
    GoAway,
    ListTeam,
    Return,
    Status,
    UseForSupport,
)
from bot.say.language import _, listing, ngettext
from bot.say.messages import (
    Button,
    Choice,
    Fact,
    Fields,
    Form,
    Input,
    Listing,
    Message,
    Section,
    moment,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.directory.actors import Actor
    from bot.directory.availability import Availability
    from bot.directory.model import Conversation, Organisation, Person
    from bot.say.messages import Part, Text
    from bot.typing.grammar import Phrase


def help_card(phrases: Sequence[Phrase]) -> Message:
    """List what can be typed, from the phrases themselves."""
    return Message.of(
        _("What I can do for you"),
        Section(text=(_("Only you see my answers. Type any of these here, or to me in private:"),)),
        Listing(
            lines=tuple(
                text(
                    "`{typed}` — {help}".replace("{typed}", f"{phrase.starts} {phrase.takes}".strip()),
                    help=_(phrase.help),
                )
                for phrase in phrases
                if phrase.starts != "/zanshin"
            )
        ),
        Choice(
            buttons=(
                Button(label=_("Find a playbook"), command="calm", style="primary"),
                Status().button(_("Who is free?")),
                ListTeam().button(_("The team")),
            )
        ),
    )


def away(until: datetime | None, *, read_in: str = "") -> Message:
    """Confirm a break; its end was read in a zone of their own, if one is named."""
    when = (
        text(_("Until {time} nobody is sent to you."), time=moment(until))
        if until
        else text(_("Nobody is sent to you until you say that you are back."))
    )
    zone = Section(text=text(_("I read it in your time zone, {zone}."), zone=read_in), tone="quiet")
    return Message.of(
        _("Enjoy your break"),
        Section(text=when),
        *((zone,) if read_in else ()),
        Choice(buttons=(Return().button(_("End my break"), "primary"),)),
    )


def back() -> Message:
    """Welcome somebody back."""
    return Message.of(
        _("Welcome back"),
        Section(text=(_("You are available again."),), tone="good"),
        Choice(buttons=(GoAway(minutes=30).button(_("Away for 30 min")),)),
    )


def roles(person: Person) -> str:
    """Name somebody's roles."""
    named = [
        name
        for name, held in (
            (_("agent"), person.is_agent),
            (_("supervisor"), person.is_supervisor),
            (_("admin"), person.is_admin),
        )
        if held
    ]
    return listing(named) if named else _("no role")


def state(found: Availability) -> Text:
    """Say whether somebody is free, and until when that holds."""
    words = {
        AvailabilityState.AVAILABLE: (_("available"), _("available until {time}")),
        AvailabilityState.AWAY: (_("away"), _("away until {time}")),
        AvailabilityState.OFF_SHIFT: (_("off shift"), _("off shift until {time}")),
    }[found.state]
    return text(words[1], time=moment(found.until)) if found.until else text(words[0])


def team_card(members: Sequence[tuple[Person, Availability]], *, editable: bool) -> Message:
    """List the team."""
    if not members:
        return Message.of(
            _("Nobody is on the team yet"),
            Section(text=text(_("Type any command in the support channel to join, or `/zanshin team add @name`."))),
        )
    facts = tuple(
        Fact(name=person.name, text=(roles(person), " · ", *state(found), *_details(person)))
        for person, found in members[:50]
    )
    parts: list[Part] = [Fields(facts=facts)]
    if len(members) > len(facts):
        parts.append(Section(text=text(_("and {count} more"), count=len(members) - len(facts)), tone="quiet"))
    if editable:
        buttons = tuple(
            EditPerson(person=person.id).button(_("Edit {name}").format(name=person.name)) for person, _f in members
        )
        parts += [Choice(buttons=buttons[start : start + 5]) for start in range(0, min(len(buttons), 25), 5)]
    count = len(members)
    return Message.of(
        ngettext("{count} person on the team", "{count} people on the team", count).format(count=count), *parts
    )


def _details(person: Person) -> Text:
    details: list[str] = []
    if person.shifts_text:
        details.append(person.shifts_text)
    if person.skills:
        details.append(_("knows {skills}").format(skills=listing(person.skills)))
    return tuple(f" · {detail}" for detail in details)


def role_given(person: Person) -> Message:
    """Confirm a role."""
    return Message.of(
        _("Done"), Section(text=text(_("{name} is now: {roles}."), name=ref(person), roles=roles(person)), tone="good")
    )


def you_were_added(by: str, person: Person) -> Message:
    """Tell somebody about their new role."""
    return Message.of(
        _("You are on the support team"),
        Section(
            text=text(
                _("{by} made you {roles}. When a customer gets rough, type `/calm` and what is happening."),
                by=by,
                roles=roles(person),
            )
        ),
    )


def shift_set(person: Person, organisation: Organisation, *, own: bool) -> Message:
    """Confirm weekly hours."""
    who = _("Your hours") if own else _("The hours of {name}").format(name=person.name)
    if not person.shifts_text:
        line = text(_("{who}: none set, so always."), who=who)
    elif own:
        line = text(_("{who}: **{hours}**. Outside them nobody hands you a case."), who=who, hours=person.shifts_text)
    else:
        line = text(_("{who}: **{hours}**. Outside them they are handed no case."), who=who, hours=person.shifts_text)
    zone = Section(
        text=text(_("Times are those of {zone}."), zone=person.time_zone or organisation.time_zone), tone="quiet"
    )
    return Message.of(
        _("Working hours"),
        Section(text=line),
        *((zone,) if person.shifts_text else ()),
        Section(text=text(_("Change them with `/zanshin shift mon-fri 9-17`, or `/zanshin shift off`.")), tone="quiet"),
    )


def support_channel_set(channel: Conversation) -> Message:
    """Confirm the support channel."""
    return Message.of(
        _("This is set"),
        Section(
            text=text(
                _("{name} is the support channel. Whoever types a command there joins the team as an agent."),
                name=f"#{channel.name}",
            ),
            tone="good",
        ),
    )


def settings_saved() -> Message:
    """Confirm the settings."""
    return Message.of(
        _("Settings saved"),
        Section(text=(_("They hold from now on."),), tone="good"),
        Choice(buttons=(AskForSettings().button(_("Open them again")),)),
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


def settings_form(organisation: Organisation, channel: str) -> Form:
    """Ask for the settings of the organisation."""
    return Form(
        title=_("Settings"),
        command=ChangeSettings.called(),
        inputs=(
            Input(name="conversation", label=_("Support channel"), kind="conversation", value=channel, required=False),
            Input(
                name="time_zone", label=_("Time zone"), value=organisation.time_zone, hint=_("Such as Europe/Dublin")
            ),
            Input(
                name="case_url",
                label=_("Link to a case"),
                value=organisation.case_url or "",
                hint=_("With {case} where the number goes, such as https://desk.example.com/{case}"),
                required=False,
                max_length=500,
            ),
            Input(
                name="emergency",
                label=_("In an emergency"),
                value=organisation.emergency or "",
                hint=_("Whom to call, with numbers. Everybody reads it who tells me of danger."),
                required=False,
                max_length=500,
            ),
            Input(
                name="hold_warning",
                label=_("Seconds on hold before the first notice"),
                value=str(organisation.hold_warning_s),
            ),
            Input(name="hold_limit", label=_("Seconds a hold may last"), value=str(organisation.hold_limit_s)),
        ),
        submit=_("Save"),
    )


def person_form(person: Person) -> Form:
    """Ask about one person of the team."""
    return Form(
        title=person.name[:24],
        command=ChangePerson.called(),
        fields={"person": str(person.id)},
        inputs=(
            Input(
                name="skills",
                label=_("Knows about"),
                value=", ".join(person.skills),
                hint=_("Words with commas between, such as billing, refunds"),
                required=False,
                max_length=500,
            ),
            Input(name="capacity", label=_("Handed-over cases at a time"), value=str(person.capacity)),
            Input(
                name="shifts",
                label=_("Working hours"),
                value=person.shifts_text,
                hint=_("Such as mon-fri 9-17; empty means always"),
                required=False,
            ),
            Input(
                name="time_zone",
                label=_("Time zone"),
                value=person.time_zone,
                hint=_("If it is not the team's, such as America/Lima"),
                required=False,
                max_length=60,
            ),
        ),
        submit=_("Save"),
    )


def supervisor_form() -> Form:
    """Ask who the supervisor is."""
    return Form(
        title=_("Name a supervisor"),
        command=AddToTeam.called(),
        fields={"role": "supervisor"},
        intro=(_("Supervisors are called when nobody else can take over a heated case."),),
        inputs=(Input(name="who", label=_("Who is it?"), kind="person"),),
        submit=_("Save"),
    )


def setup_parts(actor: Actor) -> tuple[Part, ...]:
    """Say what is still to be set up, with the button that does it for those who may."""
    lines: list[Text] = []
    buttons: list[Button] = []
    if not actor.has_support_channel:
        lines.append((_("No support channel is set, so nobody joins the team by typing."),))
        buttons.append(UseForSupport().button(_("Use this channel")))
    if not actor.has_supervisor:
        lines.append((_("There is no supervisor, so nobody can be called when it gets too heated."),))
        buttons.append(AskForSupervisor().button(_("Name a supervisor")))
    if not lines:
        return ()
    if actor.is_admin:
        return (
            Section(text=(_("Still to be set up:"),), tone="warning"),
            Listing(lines=tuple(lines)),
            Choice(buttons=tuple(buttons)),
        )
    return (
        Section(text=(_("Still to be set up:"),), tone="warning"),
        Listing(lines=tuple(lines)),
        Section(text=text(_("Ask an admin; `/zanshin team` says who that is.")), tone="quiet"),
    )
