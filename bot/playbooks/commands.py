"""What can be asked about playbooks."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from bot.typing.command import Command, Need, Number, Wording

LONGEST_FILE = 12_000  # characters
LONGEST_SENTENCE = 300


class Calm(Command):
    """Find the playbook that fits these words; without words, show the ones most used."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True

    words: str = ""


class FindSentences(Command):
    """Find sentences to say to a customer."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True

    words: str = ""


class StartRun(Command):
    """Start walking through a playbook."""

    needs: ClassVar[Need] = Need.NOTHING

    playbook: str
    instead_of: str = ""  # the one that was offered first, where this one is chosen in its place
    at: str | None = None  # the step to begin with, where it is known already what the first ones ask


class DidNotFit(Command):
    """Say that the playbook offered first was none for this."""

    needs: ClassVar[Need] = Need.NOTHING

    playbook: str
    next_ones: str = ""  # what may have fitted as well, with spaces between


class GoOn(Command):
    """Show the step where a run stands."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True

    run: Number


class TakeStep(Command):
    """Go to the next step."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    version: Number


class ChooseWay(Command):
    """Answer the question of a step."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    version: Number
    way: Number


class StepBack(Command):
    """Go back to the step before."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    version: Number


class ChooseChannel(Command):
    """Say how one speaks with the customer: sentences are worded for it."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    version: Number
    channel: Literal["spoken", "chat", "email"]


class AskToHold(Command):
    """Say "I asked them to hold": the clock starts, and the run goes on."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    version: Number


class ComeBack(Command):
    """Say "I am back" on the card of a run: the clock stops."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    version: Number


class AskForMyWords(Command):
    """Open the form of one's own sentences in a step, and of what worked."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True

    run: Number


class SaveMyWords(Command):
    """Keep one's own sentences of a step, for oneself alone, and count what worked."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    step: str = Field(max_length=40)
    lines: str = Field(default="", max_length=200)  # which sentences were asked about, with spaces between
    mine_1: str = Field(default="", max_length=LONGEST_SENTENCE)
    mine_2: str = Field(default="", max_length=LONGEST_SENTENCE)
    worked_1: str = ""
    worked_2: str = ""
    worked_3: str = ""
    worked_4: str = ""


class FinishRun(Command):
    """End a run."""

    needs: ClassVar[Need] = Need.NOTHING

    run: Number
    version: Number


class ListRules(Command):
    """Show which playbooks have a place for a rule of our own, and what stands there."""

    reads: ClassVar[bool] = True
    needs: ClassVar[Need] = Need.SUPERVISOR


class WriteRule(Command):
    """Open the form of a playbook's rule."""

    reads: ClassVar[bool] = True
    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: str


class SaveRule(Command):
    """Keep a rule as it was written; an empty one is none."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: str
    version: Number = 0  # in which the form was opened
    text: str = Field(default="", max_length=300)


class ListOwnPlaybooks(Command):
    """Show the playbooks the team has written for itself."""

    reads: ClassVar[bool] = True
    needs: ClassVar[Need] = Need.TEAM


class WritePlaybook(Command):
    """Open the form of a new playbook."""

    reads: ClassVar[bool] = True
    needs: ClassVar[Need] = Need.SUPERVISOR


class EditPlaybook(Command):
    """Open the form of a playbook of our own."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number


class SavePlaybook(Command):
    """Keep a playbook as it was written."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number | None = None  # none: a new one
    version: Number = 0  # in which the form was opened
    title: Wording = Field(min_length=2, max_length=60)
    situation: Wording = Field(min_length=2, max_length=400)
    words: str = Field(max_length=6000)  # more than the form takes: a file may be long
    steps: str = Field(max_length=LONGEST_FILE)  # typed by hand, or a whole file
    why: str = Field(default="", max_length=300)  # what was changed, and why


class ShowFile(Command):
    """Open a playbook as a file, to copy it, or to change it so; without one, to paste one."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    playbook: str = Field(default="", max_length=40)  # as runs name it


class SaveFile(Command):
    """Keep a playbook as a file says it."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number | None = None  # none: a new one
    version: Number = 0
    file: str = Field(max_length=LONGEST_FILE)
    file_2: str = Field(default="", max_length=LONGEST_FILE)
    file_3: str = Field(default="", max_length=LONGEST_FILE)
    file_4: str = Field(default="", max_length=LONGEST_FILE)
    why: str = Field(default="", max_length=300)


class PublishVersion(Command):
    """Have the team read a version that somebody else has written."""

    needs: ClassVar[Need] = Need.TEAM  # who of the team, says bot/playbooks/authoring/publishing.py

    version: Number


class AskToDeclineVersion(Command):
    """Open the form that sends a version back."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    version: Number


class DeclineVersion(Command):
    """Send a version back to its author."""

    needs: ClassVar[Need] = Need.TEAM

    version: Number
    answer: str = Field(min_length=2, max_length=500)


class PreviewVersion(Command):
    """Look at a version as an agent sees it."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    version: Number
    step: Number = 0


class ShowVersions(Command):
    """Show who wrote what of a playbook, and why."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    playbook: Number


class RestoreVersion(Command):
    """Propose an earlier version once more."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    version: Number
    latest: Number = 0  # the number of the newest when the list was drawn


class StillRight(Command):
    """Say that a playbook still holds."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number


class AskToCopyPlaybook(Command):
    """Show which playbooks there are to begin with."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True


class CopyPlaybook(Command):
    """Open the form of a new playbook, filled with one of those that came with the program."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    playbook: str = Field(max_length=40)


class RetirePlaybook(Command):
    """Have nobody find a playbook any more; it is kept."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number


class BringBackPlaybook(Command):
    """Have a retired playbook found again."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number


class AskToRemovePlaybook(Command):
    """Ask whether a playbook may go."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number


class RemovePlaybook(Command):
    """Remove a playbook for good, as it was when that was asked."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    playbook: Number
    drawn: Number = 0  # its version then
