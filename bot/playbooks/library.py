"""Finding the playbook that fits, and those that were used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, select

from bot.directory.model import Person
from bot.errors import NotFound
from bot.handoffs.cards.calling import pressure_parts
from bot.handoffs.model import Hold
from bot.people.cards import talk as talk_cards
from bot.playbooks.answers.danger import answer_danger, cautions
from bot.playbooks.answers.fitting import CONSIDERED, OFFERED, fitting
from bot.playbooks.cards import suggestions as suggestion_cards
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import Calm
from bot.playbooks.model import Run, RunState
from bot.playbooks.shelves.guards import is_good, is_inside
from bot.playbooks.steps import runs
from bot.playbooks.steps.walking import Walking, hold_parts
from bot.playbooks.steps.wording import english_of
from bot.playbooks.suggest import CRISIS, is_sure, nearly_named
from bot.safety.hearing import Danger
from bot.say.language import _
from bot.say.messages import Part
from bot.say.replies import Reply
from bot.typing.command import Need
from bot.typing.helping import asks_for_all, asks_for_help
from bot.typing.small_talk import talk_in
from bot.understanding.understood import Understood
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.playbooks.shelves.shelf import Books

LATELY = timedelta(hours=1)  # what may have been used with the customer somebody steps away from
FIRST_OFFERED = ("be-heard", "keep-calm", "restrain")  # until a team's own use says more
LOOKED_BACK = 20  # runs

# A playbook that was only looked at would stand under every card: of those changed since, one is offered.
_BEGUN = (Run.person_id == bindparam("person"), Run.state == RunState.OPEN, Run.version > 1)
# What most people have not: looked up in one go, and loaded only when it is there.
_AT_HAND = select(
    exists().where(Hold.person_id == bindparam("person"), Hold.ended_at.is_(None)),
    exists().where(*_BEGUN),
)
_OPEN_RUN = select(Run).where(*_BEGUN).order_by(Run.id.desc()).limit(1)


@dataclass(frozen=True)
class Library:
    """The playbooks of everybody."""

    walking: Walking
    heated: Callable[[Work], None] = lambda _work: None  # hears that somebody typed heated words
    news: Callable[[str, Work], Sequence[Part]] = lambda _words, _work: ()  # what a customer who asks when can be told

    def calm(self, command: Calm, work: Work) -> Reply:
        """Find the playbook that fits; words of danger get the safety card, and are never ranked."""
        told = work.thoughts.of(command.words, Understood).before_it_takes_time(work.step_aside)
        danger = told.heard.danger
        if told.is_abusive and (
            danger is None or danger.broad is Danger.THREAT
        ):  # what else tells of danger is counted nowhere
            self.heated(work)
        if danger:
            return answer_danger(danger, work)
        if talk := talk_in(command.words):
            return work.answer(talk_cards.answer_to(talk))
        books = self._books(work)
        held, in_run = self._at_hand(work)
        hold = hold_parts(work) if held else ()
        go_on = self._offer_to_go_on(work) if in_run else ()
        usual = self._most_used(work)
        if not usual:
            raise NotFound(
                _("There are no playbooks."), _("None could be read."), _("Ask whoever runs Zanshin to check them.")
            )
        if asks_for_all(command.words):
            return work.answer(suggestion_cards.every_one(tuple(books.catalogue.playbooks.values())))
        if not command.words or asks_for_help(command.words):
            writes = may(work.actor, Need.SUPERVISOR) or books.own
            return work.answer(suggestion_cards.most_used(usual, (*hold, *go_on), own=writes))
        near = nearly_named(command.words, books.catalogue)
        pressure = pressure_parts() if told.heard.is_pressure and not is_good(command.words) else ()
        before = (*hold, *pressure)
        if not is_good(command.words):
            heat = suggestion_cards.heat_parts(told.heat, may_end=not is_inside(command.words))
            before = (*cautions(told), *heat, *before)
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
        return self.walking.shelf.of(work)

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
        playbook = self.walking.playbook_of(open_run, work) if open_run is not None else None
        parts: list[Part] = []
        if open_run is not None and playbook is not None:
            parts += suggestion_cards.go_on_parts(open_run, playbook, *runs.position(playbook, tuple(open_run.path)))
        names = [name for name in dict.fromkeys(run.playbook for run in rows) if name in playbooks and name != CRISIS]
        return [*parts, *suggestion_cards.used_lately([playbooks[name] for name in names[:OFFERED]])]

    def _offer_to_go_on(self, work: Work) -> tuple[Part, ...]:
        run = work.session.scalar(_OPEN_RUN, {"person": work.actor.person_id})
        playbook = self.walking.playbook_of(run, work) if run else None
        if run is None or playbook is None:
            return ()
        return suggestion_cards.go_on_parts(run, playbook, *runs.position(playbook, tuple(run.path)))

    def _most_used(self, work: Work) -> list[Playbook]:
        playbooks = self._books(work).catalogue.playbooks
        used = self.walking.usage.most_used(work)  # danger is never among them
        names = dict.fromkeys((*used, *FIRST_OFFERED, *playbooks))
        return list(islice((playbooks[name] for name in names if name in playbooks and name != CRISIS), OFFERED))
