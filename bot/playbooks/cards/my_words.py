"""The form of one's own sentences, and of what worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.commands import LONGEST_SENTENCE, SaveMyWords
from bot.playbooks.steps.lines import SHOWN_MOST, Wordings, mark_of
from bot.playbooks.steps.private import MOST_OWN
from bot.say.language import _, ngettext
from bot.say.messages import Form, Input, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playbooks.catalogue import Step
    from bot.playbooks.model import Run
    from bot.playbooks.steps.private import WordsInStep


def my_words_form(run: Run, step: Step, words: WordsInStep, wordings: Wordings) -> Form:
    """Ask for them."""
    lines = wordings.in_order(step)[:SHOWN_MOST]
    hidden = {"run": str(run.id), "step": step.id, "lines": " ".join(map(mark_of, lines))}
    return Form(
        title=_("My words"),
        command=SaveMyWords.called(),
        fields=hidden,
        intro=(_("Your own sentences stand first in this step, for your eyes only."),),
        inputs=(*_own(words), *_worked(step, words, wordings)),
        submit=_("Save"),
    )


def _own(words: WordsInStep) -> Iterator[Input]:
    labels = (_("What I say here"), _("Or in other words"))
    for number in range(MOST_OWN):
        yield Input(
            name=f"mine_{number + 1}",
            label=labels[number],
            kind="lines",
            value=words.mine[number] if number < len(words.mine) else "",
            hint=_("Leave it empty to take it out. No names or details of customers, please.") if not number else "",
            required=False,
            max_length=LONGEST_SENTENCE,
        )


def _worked(step: Step, words: WordsInStep, wordings: Wordings) -> Iterator[Input]:
    for number, line in enumerate(wordings.in_order(step)[:SHOWN_MOST], 1):
        count = words.worked.get(mark_of(line), 0)
        yield Input(
            name=f"worked_{number}",
            label=_("It worked today: “{sentence}”").format(sentence=plain(wordings.say(line))),
            kind="tick",
            value="yes" if mark_of(line) in words.today else "",
            hint=ngettext("Worked {count} time lately.", "Worked {count} times lately.", count).format(count=count)
            if count
            else "",
            required=False,
        )


def kept() -> str:
    """Confirm it."""
    return _("Kept. What you wrote stands first, for your eyes only; what worked moves up for the team.")
