"""A playbook while somebody walks through it: its steps, the ways on, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.cards.holder import hold_began
from bot.handoffs.model import Hold
from bot.playbooks.cards.rules import rule_parts
from bot.playbooks.catalogue import Playbook, Step
from bot.playbooks.commands import (
    AskForMyWords,
    AskToHold,
    Calm,
    ChooseChannel,
    ChooseWay,
    ComeBack,
    FinishRun,
    StartRun,
    StepBack,
    TakeStep,
)
from bot.playbooks.model import HouseRule, Run, RunState
from bot.playbooks.steps import runs
from bot.playbooks.steps.lines import Wordings, channels_of
from bot.playbooks.suggest import CRISIS
from bot.say.language import _
from bot.say.messages import Avoid, Button, Choice, Message, Part, Say, Section, Wait, text
from bot.store.content import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


AS_SPOKEN = Wordings()


def step_card(
    run: Run,
    playbook: Playbook,
    step: Step,
    place: tuple[int, int],
    *,
    hold: Hold | None,
    doable: Mapping[str, Callable[[], Button]],
    wordings: Wordings = AS_SPOKEN,
    rule: HouseRule | None = None,
    note: str = "",
) -> Message:
    """Show one step with what can be pressed."""
    parts: list[Part] = []
    if note:
        parts.append(Section(text=(note,), tone="quiet"))
    if hold is not None:
        parts.append(hold_began(hold))
        if hold.unreachable:
            parts.append(
                Section(
                    text=(_("I couldn't reach you in our direct chat: keep an eye on this clock."),), tone="warning"
                )
            )
    if step.id in playbook.afterwards:
        parts.append(Section(text=(_("After the call"),), tone="quiet"))
    parts += step_parts(step, wordings, rule)
    parts.append(Choice(buttons=tuple(_wordings(run, step))))
    parts.append(Choice(buttons=tuple(_ways(run, step, hold, doable))))
    last = runs.after(playbook, step.id) is None and not step.choose
    on = None if last or step.choose else _("After the call") if runs.ends_first_aid(playbook, step.id) else _("Next")
    parts.append(Choice(buttons=tuple(_walking(run, step, hold, on=on, last=last, does=step.do in doable))))
    if last:
        parts.append(Section(text=text(_("Source: {credit}"), credit=playbook.source.credit), tone="quiet"))
    return Message.of(
        step.title or playbook.title, *(part for part in parts if part != Choice(buttons=())), progress=place
    )


def step_parts(step: Step, wordings: Wordings = AS_SPOKEN, rule: HouseRule | None = None) -> list[Part]:
    """Write what a step says."""
    parts: list[Part] = []
    if step.instruct:
        parts.append(Section(text=text(step.instruct)))
    if step.wait:
        parts.append(Wait(pause=step.wait.pause, seconds=step.wait.seconds, text=text(step.wait.text)))
    parts += rule_parts(step, rule)
    parts += [Say(text=said) for said in wordings.sentences(step)]
    parts += [Avoid(text=fill(avoid.text), why=text(avoid.why)) for avoid in step.avoid]
    return parts


def _wordings(run: Run, step: Step) -> Iterator[Button]:
    labels = {"spoken": _("To say aloud"), "chat": _("For chat"), "email": _("For e-mail")}
    for channel in channels_of(step):
        if channel != run.channel:
            yield ChooseChannel(run=run.id, version=run.version, channel=channel).button(labels[channel])
    if step.say and run.playbook != CRISIS:
        yield AskForMyWords(run=run.id).button(_("My words"))


def _ways(run: Run, step: Step, hold: Hold | None, doable: Mapping[str, Callable[[], Button]]) -> Iterator[Button]:
    here = {"run": run.id, "version": run.version}
    if does := step.do in doable:
        yield doable[step.do or ""]()
    for number, way in enumerate(step.choose[:5]):
        yield ChooseWay(**here, way=number).button(way.label, "primary" if number == 0 and not does else "plain")
    if step.hold == "start" and hold is None:
        yield AskToHold(**here).button(_("I asked them to hold"), "plain" if does else "primary")


def _walking(run: Run, step: Step, hold: Hold | None, *, on: str | None, last: bool, does: bool) -> Iterator[Button]:
    here = {"run": run.id, "version": run.version}
    if hold is not None:
        yield ComeBack(**here).button(_("I'm back"), "primary" if step.hold == "end" else "plain")
    if on is not None:
        first = does or (step.hold == "start" and hold is None) or (step.hold == "end" and hold is not None)
        yield TakeStep(**here).button(on, "plain" if first else "primary")
    if len(run.path) > 1:
        yield StepBack(**here).button(_("Back"))
    if last:
        yield FinishRun(**here).button(_("Done"), "plain" if does else "primary")
    else:
        yield FinishRun(**here).button(_("Stop here"))


def run_over(playbook: Playbook, hold: Sequence[Part], *, whole: bool) -> Message:
    """Close a run, walked to its end or left before; a hold that goes on is still to be ended."""
    title = _("That was the last step") if whole else _("You stopped here")
    line = (
        _("**{title}** is finished. Thank you for seeing it through. Take a breath before the next one.")
        if whole
        else _("**{title}** is closed. Start it over whenever it helps.")
    )
    return Message.of(
        _("Go back to the customer first") if hold else title,
        *hold,
        Section(text=text(line, title=playbook.title), tone="good" if whole else "quiet"),
        Choice(buttons=(Calm().button(_("Another playbook")), StartRun(playbook=playbook.id).button(_("Start over")))),
    )


def run_left(run: Run, playbook: Playbook | None, hold: Sequence[Part]) -> Message:
    """Answer a button of a run that is over."""
    why = (
        _("Its playbook was changed, retired or removed since.")
        if run.state == RunState.OPEN
        else _("It was finished, or another one was started since.")
    )
    parts: list[Part] = [Section(text=(why,), tone="quiet")]
    buttons = [Calm().button(_("Find a playbook"), "primary")]
    if playbook is not None:
        buttons.append(StartRun(playbook=playbook.id).button(_("Start over")))
    return Message.of(_("This run is over"), *hold, *parts, Choice(buttons=tuple(buttons)))


def old_card() -> str:
    """Say that somebody pressed a button of an old card."""
    return _("That button was from an earlier step. Here is where you are now.")
