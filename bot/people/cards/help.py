"""What whoever asks for help reads: five jobs, and everything that can be typed for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.people.cards.kept import kept_button
from bot.people.commands import FIRST_TOPICS, HELP_TOPICS, AskForSettings, Help, HelpTopic, ListTeam, Status
from bot.say.language import N_, _
from bot.say.messages import Button, Choice, Listing, Message, Section, text
from bot.typing.grammar import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, kw_only=True)
class Job:
    """One of the jobs people come for, and which typed words belong to it."""

    label: str  # fits a button
    typed: str = ""  # what to type first, on the card of all jobs
    helps: str = ""
    begins: tuple[str, ...] = ()  # how its phrases begin; what no job claims belongs to the last one
    buttons: Callable[[], tuple[Button, ...]] = tuple


def _more(topic: HelpTopic) -> Button:
    return Help(topic=topic).button(_(JOBS[topic].label))


JOBS: dict[HelpTopic, Job] = {
    "calm": Job(
        label=N_("An angry customer"),
        typed=N_("/calm she keeps shouting"),
        helps=N_("words that help, right now."),
        begins=("/calm",),
        buttons=lambda: (Button(label=_("Find a playbook"), command="calm", style="primary"),),
    ),
    "recuse": Job(
        label=N_("Step out of a case"),
        typed="/recuse CASE-42",
        helps=N_("a colleague takes it over."),
        begins=("/recuse",),
        buttons=lambda: (Button(label=_("Find somebody to take over"), command="recuse", style="primary"),),
    ),
    "incident": Job(
        label=N_("Many are affected"),
        typed=N_("/incident open sev2 Cards fail"),
        helps=N_("I keep the next update's promise with you."),
        begins=("/incident", "/zanshin settings incidents"),
    ),
    "away": Job(
        label=N_("Breaks and hours"),
        typed=N_("/zanshin away 30m"),
        helps=N_("nobody hands you a case."),
        begins=("/zanshin away", "/zanshin back", "/zanshin shift", "/zanshin status"),
        buttons=lambda: (Status().button(_("Who is free?"), "primary"),),
    ),
    "team": Job(
        label=N_("Team and settings"),
        typed="/zanshin team",
        helps=N_("who is who, and how I work."),
        buttons=lambda: (
            ListTeam().button(_("The team"), "primary"),
            AskForSettings().button(_("Settings")),
            *map(_more, HELP_TOPICS[len(FIRST_TOPICS) :]),
            kept_button(),
        ),
    ),
    "report": Job(
        label=N_("Reports"),
        begins=("/zanshin report",),
    ),
    "causes": Job(
        label=N_("Causes"),
        begins=("/zanshin cause", "/zanshin customers"),
    ),
}


def help_card() -> Message:
    """Name the jobs, each with what to type first."""
    return Message.of(
        _("What I can do for you"),
        Section(text=(_("Type one of these, or press for more:"),)),
        Listing(
            lines=tuple(
                text("`{typed}` — {helps}", typed=_(JOBS[topic].typed), helps=_(JOBS[topic].helps))
                for topic in FIRST_TOPICS
            )
        ),
        Choice(buttons=tuple(map(_more, FIRST_TOPICS))),
    )


def job_card(topic: HelpTopic, phrases: Sequence[Phrase]) -> Message:
    """List what can be typed for one job, from the phrases themselves."""
    job = JOBS[topic]
    buttons = (*job.buttons(), Help().button(_("All I can do")))
    return Message.of(
        _(job.label),
        Listing(
            lines=tuple(
                text(
                    "`{typed}` — {help}".replace("{typed}", " ".join(phrase.shown).strip()),
                    help=_(phrase.help),
                )
                for phrase in sorted(phrases, key=lambda one: not (job.typed and one.starts.startswith(job.typed)))
                if topic_of(phrase) == topic and phrase.starts != "/zanshin"
            )
        ),
        *(Choice(buttons=buttons[start : start + 5]) for start in range(0, len(buttons), 5)),
    )


def topic_of(phrase: Phrase) -> HelpTopic:
    """Say which job a phrase belongs to: the one that claims most of it, or else the last of the first."""
    best = max(HELP_TOPICS, key=lambda topic: _claim(JOBS[topic], phrase))
    return best if _claim(JOBS[best], phrase) else FIRST_TOPICS[-1]


def _claim(job: Job, phrase: Phrase) -> int:
    return max((len(one) for one in job.begins if phrase.starts.startswith(one)), default=0)
