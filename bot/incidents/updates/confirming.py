"""Somebody says that customers have what was prepared; what has been overtaken since is asked about, or left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.incidents import cards
from bot.incidents.cards.forms import Answers
from bot.incidents.commands import WasSent
from bot.incidents.facts import IncidentFacts
from bot.incidents.meant import incident_meant
from bot.incidents.model import EventKind, IncidentEvent
from bot.incidents.resolving import nobody_hears, tell_the_end
from bot.incidents.updates.posting import ask_in_form, said_since, typed_time
from bot.incidents.updates.telling import is_overtaken, tell
from bot.incidents.updates.wordings import Wordings
from bot.say.language import _
from bot.say.replies import Private, Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from bot.incidents.resolving import Ended


def was_sent(command: WasSent, work: Work, *, wordings: Wordings, ended: Ended = nobody_hears) -> Reply:
    """Hear that customers have what was prepared: the promise it makes is watched from now on."""
    facts = incident_meant(command, work)
    event = work.find(IncidentEvent, command.event, _("This update"))
    waits = event.kind in (EventKind.DRAFTED, EventKind.RESOLVED) and event.told_at is None
    worded = event.kind == EventKind.RESOLVED or event.words.whole  # of an end, they may have other words
    if event.incident_id != facts.incident.id or not waits or not worded:
        return Private(message=cards.actor.already_told(facts))
    if event.kind == EventKind.RESOLVED:
        if is_overtaken(facts, event, work):
            return _opened_again_since(facts, event, wordings)
        return tell_the_end(facts, event, work, ended)
    passed = event.promise_at is None or event.promise_at <= work.now
    why = " ".join(filter(None, (_overtaken_by(facts, event, work), _passed() if passed else "")))
    if facts.is_live and why:
        zone = work.me().zone_in(facts.organisation)
        by = typed_time(event.promise_at, zone, work.now) if event.promise_at is not None and not passed else ""
        said = event.words
        answers = Answers(notice=said.notice, doing=said.doing, by=by, sent=True, where=said.where)
        return ask_in_form(facts, answers, wordings, why=why, draft=event.id, unusual=not passed)
    tell(facts, event, work)
    return Private(message=cards.actor.update_posted(facts, event))


def _opened_again_since(facts: IncidentFacts, end: IncidentEvent, wordings: Wordings) -> Reply:
    """Tell nobody the last word of an end that was none: while it is open, ask what customers notice instead."""
    if not facts.is_live:
        return Private(message=cards.channel.overtaken(facts, end, "again"))
    why = _("It's open again since that last word was written, so I told it to nobody. What do customers notice now?")
    return ask_in_form(facts, Answers(notice="", doing="", by=""), wordings, why=why)


def _passed() -> str:
    return _("The time it promised has passed: by when do customers know more?")


def _overtaken_by(facts: IncidentFacts, event: IncidentEvent, work: Work) -> str:
    """Say what happened since this was written, so that it may hold no more; empty if nothing did."""
    if facts.last is not None and (facts.last.reached_at > event.at or facts.last.id > event.id):
        return said_since(facts, 0)
    if facts.prepared is not None and facts.prepared.id > event.id:
        newer = facts.prepared.words.whole[:300]
        return _("A newer update has been prepared since: “{said}” Do customers have this one?").format(said=newer)
    if _has_ended_since(event, work):
        return _("It ended since this was written, and is open again: does it still hold?")
    return ""


def _has_ended_since(event: IncidentEvent, work: Work) -> bool:
    """Say whether the incident was opened again after this was written."""
    again = select(IncidentEvent.id).where(
        IncidentEvent.incident_id == event.incident_id,
        IncidentEvent.kind == EventKind.REOPENED,
        IncidentEvent.id > event.id,
    )
    return work.session.scalar(again.limit(1)) is not None
