"""Finding a playbook and walking through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import bindparam, exists, select

from bot.directory.model import Person
from bot.errors import NotFound
from bot.handoffs.cards.calling import pressure_parts
from bot.handoffs.cards.holder import back_parts
from bot.handoffs.facts import running_hold
from bot.handoffs.holding import start_hold, stop_hold
from bot.handoffs.model import Hold
from bot.playbooks.answers.danger import answer_danger, cautions
from bot.playbooks.answers.fitting import CONSIDERED, OFFERED, fitting
from bot.playbooks.authoring.rules import rule_of
from bot.playbooks.cards import steps as step_cards
from bot.playbooks.cards import suggestions as suggestion_cards
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import (
    AskToHold,
    Calm,
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
from bot.playbooks.shelves.shelf import Books, Shelf
from bot.playbooks.steps import runs
from bot.playbooks.steps.wording import Times, english_of, wordings_of
from bot.playbooks.suggest import CRISIS, is_sure, nearly_named
from bot.playbooks.usage import Usage
from bot.safety.hearing import Danger
from bot.say.language import _, quoted
from bot.say.messages import Button, Message, Part
from bot.say.replies import Reply
from bot.typing.command import Need
from bot.typing.helping import asks_for_help
from bot.understanding.understood import Understood
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


LEFT_AFTER = timedelta(hours=12)  # a run that lies open for longer is over
LATELY = timedelta(hours=1)  # what may have been used with the customer somebody steps away from
FIRST_OFFERED = ("be-heard", "keep-calm", "restrain")  # until a team's own use says more
LOOKED_BACK = 20  # runs


# What most people have not: looked up in one go, and loaded only when it is there.
_AT_HAND = select(
    exists().where(Hold.person_id == bindparam("person"), Hold.ended_at.is_(None)),
    exists().where(Run.person_id == bindparam("person"), Run.state == RunState.OPEN),
)


_OPEN_RUN = (
    select(Run).where(Run.person_id == bindparam("person"), Run.state == RunState.OPEN).order_by(Run.id.desc()).limit(1)
)


class _OnRun(Protocol):
    """A command on a run, from a card drawn in some version of it."""

    @property
    def run(self) -> int: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True)
class Library:
    """The playbooks of everybody, and the buttons of what a step can start."""

    shelf: Shelf
    doable: Mapping[str, Callable[[], Button]]
    heated: Callable[[Work], None] = lambda _work: None  # hears that somebody typed heated words
    news: Callable[[str, Work], Sequence[Part]] = lambda _words, _work: ()  # what a customer who asks when can be told
    times: Times = lambda _work: {}  # what the open incident says of time
    _usage: Usage = field(default_factory=Usage)

    def calm(self, command: Calm, work: Work) -> Reply:
        """Find the playbook that fits; words of danger get the safety card, and are never ranked."""
        told = work.thoughts.of(command.words, Understood).before_it_takes_time(work.step_aside)
        danger = told.heard.danger
        if told.is_abusive and danger in (None, Danger.THREAT):  # what else tells of danger is counted nowhere
            self.heated(work)
        if danger:
            return answer_danger(danger, work)
        books = self._books(work)
        held, in_run = self._at_hand(work)
        hold = self._hold_parts(work) if held else ()
        go_on = self._offer_to_go_on(work) if in_run else ()
        usual = self._most_used(work)
        if not usual:
            raise NotFound(
                _("There are no playbooks."), _("None could be read."), _("Ask whoever runs Zanshin to check them.")
            )
        if not command.words or asks_for_help(command.words):
            writes = may(work.actor, Need.SUPERVISOR) or books.own
            return work.answer(suggestion_cards.most_used(usual, (*hold, *go_on), own=writes))
        near = nearly_named(command.words, books.catalogue)
        pressure = pressure_parts() if told.heard.is_pressure else ()
        before = (*cautions(told), *suggestion_cards.heat_parts(told.heat), *hold, *pressure)
        found = books.suggester.at_once(command.words, CONSIDERED, told.glance)
        if found is None:
            work.step_aside()
            found = books.suggester.rank(command.words, CONSIDERED, told.glance)
        sure = is_sure(found) and books.catalogue.playbooks[found[0].playbook_id] is near
        meant = () if near is None or sure else suggestion_cards.did_you_mean(near)
        before = (*before, *meant, *self.news(command.words, work))
        english = partial(english_of, work)
        return work.answer(
            fitting(told, books, found, usual, (before, go_on), english=english, step_aside=work.step_aside)
        )

    def _at_hand(self, work: Work) -> tuple[bool, bool]:
        """Say whether somebody keeps a customer on hold, and whether a run of theirs is open."""
        me = work.actor.person_id
        held, in_run = work.recall(("at hand", me), lambda: work.session.execute(_AT_HAND, {"person": me}).one())
        return held, in_run

    def _books(self, work: Work) -> Books:
        return self.shelf.of(work)

    def _hold_parts(self, work: Work) -> tuple[Part, ...]:
        hold = running_hold(work.session, work.actor.person_id)
        return back_parts(hold) if hold is not None else ()

    def start(self, command: StartRun, work: Work) -> Reply:
        """Start a run; the one that was open is left."""
        catalogue = self._books(work).catalogue
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
        self._usage.changed(work.actor.organisation_id)
        return work.answer(self.card(run, playbook, work))

    def go_on(self, command: GoOn, work: Work) -> Reply:
        """Show where a run stands."""
        run = self._own_run(command.run, work)
        playbook = self._playbook(run, work)
        if playbook is None or run.state != RunState.OPEN:
            return work.answer(step_cards.run_left(run, playbook, self._hold_parts(work)))
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

    def used_lately(self, work: Work, person_id: int) -> list[str]:
        """Name the playbooks somebody has used within the last hour; who was in danger is nobody's business."""
        lately = select(Run.playbook).where(Run.person_id == person_id, Run.started_at > work.now - LATELY)
        rows = work.session.scalars(lately.order_by(Run.id)).all()
        playbooks = self._books(work).catalogue.playbooks if rows else {}
        return [playbooks[name].title for name in dict.fromkeys(rows) if name in playbooks and name != CRISIS]

    def on_home(self, work: Work, viewer: Person) -> list[Part]:
        """Show the run somebody is in, and the playbooks they used last."""
        rows = work.session.scalars(
            select(Run).where(Run.person_id == viewer.id).order_by(Run.id.desc()).limit(LOOKED_BACK)
        ).all()
        playbooks = self._books(work).catalogue.playbooks
        open_run = next((run for run in rows if run.state == RunState.OPEN), None)
        playbook = self._playbook(open_run, work) if open_run is not None else None
        parts: list[Part] = []
        if open_run is not None and playbook is not None:
            parts += suggestion_cards.go_on_parts(open_run, playbook, *runs.position(playbook, tuple(open_run.path)))
        names = [name for name in dict.fromkeys(run.playbook for run in rows) if name in playbooks and name != CRISIS]
        return [*parts, *suggestion_cards.used_lately([playbooks[name] for name in names[:OFFERED]])]

    # --- shared by the above --------------------------------------------------------------------

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
        playbook = self._playbook(run, work)
        if playbook is None or run.state != RunState.OPEN:
            return work.answer(step_cards.run_left(run, playbook, self._hold_parts(work)))
        if run.version != command.version:
            return work.answer(self.card(run, playbook, work, note=step_cards.old_card()))
        run.version += 1
        run.next_due_at = work.now + LEFT_AFTER
        return change(run, playbook)

    def _finish(self, run: Run, playbook: Playbook, work: Work, *, whole: bool = False) -> Reply:
        step = playbook.step(run.path[-1])
        over = runs.after(playbook, step.id) is None or runs.ends_first_aid(playbook, step.id)
        whole = whole or (over and not step.choose)
        _end(run, RunState.DONE)
        return work.answer(step_cards.run_over(playbook, self._hold_parts(work), whole=whole))

    def run_of(self, run_id: int, work: Work) -> tuple[Run, Playbook | None]:
        """Find a run of whoever asks, and its playbook as long as the run fits it and goes on."""
        run = self._own_run(run_id, work)
        return run, self._playbook(run, work) if run.state == RunState.OPEN else None

    def _own_run(self, run_id: int, work: Work) -> Run:
        run = work.find(Run, run_id, _("This run"))
        if run.person_id != work.actor.person_id:
            # Said as if it were not there: only its owner sees a run.
            return work.find(Run, None, _("This run"))
        return run

    def _playbook(self, run: Run, work: Work) -> Playbook | None:
        """Find the playbook of a run, unless it was changed so that the run no longer fits it."""
        playbook = self._books(work).catalogue.playbooks.get(run.playbook)
        if playbook is None or not {step.id for step in playbook.steps}.issuperset(run.path):
            return None
        return playbook

    def card(self, run: Run, playbook: Playbook, work: Work, note: str = "") -> Message:
        """Show the step where a run stands."""
        step = playbook.step(run.path[-1])
        return step_cards.step_card(
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

    def _offer_to_go_on(self, work: Work) -> tuple[Part, ...]:
        run = work.session.scalar(_OPEN_RUN, {"person": work.actor.person_id})
        playbook = self._playbook(run, work) if run else None
        if run is None or playbook is None:
            return ()
        return suggestion_cards.go_on_parts(run, playbook, *runs.position(playbook, tuple(run.path)))

    def _most_used(self, work: Work) -> list[Playbook]:
        playbooks = self._books(work).catalogue.playbooks
        names = dict.fromkeys((*self._usage.most_used(work), *FIRST_OFFERED, *playbooks))  # danger is never among them
        return list(islice((playbooks[name] for name in names if name in playbooks and name != CRISIS), OFFERED))


def _end(run: Run, state: RunState) -> None:
    run.state, run.next_due_at = state, None


def leave(runs_: Sequence[Run], _work: Work) -> None:
    """Let go of runs that have lain open for too long."""
    for run in runs_:
        _end(run, RunState.LEFT)
