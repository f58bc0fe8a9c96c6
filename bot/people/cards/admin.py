"""What admins fill in, and what they still have to set up."""

from __future__ import annotations

from bot.directory.actors import Actor
from bot.directory.model import Organisation, Person
from bot.people.commands import AddToTeam, AskForSupervisor, ChangePerson, ChangeSettings, UseForSupport
from bot.say.language import _
from bot.say.messages import Button, Choice, Form, Input, Listing, Part, Section, Text, text


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
