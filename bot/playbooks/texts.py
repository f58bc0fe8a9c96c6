"""The sentences around playbooks; what the steps say stands in the playbooks themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.cards.holder import hold_line
from bot.playbooks.commands import (
    AskToHold,
    Calm,
    ChooseWay,
    ComeBack,
    FinishRun,
    GoOn,
    ListOwnPlaybooks,
    StartRun,
    StepBack,
    TakeStep,
)
from bot.say.language import _
from bot.say.messages import Avoid, Button, Choice, Listing, Message, Say, Search, Section, Wait, text
from bot.store.content import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.handoffs.model import Hold
    from bot.playbooks.catalogue import Playbook, Step
    from bot.playbooks.model import Run
    from bot.playbooks.suggest import Suggestion
    from bot.say.messages import Part, Text


# --- finding one -------------------------------------------------------------------------------


def most_used(playbooks: Sequence[Playbook], go_on: Sequence[Part], *, own: bool) -> Message:
    """Offer the playbooks most used, a search, and the way to those of the team's own."""
    more = (Choice(buttons=(ListOwnPlaybooks().button(_("Playbooks of our own")),)),) if own else ()
    return Message.of(
        _("What is happening?"),
        *go_on,
        Search(label=_("In your own words, or paste what the customer wrote"), command=Calm.called()),
        Section(text=(_("Or start one of these:"),)),
        Listing(lines=tuple(map(_what_it_is_for, playbooks))),
        Choice(buttons=tuple(StartRun(playbook=one.id).button(one.title) for one in playbooks)),
        *more,
    )


def best_fit(playbooks: Sequence[Playbook], why: str, before: Sequence[Part], go_on: Sequence[Part]) -> Message:
    """Offer the playbook that fits, say why, show its first step, and name the others."""
    best, *others = playbooks
    parts: list[Part] = [
        *before,
        Section(text=text(_("It fits because you wrote “{words}”."), words=why), tone="quiet"),
        Section(text=(best.situation,)),
        Section(text=text(_("It begins with: **{title}**"), title=best.steps[0].title)),
        *step_parts(best.steps[0]),
        Choice(buttons=(StartRun(playbook=best.id).button(_("Start: {title}").format(title=best.title), "primary"),)),
    ]
    if others:
        parts.append(Section(text=(_("Or one of these:"),), tone="quiet"))
        parts.append(Listing(lines=tuple(map(_what_it_is_for, others))))
        parts.append(Choice(buttons=tuple(StartRun(playbook=one.id).button(one.title) for one in others)))
    return Message.of(best.title, *parts, *go_on)


def not_sure(playbooks: Sequence[Playbook], before: Sequence[Part], go_on: Sequence[Part]) -> Message:
    """Say that nothing fits for certain, and offer what may."""
    return Message.of(
        _("I am not sure which one fits"),
        *before,
        Section(text=(_("Tell me more in your own words, or start one of these:"),)),
        Search(label=_("What is happening?"), command=Calm.called()),
        Listing(lines=tuple(map(_what_it_is_for, playbooks))),
        Choice(buttons=tuple(StartRun(playbook=one.id).button(one.title) for one in playbooks)),
        *go_on,
    )


def _what_it_is_for(playbook: Playbook) -> Text:
    return text(_("**{title}**: {situation}"), title=playbook.title, situation=playbook.situation)


def go_on_parts(run: Run, playbook: Playbook, number: int, total: int) -> tuple[Part, ...]:
    """Offer to go on where somebody was."""
    return (
        Section(
            text=text(
                _("You are at step {number} of {total} of **{title}**."),
                number=number,
                total=total,
                title=playbook.title,
            )
        ),
        Choice(
            buttons=(
                GoOn(run=run.id).button(_("Go on at step {number}").format(number=number)),
                StartRun(playbook=playbook.id).button(_("Start over")),
            )
        ),
    )


def used_lately(playbooks: Sequence[Playbook]) -> tuple[Part, ...]:
    """Offer the playbooks somebody used last, and the way to any other."""
    again = tuple(StartRun(playbook=one.id).button(one.title) for one in playbooks)
    title = _("Playbooks you used last:") if playbooks else _("A customer who is hard to bear?")
    return (
        Section(text=(title,), tone="quiet"),
        Choice(buttons=(*again, Calm().button(_("Find a playbook"), "plain" if again else "primary"))),
    )


def did_you_mean(playbook: Playbook) -> Sequence[Part]:
    """Offer the playbook whose name was nearly typed."""
    return (
        Section(text=text(_("Did you mean the playbook **{title}**?"), title=playbook.title)),
        Choice(buttons=(StartRun(playbook=playbook.id).button(f"/calm {playbook.id}", "primary"),)),
    )


