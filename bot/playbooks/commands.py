"""What can be asked about playbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from bot.commands import Command, Number, Phrase
from bot.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Calm(Command):
    """Find the playbook that fits these words; without words, show the ones most used."""

    reads: ClassVar[bool] = True

    words: str = ""


class StartRun(Command):
    """Start walking through a playbook."""

    playbook: str


class GoOn(Command):
    """Show the step where a run stands."""

    reads: ClassVar[bool] = True

    run: Number


class TakeStep(Command):
    """Go to the next step."""

    run: Number
    version: Number


class ChooseWay(Command):
    """Answer the question of a step."""

    run: Number
    version: Number
    way: Number


class StepBack(Command):
    """Go back to the step before."""

    run: Number
    version: Number


class AskToHold(Command):
    """Say "I asked them to hold": the clock starts, and the run goes on."""

    run: Number
    version: Number


class ComeBack(Command):
    """Say "I am back" on the card of a run: the clock stops."""

    run: Number
    version: Number


class FinishRun(Command):
    """End a run."""

    run: Number
    version: Number


def phrases(names: Mapping[str, str]) -> tuple[Phrase, ...]:
    """List how these are typed; `names` leads from ids and titles in small letters to the id."""

    def read_calm(words: str) -> Command:
        playbook = names.get(words.lower())
        return StartRun(playbook=playbook) if playbook else Calm(words=words)

    return (
        Phrase(
            starts="/calm",
            takes="[what is happening, or a playbook]",
            help=N_("Get the playbook that fits, for your eyes only."),
            read=read_calm,
            examples=("/calm", "/calm she keeps shouting at me", "/calm keep-calm"),
        ),
    )
