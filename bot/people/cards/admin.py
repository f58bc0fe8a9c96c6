"""What admins fill in."""

from __future__ import annotations

from bot.directory.model import Organisation, Person
from bot.directory.shifts import in_words_of
from bot.people.commands import AddToTeam, ChangePerson, ChangeSettings
from bot.say.language import _, reader
from bot.say.messages import Form, Input, Option
from bot.typing.names import LONGEST_NAME


def settings_form(organisation: Organisation, channel: str, *, zone: str) -> Form:
    """Ask for the settings of the organisation; `zone` is what its time zone may be."""
    return Form(
        title=_("Settings"),
        command=ChangeSettings.called(),
        inputs=(
            Input(name="conversation", label=_("Support channel"), kind="conversation", value=channel, required=False),
            Input(name="time_zone", label=_("Time zone"), value=zone, hint=_("Such as Europe/Dublin")),
            Input(
                name="case_url",
                label=_("Link to a case"),
                value=organisation.case_url or "",
                hint=_("With {case} where the number goes, such as https://desk.example.com/{case}"),
                required=False,
                max_length=500,
            ),
            Input(
                name="english",
                label=_("The English of playbooks"),
                kind="pick",
                value=organisation.english,
                options=(
                    Option(label=_("British"), value="gb"),
                    Option(label=_("American"), value="us"),
                    Option(label=_("Indian"), value="in"),
                ),
            ),
            Input(
                name="emergency",
                label=_("In an emergency"),
                kind="lines",
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


def person_form(person: Person, organisation: Organisation) -> Form:
    """Ask about one person of the team."""
    return Form(
        title=person.name[:24],
        command=ChangePerson.called(),
        fields={"person": str(person.id)},
        inputs=(
            Input(
                name="name",
                label=_("Name"),
                value=person.name,
                hint=_("As colleagues read it; empty means as their chat shows it"),
                required=False,
                max_length=LONGEST_NAME,
            ),
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
                value=in_words_of(person.shifts_text, reader()),
                hint=_("Such as mon-fri 9-17; empty means always"),
                required=False,
            ),
            Input(
                name="time_zone",
                label=_("Time zone"),
                value=person.time_zone,
                hint=_("Such as America/Lima; empty means as their chat says: {zone}").format(
                    zone=person.platform_zone or organisation.time_zone
                ),
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