# --- walking through one -----------------------------------------------------------------------


def step_card(
    run: Run,
    playbook: Playbook,
    step: Step,
    place: tuple[int, int],
    *,
    hold: Hold | None,
    doable: Mapping[str, Callable[[], Button]],
    note: str = "",
) -> Message:
    """Show one step with what can be pressed."""
    parts: list[Part] = []
    if note:
        parts.append(Section(text=(note,), tone="quiet"))
    if hold is not None:
        parts.append(hold_line(hold))
        if hold.unreachable:
            parts.append(
                Section(
                    text=(_("I could not reach you in our direct chat: keep an eye on this clock."),), tone="warning"
                )
            )
    parts += step_parts(step)
    parts.append(Choice(buttons=tuple(_ways(run, step, hold, doable))))
    last = place[0] == place[1] and not step.choose
    parts.append(Choice(buttons=tuple(_walking(run, step, hold, last=last, does=step.do in doable))))
    if last:
        parts.append(Section(text=text(_("Source: {credit}"), credit=playbook.source.credit), tone="quiet"))
    return Message.of(
        step.title or playbook.title, *(part for part in parts if part != Choice(buttons=())), progress=place
    )


def step_parts(step: Step) -> list[Part]:
    """Write what a step says."""
    parts: list[Part] = []
    if step.instruct:
        parts.append(Section(text=text(step.instruct)))
    if step.wait:
        parts.append(Wait(pause=step.wait.pause, seconds=step.wait.seconds, text=text(step.wait.text)))
    parts += [Say(text=fill(sentence)) for sentence in step.say]
    parts += [Avoid(text=fill(avoid.text), why=text(avoid.why)) for avoid in step.avoid]
    return parts


def _ways(run: Run, step: Step, hold: Hold | None, doable: Mapping[str, Callable[[], Button]]) -> Iterator[Button]:
    here = {"run": run.id, "version": run.version}
    if does := step.do in doable:
        yield doable[step.do or ""]()
    for number, way in enumerate(step.choose[:5]):
        yield ChooseWay(**here, way=number).button(way.label, "primary" if number == 0 and not does else "plain")
    if step.hold == "start" and hold is None:
        yield AskToHold(**here).button(_("I asked them to hold"), "plain" if does else "primary")


def _walking(run: Run, step: Step, hold: Hold | None, *, last: bool, does: bool) -> Iterator[Button]:
    here = {"run": run.id, "version": run.version}
    if hold is not None:
        yield ComeBack(**here).button(_("I am back"), "primary" if step.hold == "end" else "plain")
    if not step.choose and not last:
        first = does or (step.hold == "start" and hold is None) or (step.hold == "end" and hold is not None)
        yield TakeStep(**here).button(_("Next"), "plain" if first else "primary")
    if len(run.path) > 1:
        yield StepBack(**here).button(_("Back"))
    yield FinishRun(**here).button(_("Done"), "primary" if last and not does else "plain")


def run_over(playbook: Playbook, hold: Sequence[Part]) -> Message:
    """Close a run; a hold that goes on is still to be ended."""
    return Message.of(
        _("The customer is still on hold") if hold else _("Well done. You kept your calm."),
        *hold,
        Section(
            text=text(_("**{title}** is finished. Take a breath before the next one."), title=playbook.title),
            tone="good",
        ),
        Choice(buttons=(Calm().button(_("Another playbook")), StartRun(playbook=playbook.id).button(_("Start over")))),
    )


def run_left(playbook: Playbook | None, hold: Sequence[Part]) -> Message:
    """Answer a button of a run that is over."""
    parts: list[Part] = [Section(text=(_("It was finished, or another one was started since."),), tone="quiet")]
    buttons = [Calm().button(_("Find a playbook"), "primary")]
    if playbook is not None:
        buttons.append(StartRun(playbook=playbook.id).button(_("Start over")))
    return Message.of(_("This run is over"), *hold, *parts, Choice(buttons=tuple(buttons)))


def old_card() -> str:
    """Say that somebody pressed a button of an old card."""
    return _("That button was from an earlier step. Here is where you are now.")


def broken_files(problems: Sequence[str]) -> Message:
    """Tell supervisors which files are broken; the others go on working."""
    return Message.of(
        _("A file among the playbooks cannot be read"),
        Section(text=(_("It is left out until its file is mended. All others work as usual."),), tone="warning"),
        Listing(lines=tuple((problem[:500],) for problem in problems[:10])),
        Section(text=text(_("Whoever runs Zanshin can check with `zanshin playbooks check`."))),
    )


def suggestion_why(suggestion: Suggestion) -> str:
    """Quote the words that decided, at a readable length."""
    return suggestion.why[:120]
