"""A better wording of what was prepared: offered before customers have it, and taken with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents import cards
from bot.incidents.cards.actor import Noticed
from bot.incidents.commands import TakeBetter
from bot.incidents.decisions.checking import check_draft, cut_draft, pointed_at, remarks
from bot.incidents.decisions.written import ended
from bot.incidents.meant import incident_meant
from bot.incidents.model import EventKind, IncidentEvent, Words
from bot.incidents.updates.telling import is_overtaken, show_prepared
from bot.say.language import _
from bot.say.replies import Private, Reply
from bot.understanding.drafts import Flag, OwnWords
from bot.understanding.tongue import is_other_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.incidents.facts import IncidentFacts
    from bot.work.work import Work


def checked(words: Words, own: OwnWords) -> Words:
    """Note what customers would read and do not need: its kinds alone, never the words."""
    return words.model_copy(update={"flags": tuple(check_draft(words.whole, own).unneeded)})


def better_words(words: Words, facts: IncidentFacts) -> Words | None:
    """Cut both answers to what customers need; none where that says less than they need, or the same words again."""
    own = facts.rules.own
    notice, doing = (cut_draft(one, own) if one else "" for one in (words.notice, words.doing))
    if words.notice and not notice and facts.is_live:
        notice = ended(facts.incident.title)
    better = checked(words.model_copy(update={"notice": notice, "doing": doing}), own)
    lost = (words.notice and not notice) or (words.doing and not doing)
    return None if lost or better.flags or _says_again(pointed_at(words.whole, own), better.whole) else better


def _says_again(pointed: Sequence[str], better: str) -> bool:
    return any(one.lower() in better.lower() for one in pointed)


def noticed(words: Words, facts: IncidentFacts) -> Noticed:
    """Say a line for each thing that was found, and how it reads without, or else what is still to be said."""
    if not words.flags:
        return cards.actor.NOTHING_NOTICED
    lines = remarks(words.whole, [Flag(flag) for flag in words.flags], facts.rules.own)
    if is_other_language(words.whole):  # its own words are found, and nothing better is known
        return Noticed(lines)
    if (better := better_words(words, facts)) is not None:
        return Noticed(lines, better.whole)
    missing = (
        _("Without these words too little is left: say in plain ones what customers notice, and what is being done.")
        if facts.is_live
        else _("Without these words too little is left: say in plain ones what works again.")
    )
    return Noticed((*lines, missing))


def take_better(command: TakeBetter, work: Work) -> Reply:
    """Take the better wording, unless customers have the other one by now."""
    facts = incident_meant(command, work)
    event = work.find(IncidentEvent, command.event, _("This update"))
    waits = event.kind in (EventKind.DRAFTED, EventKind.RESOLVED) and event.told_at is None
    if event.incident_id != facts.incident.id or not waits:
        return Private(message=cards.actor.already_told(facts))
    if is_overtaken(facts, event, work):
        return Private(message=cards.channel.overtaken(facts, event, "again"))
    if (better := better_words(event.words, facts)) is not None:
        event.words_text = better.model_dump_json()
        work.session.flush()
    show_prepared(facts, event, work)
    if event.kind == EventKind.RESOLVED:
        return Private(message=cards.actor.resolved(facts, event))
    return Private(message=cards.actor.update_posted(facts, event))
