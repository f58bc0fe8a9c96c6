"""Last words that somebody may not have meant as an end: asked about, and one press resolves it all the same."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.errors import NotUnderstood, Refusal
from bot.incidents import cards
from bot.incidents.commands import Resolve, TypeUpdate
from bot.incidents.decisions.doubtful import is_no_end, news_promised
from bot.incidents.facts import IncidentFacts
from bot.say.language import _, quoted
from bot.typing.times.moments import AskBack, Moment, split_moment
from bot.work.work import Work

if TYPE_CHECKING:
    from bot.say.messages import Button

SHOWN = 60  # letters of doubtful words


def doubt_about(command: Resolve, facts: IncidentFacts, work: Work) -> Refusal | None:
    """Say why words may be no end, or leave a promise that nobody keeps; none if they are clear, or meant anyway."""
    if command.anyway or not command.words.strip():
        return None
    if facts.is_live and is_no_end(command.words):
        return _no_end(command, facts)
    found = news_promised(command.words, partial(_split, facts, work))
    return _unkept(command, facts, found, work) if found else None


def _split(facts: IncidentFacts, work: Work, words: str) -> tuple[str, Moment | AskBack | None]:
    zone = work.me().zone_in(facts.organisation)
    return split_moment(words, now=work.now, zone=zone, day=facts.rules.day)


def _no_end(command: Resolve, facts: IncidentFacts) -> Refusal:
    words = command.words.strip()
    said = quoted(words if len(words) <= SHOWN else f"{words[:SHOWN]}…")
    return NotUnderstood(
        _("#{number} isn't resolved.").format(number=facts.incident.number),
        _("{words} doesn't sound as if it were over.").format(words=said),
        _("If it is, press; if not, there's nothing to do: its reminders go on."),
        (_anyway(command, facts),),
    )


def _unkept(command: Resolve, facts: IncidentFacts, promised: Moment, work: Work) -> Refusal:
    number = facts.incident.number
    time = cards.customer.written_time(promised.at, work.me().zone_in(facts.organisation), work.now)
    update = TypeUpdate(number=number, line=command.words).button(_("Make it an update"), "primary")
    return NotUnderstood(
        _("Nobody would remind you of that promise."),
        _("Your words promise news by {time}, and I remind of nothing once it's resolved.").format(time=time),
        _(
            "Make it an update and resolve later, or resolve it and note a follow-up: `/incident followup {number}`."
        ).replace("{number}", str(number)),
        (*((update,) if facts.is_live else ()), _anyway(command, facts)),
    )


def _anyway(command: Resolve, facts: IncidentFacts) -> Button:
    sure = command.model_copy(update={"number": facts.incident.number, "anyway": True})
    return sure.button(_("Resolve it all the same") if facts.is_live else _("Write it all the same"))
