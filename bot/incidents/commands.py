"""What can be asked about incidents."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from bot.errors import NotUnderstood
from bot.say.language import _
from bot.typing.command import Command, Need, Number, Revision, Who, Wording

LONGEST_TITLE = 200
LONGEST = 1500  # characters of one answer of an update
LONGEST_LINE = 2 * LONGEST
LONGEST_REASON = 300
LONGEST_TIME = 100
LONGEST_PLACE = 100
LONGEST_LIST = 1000  # of an organisation's own words


class OnIncident(Command):
    """A command about one incident; without a number, the one that is meant here."""

    needs: ClassVar[Need] = Need.TEAM

    owners: ClassVar[bool] = False  # only its owner and supervisors may

    number: Number | None = None  # of the organisation


class AboutIncident(OnIncident):
    """A command that carries words; without a number, a bare one they begin with may be that of the incident."""

    says: ClassVar[str] = "words"  # the field of these words
    private: ClassVar[bool] = False  # no customer reads them, and they may be added after the end


class OpenIncident(Command):
    """Open an incident."""

    needs: ClassVar[Need] = Need.TEAM

    title: Wording = Field(min_length=1, max_length=LONGEST_TITLE)
    severity: int = Field(default=3, ge=1, le=4)
    guessed: bool = False  # nobody said how bad it is
    again: Number = 0  # the number of the last one with the same words: this is another one


class PlanIncident(Command):
    """Note something that is going to happen: customers are told before it does."""

    needs: ClassVar[Need] = Need.TEAM

    title: Wording = Field(default="", max_length=LONGEST_TITLE)
    starts: str = Field(default="", max_length=LONGEST_TIME)  # as typed
    line: str = Field(default="", max_length=LONGEST_TITLE * 2)  # both, typed in one line
    severity: int = Field(default=3, ge=1, le=4)
    guessed: bool = False  # as above
    again: Number = 0  # as above


class AskToOpen(Command):
    """Open the form of a new incident."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    title: str = Field(default="", max_length=LONGEST_TITLE)
    severity: int = Field(default=3, ge=1, le=4)
    planned: bool = False


class AskForUpdate(OnIncident):
    """Open the form of an update."""

    reads: ClassVar[bool] = True

    no_change: bool = False
    notice: str = Field(default="", max_length=LONGEST)  # what customers notice, as somebody wrote it already


class PostUpdate(OnIncident):
    """Write an update: what customers notice, what is done, by when they hear more; and whether they have it."""

    notice: str = Field(default="", max_length=LONGEST)
    doing: str = Field(default="", max_length=LONGEST)
    by: str = Field(default="", max_length=100)  # as typed
    sent: bool = False  # customers have it
    where: str = Field(default="", max_length=LONGEST_PLACE)  # they read it
    confirm: bool = False  # a promise further away than usual
    better: bool = False  # the better wording that was offered
    anyway: bool = False  # what was pointed out has been seen
    base: Number = 0  # the last update customers had when the form was opened
    draft: Number | None = None  # the update, written before, that this one is


class TypeUpdate(AboutIncident):
    """Prepare an update written in one line; what is missing is asked for in the form."""

    says: ClassVar[str] = "line"

    line: str = Field(default="", max_length=LONGEST * 2)


class TakeBetter(OnIncident):
    """Take the better wording of what was prepared."""

    event: Number


class WasSent(OnIncident):
    """Say that customers have what was prepared for them."""

    event: Number


class AddNote(AboutIncident):
    """Write something down internally; it never moves the clock."""

    private: ClassVar[bool] = True

    words: str = Field(min_length=1, max_length=LONGEST)


class ListIncidents(Command):
    """Show what is going on, and what was promised next."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    resolved: bool = False


class ShowIncident(OnIncident):
    """Show one incident with its promise."""

    reads: ClassVar[bool] = True


class ChoosePlace(OnIncident):
    """Choose where an incident is shown and said, when its own channel takes nothing."""

    to: Literal["support", "chats"]


class ShowHistory(OnIncident):
    """Show everything that happened to an incident."""

    reads: ClassVar[bool] = True


class ShowWordings(Command):
    """Show what was prepared for customers: of which kinds of incidents, or all of one."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    kind: str = Field(default="", max_length=LONGEST_TITLE)  # its id, its title, or words that describe it
    page: Number = 0


