"""What was prepared for customers, for the incident at hand: what is known of the case stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.incidents.cards.customer import written_time
from bot.incidents.decisions.written import filled_in
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import IncidentState
from bot.incidents.updates.wordings import Sentences, Wordings
from bot.say.language import quoted, reader
from bot.say.messages import Text, plain
from bot.store.content import fill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def as_hint(*sentences: str, known: Mapping[str, str] | None = None) -> str:
    """Write prepared sentences, a line each: what is known of the case stands in them, other gaps are named."""
    return "\n".join(quoted(plain(fill(filled_in(sentence, known or {})))) for sentence in sentences)


def known(facts: IncidentFacts, promise_at: datetime | None = None) -> dict[str, str]:
    """Say what is known of the case, and fills gaps of prepared wordings."""
    zone, now = facts.organisation.zone, facts.now
    values = {"issue": facts.incident.title, "since": written_time(facts.incident.began_at, zone, now)}
    return values | ({"next_update": written_time(promise_at, zone, now)} if promise_at is not None else {})


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What was prepared for an incident of this kind: all of it, for the last sentence may be the one that fits."""

    notice: str
    doing: str
    last: str  # when it is over
    duties: tuple[str, ...]


def prepared_for(facts: IncidentFacts, wordings: Wordings, *, no_change: bool = False) -> Prepared:
    """Find what was prepared for an incident of this title."""
    title, wordings = facts.incident.title, wordings.read_in(reader())
    wording, case = _wording(facts, wordings), known(facts)
    return Prepared(
        notice=as_hint(*wording.notice, known=case),
        doing=as_hint(*(wording.no_change if no_change else wording.doing), known=case),
        last=as_hint(*wording.solved, known=case),
        duties=wordings.duties(title),
    )


def example_of_last(facts: IncidentFacts, wordings: Wordings) -> tuple[Text, ...]:
    """Give the sentence that was prepared for the end of such an incident."""
    wording = _wording(facts, wordings.read_in(reader()))
    return tuple(fill(filled_in(one, known(facts))) for one in wording.solved[:1])


def _wording(facts: IncidentFacts, wordings: Wordings) -> Sentences:
    """Choose what can be said: of what has not begun nobody says that it is so, or was."""
    ahead = facts.incident.state == IncidentState.PLANNED or facts.incident.is_called_off
    return wordings.ahead if ahead else wordings.for_title(facts.incident.title)
