"""Walking through a playbook: a run, from its start to its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import select

from bot.errors import NotFound
from bot.handoffs.cards.holder import back_parts
from bot.handoffs.facts import running_hold
from bot.handoffs.holding import start_hold, stop_hold
from bot.playbooks.authoring.rules import rule_of
from bot.playbooks.cards import steps as cards
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import (
    AskToHold,
    ChooseChannel,
    ChooseWay,
    ComeBack,
    FinishRun,
    GoOn,
    StartRun,
    StepBack,
    TakeStep,
)
from bot.playbooks.model import Run, RunState
from bot.playbooks.shelves.shelf import Shelf
from bot.playbooks.steps import runs
from bot.playbooks.steps.wording import Times, wordings_of
from bot.playbooks.usage import Usage
from bot.say.language import _, quoted
from bot.say.messages import Button, Message, Part
from bot.say.replies import Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LEFT_AFTER = timedelta(hours=12)  # a run that lies open for longer is over


class _OnRun(Protocol):
    """A command on a run, from a card drawn in some version of it."""

    @property
    def run(self) -> int: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True)
class Walking:
    """The runs of everybody, and the buttons of what a step can start."""

    shelf: Shelf
    doable: Mapping[str, Callable[[], Button]]
    times: Times = lambda _work: {}  # what the open incident says of time
    usage: Usage = field(default_factory=Usage)

    def start(self, command: StartRun, work: Work) -> Reply:
        """Start a run; the one that was open is left."""
        catalogue = self.shelf.of(work).catalogue
        playbook = catalogue.playbooks.get(command.playbook)
        if playbook is None:
            near = catalogue.nearest(command.playbook)
            button = (StartRun(playbook=near).button(f"/calm {near}", "primary"),) if near else ()
            raise NotFound(
                _("There's no playbook {name}.").format(name=quoted(command.playbook[:60])),
                _("Its name may have changed, or its file can't be read just now."),
                _("Is it this one?") if near else _("Type `/calm` to see what there is."),
                button,
            )
        work.me()  # locked: two presses at once leave one run open
        latest = self._latest_run(work)
        if latest is not None and latest.state == RunState.OPEN:
            if (latest.playbook, latest.path) == (playbook.id, [runs.first(playbook, command.at)]):
                return work.answer(self.card(latest, playbook, work))  # pressed twice, it has just begun
            _end(latest, RunState.LEFT)
        run = Run(
            organisation_id=work.actor.organisation_id,
            person_id=work.actor.person_id,
            playbook=playbook.id,
            path=[runs.first(playbook, command.at)],
            channel=latest.channel if latest is not None else "spoken",
            version=1,
            state=RunState.OPEN,
            started_at=work.now,
            next_due_at=work.now + LEFT_AFTER,
        )
        work.session.add(run)
        work.session.flush()
        self.usage.changed(work.actor.organisation_id)
        return work.answer(self.card(run, playbook, work))

    def go_on(self, command: GoOn, work: Work) -> Reply:
        """Show where a run stands."""
        run = self._own_run(command.run, work)
        playbook = self.playbook_of(run, work)
        if playbook is None or run.state != RunState.OPEN:
            return work.answer(cards.run_left(run, playbook, hold_parts(work)))
        return work.answer(self.card(run, playbook, work))

    def take_step(self, command: TakeStep, work: Work) -> Reply:
        """Go to the next step, or finish after the last one."""
        return self._move(command, work, runs.after)

    def choose_way(self, command: ChooseWay, work: Work) -> Reply:
        """Go where the answer leads."""
        return self._move(command, work, lambda playbook, step: runs.choose(playbook, step, command.way))

    def choose_channel(self, command: ChooseChannel, work: Work) -> Reply:
        """Word the sentences for the way somebody speaks with the customer, here and in the next runs."""

        def choose(run: Run, playbook: Playbook) -> Reply:
            run.channel = command.channel
            return work.answer(self.card(run, playbook, work))

        return self._change(command, work, choose)

    def step_back(self, command: StepBack, work: Work) -> Reply:
        """Go back one step."""

        def back(run: Run, playbook: Playbook) -> Reply:
            run.path = list(runs.back(tuple(run.path)))
            return work.answer(self.card(run, playbook, work))

        return self._change(command, work, back)

    def ask_to_hold(self, command: AskToHold, work: Work) -> Reply:
        """Start the clock of the hold, and go on."""
        return self._move(command, work, runs.after, first=lambda: start_hold(work))

    def come_back(self, command: ComeBack, work: Work) -> Reply:
        """Stop the clock of the hold; at the step that says so, go on as well."""

        def back(run: Run, playbook: Playbook) -> Reply:
            if hold := running_hold(work.session, work.actor.person_id):
                stop_hold(work, hold)
            return work.answer(self.card(run, playbook, work))

        return self._change(command, work, back)

    def finish(self, command: FinishRun, work: Work) -> Reply:
        """End a run. A hold that is going on goes on: the customer still waits."""
        return self._change(command, work, lambda run, playbook: self._finish(run, playbook, work))

    def _move(
        self,
        command: _OnRun,
        work: Work,
        where: Callable[[Playbook, str], str | None],
        first: Callable[[], object] = lambda: None,
    ) -> Reply:
        def move(run: Run, playbook: Playbook) -> Reply:
            first()
            following = where(playbook, run.path[-1])
            if following is None:
                return self._finish(run, playbook, work, whole=True)
            run.path = [*run.path, following]
            return work.answer(self.card(run, playbook, work))

        return self._change(command, work, move)

    def _change(self, command: _OnRun, work: Work, change: Callable[[Run, Playbook], Reply]) -> Reply:
        """Change a run, unless the card pressed was an old one: then show what holds now."""
        run = self._own_run(command.run, work)
        playbook = self.playbook_of(run, work)
        if playbook is None or run.state != RunState.OPEN:
            return work.answer(cards.run_left(run, playbook, hold_parts(work)))
        if run.version != command.version:
            return work.answer(self.card(run, playbook, work, note=cards.old_card()))
        run.version += 1
        run.next_due_at = work.now + LEFT_AFTER
        return change(run, playbook)

    def _finish(self, run: Run, playbook: Playbook, work: Work, *, whole: bool = False) -> Reply:
        step = playbook.step(run.path[-1])
        over = runs.after(playbook, step.id) is None or runs.ends_first_aid(playbook, step.id)
        whole = whole or (over and not step.choose)
        _end(run, RunState.DONE)
        return work.answer(cards.run_over(playbook, hold_parts(work), whole=whole))

    def run_of(self, run_id: int, work: Work) -> tuple[Run, Playbook | None]:
        """Find a run of whoever asks, and its playbook as long as the run fits it and goes on."""
        run = self._own_run(run_id, work)
        return run, self.playbook_of(run, work) if run.state == RunState.OPEN else None

    def _own_run(self, run_id: int, work: Work) -> Run:
        run = work.find(Run, run_id, _("This run"))
        if run.person_id != work.actor.person_id:
            # Said as if it were not there: only its owner sees a run.
            return work.find(Run, None, _("This run"))
        return run

    def playbook_of(self, run: Run, work: Work) -> Playbook | None:
        """Find the playbook of a run, unless it was changed so that the run no longer fits it."""
        playbook = self.shelf.of(work).catalogue.playbooks.get(run.playbook)
        if playbook is None or not {step.id for step in playbook.steps}.issuperset(run.path):
            return None
        return playbook

    def card(self, run: Run, playbook: Playbook, work: Work, note: str = "") -> Message:
        """Show the step where a run stands."""
        step = playbook.step(run.path[-1])
        return cards.step_card(
            run,
            playbook,
            step,
            runs.position(playbook, tuple(run.path)),
            hold=running_hold(work.session, work.actor.person_id),
            doable=self.doable,
            wordings=wordings_of(run, step, work, self.times),
            rule=rule_of(playbook.id, work) if step.rule else None,
            note=note,
        )

    def _latest_run(self, work: Work) -> Run | None:
        mine = select(Run).where(Run.person_id == work.actor.person_id).order_by(Run.id.desc()).limit(1)
        return work.session.scalar(mine.with_for_update())


def hold_parts(work: Work) -> tuple[Part, ...]:
    """Show that a customer of theirs waits on hold."""
    hold = running_hold(work.session, work.actor.person_id)
    return back_parts(hold) if hold is not None else ()


def _end(run: Run, state: RunState) -> None:
    run.state, run.next_due_at = state, None


def leave(runs_: Sequence[Run], _work: Work) -> None:
    """Let go of runs that have lain open for too long."""
    for run in runs_:
        _end(run, RunState.LEFT)