class ShowMyPromises(Command):
    """Show all of my promises, in time order."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True


class AskForOwner(OnIncident):
    """Open the form that names an owner."""

    reads: ClassVar[bool] = True


class OfferOwnership(OnIncident):
    """Ask somebody to own an incident; oneself, at once."""

    who: Who = Field(min_length=1)
    owner: Number = 0  # who owned it when the button or the form was drawn; 0: it was typed


class AcceptOwnership(OnIncident):
    """Own an incident from now on."""


class ChangeSeverity(OnIncident):
    """Make an incident more or less urgent."""

    owners: ClassVar[bool] = True

    severity: int = Field(ge=1, le=4)
    bare: bool = False  # typed as a number alone, which may be that of an incident
    why: str = Field(default="", max_length=LONGEST_REASON)


class AskToRest(OnIncident):
    """Open a form that lets reminders rest."""

    owners: ClassVar[bool] = True

    reads: ClassVar[bool] = True


class AskToSnooze(AskToRest):
    """Open the form of a snooze."""


class AskToPause(AskToRest):
    """Open the form of a pause."""


class Rest(OnIncident):
    """Let reminders rest for a while; the promise and the cadence stay."""

    owners: ClassVar[bool] = True

    until: str = Field(min_length=1, max_length=LONGEST_TIME)  # as typed: a length or a time
    rests: Number | None = None  # until when they rested when the form was opened, in seconds; 0: not at all
    why: str = Field(min_length=1, max_length=LONGEST_REASON)


class Snooze(Rest):
    """Have the next nag later, once."""


class Pause(Rest):
    """Have no nags until a time, within a day; supervisors are told, and the end is a nag."""


class TypeRest(OnIncident):
    """Let reminders rest, as typed in one line; what is missing is asked for in the form."""

    owners: ClassVar[bool] = True

    line: str = Field(min_length=1, max_length=LONGEST_REASON)  # its number, its end and why


class TypeSnooze(TypeRest):
    """Snooze, as typed in one line."""


class TypePause(TypeRest):
    """Pause, as typed in one line."""


class Resume(OnIncident):
    """End a snooze or a pause: reminders come again as the promise says."""

    owners: ClassVar[bool] = True

    rests: Number | None = None  # as above, when the button was drawn


class AskToResolve(OnIncident):
    """Open the form of the last update."""

    owners: ClassVar[bool] = True
    reads: ClassVar[bool] = True


class Resolve(AboutIncident):
    """End an incident, with a last word to customers or without."""

    owners: ClassVar[bool] = True

    words: str = Field(default="", max_length=LONGEST)
    sent: bool = False  # customers have it
    where: str = Field(default="", max_length=LONGEST_PLACE)  # they read it
    ends: Number | None = None  # how often it had ended when the form was opened; none: it was typed
    anyway: bool = False  # though its words are doubtful


class Reopen(OnIncident):
    """Open a resolved incident again."""

    ended: Number = 0  # when it was resolved, in seconds, as the button knows it; 0: it was typed


class AskForCadences(Command):
    """Open the settings of incidents."""

    needs: ClassVar[Need] = Need.ADMIN
    reads: ClassVar[bool] = True


class ChangeCadences(Revision):
    """Change the settings of incidents: as typed, so that all that is wrong can be said at once."""

    needs: ClassVar[Need] = Need.ADMIN

    cadence_1: str = ""
    cadence_2: str = ""
    cadence_3: str = ""
    cadence_4: str = ""
    hours: str = ""
    places: Who = ""
    jargon: str = Field(default="", max_length=LONGEST_LIST)
    promises: str = Field(default="", max_length=LONGEST_LIST)


class Cadences(BaseModel):
    """Minutes between two updates, by severity."""

    cadence_1: int = Field(ge=5, le=1440)
    cadence_2: int = Field(ge=5, le=1440)
    cadence_3: int = Field(ge=5, le=2880)
    cadence_4: int = Field(ge=5, le=10080)


def insist_on_short(title: str, most: int = LONGEST_TITLE) -> str:
    """Let a title through that fits on one line."""
    if len(title) <= most:
        return title
    raise NotUnderstood(
        _("The incident wasn't opened."),
        _("Its title is longer than {most} characters.").format(most=LONGEST_TITLE),
        _("Say in one line what customers notice; the rest goes into the update."),
    )
