"""A better wording of what was prepared: offered before customers have it, and taken with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents import cards
from bot.incidents.cards.actor import Noticed
from bot.incidents.commands import TakeBetter
from bot.incidents.decisions.checking import check_draft, cut_draft, remarks
from bot.incidents.decisions.written import ended
from bot.incidents.meant import incident_meant
from bot.incidents.model import EventKind, IncidentEvent, Words
from bot.incidents.updates.telling import is_overtaken, show_prepared
from bot.say.language import _
from bot.say.replies import Private, Reply
from bot.understanding.drafts import Flag, OwnWords
from bot.understanding.tongue import is_other_language

if TYPE_CHECKING:
    from bot.incidents.facts import IncidentFacts
    from bot.work.work import Work


def checked(words: Words, own: OwnWords) -> Words:
    """Note what customers would read and do not need: its kinds alone, never the words."""
    return words.model_copy(update={"flags": tuple(check_draft(words.whole, own).unneeded)})


def better_words(words: Words, facts: IncidentFacts) -> Words:
    """Cut both answers to what customers need; what they notice is known of the case at least."""
    own = facts.rules.own
    notice, doing = (cut_draft(one, own) if one else "" for one in (words.notice, words.doing))
    if words.notice and not notice and facts.is_live:
        notice = ended(facts.incident.title)
    return checked(words.model_copy(update={"notice": notice, "doing": doing}), own)


def noticed(words: Words, facts: IncidentFacts) -> Noticed:
    """Say a line for each thing that was found, and how it reads without."""
    if not words.flags:
        return cards.actor.NOTHING_NOTICED
    lines = remarks(words.whole, [Flag(flag) for flag in words.flags], facts.rules.own)
    if is_other_language(words.whole):  # its own words are found, and nothing better is known
        return Noticed(lines)
    return Noticed(lines, better_words(words, facts).whole)


def take_better(command: TakeBetter, work: Work) -> Reply:
    """Take the better wording, unless customers have the other one by now."""
    facts = incident_meant(command, work)
    event = work.find(IncidentEvent, command.event, _("This update"))
    waits = event.kind in (EventKind.DRAFTED, EventKind.RESOLVED) and event.told_at is None
    if event.incident_id != facts.incident.id or not waits:
        return Private(message=cards.actor.already_told(facts))
    if is_overtaken(facts, event, work):
        return Private(message=cards.channel.overtaken(facts, event, "again"))
    if (better := better_words(event.words, facts)).whole:
        event.words_text = better.model_dump_json()
        work.session.flush()
    show_prepared(facts, event, work)
    if event.kind == EventKind.RESOLVED:
        return Private(message=cards.actor.resolved(facts, event))
    return Private(message=cards.actor.update_posted(facts, event))
