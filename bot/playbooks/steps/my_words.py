"""One's own sentences in a step, and what worked: a form behind one button, so that the card stays short."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playbooks.cards import my_words as cards
from bot.playbooks.cards import steps as step_cards
from bot.playbooks.commands import AskForMyWords, SaveMyWords
from bot.playbooks.steps.lines import mark_of
from bot.playbooks.steps.private import count_votes, keep_sentences, words_in_step
from bot.playbooks.steps.walking import Walking
from bot.playbooks.steps.wording import wordings_of
from bot.say.replies import OpenForm, Reply
from bot.work.work import Work


@dataclass(frozen=True)
class MyWords:
    """What agents write and tick beside a step."""

    walking: Walking

    def ask(self, command: AskForMyWords, work: Work) -> Reply:
        """Open the form for the step where a run stands."""
        run, playbook = self.walking.run_of(command.run, work)
        if playbook is None:
            return work.answer(step_cards.run_left(run, playbook, ()))
        step = playbook.step(run.path[-1])
        words = words_in_step(run.playbook, step, work)
        return OpenForm(form=cards.my_words_form(run, step, words, wordings_of(run, step, work, self.walking.times)))

    def save(self, command: SaveMyWords, work: Work) -> Reply:
        """Keep what was written, count what was ticked, and show the step as it reads from now on."""
        work.me()  # locked: two presses of one form at once write one sentence
        run, playbook = self.walking.run_of(command.run, work)
        if playbook is None or command.step not in {step.id for step in playbook.steps}:
            return work.answer(step_cards.run_left(run, playbook, ()))
        written = (" ".join(one.split()) for one in (command.mine_1, command.mine_2))
        keep_sentences(run.playbook, command.step, [one for one in written if one], work)
        ticks = (command.worked_1, command.worked_2, command.worked_3, command.worked_4)
        there = {mark_of(line) for line in playbook.step(command.step).say}
        ticked = {line: bool(tick) for line, tick in zip(command.lines.split(), ticks, strict=False) if line in there}
        count_votes(run.playbook, command.step, ticked, work)
        run.version += 1  # the card the form was opened from may still stand: a press on it shows what holds now
        work.session.flush()
        return work.answer(self.walking.card(run, playbook, work, note=cards.kept()))
